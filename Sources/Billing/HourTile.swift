import CloudCosts

/// A few consecutive hours of a demand, turned hour-major: demand is stored group by group, and the
/// judge walks hour by hour. A tile stays in the processor's cache; a whole year would not.
struct HourTile {
  private static let mostHours = 64
  /// Of a million groups 64 hours are half a gigabyte.
  private static let mostNumbers = 1 << 22

  /// How many hours it holds.
  let capacity: Int
  private let groupCount: Int
  /// Rows of the demand in the order of the groups.
  private let rows: [Int]
  /// The first hour, as an index of the window.
  private(set) var firstHour = 0
  private(set) var count = 0
  /// Hour `firstHour + i` of group `g` is at `i * groups + g`.
  private(set) var quantities: [Double]

  /// - Parameter hours: of the window.
  init(rows: [Int], hours: Int) {
    self.rows = rows
    groupCount = rows.count
    let room = HourTile.mostNumbers / max(1, rows.count)
    capacity = max(1, min(HourTile.mostHours, room, hours))
    quantities = [Double](repeating: 0, count: groupCount * capacity)
  }

  /// Loads hours of a demand, and adds their price on demand to `hourlyOnDemand`.
  ///
  /// What is not above 0 counts as no usage.
  /// - Precondition: `hours.count <= capacity`.
  mutating func load(
    _ hours: Range<Int>, of demand: Demand, prices: [Double], hourlyOnDemand: inout [Double]
  ) {
    firstHour = hours.lowerBound
    count = hours.count
    for (g, row) in rows.enumerated() {
      let source = row * demand.window.hours
      let price = prices[g]
      for h in hours {
        let quantity = demand.quantities[source + h]
        let used = quantity > 0 ? quantity : 0
        quantities[(h - firstHour) * groupCount + g] = used
        hourlyOnDemand[h] += used * price
      }
    }
  }

  /// The same without prices.
  mutating func load(_ hours: Range<Int>, of demand: Demand) {
    firstHour = hours.lowerBound
    count = hours.count
    for (g, row) in rows.enumerated() {
      let source = row * demand.window.hours
      for h in hours {
        quantities[(h - firstHour) * groupCount + g] = max(0, demand.quantities[source + h])
      }
    }
  }

  /// - Parameter hour: of the tile.
  mutating func replace(hour: Int, by left: [Double]) {
    for g in 0..<groupCount { quantities[hour * groupCount + g] = left[g] }
  }
}
