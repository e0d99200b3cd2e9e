import Billing
import CloudCosts

/// In which order to buy the lines of a plan, and what each adds after those before it.
///
/// By date, then what saves most first. Each line is billed on top of those before it, so that what
/// they add comes to the plan's whole saving. Of many futures some are billed (evenly chosen by
/// what the plan saves in them), and the expected saving is shared out by what each line adds in
/// these. Of very many lines some are billed together, and what they add is shared out by what each
/// saves: a bill for every line would take quadratic time.
struct BuyingOrder {
  let biller: PathBiller
  let owned: [Commitment]
  let actions: [ChosenAction]

  /// Hours × usage groups × bills: a few seconds of work.
  private static let effort = 1.5e9
  private static let fewestFutures = 3

  /// Hours × usage groups × bills of one future, with a line more in each: a second or two.
  private static let work = 1e8
  private static let fewestBills = 20

  /// A bill's work grows with its lines, and with the usage.
  private func mostBills(_ lines: Int) -> Int {
    let usage = Double(max(1, biller.paths.mean.quantities.count))
    return max(Self.fewestBills, min(200, 400_000 / max(1, lines), Int(Self.work / usage)))
  }

  /// Sets `order` and `adds` of each purchase.
  ///
  /// - Parameter saving: what all of them save together in what is expected.
  func place(_ purchases: inout [JudgedPurchase], saving: Money) throws {
    let order = purchases.indices.sorted { a, b in
      let (one, other) = (purchases[a], purchases[b])
      let (start, later) = (one.purchase.commitment.start, other.purchase.commitment.start)
      return start != later
        ? start < later : (other.savings, a) < (one.savings, b)
    }
    let biller = few(lines: min(purchases.count, mostBills(purchases.count)))
    var adds: [Double] = []
    var bought: [Commitment] = []
    var cost = try biller.bills(actions: actions, under: owned).bill.cost
    let bills = mostBills(order.count)
    let together = (order.count + bills - 1) / bills
    for first in stride(from: 0, to: order.count, by: max(1, together)) {
      let lines = order[first..<min(first + together, order.count)].map { purchases[$0] }
      bought += lines.map(\.purchase.commitment)
      let next = try biller.bills(actions: actions, under: owned + bought).bill.cost
      adds += Self.shares(of: (cost - next).value, lines)
      cost = next
    }
    let total = adds.reduce(0, +)
    let isExact = biller.paths.paths.count == self.biller.paths.paths.count
    let scale = isExact || total * saving.value <= 0 ? 1 : saving.value / total
    for (place, index) in order.enumerated() {
      purchases[index].order = place + 1
      purchases[index].adds = Money(rounding: adds[place] * scale)
    }
  }

  /// What each of some lines adds of what they add together.
  private static func shares(of added: Double, _ lines: [JudgedPurchase]) -> [Double] {
    let savings = lines.map { max(0, $0.savings.value) }
    let total = savings.reduce(0, +)
    return savings.map {
      added * (total > 0 ? $0 / total : 1 / Double(lines.count))
    }
  }

  /// A biller of as many futures as there is time for.
  private func few(lines: Int) -> PathBiller {
    let paths = biller.paths
    let one = Double(max(1, lines + 1) * max(1, paths.mean.quantities.count))
    let count = max(Self.fewestFutures, Int(Self.effort / one))
    guard paths.paths.count > count else { return biller }
    // By size, so that small and large futures are among them.
    let ranked = paths.paths.indices.sorted { a, b in
      let (one, other) = (total(paths.paths[a]), total(paths.paths[b]))
      return (one, a) < (other, b)
    }
    let chosen = (0..<count).map { ranked[(2 * $0 + 1) * ranked.count / (2 * count)] }
    return biller.limited(to: DemandPaths(chosen.map { paths.paths[$0] }))
  }

  private func total(_ demand: Demand) -> Double { demand.quantities.reduce(0, +) }
}
