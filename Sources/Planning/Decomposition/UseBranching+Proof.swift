import CloudCosts

/// The points in which cuts were made, each once.
struct CutOrigins {
  private var places: [ObjectIdentifier: Int] = [:]
  /// Kept, so that no other one is taken for one of these.
  private var all: [CutOrigin] = []

  mutating func place(_ origin: CutOrigin) -> Int {
    if let place = places[ObjectIdentifier(origin)] { return place }
    places[ObjectIdentifier(origin)] = all.count
    all.append(origin)
    return all.count - 1
  }

  var points: [BoundProof.Point] { all.map { BoundProof.Point($0) } }
}

extension BoundProof {
  /// The same without points and rows that no case leans on.
  var withoutUnused: BoundProof {
    guard var branching else { return self }
    var (pointPlaces, rowPlaces): ([Int: Int], [Int: Int]) = ([:], [:])
    func place(_ old: Int, in places: inout [Int: Int]) -> Int {
      if let new = places[old] { return new }
      places[old] = places.count
      return places.count - 1
    }
    branching.nodes = branching.nodes.map { node in
      guard case .leaf(var leaf) = node else { return node }
      for i in leaf.cuts.indices {
        leaf.cuts[i].point = place(leaf.cuts[i].point, in: &pointPlaces)
      }
      for i in leaf.remainders.indices {
        leaf.remainders[i].row = place(leaf.remainders[i].row, in: &rowPlaces)
      }
      return .leaf(leaf)
    }
    func ordered<T>(_ all: [T], by places: [Int: Int]) -> [T] {
      places.sorted { $0.value < $1.value }.map { all[$0.key] }
    }
    branching.remainders = ordered(branching.remainders, by: rowPlaces)
    var proof = self
    proof.points = ordered(points, by: pointPlaces)
    proof.branching = branching
    return proof
  }
}
