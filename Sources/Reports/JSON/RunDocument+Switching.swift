import CloudCosts

extension RunDocument.Proof {
  /// A proof that tells apart what is bought at all; see `BoundProof.Switching`. Each node has
  /// either an instrument, whose two parts follow, or a leaf.
  package struct Switching: Hashable, Sendable, Codable {
    package struct OfLook: Hashable, Sendable, Codable {
      package var look: Int
      package var multiplier: Double
    }

    package struct ClusterNode: Hashable, Sendable, Codable {
      package var split: Int?
      package var leaf: [OfLook]?
    }

    package struct Case: Hashable, Sendable, Codable {
      package var rows: [Row]
      package var prices: [OfStretch]
      package var looked: [[Double]]
      package var clusters: [[ClusterNode]]
    }

    package struct Node: Hashable, Sendable, Codable {
      package var split: Int?
      package var leaf: Case?
    }

    package var nodes: [Node]
  }
}

extension RunDocument.Proof.Switching {
  init(_ switching: BoundProof.Switching) {
    nodes = switching.nodes.map { node in
      switch node {
      case .split(let j): Node(split: j)
      case .leaf(let leaf): Node(leaf: Case(leaf))
      }
    }
  }

  /// As the verifier takes it; nil where a node is neither or both.
  var value: BoundProof.Switching? {
    var result = BoundProof.Switching(nodes: [])
    for node in nodes {
      switch (node.split, node.leaf) {
      case (let j?, nil): result.nodes.append(.split(instrument: j))
      case (nil, let leaf?):
        guard let leaf = leaf.value else { return nil }
        result.nodes.append(.leaf(leaf))
      default: return nil
      }
    }
    return result
  }
}

extension RunDocument.Proof.Switching.Case {
  fileprivate init(_ leaf: BoundProof.Switching.Case) {
    self.init(
      rows: leaf.rows.map { .init(name: $0.name, multiplier: $0.value) },
      prices: leaf.prices.map {
        .init(point: $0.point, stretch: $0.stretch, multiplier: $0.value)
      }, looked: leaf.looked,
      clusters: leaf.clusters.map { nodes in
        nodes.map { node in
          switch node {
          case .split(let j): .init(split: j)
          case .leaf(let cuts):
            .init(leaf: cuts.map { .init(look: $0.look, multiplier: $0.value) })
          }
        }
      })
  }

  /// Nil where a node of a cluster is neither a split nor a leaf, or both.
  fileprivate var value: BoundProof.Switching.Case? {
    var trees: [[BoundProof.Switching.ClusterNode]] = []
    for nodes in clusters {
      var tree: [BoundProof.Switching.ClusterNode] = []
      for node in nodes {
        switch (node.split, node.leaf) {
        case (let j?, nil): tree.append(.split(instrument: j))
        case (nil, let cuts?):
          tree.append(.leaf(cuts.map { .init(look: $0.look, value: $0.multiplier) }))
        default: return nil
        }
      }
      trees.append(tree)
    }
    return .init(
      rows: rows.map { .init(name: $0.name, value: $0.multiplier) },
      prices: prices.map { .init(point: $0.point, stretch: $0.stretch, value: $0.multiplier) },
      looked: looked, clusters: trees)
  }
}
