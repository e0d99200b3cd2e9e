import CloudCosts

extension RunDocument {
  /// The multipliers behind a bound; see `BoundProof`.
  package struct Proof: Hashable, Sendable, Codable {
    package struct Row: Hashable, Sendable, Codable {
      package var name: String
      package var multiplier: Double
    }

    package struct Use: Hashable, Sendable, Codable {
      package var stretch: Int
      package var pool: Int
      package var multiplier: Double
    }

    package struct Point: Hashable, Sendable, Codable {
      package var purchased: [Double]
      package var actions: [Double]
      package var classWeights: [Double]
      package var rewards: [Double]
      /// Nil, in documents of older versions: true.
      package var thorough: Bool?
      package var stretches: [Int]
      package var multipliers: [Double]

      private enum CodingKeys: String, CodingKey {
        case purchased, actions
        case classWeights = "class_weights"
        case rewards, thorough, stretches, multipliers
      }
    }

    package struct ClusterPoint: Hashable, Sendable, Codable {
      package var purchased: [Double]
      package var clusters: [Int]
      package var multipliers: [Double]
    }

    /// What the multipliers prove.
    package var bound: Double
    package var rows: [Row]
    package var uses: [Use]
    package var points: [Point]
    package var clusterPoints: [ClusterPoint]
    /// Nil where no measure of risk tells paths apart.
    package var pathWeights: [Double]?
    /// What each path costs at best, where regret is measured against that.
    package var best: [Double]?
    /// Nil but in a proof by cases; then `points` have no multipliers.
    package var branching: Branching?
    /// Nil but in a proof that tells apart what is bought at all; then `points` have none either.
    package var switching: Switching?
    /// Nil but where the program falls apart into programs that are proven apart: then there is
    /// nothing else.
    package var parts: [Proof]?

    private enum CodingKeys: String, CodingKey {
      case bound, rows, uses, points
      case clusterPoints = "cluster_points"
      case pathWeights = "path_weights"
      case best, branching, switching, parts
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
    branching = proof.branching.map(Branching.init)
    switching = proof.switching.map(Switching.init)
    parts = proof.parts.isEmpty ? nil : proof.parts.map(Self.init)
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
    // What is no branching proves nothing.
    proof.branching = branching.map { $0.value ?? .init(nodes: [], remainders: []) }
    proof.switching = switching.map { $0.value ?? .init(nodes: []) }
    proof.parts = parts.map { $0.map(\.value) } ?? []
    return proof
  }
}
