import CloudCosts
import Foundation
import Ingest

/// What `plimsoll advise` found in a bill, a usage file or a history: enough for a scenario.
package struct PreparedAdvice: Sendable {
  /// As the scenario names it, relative to its folder.
  package var usage: String
  /// Nil where nothing is owned.
  package var owned: String?
  package var currency: String
  package var window: HourWindow
  package var groups: Int
  package var accounts: Int
  package var commitments: Int
  package var prices: FoundPrices
  /// What was assumed, a sentence each.
  package var assumptions: [String]
  package var findings: [Finding]
}

/// Prepares a scenario from what a customer has, without asking.
package struct Adviser {
  /// What the arguments are.
  package enum Source: Equatable, Sendable {
    /// Billing exports that are to be imported.
    case bills
    case usage(String)
    case history(String)
  }

  /// Books older than this are warned of, in days.
  static let oldBook = 180

  private let now: Hour

  package init(now: Date = Date()) {
    self.now = Hour(sinceEpoch: Int(now.timeIntervalSince1970 / 3600))
  }

  /// What is named: one history or one usage file, else bills.
  package static func source(of arguments: [String]) -> Source {
    guard arguments.count == 1, let path = arguments.first else { return .bills }
    if HistoryFile.isHistory(path) { return .history(path) }
    return UsageFile.isUsage(path) ? .usage(path) : .bills
  }

  /// - Parameters:
  ///   - path: of the usage file or the history.
  ///   - name: how the scenario is to call it.
  ///   - priceFiles: what the customer names.
  /// - Throws: `FindingsError` where there is no usage, or a price file cannot be read.
  package func prepare(
    _ path: String, named name: String, priceFiles: [String] = []
  ) throws(FindingsError) -> PreparedAdvice {
    try InputPath.mustBeFile(path, rule: "advise.not-a-file")
    let file = InputFile(path: path)
    let isHistory = HistoryFile.isHistory(path)
    let reading = isHistory ? HistoryUsageReader.read(file) : UsageReader.read(file)
    guard let usage = reading.value else { throw FindingsError(reading.findings) }
    var findings = reading.findings
    var currency = "USD"
    var billed = BilledRates()
    var named: [HistoryCommitment] = []
    if isHistory {
      let history = try History(path: path)
      currency = try history.sources().map(\.currency).first { !$0.isEmpty } ?? currency
      billed = try BilledRates(history)
      named = HistoryCommitment.merged(try history.commitments())
    }
    let given = try rows(of: priceFiles, &findings)
    let prices = PriceFinder(given: given, billed: billed, currency: currency)
      .prices(of: usage.demand.groups.map(\.sku))
    guard prices.missing.isEmpty else { throw FindingsError(findings + missing(prices, usage)) }
    findings += old(prices.books)
    let window = usage.demand.window
    let list = PriceList(
      rows: prices.prices.map(\.row), lines: prices.prices.map { _ in 0 }, file: "prices.csv")
    let owned = isHistory ? OwnedReader.read(file, prices: list).value : nil
    let commitments = owned?.commitments.count ?? 0
    return PreparedAdvice(
      usage: name, owned: commitments > 0 || !named.isEmpty ? name : nil, currency: currency,
      window: window,
      groups: usage.demand.groups.count,
      accounts: Set(usage.demand.groups.map(\.account)).count, commitments: commitments,
      prices: prices,
      assumptions: assumptions(
        prices, isHistory ? Adviser.sentence(of: owned, named: named) : nil),
      findings: findings)
  }

  private func rows(
    of files: [String], _ findings: inout [Finding]
  ) throws(FindingsError) -> [PriceRow] {
    guard !files.isEmpty else { return [] }
    var rows: [PriceRow] = []
    for file in files {
      let reading = PriceReader.read(any: InputFile(path: file))
      findings += reading.findings
      rows += reading.value?.rows ?? []
    }
    guard !findings.hasErrors else { throw FindingsError(findings) }
    return rows
  }

  private func missing(_ prices: FoundPrices, _ usage: UsageHistory) -> [Finding] {
    prices.missing.map { sku in
      let hours = usage.demand.groups.indices.reduce(0.0) { sum, g in
        usage.demand.groups[g].sku.zoneless == sku
          ? sum + usage.demand.hours(of: g).reduce(0, +) : sum
      }
      return Finding(
        .error, rule: "prices.missing", place: usage.file,
        message: "\(sku) is used for \(Int(hours.rounded()).grouped) instance-hours, and neither"
          + " the bill nor the books that ship with the program state its price on demand",
        remedy: "name a price file that has it: --prices FILE (the provider's own, or"
          + " provider,region,instance_type,product,hourly)")
    }
  }

  private func old(_ books: [ShippedBook]) -> [Finding] {
    books.compactMap { book in
      let days = (now - book.date) / 24
      guard days > Self.oldBook else { return nil }
      return Finding(
        .warning, rule: "prices.old-book", place: book.title,
        message: "prices of commitments are shares of on demand in a book that is \(days) days old",
        remedy: "before you buy, name today's prices: --prices FILE")
    }
  }

  /// What counts as owned, of what a bill names.
  static func sentence(of owned: OwnedCommitments?, named: [HistoryCommitment]) -> String {
    let ids = (owned?.commitments ?? []).map(\.id)
    guard !ids.isEmpty || !named.isEmpty else {
      return "Nothing is owned: the bill names no commitment."
    }
    func counted(_ count: Int) -> String { "\(count) commitment\(count == 1 ? "" : "s")" }
    let absent = named.filter { entry in !ids.contains { $0.hasPrefix(entry.id) } }.count
    let inferred = owned?.commitments.count(where: \.isInferred) ?? 0
    var parts = ["Owned: \(counted(ids.count)) that the bill shows"]
    if ids.isEmpty { parts = ["Nothing counts as owned"] }
    if inferred > 0 {
      parts.append(
        "of \(inferred) of them it states only a part, and the rest is inferred (owned.inferred)")
    }
    if absent > 0 {
      parts.append(
        "\(counted(absent)) that it names \(absent == 1 ? "has" : "have") ended or"
          + " \(absent == 1 ? "is" : "are") left out (owned.…)")
    }
    return parts.joined(separator: "; ") + "."
  }

  private func assumptions(_ prices: FoundPrices, _ owned: String?) -> [String] {
    let sources = prices.onDemandSources.map { "\($0.count) from the \($0.source)" }
    let derived = prices.prices.filter(\.isDerived).count
    let offers = prices.prices.filter { $0.row.product != .onDemand }.count
    let titles = prices.books.map(\.title).joined(separator: ", ")
    return [
      "Prices on demand: \(sources.joined(separator: ", ")).",
      offers == 0
        ? "No book knows a commitment for this usage: nothing can be bought for it."
        : "Prices of commitments: \(offers.grouped)"
          + (titles.isEmpty ? "" : ", by the \(titles)")
          + (derived > 0
            ? "; \(derived.grouped) of them are derived by rule (column source of prices.csv)."
            : "."),
      owned
        ?? "Nothing is owned: a usage file names no commitment (owned: in scenario.yaml).",
      "All accounts share commitments (sharing: in scenario.yaml changes that).",
    ]
  }
}
