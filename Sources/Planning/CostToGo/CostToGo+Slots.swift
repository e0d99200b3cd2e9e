extension CostToGo {
  /// Stretches that share one θ and one cut in the master.
  ///
  /// Where paths are only averaged, the same hours of all paths are one slot, each counted by its
  /// path's probability: paths add no cuts. Where risk or a spend commitment tells paths apart, a
  /// slot lies in one path and is not weighted.
  struct Slot: Sendable {
    var stretches: [Int]
    /// The weight of each of `stretches`.
    var weights: [Double]
    /// Nil where it spans all paths.
    var path: Int?
    /// What its θ counts in expected sums: 1 where it is weighted already.
    var share: Double
    /// Of `ProviderParts`; nil where it is of all usage.
    var part: Int?
  }

  /// Slots of all paths together, where risk tells them apart: each makes a cut in every round.
  private static let mostSlots = 120

  /// - Parameter stretches: those of the first path come first, of every path as many.
  static func slots(
    _ model: Model, _ stretches: [Range<Int>], _ parts: ProviderParts
  ) -> [Slot] {
    let whole = slots(model, stretches)
    guard parts.count > 1 else { return whole }
    return whole.flatMap { slot in
      (0..<parts.count).map { part in
        var slot = slot
        slot.part = part
        return slot
      }
    }
  }

  private static func slots(_ model: Model, _ stretches: [Range<Int>]) -> [Slot] {
    let probabilities = model.risk.probabilities
    let perPath = stretches.count / probabilities.count
    guard model.tellsPathsApart else {
      return (0..<perPath).map { i in
        Slot(
          stretches: probabilities.indices.map { $0 * perPath + i }, weights: probabilities,
          path: nil, share: 1)
      }
    }
    let parts = parts(model, Array(stretches.prefix(perPath)))
    return probabilities.indices.flatMap { path in
      parts.map { range in
        Slot(
          stretches: range.map { path * perPath + $0 }, weights: range.map { _ in 1 }, path: path,
          share: probabilities[path])
      }
    }
  }

  /// The stretches of each of a path's slots. A slot lies in one contract year or in none: of one
  /// that reached out of its year, spend of other hours would seem to fill that year.
  private static func parts(_ model: Model, _ stretches: [Range<Int>]) -> [Range<Int>] {
    let bounds = Set(model.spendRows.flatMap { [$0.hours.lowerBound, $0.hours.upperBound] })
    let cuts = stretches.indices.dropFirst().filter { bounds.contains(stretches[$0].lowerBound) }
    let most = max(1, min(stretches.count, mostSlots / model.risk.probabilities.count))
    return zip([0] + cuts, cuts + [stretches.count]).flatMap { first, end in
      let count = end - first
      let parts = max(1, count * most / stretches.count)
      return (0..<parts).map {
        first + count * $0 / parts..<first + count * ($0 + 1) / parts
      }
    }
  }

  /// What θ of a slot counts in what is minimised, in addition to what the measure of risk adds.
  func objective(_ slot: Slot) -> Double { (1 - model.risk.weight) * slot.share }

  /// The cost-to-go of each path, out of that of the slots; where no slot lies in one path, their
  /// sum alone.
  func pathSums(_ slotValues: [Double]) -> [Double] {
    guard model.tellsPathsApart else { return [slotValues.reduce(0, +)] }
    var sums = model.risk.probabilities.map { _ in 0.0 }
    for (slot, value) in zip(slots, slotValues) {
      if let path = slot.path { sums[path] += value }
    }
    return sums
  }

  /// The expected sum of slots' costs-to-go.
  func expected(_ slotValues: [Double]) -> Double {
    zip(slots, slotValues).reduce(0) { $0 + $1.0.share * $1.1 }
  }
}
