import CloudCosts

extension RunDocument {
  /// The multipliers behind a bound; see `BoundProof`.
  public struct Proof: Hashable, Sendable, Codable {
    public struct Row: Hashable, Sendable, Codable {
      public var name: String
      public var multiplier: Double
    }

    public struct Use: Hashable, Sendable, Codable {
      public var stretch: Int
      public var pool: Int
      public var multiplier: Double
    }

    public struct Point: Hashable, Sendable, Codable {
      public var purchased: [Double]
      public var actions: [Double]
      public var classWeights: [Double]
      public var rewards: [Double]
      /// Nil, in documents of older versions: true.
      public var thorough: Bool?
      public var stretches: [Int]
      public var multipliers: [Double]

      private enum CodingKeys: String, CodingKey {
        case purchased, actions
        case classWeights = "class_weights"
        case rewards, thorough, stretches, multipliers
      }
    }

    public struct ClusterPoint: Hashable, Sendable, Codable {
      public var purchased: [Double]
      public var clusters: [Int]
      public var multipliers: [Double]
    }

    /// What the multipliers prove.
    public var bound: Double
    public var rows: [Row]
    public var uses: [Use]
    public var points: [Point]
    public var clusterPoints: [ClusterPoint]
    /// Nil where no measure of risk tells paths apart.
    public var pathWeights: [Double]?
    /// What each path costs at best, where regret is measured against that.
    public var best: [Double]?

    private enum CodingKeys: String, CodingKey {
      case bound, rows, uses, points
      case clusterPoints = "cluster_points"
      case pathWeights = "path_weights"
      case best
    }
  }
}

extension RunDocument.Proof {
  init(_ proof: BoundProof) {
    bound = proof.bound
    rows = proof.rows.map { Row(name: $0.name, multiplier: $0.value) }
    uses = proof.uses.map { Use(stretch: $0.stretch, pool: $0.pool, multiplier: $0.value) }
    points = proof.points.map {
      Point(
        purchased: $0.purchased, actions: $0.actions, classWeights: $0.classWeights,
        rewards: $0.rewards, thorough: $0.isThorough, stretches: $0.stretches,
        multipliers: $0.multipliers)
    }
    clusterPoints = proof.clusterPoints.map {
      ClusterPoint(
        purchased: $0.purchased, clusters: $0.clusters, multipliers: $0.multipliers)
    }
    pathWeights = proof.pathWeights.isEmpty ? nil : proof.pathWeights
    best = proof.best.isEmpty ? nil : proof.best
  }

  /// The proof as the verifier takes it.
  var value: BoundProof {
    var proof = BoundProof(
      rows: rows.map { .init(name: $0.name, value: $0.multiplier) },
      uses: uses.map { .init(stretch: $0.stretch, pool: $0.pool, value: $0.multiplier) },
      points: points.map {
        .init(
          purchased: $0.purchased, actions: $0.actions, classWeights: $0.classWeights,
          rewards: $0.rewards, isThorough: $0.thorough ?? true, stretches: $0.stretches,
          multipliers: $0.multipliers)
      },
      clusterPoints: clusterPoints.map {
        .init(purchased: $0.purchased, clusters: $0.clusters, multipliers: $0.multipliers)
      }, pathWeights: pathWeights ?? [], bound: bound)
    proof.best = best ?? []
    return proof
  }
}
