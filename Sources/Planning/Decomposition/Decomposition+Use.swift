/// `min_utilization`.
extension Decomposition {
  /// Where rows allow purchases that the provider's order would not use enough of, the best that
  /// are used enough in place of the best by the rows; then cases, for as long as there is time.
  func keepUse() throws {
    guard let share = effort.keepsUse ? model.leastUse : model.useFloor,
      let start = best?.decision, !effort.isTrial
    else { return }
    let keeper = UseKeeper(costToGo, floor: share)
    let end = min(effort.timeLimit, clock.seconds + max(1, effort.timeLimit / 10))
    let found = keeper.bettered(start, where: model.keepsLimitsApart) { [effort, clock] in
      effort.stop.isStopped || clock.seconds > end
    }
    if let kept = found.flatMap({ incumbent($0.decision) }) { best = kept }
    guard isShort, model.useFloor != nil, let branching = try UseBranching(self, share) else {
      return
    }
    try branching.run()
  }

  /// Rounding misses rows over use, and small steps seldom find back: what is used enough in the
  /// provider's order keeps them. (Of large programs cases are searched, and so much later.)
  func useEnough(near point: Point) {
    guard let share = model.leastUse, !effort.isTrial, !model.isLarge else { return }
    let keeper = UseKeeper(costToGo, floor: share)
    let end = min(effort.timeLimit, clock.seconds + effort.timeLimit / 10)
    let starts = Rounding(model).candidates(for: point.decision).compactMap { keeper.kept($0) }
    for start in starts { offer(start.decision) }
    guard isShort, let start = best?.decision else { return }
    let found = keeper.bettered(start, where: model.keepsLimitsApart) { [effort, clock] in
      effort.stop.isStopped || clock.seconds > end
    }
    if let found { offer(found.decision) }
  }
}
