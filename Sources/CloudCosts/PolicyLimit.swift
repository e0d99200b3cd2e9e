/// A limit of the policy that is one number, by the key that scenarios use.
public enum PolicyLimit: String, Hashable, Sendable, Codable, CaseIterable {
  case maxUpfront = "max_upfront"
  case maxHourlyCommitment = "max_hourly_commitment"
  case maxThreeYearShare = "max_three_year_share"
  case minCoverage = "min_coverage"
  case maxCoverage = "max_coverage"

  /// Whether it is a share of something, 0 to 1, and not an amount of money.
  public var isShare: Bool {
    switch self {
    case .maxUpfront, .maxHourlyCommitment: false
    case .maxThreeYearShare, .minCoverage, .maxCoverage: true
    }
  }

  /// Whether it asks for at least so much: then less is looser.
  public var isFloor: Bool { self == .minCoverage }

  /// The limit that a row of the model stands for; `max_hourly_commitment at hour 8760` is one of several
  /// rows of `max_hourly_commitment`.
  public init?(row: String) {
    guard let key = row.split(separator: " ").first else { return nil }
    self.init(rawValue: String(key))
  }
}

extension Policy {
  /// A limit's value; nil: no limit.
  public subscript(limit: PolicyLimit) -> Double? {
    get {
      switch limit {
      case .maxUpfront: maxUpfront
      case .maxHourlyCommitment: maxHourlyCommitment
      case .maxThreeYearShare: maxThreeYearShare
      case .minCoverage: minCoverage
      case .maxCoverage: maxCoverage
      }
    }
    set {
      switch limit {
      case .maxUpfront: maxUpfront = newValue
      case .maxHourlyCommitment: maxHourlyCommitment = newValue
      case .maxThreeYearShare: maxThreeYearShare = newValue
      case .minCoverage: minCoverage = newValue
      case .maxCoverage: maxCoverage = newValue
      }
    }
  }

  /// The limits that are set, in the order of the scenario's keys.
  public var limits: [PolicyLimit] { PolicyLimit.allCases.filter { self[$0] != nil } }
}
