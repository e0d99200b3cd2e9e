/// When a commitment is paid.
package enum PaymentOption: String, Hashable, Sendable, Codable, CaseIterable {
  case noUpfront = "no-upfront"
  case partialUpfront = "partial-upfront"
  case allUpfront = "all-upfront"

  /// The share of a savings plan's whole commitment that is paid on the first day. Source: AWS
  /// Savings Plans user guide, "Payment options": partial upfront pays half. Reservations state
  /// their upfront price instead.
  package var savingsPlanUpfrontShare: Double {
    switch self {
    case .noUpfront: 0
    case .partialUpfront: 0.5
    case .allUpfront: 1
    }
  }

  package var title: String {
    switch self {
    case .noUpfront: "No Upfront"
    case .partialUpfront: "Partial Upfront"
    case .allUpfront: "All Upfront"
    }
  }
}

/// How long a commitment lasts: one or three years.
package struct Term: Hashable, Comparable, Sendable {
  package var years: Int

  package init(years: Int) { self.years = years }

  package static let oneYear = Term(years: 1)
  package static let threeYears = Term(years: 3)

  /// 8,760 hours a year: providers sell years of 365 days (AWS Savings Plans user guide: terms of
  /// 365 and 1,095 days).
  package var hours: Int { years * 8760 }

  package static func < (a: Term, b: Term) -> Bool { a.years < b.years }
}
