import CloudCosts

extension Demand {
  /// One hour of every `step`, the one `offset` hours into it; what is left at the end is cut off.
  ///
  /// Where `step` has no factor in common with the 168 hours of a week, all of them come in turn.
  func sampled(every step: Int, offset: Int = 0) -> Demand {
    guard step > 1 else { return self }
    let count = window.hours / step
    var quantities: [Double] = []
    quantities.reserveCapacity(groups.count * count)
    for g in groups.indices {
      let row = hours(of: g)
      for i in 0..<count { quantities.append(row[row.startIndex + i * step + offset]) }
    }
    return Demand(
      window: HourWindow(start: window.start, hours: count), groups: groups, quantities: quantities)
  }
}

extension Demand {
  /// A path sampled, each at another place within the steps, so that together they see every hour
  /// of the week.
  ///
  /// - Parameter index: which path.
  func sampled(every step: Int, path index: Int) -> Demand {
    // Multiples of the golden ratio fill an interval evenly, however many there are.
    let share = (Double(index) * 0.618_033_988_75).truncatingRemainder(dividingBy: 1)
    return sampled(every: step, offset: Int(share * Double(max(1, step))))
  }
}

extension DemandPaths {
  /// Some of the groups.
  func keeping(_ kept: Set<UsageGroup>) -> DemandPaths {
    let members = groups.indices.filter { kept.contains(groups[$0]) }
    return DemandPaths(paths: paths.map { $0.keeping(members) }, probabilities: probabilities)
  }
}
