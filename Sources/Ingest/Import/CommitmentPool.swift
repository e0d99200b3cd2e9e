/// A day of commitments whose fees do not say what they paid for, and of the usage that they cover.
///
/// Google bills a resource-based commitment's vCPUs and memory every hour, used or not, and takes
/// what is covered off the usage as a credit. Credits of no hour exceed what was committed to, so
/// that the sums of a day say what no one used.
struct CommitmentPool {
  struct Key: Hashable {
    var day: Int
    /// `us-central1/n2/core`
    var name: String
  }

  typealias Booking = (cost: BillAccumulator.CostKey, total: BillAccumulator.TotalKey)

  private var committed: Int128 = 0
  private var used: Int128 = 0
  private var fees: [(booking: Booking, costs: ExactCosts)] = []

  mutating func add(_ units: Int128, isFee: Bool, _ booking: Booking, _ costs: ExactCosts) {
    guard isFee else { return used += units }
    committed += units
    fees.append((booking, costs))
  }

  /// What of each fee no one used.
  var unused: [(booking: Booking, costs: ExactCosts)] {
    guard committed > 0 else { return [] }
    let share = 1 - Double(used) / Double(committed)
    guard share > 1e-9 else { return [] }
    return fees.map { fee in
      func part(_ amount: Int128) -> Int128 {
        share >= 1 ? amount : Int128((Double(amount) * share).rounded())
      }
      return (
        fee.booking,
        ExactCosts(billed: part(fee.costs.billed), effective: part(fee.costs.effective))
      )
    }
  }
}

extension BillAccumulator {
  /// Takes out of the fees of commitments what no one used; once all cells are there.
  mutating func settle() {
    for (booking, costs) in pools.values.flatMap(\.unused) {
      var cost = booking.cost
      cost.chargeClass = .unused
      var total = booking.total
      (total.chargeClass, total.rule) = (.unused, "set-aside.unused-commitment")
      sums.add(ExactCosts() - costs, to: booking.cost)
      sums.add(costs, to: cost)
      totals[booking.total]?.costs += ExactCosts() - costs
      totals[total, default: (ExactCosts(), 0)].costs += costs
    }
    pools = [:]
  }
}
