/// A limit of the policy that is one number, by the key that scenarios use.
public enum PolicyLimit: String, Hashable, Sendable, Codable, CaseIterable {
  case maxUpfront = "max_upfront"
  case maxHourlyCommitment = "max_hourly_commitment"
  case maxThreeYearShare = "max_three_year_share"
  case minCoverage = "min_coverage"
  case maxCoverage = "max_coverage"
  case maxUpfrontPerMonth = "max_upfront_per_month"
  case maxExpiringPerMonth = "max_expiring_per_month"
  case minPurchase = "min_purchase"
  case minUtilization = "min_utilization"

  /// Whether it is a share of something, 0 to 1, and not an amount of money.
  public var isShare: Bool {
    switch self {
    case .maxUpfront, .maxHourlyCommitment, .maxUpfrontPerMonth, .maxExpiringPerMonth,
      .minPurchase:
      false
    case .maxThreeYearShare, .minCoverage, .maxCoverage, .minUtilization: true
    }
  }

  /// Whether it is money per hour.
  public var isHourly: Bool {
    switch self {
    case .maxHourlyCommitment, .maxExpiringPerMonth, .minPurchase: true
    default: false
    }
  }

  /// Whether it asks for at least so much: then less is looser.
  public var isFloor: Bool {
    self == .minCoverage || self == .minUtilization || self == .minPurchase
  }

  /// The limit that a row of the model stands for; `max_hourly_commitment at hour 8760` is one of
  /// several rows of `max_hourly_commitment`.
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
      case .maxUpfrontPerMonth: maxUpfrontPerMonth
      case .maxExpiringPerMonth: maxExpiringPerMonth
      case .minPurchase: minPurchase
      case .minUtilization: minUtilization
      }
    }
    set {
      switch limit {
      case .maxUpfront: maxUpfront = newValue
      case .maxHourlyCommitment: maxHourlyCommitment = newValue
      case .maxThreeYearShare: maxThreeYearShare = newValue
      case .minCoverage: minCoverage = newValue
      case .maxCoverage: maxCoverage = newValue
      case .maxUpfrontPerMonth: maxUpfrontPerMonth = newValue
      case .maxExpiringPerMonth: maxExpiringPerMonth = newValue
      case .minPurchase: minPurchase = newValue
      case .minUtilization: minUtilization = newValue
      }
    }
  }

  /// The limits that are set, in the order of the scenario's keys.
  public var limits: [PolicyLimit] { PolicyLimit.allCases.filter { self[$0] != nil } }
}
