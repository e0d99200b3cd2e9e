/// Why no plan costs less than the bound: multipliers that anyone can check without a solver.
///
/// Multiply each cut and each row of the policy by its multiplier, take the sum from the cost: what
/// is left has its least value where each purchase and each machine, alone, is at its best. That
/// value bounds the cost of every plan (Lagrangian duality), whatever the multipliers are. A cut is
/// not written down but where it was made: prices and demand give it again.
package struct BoundProof: Hashable, Sendable {
  /// The multiplier of a row of the policy, in currency units per unit of the row.
  package struct RowMultiplier: Hashable, Sendable {
    package var name: String
    package var value: Double

    package init(name: String, value: Double) {
      self.name = name
      self.value = value
    }
  }

  /// The multiplier of the limit that a pool is used no more in a stretch than it has capacity.
  package struct UseMultiplier: Hashable, Sendable {
    package var stretch: Int
    package var pool: Int
    package var value: Double

    package init(stretch: Int, pool: Int, value: Double) {
      self.stretch = stretch
      self.pool = pool
      self.value = value
    }
  }

  /// The multiplier of what was found in a stretch at one of the proof's points, in proofs by
  /// cases.
  package struct StretchMultiplier: Hashable, Sendable {
    package var point: Int
    package var stretch: Int
    package var value: Double

    package init(point: Int, stretch: Int, value: Double) {
      (self.point, self.stretch, self.value) = (point, stretch, value)
    }
  }

  /// A point in which cuts were made, and the multiplier of each stretch's cut.
  package struct Point: Hashable, Sendable {
    /// Capacity bought, for each capacity of the program.
    package var purchased: [Double]
    /// Share of each action that is taken; empty: none.
    package var actions: [Double]
    /// How much each class of usage counts.
    package var classWeights: [Double]
    /// What a unit of use of each pool is rewarded by; empty: nothing.
    package var rewards: [Double]
    /// Whether the hours' prices were sought with sets of pools moved together.
    package var isThorough: Bool
    package var stretches: [Int]
    /// One for each of `stretches`.
    package var multipliers: [Double]

    package init(
      purchased: [Double], actions: [Double], classWeights: [Double], rewards: [Double],
      isThorough: Bool = true, stretches: [Int], multipliers: [Double]
    ) {
      self.purchased = purchased
      self.actions = actions
      self.classWeights = classWeights
      self.rewards = rewards
      self.isThorough = isThorough
      self.stretches = stretches
      self.multipliers = multipliers
    }
  }

  /// A point in which cuts of single clusters were made, and the multiplier of each.
  ///
  /// Where there are such points, the others only say which price the widest pools ask in each
  /// hour: the mean of theirs, weighted by their multipliers.
  package struct ClusterPoint: Hashable, Sendable {
    /// Capacity bought, for each capacity of the program.
    package var purchased: [Double]
    package var clusters: [Int]
    /// One for each of `clusters`.
    package var multipliers: [Double]

    package init(purchased: [Double], clusters: [Int], multipliers: [Double]) {
      self.purchased = purchased
      self.clusters = clusters
      self.multipliers = multipliers
    }
  }

  package var rows: [RowMultiplier]
  package var uses: [UseMultiplier]
  package var points: [Point]
  package var clusterPoints: [ClusterPoint]
  /// Where a measure of risk tells paths apart, the share of each path in it: at most its
  /// probability over the tail's, and 1 in all. Empty: there is none.
  package var pathWeights: [Double]
  /// What each path's cost is measured against, where regret or loss is minimised; else empty.
  package var best: [Double] = []
  /// Where the proof is one by cases: then `points` only say where cuts were made.
  package var branching: Branching?
  /// Where the proof tells apart what is bought at all: then `points` have no multipliers either.
  package var switching: Switching?
  /// Where the program falls apart into programs that nothing ties together, the proof of each:
  /// then there is nothing else, and the bound is their sum.
  package var parts: [BoundProof] = []
  /// What they prove, in currency units.
  package var bound: Double

  /// - Parameter parts: the proof of each program.
  package init(parts: [BoundProof]) {
    self.init(rows: [], uses: [], points: [], bound: parts.reduce(0) { $0 + $1.bound })
    self.parts = parts
  }

  package init(
    rows: [RowMultiplier], uses: [UseMultiplier], points: [Point],
    clusterPoints: [ClusterPoint] = [], pathWeights: [Double] = [], bound: Double
  ) {
    self.rows = rows
    self.uses = uses
    self.points = points
    self.clusterPoints = clusterPoints
    self.pathWeights = pathWeights
    self.bound = bound
  }
}
