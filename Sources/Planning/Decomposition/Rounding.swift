import CloudCosts

/// Turns a relaxed decision into ones in whole units.
///
/// Reservations of several sizes that fill one pool on the same terms are rounded together: the
/// larger sizes down, and what they leave goes to the next smaller one, so that only the smallest
/// size is really rounded.
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
    ladders = groups.values.map { group in
      group.sorted { (model.instruments[$1].unit, $0) < (model.instruments[$0].unit, $1) }
    }
  }

  private struct LadderKey: Hashable {
    var pool: Int
    var active: Range<Int>
    var terms: OfferTerms

    init(_ instrument: Instrument) {
      pool = instrument.pool
      active = instrument.active
      terms = instrument.offer.terms
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
      let decision = Decision(purchases: whole(relaxed.purchases, rule), actions: actions)
      if !result.contains(where: { $0.purchases == decision.purchases }) { result.append(decision) }
    }
    return result
  }

  /// Each purchase in whole units, ladder by ladder, the last rung by the rule.
  func whole(
    _ relaxed: [Double], _ rule: (Int) -> FloatingPointRoundingRule
  ) -> [Double] {
    var result = relaxed
    for ladder in ladders {
      var carried = 0.0
      for (rung, j) in ladder.enumerated() {
        let instrument = model.instruments[j]
        let steps = relaxed[j] / instrument.grid + carried / (instrument.unit * instrument.grid)
        let isLast = rung == ladder.count - 1
        let rounded = rounded(steps, isLast ? rule(j) : .down)
        carried = (steps - rounded) * instrument.unit * instrument.grid
        result[j] = instrument.amount(steps: rounded)
      }
    }
    respectLeast(&result)
    return result
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
    let nearest = steps.rounded()
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
    return result
  }
}
