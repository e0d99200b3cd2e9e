import MIP
import TestSupport

/// A purchase plan small enough to know: each group has one commitment of its own, so the best
/// count is found group by group.
struct Fleet {
  var prices: [Double]
  /// Of one commitment for all hours.
  var costs: [Double]
  /// Group by group, hour by hour.
  var demand: [[Double]]

  /// - Parameter decades: Prices lie between 10 to the power of these.
  init(seed: UInt64, groups: Int, hours: Int, decades: ClosedRange<Int>) {
    var random = SeededGenerator(seed: seed)
    prices = (0..<groups).map { _ in
      var price = Double.random(in: 1...9, using: &random)
      let decade = Int.random(in: decades, using: &random)
      for _ in 0..<abs(decade) { price *= decade < 0 ? 0.1 : 10 }
      return price
    }
    costs = prices.map { $0 * Double(hours) * Double.random(in: 0.3...0.8, using: &random) }
    demand = (0..<groups).map { _ in
      let level = Double(Int.random(in: 1...60, using: &random))
      return (0..<hours).map { _ in (level * Double.random(in: 0.2...1.5, using: &random)).rounded()
      }
    }
  }

  /// The extensive form: demand is covered or stays on demand, and capacity is what is bought.
  var program: Program {
    var program = Program("fleet")
    for (g, hours) in demand.enumerated() {
      let most = hours.max() ?? 0
      let bought = program.addVariable("q[\(g)]", upper: most, cost: costs[g], domain: .integer)
      for (h, needed) in hours.enumerated() {
        let onDemand = program.addVariable("od[\(g),\(h)]", cost: prices[g])
        let covered = program.addVariable("cov[\(g),\(h)]")
        program.addRow("demand[\(g),\(h)]", [Term(1, onDemand), Term(1, covered)], lower: needed)
        program.addRow("capacity[\(g),\(h)]", [Term(1, covered), Term(-1, bought)], upper: 0)
      }
    }
    return program
  }

  /// The least cost: every count of every group is tried.
  var best: Double {
    demand.indices.reduce(0) { sum, g in
      let most = Int(demand[g].max() ?? 0)
      let tried = (0...most).map { count in
        demand[g].reduce(costs[g] * Double(count)) {
          $0 + prices[g] * max(0, $1 - Double(count))
        }
      }
      return sum + (tried.min() ?? 0)
    }
  }
}
