import CloudCosts

/// Turns a relaxed decision into ones in whole units.
///
/// Reservations of several sizes that fill one pool on the same terms are rounded together: the
/// larger sizes down, and what they leave goes to the next smaller one, so that only the smallest
/// size is really rounded. What a longer commitment's rounding leaves goes to the shorter ones of
/// its pool, so that a pool's capacity is nowhere more than half a unit from what was meant.
struct Rounding {
  private let model: Model
  /// Instruments that differ in size only, largest unit first.
  private let ladders: [[Int]]

  init(_ model: Model) {
    self.model = model
    var groups: [LadderKey: [Int]] = [:]
    for (j, instrument) in model.instruments.enumerated() {
      groups[LadderKey(instrument), default: []].append(j)
    }
    ladders = groups.sorted { $0.key < $1.key }.map { _, group in
      group.sorted { (model.instruments[$1].unit, $0) < (model.instruments[$0].unit, $1) }
    }
  }

  private struct LadderKey: Hashable, Comparable {
    var pool: Int
    var active: Range<Int>
    var terms: OfferTerms

    init(_ instrument: Instrument) {
      pool = instrument.pool
      active = instrument.active
      terms = instrument.offer.terms
    }

    /// Pool by pool, the longest first.
    static func < (a: LadderKey, b: LadderKey) -> Bool {
      (a.pool, b.active.count, a.active.lowerBound, a.terms)
        < (b.pool, a.active.count, b.active.lowerBound, b.terms)
    }
  }

  /// Whole decisions near a relaxed one, to be tried in turn: nearest; nearest but on the safe side
  /// of the rows that limit purchases; all down; all up.
  func candidates(for relaxed: Decision) -> [Decision] {
    let actions = wholeActions(relaxed.actions)
    let sides = limitedSides()
    let rules: [(Int) -> FloatingPointRoundingRule] = [
      { _ in .toNearestOrEven },
      { sides[$0] == 0 ? .toNearestOrEven : sides[$0] > 0 ? .down : .up },
      { _ in .down },
      { _ in .up },
    ]
    var result: [Decision] = []
    for rule in rules {
      var decision = Decision(purchases: whole(relaxed.purchases, rule), actions: actions)
      giveWay(&decision)
      fill(&decision)
      if !result.contains(where: { $0.purchases == decision.purchases }) { result.append(decision) }
    }
    return result
  }

  /// Each purchase in whole units, ladder by ladder, the last rung by the rule.
  func whole(
    _ relaxed: [Double], _ rule: (Int) -> FloatingPointRoundingRule
  ) -> [Double] {
    var result = relaxed
    var left = Leftovers()
    for ladder in ladders {
      let (pool, active) = (model.instruments[ladder[0]].pool, model.instruments[ladder[0]].active)
      let isBought = ladder.contains { relaxed[$0] > 0 }
      var carried = isBought ? left.capacity(of: pool, in: active) : 0
      for (rung, j) in ladder.enumerated() {
        let instrument = model.instruments[j]
        let steps = relaxed[j] / instrument.grid + carried / (instrument.unit * instrument.grid)
        let isLast = rung == ladder.count - 1
        let rounded = rounded(steps, isLast ? rule(j) : .down)
        carried = (steps - rounded) * instrument.unit * instrument.grid
        result[j] = instrument.amount(steps: rounded)
      }
      if isBought { left.note(carried, of: pool, in: active) }
    }
    respectLeast(&result)
    return result
  }

  /// Capacity that rounding has left, by the hours in which it is missing.
  private struct Leftovers {
    private var pool = -1
    private var known: [(active: Range<Int>, capacity: Double)] = []

    /// What is missing throughout some hours of a pool.
    func capacity(of pool: Int, in active: Range<Int>) -> Double {
      guard pool == self.pool else { return 0 }
      if let same = known.last(where: { $0.active == active }) { return same.capacity }
      return known.reduce(0) {
        $1.active.lowerBound <= active.lowerBound && active.upperBound <= $1.active.upperBound
          ? $0 + $1.capacity : $0
      }
    }

    mutating func note(_ capacity: Double, of pool: Int, in active: Range<Int>) {
      if pool != self.pool { known = [] }
      self.pool = pool
      if let same = known.firstIndex(where: { $0.active == active }) {
        known[same].capacity = capacity
      } else {
        known.append((active, capacity))
      }
    }
  }

  /// Takes savings plans back where whole reservations have overrun a limit on purchases: a
  /// thousandth of a currency unit per hour costs nearly nothing, a whole unit less costs more.
  func giveWay(_ decision: inout Decision) {
    for row in model.rows
    where row.upper < .infinity && row.remaining.isEmpty && row.used.isEmpty
      && row.switches.isEmpty
    {
      var over = row.instruments.reduce(-row.upper) {
        $0 + $1.coefficient * decision.purchases[$1.index]
      }
      let plans = row.instruments.filter {
        model.instruments[$0.index].grid < 1 && $0.coefficient > 0
          && decision.purchases[$0.index] > 0
      }
      for (j, coefficient) in plans.sorted(by: {
        (decision.purchases[$1.index], $0.index) < (decision.purchases[$0.index], $1.index)
      }) where over > 1e-9 * max(1, abs(row.upper)) {
        let grid = model.instruments[j].grid
        let wanted = (over / coefficient / grid).rounded(.up)
        let steps = (decision.purchases[j] / grid).rounded()
        let taken = min(steps, wanted)
        decision.purchases[j] = model.instruments[j].amount(steps: steps - taken)
        over -= taken * grid * coefficient
      }
    }
  }

