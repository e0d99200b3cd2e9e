/// Turns a relaxed decision into ones in whole units.
struct Rounding {
  private let model: Model

  init(_ model: Model) { self.model = model }

  /// Whole decisions near a relaxed one, to be tried in turn: nearest; nearest but on the safe side
  /// of the rows that limit purchases; all down; all up.
  func candidates(for relaxed: Decision) -> [Decision] {
    let actions = wholeActions(relaxed.actions)
    var result: [Decision] = []
    for rule in [Rule.nearest, .safe, .down, .up] {
      let decision = Decision(
        purchases: purchases(relaxed.purchases, rule), actions: actions)
      if !result.contains(where: { $0.purchases == decision.purchases }) { result.append(decision) }
    }
    return result
  }

  private enum Rule { case nearest, safe, down, up }

  private func purchases(_ relaxed: [Double], _ rule: Rule) -> [Double] {
    let limited = rule == .safe ? directions(relaxed) : []
    return relaxed.indices.map { j in
      let grid = model.instruments[j].grid
      let steps = relaxed[j] / grid
      // What is whole but for floating-point dust stays as it is.
      if abs(steps - steps.rounded()) < 1e-7 * max(1, steps) { return whole(steps.rounded(), grid) }
      switch rule {
      case .nearest: return whole(steps.rounded(), grid)
      case .down: return whole(steps.rounded(.down), grid)
      case .up: return whole(steps.rounded(.up), grid)
      case .safe:
        return whole(
          limited[j] == 0 ? steps.rounded() : steps.rounded(limited[j] > 0 ? .down : .up), grid)
      }
    }
  }

  /// A plan's commitment is a decimal number; thousandths must not become 0.0009999.
  private func whole(_ steps: Double, _ grid: Double) -> Double {
    grid == 1 ? steps : steps / (1 / grid).rounded()
  }

  /// For each purchase, the sign of its coefficient in the rows that the relaxed decision uses up: of
  /// those, purchases with a positive one go down.
  private func directions(_ relaxed: [Double]) -> [Int] {
    var result = [Int](repeating: 0, count: relaxed.count)
    for row in model.rows where row.upper < .infinity && row.remaining == 0 {
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
