import CloudCosts

/// What price files came to: a row for each file, then what was left aside and why.
package struct PriceImportTable {
  package let text: String

  /// - Parameter target: the file that was written; nil where none was.
  package init(_ prices: PublishedPrices, target: String?) {
    var table = TextTable([
      .init(header: "file", alignsRight: false, isFlexible: true),
      .init(header: "kind", alignsRight: false), .init(header: "read"), .init(header: "prices"),
    ])
    for source in prices.sources {
      table.append([
        source.file, source.format, AmountText.count(Double(source.entries)),
        AmountText.count(Double(source.prices)),
      ])
    }
    var lines = table.lines()
    for source in prices.sources where !source.leftAside.isEmpty {
      lines += ["", "Left aside of \(source.file):"]
      for aside in source.leftAside {
        lines += Printable.wrapped(
          "  \(AmountText.count(Double(aside.entries))) × \(aside.reason) (\(aside.example))")
      }
    }
    let offers = Set(prices.rows.map(\.product)).map(\.rawValue).sorted()
    lines += [""]
    lines += Printable.wrapped(
      "\(AmountText.count(Double(prices.rows.count))) prices in \(prices.currency)"
        + (offers.isEmpty ? "" : ": \(offers.joined(separator: ", "))")
        + (target.map { "; written to \($0)" } ?? ""))
    text = lines.joined(separator: "\n") + "\n"
  }
}

/// The same as one JSON object.
package struct PriceImportDocument: Encodable {
  struct Source: Encodable {
    var file: String
    var format: String
    var entries: Int
    var prices: Int
    var left_aside: [LeftAside]
  }
  struct LeftAside: Encodable {
    var reason: String
    var entries: Int
    var example: String
  }
  struct Note: Encodable {
    var severity: String
    var rule: String
    var place: String
    var message: String
    var remedy: String
  }

  var currency: String
  var prices: Int
  var sources: [Source]
  var findings: [Note]

  package init(_ published: PublishedPrices, findings: [Finding]) {
    currency = published.currency
    prices = published.rows.count
    sources = published.sources.map { source in
      Source(
        file: source.file, format: source.format, entries: source.entries, prices: source.prices,
        left_aside: source.leftAside.map {
          LeftAside(reason: $0.reason, entries: $0.entries, example: $0.example)
        })
    }
    self.findings = findings.map {
      Note(
        severity: $0.severity.rawValue, rule: $0.rule, place: $0.place, message: $0.message,
        remedy: $0.remedy)
    }
  }

  package func json() throws -> String { try OrderedJSON.text(self) }
}
