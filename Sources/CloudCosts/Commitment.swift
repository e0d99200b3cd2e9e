/// Something owned or proposed: an offer, a quantity, a start and an end.
public struct Commitment: Hashable, Sendable, Identifiable {
  /// What is committed to.
  public enum Subject: Hashable, Sendable {
    /// A number of reserved instances of a SKU, at a price per instance.
    case reservation(sku: SKU, zone: String?, count: Double, upfront: Double, hourly: Double)
    /// An amount of money per hour, in currency units, good for the usage in the scope at the rates
    /// that the price book states for these terms.
    case savingsPlan(scope: SavingsPlanScope, hourlyCommitment: Double)
  }

  public var id: String
  /// The account that owns it; on AWS its usage is served first. Empty where unknown.
  public var account: String
  public var terms: OfferTerms
  public var subject: Subject
  /// The first hour in which it applies.
  public var start: Hour
  /// The hour in which it no longer applies.
  public var end: Hour
  /// Whose usage it may cover; AWS goes by `Sharing` instead.
  public var reach: Reach

  public init(
    id: String, account: String = "", terms: OfferTerms, subject: Subject, start: Hour, end: Hour,
    reach: Reach = .shared
  ) {
    self.id = id
    self.account = account
    self.terms = terms
    self.subject = subject
    self.start = start
    self.end = end
    self.reach = reach
  }

  /// What it costs in every hour of its term, used or not, with the upfront spread over the term.
  public var effectiveHourly: Double {
    switch subject {
    case .reservation(_, _, let count, let upfront, let hourly):
      count * (hourly + upfront / Double(terms.term.hours))
    case .savingsPlan(_, let hourlyCommitment): hourlyCommitment
    }
  }

  /// How much of it there is: instances of a reservation, currency units per hour of a plan.
  public var amount: Double {
    switch subject {
    case .reservation(_, _, let count, _, _): count
    case .savingsPlan(_, let hourlyCommitment): hourlyCommitment
    }
  }

  /// What is paid on the first day.
  public var upfront: Double {
    switch subject {
    case .reservation(_, _, let count, let upfront, _): count * upfront
    case .savingsPlan(_, let hourlyCommitment):
      hourlyCommitment * Double(terms.term.hours) * terms.payment.savingsPlanUpfrontShare
    }
  }

  /// What is paid in every hour of its term, beside the upfront.
  public var recurringHourly: Double {
    switch subject {
    case .reservation(_, _, let count, _, let hourly): count * hourly
    case .savingsPlan(_, let hourlyCommitment):
      hourlyCommitment * (1 - terms.payment.savingsPlanUpfrontShare)
    }
  }
}
