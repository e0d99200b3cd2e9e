/// The deterministic online rule of Wang, Li and Liang (arXiv 1305.5608, algorithm A_β).
///
///     reserve while  p · #{i in (t − τ, t] : d_i > x_i}  >  β = fee / (1 − α)
///
/// x_i counts the reservations that could serve hour i: real ones from their start on, and each
/// also as a phantom over the term before it, so that the same past usage is not held against two
/// of them. p is the price on demand, α p that of an hour under a reservation, τ the term. Its cost
/// is at most (2 − α) times the optimum's, and no deterministic rule has a better guarantee.
package struct BreakEvenRule: Sendable {
  package var onDemand: Double
  /// Paid for a reservation, used or not.
  package var fee: Double
  /// 0: an hour under a reservation costs nothing more; 1: as much as on demand.
  package var alpha: Double
  /// Hours that a reservation lasts.
  package var term: Int

  package init(onDemand: Double, fee: Double, alpha: Double = 0, term: Int) {
    self.onDemand = onDemand
    self.fee = fee
    self.alpha = alpha
    self.term = term
  }

  /// How many units to reserve in each hour from `from` on; what lies before it is known and can be
  /// covered by phantoms only.
  /// - Complexity: O(hours + purchases × term).
  package func reservations(_ demand: [Double], from: Int = 0, unit: Double = 1) -> [Int] {
    var reserved = [Int](repeating: 0, count: demand.count)
    guard alpha < 1, term > 0, unit > 0 else { return reserved }
    let threshold = fee / (1 - alpha)
    var coverable = [Double](repeating: 0, count: demand.count + term)
    var uncovered = 0
    for t in demand.indices {
      if demand[t] > coverable[t] { uncovered += 1 }
      if t >= term, demand[t - term] > coverable[t - term] { uncovered -= 1 }
      guard t >= from else { continue }
      while onDemand * Double(uncovered) > threshold {
        reserved[t] += 1
        let first = max(0, t - term + 1)
        for i in first..<t + term { coverable[i] += unit }
        uncovered = (first...t).reduce(0) { $0 + (demand[$1] > coverable[$1] ? 1 : 0) }
      }
    }
    return reserved
  }
}
