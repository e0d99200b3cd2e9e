extension PurchaseRange {
  /// For each share of each family by how much too much is thought to be left to a wide pool, all
  /// hours together: by its secant, and where owned commitments may find less than they could use.
  func misses(
    of wide: Filled, _ bought: [Int: Double], _ taken: [FamilyUse.Taken], left: [Double],
    under capacity: Double
  ) -> [[Double]] {
    var misses = families.map { $0.shares.map { _ in 0.0 } }
    let amounts = families.map { $0.shares.map { $0.bought(bought) } }
    let rates = wide.families.map { $0 ?? 0 }
    let inside = families.indices.filter { rates[$0] > 0 }
    for h in left.indices where left[h] < capacity * (1 + 1e-9) {
      let probability = wide.all.probabilities[h]
      var (used, most) = (0.0, 0.0)
      for f in inside {
        let family = families[f]
        used += rates[f] * family.used(amounts[f], h)
        most += rates[f] * taken[f].most[h]
        for (i, miss) in family.misses(taken[f], amounts[f], h).enumerated() where miss > 0 {
          misses[f][i] += probability * rates[f] * miss
        }
      }
      let afterOwned = wide.all.hours[h] - wide.owned[h]
      let unseen = most - max(afterOwned, used)
      guard unseen > 0, most > used else { continue }
      for f in inside {
        let family = families[f]
        let share = (taken[f].most[h] - family.used(amounts[f], h)) / (most - used)
        misses[f][family.widest(taken[f], h)] += probability * rates[f] * unseen * share
      }
    }
    return misses
  }
}
