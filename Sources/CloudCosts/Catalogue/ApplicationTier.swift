/// The turn in which the provider applies a commitment: all of one tier before any of the next.
///
/// Sources: Amazon EC2 User Guide, "How Reserved Instances are applied" (zonal before regional);
/// AWS Savings Plans User Guide, "Understanding how Savings Plans apply to your usage" (after
/// Reserved Instances; EC2 Instance plans before Compute plans, because they are narrower;
/// SageMaker and Database plans meet usage that no other plan covers). Microsoft Learn, "How an
/// Azure saving plan discount is applied" (after reservations; three years before one year). Google
/// Cloud, "Committed use discounts" (resource-based, for vCPUs and for memory, before flexible
/// commitments; what is left may get the sustained use discount).
///
/// Azure matches usage to reservations "first come, first served"; which that is in an hour no bill
/// tells, so the order of AWS, smallest size first, is used.
package enum ApplicationTier: Int, CaseIterable, Comparable, Sendable {
  case zonalReservation
  case reservation
  case narrowPlan
  case widePlan
  case azureThreeYearPlan
  case azureOneYearPlan

  package init(of commitment: Commitment) {
    var isZonal = false
    if case .reservation(_, .some, _, _, _) = commitment.subject { isZonal = true }
    self.init(of: commitment.terms, isZonal: isZonal)
  }

  package init(of terms: OfferTerms, isZonal: Bool = false) {
    guard !terms.product.isReservation else {
      self = isZonal ? .zonalReservation : .reservation
      return
    }
    switch terms.product.tierName {
    case "narrow-plan": self = .narrowPlan
    case "azure-plan": self = terms.term > .oneYear ? .azureThreeYearPlan : .azureOneYearPlan
    default: self = .widePlan
    }
  }

  package static func < (a: ApplicationTier, b: ApplicationTier) -> Bool {
    a.rawValue < b.rawValue
  }
}
