/// Which purchases are made at all, where the policy counts them or asks for a least amount.
///
/// The relaxation answers with fractions of switches. What it leans to stays on and the rest is
/// switched off, a part at a time and solved again in between, until the purchases that are left
/// keep what the policy asks of switches.
extension Decomposition {
  func settleSwitches(from point: Point, to target: Double) throws {
    guard !model.switches.isEmpty else { return }
    provesBound = false
    defer {
      provesBound = true
      master.forced = nil
      try? master.hold(nil)
    }
    var current = point
    var isOn = model.switches.map { current.decision.purchases[$0.instrument] > 1e-7 * upper($0) }
    for _ in 0..<12 where !isOutOfTime {
      let before = isOn
      drop(&isOn, current.decision)
      master.forced = isOn.map { $0 }
      guard let next = try descend(to: target, center: place(current), holding: nil) else {
        return
      }
      current = next
      if isOn == before, fits(isOn) { break }
    }
    round(current)
    if isShort { try dive(from: current, to: target) }
  }

  private func upper(_ choice: Switch) -> Double {
    max(1, model.instruments[choice.instrument].upper)
  }

  /// Switches off what is furthest below its least amount, and the smallest of what is too many.
  private func drop(_ isOn: inout [Bool], _ decision: Decision) {
    for (s, choice) in model.switches.enumerated() where isOn[s] {
      let bought = decision.purchases[choice.instrument]
      if bought < 0.5 * choice.minimum || bought <= 1e-7 * upper(choice) { isOn[s] = false }
    }
    let count = isOn.count { $0 }
    guard let most, count > most else { return }
    // Not all at once: what takes the place of small ones is seen in between.
    let kept = max(most, count * 2 / 3)
    let value = model.switches.map {
      decision.purchases[$0.instrument] * model.instruments[$0.instrument].cost
    }
    let order = isOn.indices.filter { isOn[$0] }.sorted { (value[$1], $0) < (value[$0], $1) }
    for s in order.dropFirst(kept) { isOn[s] = false }
  }

  private func fits(_ isOn: [Bool]) -> Bool { isOn.count { $0 } <= most ?? .max }

  /// How many may be on.
  private var most: Int? { model.mostPurchases }
}

extension Model {
  /// How many switches may be on; nil: any number.
  var mostPurchases: Int? {
    rows.filter { row in
      row.countsSwitches && row.switches.count == switches.count
        && row.switches.allSatisfy { $0.coefficient == 1 } && row.upper < .infinity
    }.map { Int(min($0.upper, 1e9)) }.min()
  }
}
