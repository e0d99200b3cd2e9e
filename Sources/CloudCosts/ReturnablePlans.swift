/// How a purchase splits into plans that can still be returned, and until when.
///
/// AWS (Savings Plans user guide, "Returning a purchased Savings Plan"; read 2025-04): a plan of at
/// most 100 $/h can be returned within 7 days of its purchase and in the same calendar month (UTC),
/// ten a year. Other providers' plans cannot be returned (Azure, Google), and reservations have
/// rules of their own.
package struct ReturnablePlans: Hashable, Sendable {
  /// Currency units per hour; they add up to the commitment. Behind as many as may go back in a
  /// year the last one is all the rest, whatever its size.
  package var commitments: [Double]
  /// The hour in which it is too late.
  package var until: Hour

  /// The largest plan that can be returned, in currency units per hour.
  package static let largest = 100.0
  package static let mostPerYear = 10

  /// Nil where it cannot be returned, however it is split.
  package init?(of commitment: Commitment) {
    guard case .savingsPlan(let scope, let hourly) = commitment.subject, scope.provider == .aws,
      hourly > 0
    else { return nil }
    let grid = (hourly * 1000).rounded()
    let most = Self.largest * 1000
    let whole = Int(min(Double(Self.mostPerYear), (grid / most).rounded(.down)))
    let rest = grid - Double(whole) * most
    commitments =
      Array(repeating: Self.largest, count: whole) + (rest > 0 ? [rest / 1000] : [])
    until = min(commitment.start + 168, commitment.start.month.next.start)
  }
}
