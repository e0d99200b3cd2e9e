/// A limit of the policy that is one number, by the key that scenarios use.
///
/// Each is one row of `row`. Parser, `plimsoll keys`, JSON schema, documentation, `frontier`,
/// `--sensitivity` and the texts of clashes follow from that row; the equation is in
/// `Sources/Planning/Policy`.
package enum PolicyLimit: String, Hashable, Sendable, Codable, CaseIterable {
  case maxUpfront = "max_upfront"
  case maxHourlyCommitment = "max_hourly_commitment"
  case maxThreeYearShare = "max_three_year_share"
  case minCoverage = "min_coverage"
  case maxCoverage = "max_coverage"
  case maxUpfrontPerMonth = "max_upfront_per_month"
  case maxExpiringPerMonth = "max_expiring_per_month"
  case minPurchase = "min_purchase"
  case minUtilization = "min_utilization"

  /// All that is known of a limit.
  package struct Row: Sendable {
    package var unit: PolicyUnit
    package var side: Side
    /// What is limited, as part of a sentence: "cash upfront".
    package var noun: String
    /// What `plimsoll keys` says.
    package var meaning: String
    /// Its value in a policy; nil: no limit.
    var value: WritableKeyPath<Policy, Double?> & Sendable
  }

  package enum Side: Hashable, Sendable {
    /// At most: more is looser.
    case cap
    /// At least: less is looser.
    case floor
  }

  package var row: Row {
    switch self {
    case .maxUpfront:
      Row(
        unit: .money, side: .cap, noun: "cash upfront",
        meaning: "cash paid on first days, all purchases together", value: \.maxUpfront)
    case .maxHourlyCommitment:
      Row(
        unit: .hourlyMoney, side: .cap, noun: "the hourly commitment",
        meaning: "the purchases' amortised commitment in any hour", value: \.maxHourlyCommitment)
    case .maxThreeYearShare:
      Row(
        unit: .share, side: .cap, noun: "the share of 3-year commitments",
        meaning: "eligible usage, at on-demand prices, that commitments of three years can cover, "
          + "what is owned included", value: \.maxThreeYearShare)
    case .minCoverage:
      Row(
        unit: .share, side: .floor, noun: "the share of usage that must be covered",
        meaning: "covered share of eligible usage, at least", value: \.minCoverage)
    case .maxCoverage:
      Row(
        unit: .share, side: .cap, noun: "the share of usage that may be covered",
        meaning: "covered share of eligible usage, at most", value: \.maxCoverage)
    case .maxUpfrontPerMonth:
      Row(
        unit: .money, side: .cap, noun: "cash upfront in one month",
        meaning: "cash paid on first days in one calendar month", value: \.maxUpfrontPerMonth)
    case .maxExpiringPerMonth:
      Row(
        unit: .hourlyMoney, side: .cap, noun: "commitment that ends in one month",
        meaning: "commitment that ends in one calendar month, what is owned included",
        value: \.maxExpiringPerMonth)
    case .minPurchase:
      Row(
        unit: .hourlyMoney, side: .floor, noun: "the least commitment of a purchase",
        meaning: "the least commitment of each purchase that is made at all",
        value: \.minPurchase)
    case .minUtilization:
      Row(
        unit: .share, side: .floor, noun: "the used share of each purchase",
        meaning: "used share of what is bought, at least", value: \.minUtilization)
    }
  }

  /// Whether it is a share of something, 0 to 1, and not an amount of money.
  package var isShare: Bool { row.unit == .share }

  /// Whether it is money per hour.
  package var isHourly: Bool { row.unit == .hourlyMoney }

  /// Whether it asks for at least so much: then less is looser.
  package var isFloor: Bool { row.side == .floor }

  /// The limit that a row of the model is part of; `max_hourly_commitment at hour 8760` is one of
  /// several rows of `max_hourly_commitment`.
  package init?(row: String) {
    guard let key = row.split(separator: " ").first else { return nil }
    self.init(rawValue: String(key))
  }
}

extension Policy {
  /// A limit's value; nil: no limit.
  package subscript(limit: PolicyLimit) -> Double? {
    get { self[keyPath: limit.row.value] }
    set { self[keyPath: limit.row.value] = newValue }
  }

  /// The limits that are set, in the order of the scenario's keys.
  package var limits: [PolicyLimit] { PolicyLimit.allCases.filter { self[$0] != nil } }
}
