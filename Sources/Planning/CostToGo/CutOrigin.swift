/// Where a cut was made: everything that the hour oracle needs to make it again.
final class CutOrigin: Sendable {
  /// Capacity bought, for each of `CostToGo.capacities`.
  let purchased: [Double]
  /// 0 … 1 for each action of each machine, in order.
  let actions: [Double]
  let weights: CostToGo.Weights
  /// Whether sets of pools were scaled.
  let isThorough: Bool
  /// μ of the widest pools there, stretch by stretch; empty where no one asked.
  let wide: [[Lanes]]

  init(
    purchased: [Double], actions: [Double], weights: CostToGo.Weights, isThorough: Bool,
    wide: [[Lanes]] = []
  ) {
    self.purchased = purchased
    self.actions = actions
    self.weights = weights
    self.isThorough = isThorough
    self.wide = wide
  }

  /// Where an evaluation was made.
  convenience init(
    of evaluation: CostToGo.Evaluation, purchased: [Double], actions: [Double]
  ) {
    self.init(
      purchased: purchased, actions: actions, weights: evaluation.weights,
      isThorough: evaluation.isThorough, wide: evaluation.wide)
  }
}
