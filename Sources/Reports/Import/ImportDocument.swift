import CloudCosts
import Ingest

/// What `plimsoll import --json` prints: what was read, what of it counts, and the totals.
public struct ImportDocument: Hashable, Sendable, Codable {
  public var history: String
  public var currency: String
  public var files: [File]
  /// Files whose contents were in the history already.
  public var unchanged: [String]
  public var rules: [Rule]
  public var totals: [Total]
  public var eligible: [Eligible]
  /// How much of the money that commitments can cover became demand.
  public var understood: Understood
  public var findings: [RunDocument.Note]

  public struct File: Hashable, Sendable, Codable {
    public var path: String
    public var format: String
    public var rows: Int
    public var grain: String
    public var from: String?
    public var to: String?
    public var replaced: Bool
  }

  /// Rows that one rule took.
  public struct Rule: Hashable, Sendable, Codable {
    public var rule: String
    public var `class`: String
    public var rows: Int
    @JSONNumber public var billed: Money
    @JSONNumber public var effective: Money
  }

  /// A service's month: what the file says, and what of it the rules took as usage and set aside.
  public struct Total: Hashable, Sendable, Codable {
    public var month: String
    public var service: String
    public var rows: Int
    @JSONNumber public var billed: Money
    @JSONNumber public var effective: Money
    @JSONNumber public var usage: Money
    @JSONNumber public var asideBilled: Money

    private enum CodingKeys: String, CodingKey {
      case month, service, rows, billed, effective
      case usage = "usage_billed"
      case asideBilled = "set_aside_billed"
    }
  }

  /// Usage that a product may cover, whether something covers it already or not.
  public struct Eligible: Hashable, Sendable, Codable {
    public var product: Product
    public var instanceHours: Double
    @JSONNumber public var list: Money

    private enum CodingKeys: String, CodingKey {
      case product
      case instanceHours = "instance_hours"
      case list
    }
  }

  /// Usage at list prices (at cost where the bill has none) that commitments can cover.
  public struct Understood: Hashable, Sendable, Codable {
    @JSONNumber public var coverable: Money
    @JSONNumber public var understood: Money
    /// Nil where there is none.
    public var share: Double?

    init(_ totals: [HistoryTotal]) {
      let usage = totals.filter(\.isCoverable)
      coverable = usage.map(\.worth).total()
      understood = usage.filter { $0.rule.hasPrefix("usage.") }.map(\.worth).total()
      share = coverable > .zero ? RunDocument.rounded(understood.value / coverable.value) : nil
    }
  }

  public init(_ summary: Importer.Summary, history: String) {
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

  public func json() throws -> String { try OrderedJSON.text(self) }

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
      let covered = used.filter { $0.subject.group.map { product.covers($0.sku) } ?? false }
      guard !covered.isEmpty else { return nil }
      return Eligible(
        product: product, instanceHours: covered.map(\.quantity).reduce(0, +),
        list: covered.map(\.list).total())
    }
  }
}
