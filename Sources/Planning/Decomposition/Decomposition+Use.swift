/// `min_utilization` of a large program.
extension Decomposition {
  /// Where rows allow purchases that the provider's order would not use enough of, the best that
  /// are used enough in place of the best by the rows; then cases, for as long as there is time.
  func keepUse() throws {
    guard let share = model.useFloor, let start = best?.decision, !effort.isTrial else { return }
    let keeper = UseKeeper(costToGo, floor: share)
    let end = min(effort.timeLimit, clock.seconds + max(1, effort.timeLimit / 10))
    let found = keeper.bettered(start) { [effort, clock] in
      effort.stop.isStopped || clock.seconds > end
    }
    if let kept = found.flatMap({ incumbent($0.decision) }) { best = kept }
    guard isShort, let branching = try UseBranching(self, share) else { return }
    try branching.run()
  }
}
