extension Plan {
  /// Currency units paid on first days.
  package var upfront: Double { purchases.reduce(0) { $0 + $1.commitment.upfront } }

  /// The most that is committed to in any hour, in currency units per hour, amortised.
  package var hourlyCommitment: Double {
    let starts = Set(purchases.map(\.commitment.start))
    return starts.map { start in
      purchases.reduce(0) { sum, purchase in
        let commitment = purchase.commitment
        let isActive = commitment.start <= start && start < commitment.end
        return sum + (isActive ? commitment.effectiveHourly : 0)
      }
    }.max() ?? 0
  }
}
