/// Where a cut was made: everything that the hour oracle needs to make it again.
final class CutOrigin: Sendable {
  /// Capacity bought, for each of `CostToGo.capacities`.
  let purchased: [Double]
  /// 0 … 1 for each action of each machine, in order.
  let actions: [Double]
  let weights: CostToGo.Weights

  init(purchased: [Double], actions: [Double], weights: CostToGo.Weights) {
    self.purchased = purchased
    self.actions = actions
    self.weights = weights
  }
}
