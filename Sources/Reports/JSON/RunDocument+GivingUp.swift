import CloudCosts
import Scenarios

extension RunDocument {
  /// One commitment that a plan gives up.
  package struct GivenUp: Hashable, Sendable, Codable {
    /// Of the owned list.
    package var id: String
    /// How: a value of `policy.may`.
    package var way: GivingUpWay
    package var product: Product
    /// ISO 8601: from when on it covers nothing, and when it is too late.
    package var at: String
    package var until: String
    /// What is paid out for it, after fees.
    @JSONNumber package var received: Money
    /// What it still costs: fees, and what a buyer does not pay for.
    @JSONNumber package var loss: Money
    /// By how much the bill would be higher if it were kept, the purchases as they are.
    @JSONNumber package var worth: Money

    init(_ judged: JudgedGivingUp) {
      let entry = judged.givingUp
      id = entry.commitment.id
      way = entry.way
      product = entry.commitment.terms.product
      at = entry.at.iso8601
      until = entry.until.iso8601
      received = Money(rounding: entry.received)
      loss = Money(rounding: entry.loss)
      worth = judged.worth
    }

    var claim: GivingUpClaim { GivingUpClaim(id: id, way: way) }
  }

  /// How it was decided what to give up: outside the program, by planning and billing combinations.
  /// The plan's `bound` is the least of all of them; its `proof` is of the one that was chosen.
  package struct GivingUpSearch: Hashable, Sendable, Codable {
    /// How many combinations were planned; the others cannot be better, or are not allowed.
    package var combinations: Int
    /// Ids of what could be given up too, and was kept without looking at it.
    package var notLookedAt: [String]
    /// What the plan costs less than the best one that keeps everything.
    @JSONNumber package var saves: Money

    private enum CodingKeys: String, CodingKey {
      case combinations
      case notLookedAt = "not_looked_at"
      case saves
    }

    init(_ decision: GivingUpDecision) {
      combinations = decision.combinations
      notLookedAt = decision.notLookedAt
      saves = decision.saves
    }
  }
}
