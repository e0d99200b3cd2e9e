extension HourOracle {
  /// Finds the μ of the widest pools together, where they are tied with each other and with narrow
  /// ones.
  ///
  /// A narrow pool's capacity fits little else, so it is used first, and what it leaves is what the
  /// wide ones compete for. Against all demand, with the narrow pools' μ held, no wide one could
  /// move: at the margin both are worth the same. So sets of wide pools are scaled against what is
  /// left, and the narrow pools follow. Hours in which that is no better keep what they had.
  func scaleWide(_ step: Step, _ scratch: borrowing Scratch) {
    let (mu, kept) = (scratch.mu.start, scratch.kept.start)
    let before = value(step, scratch)
    for k in 0..<poolCount { kept[k] = mu[k] }
    let positions = tables.firstWide..<tables.contested.count
    for _ in 0..<2 {
      lift(positions, step, scratch)
      for set in tables.sets {
        scale(set, step, scratch, tables.wideCovers, scratch.open.start)
      }
      sweep(step, scratch, positions, tables.wideCovers, scratch.open.start)
    }
    dropHairs(step, scratch)
    follow(step, scratch)
    let after = value(step, scratch)
    let isWorse = after .< before
    // Where all usage can be covered, more capacity is worth nothing.
    let isNothing = Lanes.most(after, before) .< 0
    guard (isWorse .| isNothing).isAnySet else { return }
    for k in 0..<poolCount {
      mu[k].replace(with: kept[k], where: isWorse)
      if step.reward[k] == 0 { mu[k].replace(with: 0, where: isNothing) }
    }
  }

  /// Sets the narrow pools' μ by that of the widest.
  private func follow(_ step: Step, _ scratch: borrowing Scratch) {
    let wide = scratch.wide.start
    for (place, k) in tables.widest.enumerated() { wide[place] = scratch.mu.start[k] }
    var held = step
    held.frozen = UnsafePointer(wide)
    climb(held, scratch, guess: scratch.followed.start)
    sweep(held, scratch)
  }
}
