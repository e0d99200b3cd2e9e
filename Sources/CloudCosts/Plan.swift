/// What the optimizer advises, with the proof of how good it is.
package struct Plan: Hashable, Sendable {
  /// In the order of their cost, largest first.
  package var purchases: [Purchase]
  package var actions: [ChosenAction]
  package var certificate: Certificate
  /// Offers that were left out before solving, because another one is never worse.
  package var dominated: [DominatedOffer]
  /// 0 to 1: the share of the eligible usage, at on-demand prices, that what is bought and owned
  /// binds for three years; 0 where nothing is bought.
  package var threeYearShare = 0.0
  /// What of the owned commitments it gives up.
  package var givenUp: [GivingUp] = []
  /// Lines that were not worth signing.
  package var leftOut: [LeftOutPurchase] = []
  /// What the plan costs more than with these lines, in currency units over the window.
  package var costOfLeavingOut = 0.0
  /// What it comes to that reservations are bought in the sizes in use, or are not.
  package var sizes = SizeCost()

  package init(
    purchases: [Purchase], actions: [ChosenAction], certificate: Certificate,
    dominated: [DominatedOffer] = []
  ) {
    self.purchases = purchases
    self.actions = actions
    self.certificate = certificate
    self.dominated = dominated
  }
}

/// One line of a plan: something one can really buy, and why.
package struct Purchase: Hashable, Sendable {
  package var commitment: Commitment
  /// Why this much: the figures that decided, in words.
  package var reason: String
  /// The same as figures; nil where they are not known.
  package var explanation: PurchaseExplanation?
  /// What of Google's machines is bought, at its share of their price; nil: all of it, as providers
  /// sell it. Set where a plan buys vCPUs and memory apart.
  package var part: MachinePart?

  package init(
    commitment: Commitment, reason: String, explanation: PurchaseExplanation? = nil
  ) {
    self.commitment = commitment
    self.reason = reason
    self.explanation = explanation
  }
}

/// A line that was left out of a plan because it saves too little, with what it would save in
/// addition to those that were kept when it went.
package struct LeftOutPurchase: Hashable, Sendable {
  package var purchase: Purchase
  /// Over the window; negative where it would lose money.
  package var worth: Money

  package init(purchase: Purchase, worth: Money) {
    self.purchase = purchase
    self.worth = worth
  }
}

/// How far from the optimum a plan can be at most, and how that was found out.
package struct Certificate: Hashable, Sendable {
  /// What the solver has in hand.
  package enum Status: String, Hashable, Sendable, Codable {
    /// The gap is at or below what was asked for.
    case optimal
    /// A plan that satisfies everything, with a larger gap than was asked for.
    case feasible
  }

  /// Why the solver stopped.
  package enum Stop: String, Hashable, Sendable, Codable {
    case gapReached = "gap reached"
    case timeLimit = "time limit"
    case interrupted
    /// No further progress is possible in floating point.
    case stalled
    /// The search reached its gap; what is left is the provider's order of applying commitments.
    case billingOrder = "billing order"
    /// A bill that keeps the policy is below what was proven of all of them: the program leaves out
    /// something that the provider does, and its bound is none.
    case undercut = "bound undercut"
  }

  /// How the program was solved.
  package enum Method: String, Hashable, Sendable, Codable {
    case extensiveForm = "extensive form"
    case decomposition
    /// Nothing to decide.
    case trivial
  }

  package var status: Status
  package var stop: Stop
  package var method: Method
  /// The cost of the best known allocation under this plan that keeps the policy, in currency units
  /// over the window.
  package var objective: Double
  /// No plan that keeps the policy has a lower objective or bill: proven by duality, or by branch
  /// and bound. Never taken from the objective or from a bill.
  package var bound: Double
  package var rounds: Int
  package var cuts: Int
  package var variables: Int
  package var rows: Int
  package var solver: String
  package var seconds: Double
  /// Multipliers that prove a bound to anyone; nil where branch and bound alone proves it.
  package var proof: BoundProof?

  package init(
    status: Status, stop: Stop, method: Method, objective: Double, bound: Double, rounds: Int = 0,
    cuts: Int = 0, variables: Int = 0, rows: Int = 0, solver: String, seconds: Double,
    proof: BoundProof? = nil
  ) {
    self.status = status
    self.stop = stop
    self.method = method
    self.objective = objective
    self.bound = bound
    self.rounds = rounds
    self.cuts = cuts
    self.variables = variables
    self.rows = rows
    self.solver = solver
    self.seconds = seconds
    self.proof = proof
  }

  /// (objective − bound) / objective; 0 where both are 0.
  package var gap: Double { objective == 0 ? 0 : max(0, objective - bound) / abs(objective) }
}

/// What reservations in the sizes in use cost more than in the smallest ones, in currency units
/// over the window.
package struct SizeCost: Hashable, Sendable {
  /// Of those that the plan buys so.
  package var bought = 0.0
  /// Of those that it would cost more than `policy.size_cost` allows for.
  package var refused = 0.0
  /// How many fewer instances these would be.
  package var fewerInstances = 0.0

  package init() {}
}
