import CloudCosts
import Scenarios

/// What `plimsoll forecast --json` prints: quantiles of the expected usage.
package struct OutlookDocument: Hashable, Sendable, Codable {
  package var scenario: String
  package var run: String
  package var currency: String
  package var method: String
  package var paths: Int
  package var history: RunDocument.Window
  package var horizon: RunDocument.Window
  package var step: OutlookStep
  /// First hours of the steps.
  package var starts: [String]
  /// Everything together, in currency per hour at on-demand prices.
  package var spend: Quantiles
  /// Everything together, in instances.
  package var instances: Quantiles
  /// What was, over the last year of the history, by day; by week where the steps are weeks.
  package var past: Past
  package var groups: [Group]
  package var findings: [RunDocument.Note]

  /// One value for each step: the step's mean hour.
  package struct Quantiles: Hashable, Sendable, Codable {
    package var q10: [Double]
    package var q50: [Double]
    package var q90: [Double]

    init(_ rows: [[Double]]) {
      func column(_ i: Int) -> [Double] { rows.map { ($0[i] * 1e4).rounded() / 1e4 } }
      (q10, q50, q90) = (column(0), column(1), column(2))
    }
  }

  package struct Past: Hashable, Sendable, Codable {
    package var starts: [String]
    package var spend: [Double]
  }

  /// Instances of one group.
  package struct Group: Hashable, Sendable, Codable {
    package var account: String
    package var provider: String
    package var region: String
    package var instanceType: String
    package var operatingSystem: String
    /// Mean of the last four weeks of the history.
    package var recent: Double
    package var instances: Quantiles

    private enum CodingKeys: String, CodingKey {
      case account, provider, region
      case instanceType = "instance_type"
      case operatingSystem = "operating_system"
      case recent, instances
    }
  }

  package init(_ outlook: Outlook, by step: OutlookStep = .day) {
    scenario = outlook.scenario
    run = outlook.run
    currency = outlook.currency
    method = outlook.settings.method.rawValue
    paths = outlook.paths.paths.count
    let (past, future) = (outlook.history.window, outlook.paths.window)
    history = RunDocument.Window(from: past.start.iso8601, to: past.end.iso8601)
    horizon = RunDocument.Window(from: future.start.iso8601, to: future.end.iso8601)
    self.step = step
    let bands = OutlookBands(outlook.paths, by: step)
    starts = bands.steps.map { (future.start + $0.lowerBound).iso8601 }
    let weights = outlook.spend.prices.enumerated().map { (group: $0, weight: $1) }
    spend = Quantiles(OutlookBands(outlook.spend.paths, by: step).quantiles(of: weights))
    instances = Quantiles(
      bands.quantiles(of: outlook.paths.groups.indices.map { (group: $0, weight: 1) }))
    self.past = Past(outlook, by: step)
    let known = Dictionary(
      uniqueKeysWithValues: outlook.history.groups.enumerated().map { ($1, $0) })
    groups = outlook.paths.groups.enumerated().map { g, group in
      let recent = known[group].map { row in
        OutlookBands.mean(
          outlook.history, max(0, past.hours - 672)..<past.hours, [(group: row, weight: 1)])
      }
      return Group(
        account: group.account, provider: group.sku.provider.rawValue, region: group.sku.region,
        instanceType: group.sku.instanceType, operatingSystem: group.sku.operatingSystem,
        recent: ((recent ?? 0) * 1e4).rounded() / 1e4,
        instances: Quantiles(bands.quantiles(of: [(group: g, weight: 1)])))
    }
    findings = outlook.findings.map(RunDocument.Note.init)
  }

  /// The document as text; the same bytes for the same outlook.
  package func json() throws -> String { try OrderedJSON.text(self) }
}

extension OutlookDocument.Past {
  init(_ outlook: Outlook, by step: OutlookStep) {
    let window = outlook.history.window
    let prices = Dictionary(
      uniqueKeysWithValues: zip(outlook.paths.groups, outlook.prices))
    let weights = outlook.history.groups.enumerated().map {
      (group: $0, weight: prices[$1] ?? 0)
    }
    let steps =
      step == .week ? Self.lastWeeks(of: window) : Array(OutlookBands.days(window).suffix(365))
    starts = steps.map { (window.start + $0.lowerBound).iso8601 }
    spend = steps.map {
      (OutlookBands.mean(outlook.history, $0, weights) * 1e4).rounded() / 1e4
    }
  }

  /// A year of whole weeks, or as many as there are, to the end.
  private static func lastWeeks(of window: HourWindow) -> [Range<Int>] {
    let count = min(52, window.hours / 168)
    let first = window.hours - count * 168
    return (0..<count).map { week in
      let start = first + week * 168
      return start..<start + 168
    }
  }
}
