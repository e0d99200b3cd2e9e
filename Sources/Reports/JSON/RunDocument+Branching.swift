import CloudCosts

extension RunDocument.Proof {
  /// See `BoundProof.StretchMultiplier`.
  package struct OfStretch: Hashable, Sendable, Codable {
    package var point: Int
    package var stretch: Int
    package var multiplier: Double
  }

  /// A proof by cases; see `BoundProof.Branching`. Each node has either a split or a leaf.
  package struct Branching: Hashable, Sendable, Codable {
    package struct Family: Hashable, Sendable, Codable {
      package var range: Int
      package var pool: Int
    }

    /// Either what is bought of a family or the units of an instrument.
    package struct Amount: Hashable, Sendable, Codable {
      package var family: Family?
      package var units: Int?
    }

    package struct Split: Hashable, Sendable, Codable {
      package var amount: Amount
      package var at: Double
      package var below: Int
      package var above: Int
    }

    package struct Remainder: Hashable, Sendable, Codable {
      package var node: Int
      package var wide: Family
      package var capacity: Double
      package var pools: [Int]
      package var bought: [Double]
    }

    package struct Held: Hashable, Sendable, Codable {
      package var amount: Amount
      package var multiplier: Double
    }

    package struct OfRow: Hashable, Sendable, Codable {
      package var row: Int
      package var multiplier: Double
    }

    package struct Leaf: Hashable, Sendable, Codable {
      package var rows: [Row]
      package var uses: [Use]
      package var held: [Held]
      package var remainders: [OfRow]
      package var cuts: [OfStretch]
      package var pathWeights: [Double]?

      private enum CodingKeys: String, CodingKey {
        case rows, uses, held, remainders, cuts
        case pathWeights = "path_weights"
      }
    }

    package struct Node: Hashable, Sendable, Codable {
      package var split: Split?
      package var leaf: Leaf?
    }

    package var nodes: [Node]
    package var remainders: [Remainder]
  }
}

extension RunDocument.Proof.Branching {
  init(_ branching: BoundProof.Branching) {
    nodes = branching.nodes.map { node in
      switch node {
      case .split(let split):
        Node(
          split: Split(
            amount: Amount(split.amount), at: split.at, below: split.below, above: split.above))
      case .leaf(let leaf): Node(leaf: Leaf(leaf))
      }
    }
    remainders = branching.remainders.map {
      Remainder(
        node: $0.node, wide: Family($0.wide), capacity: $0.capacity, pools: $0.pools,
        bought: $0.bought)
    }
  }

  /// As the verifier takes it; nil where a node is neither or both.
  var value: BoundProof.Branching? {
    var result = BoundProof.Branching(
      nodes: [],
      remainders: remainders.map {
        .init(
          node: $0.node, wide: $0.wide.value, capacity: $0.capacity, pools: $0.pools,
          bought: $0.bought)
      })
    for node in nodes {
      switch (node.split, node.leaf) {
      case (let split?, nil):
        guard let amount = split.amount.value else { return nil }
        result.nodes.append(
          .split(.init(amount: amount, at: split.at, below: split.below, above: split.above)))
      case (nil, let leaf?):
        guard let leaf = leaf.value else { return nil }
        result.nodes.append(.leaf(leaf))
      default: return nil
      }
    }
    return result
  }
}

extension RunDocument.Proof.Branching.Family {
  fileprivate init(_ family: BoundProof.Branching.Family) {
    self.init(range: family.range, pool: family.pool)
  }

  fileprivate var value: BoundProof.Branching.Family { .init(range: range, pool: pool) }
}

extension RunDocument.Proof.Branching.Amount {
  fileprivate init(_ amount: BoundProof.Branching.Amount) {
    switch amount {
    case .family(let family): self.init(family: .init(family))
    case .units(let j): self.init(units: j)
    }
  }

  fileprivate var value: BoundProof.Branching.Amount? {
    switch (family, units) {
    case (let family?, nil): .family(family.value)
    case (nil, let j?): .units(of: j)
    default: nil
    }
  }
}

extension RunDocument.Proof.Branching.Leaf {
  fileprivate init(_ leaf: BoundProof.Branching.Leaf) {
    self.init(
      rows: leaf.rows.map { .init(name: $0.name, multiplier: $0.value) },
      uses: leaf.uses.map { .init(stretch: $0.stretch, pool: $0.pool, multiplier: $0.value) },
      held: leaf.held.map { .init(amount: .init($0.amount), multiplier: $0.value) },
      remainders: leaf.remainders.map { .init(row: $0.row, multiplier: $0.value) },
      cuts: leaf.cuts.map { .init(point: $0.point, stretch: $0.stretch, multiplier: $0.value) },
      pathWeights: leaf.pathWeights.isEmpty ? nil : leaf.pathWeights)
  }

  /// Nil where an amount is neither of a family nor of an instrument, or both.
  fileprivate var value: BoundProof.Branching.Leaf? {
    let limits = held.compactMap { held in
      held.amount.value.map {
        BoundProof.Branching.HeldMultiplier(amount: $0, value: held.multiplier)
      }
    }
    guard limits.count == held.count else { return nil }
    return .init(
      rows: rows.map { .init(name: $0.name, value: $0.multiplier) },
      uses: uses.map { .init(stretch: $0.stretch, pool: $0.pool, value: $0.multiplier) },
      held: limits,
      remainders: remainders.map { .init(row: $0.row, value: $0.multiplier) },
      cuts: cuts.map { .init(point: $0.point, stretch: $0.stretch, value: $0.multiplier) },
      pathWeights: pathWeights ?? [])
  }
}
