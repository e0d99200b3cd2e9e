import CloudCosts
import Ingest

/// What `plimsoll import --json` prints: what was read, what of it counts, and the totals.
package struct ImportDocument: Hashable, Sendable, Codable {
  package var history: String
  package var currency: String
  package var files: [File]
  /// Files whose contents were in the history already.
  package var unchanged: [String]
  package var rules: [Rule]
  package var totals: [Total]
  package var eligible: [Eligible]
  /// How much of the money that commitments can cover became demand.
  package var understood: Understood
  package var findings: [RunDocument.Note]

  package struct File: Hashable, Sendable, Codable {
    package var path: String
    package var format: String
    package var rows: Int
    package var grain: String
    package var from: String?
    package var to: String?
    package var replaced: Bool
  }

  /// Rows that one rule took.
  package struct Rule: Hashable, Sendable, Codable {
    package var rule: String
    package var `class`: String
    package var rows: Int
    @JSONNumber package var billed: Money
    @JSONNumber package var effective: Money
  }

  /// A service's month: what the file says, and what of it the rules took as usage and set aside.
  package struct Total: Hashable, Sendable, Codable {
    package var month: String
    package var service: String
    package var rows: Int
    @JSONNumber package var billed: Money
    @JSONNumber package var effective: Money
    @JSONNumber package var usage: Money
    @JSONNumber package var asideBilled: Money

    private enum CodingKeys: String, CodingKey {
      case month, service, rows, billed, effective
      case usage = "usage_billed"
      case asideBilled = "set_aside_billed"
    }
  }

  /// Usage that a product may cover, whether something covers it already or not.
  package struct Eligible: Hashable, Sendable, Codable {
    package var product: Product
    package var instanceHours: Double
    @JSONNumber package var list: Money

    private enum CodingKeys: String, CodingKey {
      case product
      case instanceHours = "instance_hours"
      case list
    }
  }

  /// Usage at list prices (at cost where the bill has none) that commitments can cover.
  package struct Understood: Hashable, Sendable, Codable {
    @JSONNumber package var coverable: Money
    @JSONNumber package var understood: Money
    /// Nil where there is none.
    package var share: Double?

    init(_ totals: [HistoryTotal]) {
      let usage = totals.filter(\.isCoverable)
      coverable = usage.map(\.worth).total()
      understood = usage.filter { $0.rule.hasPrefix("usage.") }.map(\.worth).total()
      share = coverable > .zero ? RunDocument.rounded(understood.value / coverable.value) : nil
    }
  }

  package init(_ summary: Importer.Summary, history: String) {
    self.history = history
    currency = summary.imported.first { !$0.source.currency.isEmpty }?.source.currency ?? ""
    files = summary.imported.map { file in
      File(
        path: file.source.path, format: file.source.format, rows: file.source.rows,
        grain: file.source.grain.rawValue, from: file.source.window?.start.iso8601,
        to: file.source.window?.end.iso8601,
        replaced: summary.replaced.contains(file.source.path))
    }
    unchanged = summary.unchanged
    let all = summary.imported.flatMap(\.totals)
    rules = ImportDocument.rules(all)
    totals = ImportDocument.totals(all)
    eligible = ImportDocument.eligible(summary.imported.flatMap(\.costs))
    understood = Understood(all)
    findings = summary.findings.map(RunDocument.Note.init)
  }

  package func json() throws -> String { try OrderedJSON.text(self) }

  private static func rules(_ totals: [HistoryTotal]) -> [Rule] {
    let byRule = Dictionary(grouping: totals.filter { !$0.rule.isEmpty }) {
      [$0.rule, $0.chargeClass?.rawValue ?? ""]
    }
    return byRule.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { key, totals in
      Rule(
        rule: key[0], class: key[1], rows: totals.map(\.rows).reduce(0, +),
        billed: totals.map(\.billed).total(), effective: totals.map(\.effective).total())
    }
  }

  private static func totals(_ totals: [HistoryTotal]) -> [Total] {
    let byService = Dictionary(grouping: totals) { [$0.month.description, $0.service] }
    return byService.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { key, totals in
      let own = totals.filter(\.rule.isEmpty)
      let used = totals.filter { $0.rule == "usage.instance-hours" }.map(\.billed).total()
      let aside = totals.filter { $0.rule.hasPrefix("set-aside") }.map(\.billed).total()
      return Total(
        month: key[0], service: key[1], rows: own.map(\.rows).reduce(0, +),
        billed: own.map(\.billed).total(), effective: own.map(\.effective).total(), usage: used,
        asideBilled: aside)
    }
  }

  private static func eligible(_ costs: [HistoryCost]) -> [Eligible] {
    let used = costs.filter { $0.chargeClass.isUsage && $0.subject.group != nil }
    return Product.allCases.filter { $0 != .onDemand }.compactMap { product in
      let covered = used.filter { $0.subject.group.map { product.isKnownToCover($0.sku) } ?? false }
      guard !covered.isEmpty else { return nil }
      return Eligible(
        product: product,
        instanceHours: covered.filter { $0.subject.group?.sku.isInstance ?? false }
          .map(\.quantity).reduce(0, +),
        list: covered.map(\.list).total())
    }
  }
}
