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
  /// Whose usage it may cover.
  public var reach: Reach
  /// Whether a reservation covers other sizes of its group where the provider's rules let it; false
  /// where its owner switched that off (Azure: `instanceFlexibility` Off, for capacity priority).
  public var coversOtherSizes = true
  /// Whether the provider buys it again, on the same terms, when it ends.
  public var renews = false
  /// The commitment that it is a renewal of; nil: none.
  public var renewalOf: ID?
  /// What is paid of its public price: less than 1 where a discount across services (an EDP, a
  /// MACC) comes off the bill. What it covers goes by the public price.
  public var paidShare = 1.0
  /// The account that represents those that may own it, where a plan says whose usage it is to
  /// serve; nil: anyone may.
  public var buyer: String?
  /// The hours over which its upfront payment is spread, where they are not its own life: a
  /// modified reservation goes on with what was paid for its original.
  public var prepaid: HourWindow?

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

  /// The hours over which its upfront payment is spread: its life, or its original's.
  public var spread: HourWindow { prepaid ?? HourWindow(from: start, to: end) }

  /// What it costs in every hour of its life, used or not, with the upfront spread over it.
  public var effectiveHourly: Double {
    switch subject {
    case .reservation(_, _, let count, let upfront, let hourly):
      paidShare * count * (hourly + upfront / Double(max(1, spread.hours)))
    case .savingsPlan(_, let hourlyCommitment): paidShare * hourlyCommitment
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
    case .reservation(_, _, let count, let upfront, _): paidShare * count * upfront
    case .savingsPlan(_, let hourlyCommitment):
      paidShare * hourlyCommitment * Double(spread.hours) * terms.payment.savingsPlanUpfrontShare
    }
  }

  /// What is paid in every hour of its life, in addition to the upfront.
  public var recurringHourly: Double {
    switch subject {
    case .reservation(_, _, let count, _, let hourly): paidShare * count * hourly
    case .savingsPlan(_, let hourlyCommitment):
      paidShare * hourlyCommitment * (1 - terms.payment.savingsPlanUpfrontShare)
    }
  }
}
