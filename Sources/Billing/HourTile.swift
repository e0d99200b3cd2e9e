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
    load(hours, of: demand)
    for h in hours {
      let first = (h - firstHour) * groupCount
      var sum = hourlyOnDemand[h]
      for g in 0..<groupCount { sum += quantities[first + g] * prices[g] }
      hourlyOnDemand[h] = sum
    }
  }

  /// The same without prices.
  mutating func load(_ hours: Range<Int>, of demand: Demand) {
    firstHour = hours.lowerBound
    count = hours.count
    quantities.withUnsafeMutableBufferPointer { target in
      demand.quantities.withUnsafeBufferPointer { source in
        // As many groups at a time as fill a cache line of the tile.
        for some in stride(from: 0, to: groupCount, by: 8) {
          let groups = some..<min(some + 8, groupCount)
          for h in hours {
            let first = (h - hours.lowerBound) * groupCount
            for g in groups {
              let quantity = source[rows[g] * demand.window.hours + h]
              target[first + g] = quantity > 0 ? quantity : 0
            }
          }
        }
      }
    }
  }

  /// - Parameter hour: of the tile.
  mutating func replace(hour: Int, by left: [Double]) {
    for g in 0..<groupCount { quantities[hour * groupCount + g] = left[g] }
  }
}
