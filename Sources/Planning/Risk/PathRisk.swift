import CloudCosts

/// What is minimised of the costs that a plan has on several paths.
///
///     ρ(R) = (1 − w) Σ_ω prob_ω R_ω + w CVaR(R − b)
///     CVaR(X) = min_η  η + Σ_ω prob_ω (X_ω − η)⁺ / tail                  (Rockafellar and Uryasev)
///             = max_r { Σ_ω r_ω X_ω : 0 ≤ r_ω ≤ prob_ω / tail, Σ_ω r_ω = 1 }
///
/// R_ω is what path ω leaves on demand. What purchases cost is the same on every path, and ρ(R + c)
/// = ρ(R) + c, so it is added to ρ. tail = 1 − level; tail 0 is the most expensive path alone (no
/// upper bound on r). b is 0 for costs; for regret and loss reference_ω − Σ_ω prob_ω reference_ω, a
/// constant of each path: what it costs at the least, or with nothing new bought. Then ρ is what
/// that is expected to be, and the regret or loss on top. Any r in the set above gives a lower
/// bound of ρ that is linear in R: this is what proofs rest on.
struct PathRisk: Sendable {
  /// prob_ω; they add up to 1.
  let probabilities: [Double]
  /// w; 0: the expected cost alone.
  let weight: Double
  /// 1 − level; 0: the worst path.
  let tail: Double
  /// b_ω.
  let shifts: [Double]

  /// The one path of a future that is taken as known.
  static let none = PathRisk(probabilities: [1], weight: 0, tail: 1, shifts: [0])

  init(probabilities: [Double], weight: Double, tail: Double, shifts: [Double]) {
    self.probabilities = probabilities
    self.weight = weight
    self.tail = tail
    self.shifts = shifts
  }

  /// - Parameter reference: what each path's cost is measured against, for regret and loss.
  init(_ settings: RiskSettings?, probabilities: [Double], reference: [Double]?) {
    self.probabilities = probabilities
    let settings = settings ?? RiskSettings(measure: .expected)
    var shifts = probabilities.map { _ in 0.0 }
    switch settings.measure {
    case .expected:
      weight = 0
      tail = 1
    case .cvar, .regret, .loss:
      weight = probabilities.count > 1 ? settings.weight : 0
      // Rounding must not leave a tail of a hair.
      tail = max(0, ((1 - settings.level) * 1e12).rounded() / 1e12)
    case .worst:
      weight = probabilities.count > 1 ? settings.weight : 0
      tail = 0
    }
    if settings.measure.isRelative, let reference, reference.count == probabilities.count {
      let mean = zip(reference, probabilities).reduce(0) { $0 + $1.0 * $1.1 }
      shifts = reference.map { $0 - mean }
    }
    self.shifts = shifts
  }

  /// Whether paths must be distinguished.
  var isAverse: Bool { weight > 0 }

  /// ρ.
  func value(_ costs: [Double]) -> Double {
    guard isAverse else { return zip(probabilities, costs).reduce(0) { $0 + $1.0 * $1.1 } }
    let r = density(costs)
    return costs.indices.reduce(0) {
      $0 + (1 - weight) * probabilities[$1] * costs[$1]
        + weight * r[$1] * (costs[$1] - shifts[$1])
    }
  }

  /// r at its best: the mass of the most expensive paths.
  private func density(_ costs: [Double]) -> [Double] {
    filled(costs.indices.sorted { (costs[$1] - shifts[$1], $0) < (costs[$0] - shifts[$0], $1) })
  }

  /// r with as much as may be on the first of an order of paths.
  private func filled(_ order: [Int]) -> [Double] {
    var r = probabilities.map { _ in 0.0 }
    var left = 1.0
    for path in order where left > 0 {
      r[path] = min(left, most(path))
      left -= r[path]
    }
    return r
  }

  /// The upper bound of r_ω.
  private func most(_ path: Int) -> Double {
    tail > 0 ? min(1, probabilities[path] / tail) : 1
  }

  /// r at its best; empty where paths are not distinguished.
  func worst(_ costs: [Double]) -> [Double] { isAverse ? density(costs) : [] }

  /// The weights of the paths' costs at their worst.
  func pathWeights(_ costs: [Double]) -> [Double] { weights(worst(costs)) }

  /// The weights (1 − w) prob_ω + w r_ω of the paths' costs; r is empty where paths are not
  /// distinguished.
  func weights(_ r: [Double]) -> [Double] {
    guard isAverse, r.count == probabilities.count else { return probabilities }
    return zip(probabilities, r).map { (1 - weight) * $0 + weight * $1 }
  }

  /// The nearest r that the set above allows: multipliers that a solver or a file states are off by
  /// a hair, or wrong; a bound must hold whatever they are.
  func allowed(_ stated: [Double]) -> [Double] {
    guard stated.count == probabilities.count, stated.allSatisfy(\.isFinite) else {
      return filled(Array(probabilities.indices))
    }
    var r = stated.indices.map { min(max(0, stated[$0]), most($0)) }
    let sum = r.reduce(0, +)
    if sum > 1 {
      r = r.map { $0 / sum }
    } else {
      var left = 1 - sum
      for path in r.indices where left > 0 {
        let more = min(left, most(path) - r[path])
        r[path] += more
        left -= more
      }
    }
    return r
  }
}
