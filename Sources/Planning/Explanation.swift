import CloudCosts

/// Says in words and figures why a purchase is as large as it is.
struct Explanation {
  private let model: Model
  private let costToGo: CostToGo
  private let scarcity: [Double]
  private let worth: [Double]

  init(_ model: Model, _ decision: Decision) {
    self.model = model
    costToGo = CostToGo(model)
    let purchased = costToGo.capacity(of: decision.purchases)
    let evaluation = costToGo.evaluate(purchased: purchased, actions: decision.actions)
    scarcity = evaluation.scarcity
    worth = costToGo.capacities.indices.map { c in
      evaluation.cuts.reduce(0) { $0 - $1.capacity[c] }
    }
  }

  /// One sentence on the last unit: how often it is used, and how often it must be to pay.
  func reason(for j: Int) -> String {
    let instrument = model.instruments[j]
    let key = CostToGo.Capacity(pool: instrument.pool, active: instrument.active)
    guard let c = costToGo.capacities.firstIndex(of: key) else { return "" }
    let used = scarcity[c]
    let hours = Double(max(1, instrument.active.count))
    let saved = worth[c] * instrument.unit / hours
    let price = instrument.cost / hours
    guard used > 0, saved > 0 else {
      return "Held back by the policy or by whole units: one more would hardly be used."
    }
    let breakEven = price * used / saved
    return
      "One more would be used in \(percent(used)) of the hours; at its price it pays from "
      + "\(percent(breakEven)) on."
  }

  private func percent(_ share: Double) -> String {
    let tenths = Int((share * 1000).rounded())
    return "\(tenths / 10).\(tenths % 10) %"
  }
}
