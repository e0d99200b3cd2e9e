extension Money {
  /// The amount in parts by weights, which add up to it exactly: each rounded down to a millionth,
  /// and what is left goes to those that lost most.
  ///
  /// - Parameter weights: finite and not negative; where all are 0, the parts are equal.
  package func split(by weights: [Double]) -> [Money] {
    guard !weights.isEmpty else { return [] }
    let clean = weights.map { $0.isFinite ? max(0, $0) : 0 }
    let sum = clean.reduce(0, +)
    let shares = clean.map { sum > 0 ? $0 / sum : 1 / Double(clean.count) }
    let exact = shares.map { Double(micros) * $0 }
    var parts = exact.map { Money(micros: Int128($0.rounded(.down))) }
    let left = micros - parts.reduce(0) { $0 + $1.micros }
    let order = exact.indices.sorted {
      (exact[$0].rounded(.down) - exact[$0], $0) < (exact[$1].rounded(.down) - exact[$1], $1)
    }
    // Amounts beyond 2^53 millionths lose digits as doubles: then more than one a part is left.
    let (each, rest) = left.quotientAndRemainder(dividingBy: Int128(parts.count))
    for (rank, index) in order.enumerated() {
      let extra: Int128 = rank < Int(rest.magnitude) ? (rest < 0 ? -1 : 1) : 0
      parts[index].micros += each + extra
    }
    return parts
  }
}
