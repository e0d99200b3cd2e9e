import CloudCosts

/// `max_coverage`: θ ≥ (1 − c) (D + Σ_ia ΔD_ia z_ia) + N + Σ_ia ΔN_ia z_ia.
///
/// θ, D and N as in the coverage floor. Capacity that is bought and not used costs money, so the
/// row binds on purchases. Owned commitments count, and stay: where they alone cover more than c of
/// the usage that is left after the plan's actions, nothing may be added to that. Without machines
/// the row holds coverage where it is, with c raised to their coverage, on the bill where that is
/// known; with them it is `CoverageCapLine`.
///
/// That is what is expected over the horizon: of usage that grows, it allows to cover nearly all of
/// today's. In a step of a walk the cap holds today, too: Σ_{j bought now} worth_j x_j ≤ R, with R
/// the room that is left of c in the usage known so far (`WalkStep.room`), worth_j the most that a
/// unit can cover in an hour, at on-demand prices. What a unit covers less is room again in the
/// next step.
func coverageCap(_ policy: Policy, _ model: Model) -> [PolicyRow] {
  guard let cap = policy.maxCoverage, cap < 1 else { return [] }
  let expected = coverageCap(cap, of: .all, named: "max_coverage", model)
  guard let room = model.step?.room else { return expected }
  let bought = model.weighted(by: model.worth) { $0.active.lowerBound == 0 }
  return expected + [
    PolicyRow(name: "max_coverage today", instruments: bought, upper: max(0, room))
  ]
}

/// The row of a coverage cap on some of the usage, and what the provider's order makes of it.
func coverageCap(
  _ cap: Double, of part: UsagePart, named name: String, _ model: Model
) -> [PolicyRow] {
  let line = CoverageCapLine(cap, of: part, named: name, model)
  let least = model.remaining(share: 1 - line.share, of: part)
  let row = PolicyRow(
    name: name, remaining: model.classes(of: part),
    actions: least.actions.map { ($0.machine, $0.action, -$0.coefficient) },
    lower: least.constant - line.covered)
  return [row] + (CapInOrder(line.share, of: part, model)?.rows(named: name) ?? [])
}

extension Model {
  /// The most usage that one `x` can cover in an hour, at on-demand prices.
  fileprivate func worth(_ instrument: Instrument) -> Double {
    instrument.unit * mostCovered(by: pools[instrument.pool])
  }

  /// The most usage that a unit of a pool's capacity can cover.
  private func mostCovered(by pool: Pool) -> Double {
    pool.members.reduce(0) { $1.use > 0 ? max($0, worth($1.sku) / $1.use) : $0 }
  }

  /// No less than `ownedCoverage`, by what is owned alone, whatever usage there is: mostly far
  /// below a cap, and then no allocation of all hours is needed.
  func mostOwnedCoverage(of part: UsagePart) -> Double {
    let covered = mostOwned
    let eligible = eligible(of: part)
    return covered <= 0 ? 0 : eligible > 0 ? covered / eligible : .infinity
  }

  /// The most usage that what is owned can cover, at on-demand prices, whatever usage there is.
  var mostOwned: Double {
    pools.reduce(0) { sum, pool in
      let each = mostCovered(by: pool)
      return sum
        + pool.owned.reduce(0) { $0 + each * $1.capacity * Double($1.hours.count) }
    }
  }

  /// The on-demand cost of the eligible usage of a part before any action.
  func eligible(of part: UsagePart) -> Double {
    remaining(share: 1, of: part).constant - remaining(share: 0, of: part).constant
  }

  /// The most that is covered of a part of the usage if nothing is bought and nothing done.
  func ownedCoverage(of part: UsagePart) -> Double {
    guard pools.contains(where: { !$0.owned.isEmpty }) else { return 0 }
    let eligible = eligible(of: part)
    guard eligible > 0 else { return 0 }
    let costToGo = CostToGo(self)
    let nothing = Decision.nothing(self)
    let counted = classes(of: part)
    // The provider may cover this part first, whatever the best allocation does: then it allows
    // more.
    var favoring = CostToGo.Weights.plain(self)
    favoring.classes = counted.map { 1 + 1000 * $0 }
    let open = [nil, favoring].map { weights in
      let allocation = costToGo.allocate(
        purchased: costToGo.capacity(of: nothing.purchases), actions: nothing.actions,
        weights: weights)
      return zip(counted, allocation.onDemand).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let rest = (open.min() ?? 0) - remaining(share: 0, of: part).constant
    return min(1, max(0, 1 - rest / eligible))
  }
}
