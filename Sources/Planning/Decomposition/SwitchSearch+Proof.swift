import CloudCosts

extension BoundProof.Switching.Case {
  /// The same without looks that no cluster leans on.
  var withoutUnusedLooks: Self {
    // What belongs to no cluster is the same at each of them, and one is needed to tell it.
    var places = [0: 0]
    var result = self
    for f in result.clusters.indices {
      for n in result.clusters[f].indices {
        guard case .leaf(var cuts) = result.clusters[f][n] else { continue }
        for i in cuts.indices { cuts[i].look = places.place(of: cuts[i].look) }
        result.clusters[f][n] = .leaf(cuts)
      }
    }
    result.looked = places.ordered(looked)
    return result
  }
}

extension BoundProof {
  /// The same without points that no case takes prices from.
  var withoutUnusedPoints: BoundProof {
    guard let switching else { return self }
    var places: [Int: Int] = [:]
    var proof = self
    proof.switching = Switching(
      nodes: switching.nodes.map { node in
        guard case .leaf(var leaf) = node else { return node }
        for i in leaf.prices.indices {
          leaf.prices[i].point = places.place(of: leaf.prices[i].point)
        }
        return .leaf(leaf)
      })
    proof.points = places.ordered(points)
    return proof
  }
}

extension [Int: Int] {
  /// The new place of what was at an old one.
  fileprivate mutating func place(of old: Int) -> Int {
    if let new = self[old] { return new }
    self[old] = count
    return count - 1
  }

  fileprivate func ordered<T>(_ all: [T]) -> [T] {
    sorted { $0.value < $1.value }.map { all[$0.key] }
  }
}
