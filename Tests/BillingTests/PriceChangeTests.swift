import Billing
import CloudCosts
import Testing

/// The bill of a window in which prices change is the bill of what lies before, at the old prices,
/// and that of what lies behind, at the new ones.
@Suite struct PriceChangeTests {
  @Test(arguments: PropertyTests.seeds)
  func billIsThatOfBothParts(_ seed: UInt64) throws {
    let world = RandomWorld(seed: seed).sharing(seed: seed)
    let date = RandomWorld.start + 600
    let factor = [0.55, 0.9, 1.3][Int(seed % 3)]
    func isChanged(_ sku: SKU) -> Bool {
      sku.family == "m5" || sku.provider != .aws && seed % 2 == 0
    }
    let used = Set(world.demand.groups.map(\.sku.zoneless))
    let book = world.prices.changing(
      PriceChange(on: date, factor: factor), of: used, where: isChanged)
    let demand = world.demand.pricedApart(book)
    #expect(demand.groups.count > world.demand.groups.count)
    let whole = try Judge(prices: book, sharing: world.sharing)
      .bill(demand, under: world.commitments, costOfCapital: 0.05)

    let newRows = world.priceRows.map { row in
      var row = row
      let follows = row.product == .onDemand || row.product == .gcpFlexibleCUD
      if isChanged(row.sku), follows { row.hourly *= factor }
      return row
    }
    func part(_ rows: [PriceRow], _ window: HourWindow) throws -> Bill {
      try Judge(prices: PriceBook(rows: rows), sharing: world.sharing).bill(
        world.demand.restricted(to: window), under: world.commitments, costOfCapital: 0.05)
    }
    let window = world.demand.window
    let before = try part(world.priceRows, HourWindow(from: window.start, to: date))
    let behind = try part(newRows, HourWindow(from: date, to: window.end))
    // Rows of the month of the change are rounded on both sides.
    let rounding = Double(before.rows.count + behind.rows.count) * 1.5e-6
    #expect(abs((before.cost + behind.cost - whole.cost).value) <= rounding)
    #expect(abs((before.list + behind.list - whole.list).value) <= rounding)
    #expect(abs((before.cash + behind.cash - whole.cash).value) <= rounding)
    let both = zip(zip(before.commitments, behind.commitments), whole.commitments)
    for ((a, b), use) in both {
      #expect(abs((a.used + b.used - use.used).value) <= rounding, "\(use.commitment.id)")
    }
  }
}
