/// Something owned or proposed: an offer, a quantity, a start and an end.
package struct Commitment: Hashable, Sendable, Identifiable {
  /// What is committed to.
  package enum Subject: Hashable, Sendable {
    /// A number of reserved instances of a SKU, at a price per instance.
    case reservation(sku: SKU, zone: String?, count: Double, upfront: Double, hourly: Double)
    /// An amount of money per hour, in currency units, good for the usage in the scope at the rates
    /// that the price book states for these terms.
    case savingsPlan(scope: SavingsPlanScope, hourlyCommitment: Double)
  }

  package var id: String
  /// The account that owns it; on AWS its usage is served first. Empty where unknown.
  package var account: String
  package var terms: OfferTerms
  package var subject: Subject
  /// The first hour in which it applies.
  package var start: Hour
  /// The hour in which it no longer applies.
  package var end: Hour
  /// Whose usage it may cover.
  package var reach: Reach
  /// Whether a reservation covers other sizes of its group where the provider's rules let it; false
  /// where its owner switched that off (Azure: `instanceFlexibility` Off, for capacity priority).
  package var coversOtherSizes = true
  /// Whether the provider buys it again, on the same terms, when it ends.
  package var renews = false
  /// Whether bills show it in part alone: its class, start or end may be others than these, so that
  /// no one can tell whether it may be given up.
  package var isInferred = false
  /// The commitment that it is a renewal of; nil: none.
  package var renewalOf: ID?
  /// What is paid of its public price: less than 1 where a discount across services (an EDP, a
  /// MACC) comes off the bill. What it covers goes by the public price.
  package var paidShare = 1.0
  /// The account that represents those that may own it, where a plan says whose usage it is to
  /// serve; nil: anyone may.
  package var buyer: String?
  /// The hours over which its upfront payment is spread, where they are not its own life: a
  /// modified reservation goes on with what was paid for its original.
  package var prepaid: HourWindow?

  package init(
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
  package var spread: HourWindow { prepaid ?? HourWindow(from: start, to: end) }

  /// What it costs in every hour of its life, used or not, with the upfront spread over it.
  package var effectiveHourly: Double {
    switch subject {
    case .reservation(_, _, let count, let upfront, let hourly):
      paidShare * count * (hourly + upfront / Double(max(1, spread.hours)))
    case .savingsPlan(_, let hourlyCommitment): paidShare * hourlyCommitment
    }
  }

  /// What it costs over its whole life.
  package var wholeWorth: Double { effectiveHourly * Double(end - start) }

  /// How much of it there is: instances of a reservation, currency units per hour of a plan.
  package var amount: Double {
    switch subject {
    case .reservation(_, _, let count, _, _): count
    case .savingsPlan(_, let hourlyCommitment): hourlyCommitment
    }
  }

  /// What is paid on the first day.
  package var upfront: Double {
    switch subject {
    case .reservation(_, _, let count, let upfront, _): paidShare * count * upfront
    case .savingsPlan(_, let hourlyCommitment):
      paidShare * hourlyCommitment * Double(spread.hours) * terms.payment.savingsPlanUpfrontShare
    }
  }

  /// What is paid in every hour of its life, in addition to the upfront.
  package var recurringHourly: Double {
    switch subject {
    case .reservation(_, _, let count, _, let hourly): paidShare * count * hourly
    case .savingsPlan(_, let hourlyCommitment):
      paidShare * hourlyCommitment * (1 - terms.payment.savingsPlanUpfrontShare)
    }
  }
}
