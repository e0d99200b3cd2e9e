import Billing
import CloudCosts
import Planning

/// The saving of an outcome's commitments, split among accounts, with what each could save by
/// itself.
package struct Showback: Hashable, Sendable {
  package var split: SharedSaving
  /// Of each share: what the best plan for its own usage alone would save against on demand, with
  /// what it owns itself, under the same offers and policy; nil where there is no such plan.
  package var alone: [Money?]

  /// The accounts that would save more alone than a way of splitting gives them.
  package func betterAlone(_ amount: (SharedSaving.Share) -> Money) -> [String] {
    zip(split.shares, alone).compactMap { share, alone in
      alone.map { $0 > amount(share) } ?? false ? share.name : nil
    }
  }
}

/// What accounts could save alone, by their usage: each is a plan of its own, and outcomes that
/// change no machine ask for the same ones.
struct AloneSavings {
  private var known: [(demand: Demand, savings: [String: Money?])] = []

  /// Nil where it was not asked for yet.
  func saving(of account: String, _ demand: Demand) -> Money?? {
    known.first { $0.demand == demand }?.savings[account]
  }

  mutating func note(_ saving: Money?, of account: String, _ demand: Demand) {
    if let index = known.firstIndex(where: { $0.demand == demand }) {
      known[index].savings.updateValue(saving, forKey: account)
    } else {
      known.append((demand, [account: saving]))
    }
  }
}

extension OutcomePlanner {
  /// Of the mean of all futures; nil where there are fewer than two accounts, or no commitments.
  mutating func showback(_ outcome: Outcome, progress: (String) -> Void) throws -> Showback? {
    let commitments = outcome.bill.commitments.map(\.commitment)
    guard
      let split = try inputs.judge.sharedSaving(
        outcome.demand, under: commitments, costOfCapital: inputs.policy.costOfCapital)
    else { return nil }
    let savings = try split.shares.map { share in
      if let known = alone.saving(of: share.name, outcome.demand) { return known }
      progress("\(inputs.name): \(share.name) alone")
      let saving = try self.saving(of: share.name, outcome.demand)
      alone.note(saving, of: share.name, outcome.demand)
      return saving
    }
    return Showback(split: split, alone: savings)
  }

  /// What an account could save with a plan of its own.
  private func saving(of account: String, _ demand: Demand) throws -> Money? {
    let rows = demand.groups.indices.filter { demand.groups[$0].account == account }
    let own = demand.keeping(rows)
    let owned = inputs.owned.filter { $0.account == account }
    var effort = inputs.effort
    effort.relaxesClashes = false
    let problem = PlanningProblem(
      demand: own, prices: inputs.prices, owned: owned, offers: inputs.offers,
      policy: inputs.policy)
    let judge = Judge(prices: inputs.prices)
    let onDemand = try judge.bill(own, under: []).cost
    do {
      let plan = try Planner(problem, effort: effort).plan()
      // A search that was stopped says nothing of what could be saved.
      guard !effort.stop.isStopped else { return nil }
      let bill = try judge.bill(
        own, under: owned + plan.purchases.map(\.commitment),
        costOfCapital: inputs.policy.costOfCapital)
      return onDemand - bill.cost
    } catch PlanningError.infeasible {
      return nil
    }
  }
}
