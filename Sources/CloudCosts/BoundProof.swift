/// Why no plan costs less than the bound: multipliers that anyone can check without a solver.
///
/// Multiply each cut and each row of the policy by its multiplier, take the sum from the cost: what
/// is left has its least value where each purchase and each machine, alone, is at its best. That
/// value bounds the cost of every plan (Lagrangian duality), whatever the multipliers are. A cut is
/// not written down but where it was made: prices and demand give it again.
public struct BoundProof: Hashable, Sendable {
  /// The multiplier of a row of the policy, in currency units per unit of the row.
  public struct RowMultiplier: Hashable, Sendable {
    public var name: String
    public var value: Double

    public init(name: String, value: Double) {
      self.name = name
      self.value = value
    }
  }

  /// The multiplier of the limit that a pool is used no more in a stretch than it has capacity.
  public struct UseMultiplier: Hashable, Sendable {
    public var stretch: Int
    public var pool: Int
    public var value: Double

    public init(stretch: Int, pool: Int, value: Double) {
      self.stretch = stretch
      self.pool = pool
      self.value = value
    }
  }

  /// A point in which cuts were made, and the multiplier of each stretch's cut.
  public struct Point: Hashable, Sendable {
    /// Capacity bought, for each capacity of the program.
    public var purchased: [Double]
    /// Share of each action that is taken; empty: none.
    public var actions: [Double]
    /// How much each class of usage counts.
    public var classWeights: [Double]
    /// What a unit of use of each pool is rewarded by; empty: nothing.
    public var rewards: [Double]
    /// Whether the hours' prices were sought with sets of pools moved together.
    public var isThorough: Bool
    public var stretches: [Int]
    /// One for each of `stretches`.
    public var multipliers: [Double]

    public init(
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
  public struct ClusterPoint: Hashable, Sendable {
    /// Capacity bought, for each capacity of the program.
    public var purchased: [Double]
    public var clusters: [Int]
    /// One for each of `clusters`.
    public var multipliers: [Double]

    public init(purchased: [Double], clusters: [Int], multipliers: [Double]) {
      self.purchased = purchased
      self.clusters = clusters
      self.multipliers = multipliers
    }
  }

  public var rows: [RowMultiplier]
  public var uses: [UseMultiplier]
  public var points: [Point]
  public var clusterPoints: [ClusterPoint]
  /// Where a measure of risk tells paths apart, the share of each path in it: at most its
  /// probability over the tail's, and 1 in all. Empty: there is none.
  public var pathWeights: [Double]
  /// What each path's cost is measured against, where regret or loss is minimised; else empty.
  public var best: [Double] = []
  /// What they prove, in currency units.
  public var bound: Double

  public init(
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
