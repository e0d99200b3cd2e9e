import CloudCosts
import Foundation
import Synchronization

/// What is expected to go unused of a purchase behind the horizon, where no path reaches: of a plan
/// for fewer hours than a term has, of a renewal that a default run's three years cut, and of what
/// a walk may buy later.
///
///     charge_j = hourly_j Σ_{t = 1 … beyond_j} (1 − σ_j ρ_k^{t / H})
///     σ_j = Σ_ω prob_ω min(1, L_kω(end) / (r_j L_kω(start_j))),     ρ_k = σ of a purchase on the first day
///
/// L_kω(t): usage that the purchase could cover on path ω, at on-demand prices (those of the price
/// file: a price that falls is no loss of usage), in the four weeks from t on; of the end, the last
/// four. H: hours of the horizon, beyond_j: those of the term behind it. So what is still there at
/// the end is carried on with the loss that the paths have in them. r_j: how much of its usage a
/// purchase reaches at the most: of what follows all usage for three years the policy's
/// `max_three_year_share`, since what is under it is used until usage has fallen to that; of all
/// else 1. So: where usage only grows nothing is charged, and a plan bound to a family that may be
/// given up pays for that in the years behind the horizon as well as in those before it. Without
/// it, the later a long plan is bought the less of its risk is in sight. Horizons of less than half
/// a year tell nothing of a loss by the year: ρ is 1 there.
package struct BeyondHorizon: Sendable {
  /// The least horizon, in hours, that tells of a loss by the year.
  private static let shortest = 4380
  /// What one level is taken from, in hours.
  private static let stretch = 672

  private let problem: PlanningProblem
  private let paths: [Demand]
  private let probabilities: [Double]
  private let known = Cache()

  /// Running sums of usage, for each set of groups and path; made when they are asked for first.
  private final class Cache: Sendable {
    private let made = Mutex<[[Int]: [[Double]]]>([:])

    func sums(_ groups: [Int], make: () -> [[Double]]) -> [[Double]] {
      made.withLock { known in
        if let sums = known[groups] { return sums }
        let sums = make()
        known[groups] = sums
        return sums
      }
    }
  }

  /// - Parameter problem: where it does not charge, all charges are 0.
  package init(_ problem: PlanningProblem) {
    self.problem = problem
    paths = problem.paths?.paths ?? [problem.demand]
    probabilities = problem.paths?.probabilities ?? [1]
  }

  /// In currency units over the rest of the term; 0 where the term ends inside the horizon.
  package func charge(_ commitment: Commitment) -> Double {
    let span = problem.span
    let beyond = commitment.end - max(span.end, commitment.start)
    guard problem.chargesBeyond, beyond > 0, span.hours > 0 else { return 0 }
    let groups = covered(by: commitment)
    let reach = reach(of: commitment.terms)
    let kept = share(groups, left: max(0, commitment.start - span.start), reach)
    let loss = span.hours >= Self.shortest ? share(groups, left: 0, reach) : 1
    // Σ ρ^{t / H}, t = 1 … beyond.
    let ratio = pow(loss, 1 / Double(span.hours))
    let used =
      ratio >= 1 - 1e-12
      ? Double(beyond) : ratio * (1 - pow(ratio, Double(beyond))) / (1 - ratio)
    return commitment.effectiveHourly * max(0, Double(beyond) - kept * used)
  }

  /// What all of them come to.
  package func charge(_ commitments: [Commitment]) -> Double {
    commitments.reduce(0) { $0 + charge($1) }
  }

  private func covered(by commitment: Commitment) -> [Int] {
    problem.demand.groups.indices.filter { g in
      let sku = problem.demand.groups[g].sku
      switch commitment.subject {
      case .reservation(let reserved, let zone, _, _, _):
        return zone == nil
          ? ReservationScope(of: sku.zoneless) == ReservationScope(of: reserved.zoneless)
          : sku.zoneless.asListed == reserved.zoneless
      case .savingsPlan(let scope, _):
        guard scope.contains(sku), let rate = problem.prices.rate(of: commitment.terms, for: sku)
        else { return false }
        // Where a price has fallen below the rate, the plan covers nothing any more.
        return sku.pricedFrom == nil
          || problem.prices.planUnits(
            rate, of: sku, onDemand: problem.prices.onDemandPrice(of: sku) ?? 0) != nil
      }
    }
  }

  /// r.
  private func reach(of terms: OfferTerms) -> Double {
    guard terms.term == .threeYears, terms.product.followsUsage else { return 1 }
    return min(1, max(problem.policy.maxThreeYearShare ?? 1, 0.01))
  }

  /// σ of what is bought so many hours into the horizon.
  private func share(_ groups: [Int], left start: Int, _ reach: Double) -> Double {
    let steps = problem.demand.window.hours
    let width = min(steps, max(1, Self.stretch / problem.hoursPerStep))
    let first = min(start / problem.hoursPerStep, steps - width)
    return zip(sums(groups), probabilities).reduce(0) { sum, path in
      let (sums, probability) = path
      let before = reach * (sums[first + width] - sums[first])
      let after = sums[steps] - sums[steps - width]
      return sum + probability * (after >= before ? 1 : after / before)
    }
  }

  private func sums(_ groups: [Int]) -> [[Double]] {
    let steps = problem.demand.window.hours
    return known.sums(groups) {
      paths.map { path in
        var value = [Double](repeating: 0, count: steps + 1)
        for g in groups {
          let price = problem.prices.onDemandPrice(of: path.groups[g].sku.asListed) ?? 0
          for (h, quantity) in path.hours(of: g).enumerated() { value[h + 1] += quantity * price }
        }
        for h in 0..<steps { value[h + 1] += value[h] }
        return value
      }
    }
  }
}