  /// Adds to what is bought where rounding has left less than must be: to savings plans, else to
  /// the smallest reservation.
  private func fill(_ decision: inout Decision) {
    for row in model.rows where row.lower > 0 && row.lower < .infinity && row.isOfPurchases {
      let missing = row.instruments.reduce(row.lower) {
        $0 - $1.coefficient * decision.purchases[$1.index]
      }
      func step(_ term: (index: Int, coefficient: Double)) -> Double {
        term.coefficient * model.instruments[term.index].grid
      }
      let bought = row.instruments.filter {
        $0.coefficient > 0 && decision.purchases[$0.index] > 0
      }
      guard missing > 1e-9 * row.lower, let least = bought.min(by: { step($0) < step($1) }) else {
        continue
      }
      let instrument = model.instruments[least.index]
      let steps = (decision.purchases[least.index] / instrument.grid).rounded()
      decision.purchases[least.index] = instrument.amount(
        steps: steps + (missing / step(least)).rounded(.up))
    }
  }

  /// A decision of whole units without the solver's dust.
  func held(_ decision: Decision) -> Decision {
    let purchases = zip(model.instruments, decision.purchases).map { instrument, bought in
      instrument.grid == 1 ? bought.rounded() : bought < 0.5 * instrument.grid ? 0 : bought
    }
    return Decision(purchases: purchases, actions: wholeActions(decision.actions))
  }

  /// Less than the least amount becomes that or nothing, whichever is nearer.
  private func respectLeast(_ purchases: inout [Double]) {
    for choice in model.switches {
      let j = choice.instrument
      let instrument = model.instruments[j]
      guard purchases[j] > 0, purchases[j] < choice.minimum else { continue }
      let least = (choice.minimum / instrument.grid).rounded()
      purchases[j] = purchases[j] < choice.minimum / 2 ? 0 : instrument.amount(steps: least)
    }
  }

  /// Rounds; but what is whole except for floating-point dust stays as it is.
  private func rounded(_ steps: Double, _ rule: FloatingPointRoundingRule) -> Double {
    // What a longer term has rounded up too far may be more than there is here to take it off.
    let nearest = max(0, steps.rounded())
    return abs(steps - nearest) < 1e-7 * max(1, steps) ? nearest : max(0, steps.rounded(rule))
  }

  /// For each purchase, the side from which the rows that limit purchases push: 1 where less of it
  /// keeps them, −1 where more does, 0 where they do not care.
  private func limitedSides() -> [Int] {
    var result = [Int](repeating: 0, count: model.instruments.count)
    for row in model.rows where row.upper < .infinity && row.remaining.isEmpty {
      for (j, coefficient) in row.instruments {
        if coefficient > 0 {
          result[j] = 1
        } else if coefficient < 0, result[j] == 0 {
          result[j] = -1
        }
      }
    }
    return result
  }

  /// Of each machine, the action that the relaxation leans to, if it does so by half.
  func wholeActions(_ relaxed: [Double]) -> [Double] {
    var result = relaxed.map { _ in 0.0 }
    for (machine, start) in zip(model.machines, model.actionStarts) {
      let range = start..<start + machine.targets.count
      guard let best = range.max(by: { relaxed[$0] < relaxed[$1] }), relaxed[best] >= 0.5 else {
        continue
      }
      result[best] = 1
    }
    giveWay(&result, relaxed)
    return result
  }

  /// Takes actions back where all together overrun a limit on them: those that the relaxation wants
  /// least, each with the machines that change with it.
  private func giveWay(_ actions: inout [Double], _ relaxed: [Double]) {
    let starts = model.actionStarts
    for row in model.rows
    where row.upper < .infinity && row.remaining.isEmpty && row.used.isEmpty
      && row.instruments.isEmpty && row.switches.isEmpty && row.lower == -.infinity
    {
      let terms = row.actions.map { (place: starts[$0.machine] + $0.action, term: $0) }
      var over = terms.reduce(-row.upper) { $0 + $1.term.coefficient * actions[$1.place] }
      for (place, term) in terms.sorted(by: {
        (relaxed[$0.place], $1.place) < (relaxed[$1.place], $0.place)
      }) where over > 1e-9 && actions[place] > 0 && term.coefficient > 0 {
        let machine = model.machines[term.machine].candidate
        let fleet = machine.resource.fleet
        for (i, other) in model.machines.enumerated()
        where i == term.machine || !fleet.isEmpty && other.candidate.resource.fleet == fleet {
          for a in other.targets.indices where actions[starts[i] + a] > 0 {
            actions[starts[i] + a] = 0
            over -= row.actions.first { $0.machine == i && $0.action == a }?.coefficient ?? 0
          }
        }
      }
    }
  }
}
