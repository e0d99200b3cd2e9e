import TestSupport
import Testing

@testable import Scenarios

/// The best purchases in hindsight, against trying everything.
@Suite struct HindsightTests {
  private static func cost(
    _ bought: [Double], _ demand: [Double], dates: [Int], term: Int, premium: Double
  ) -> Double {
    demand.enumerated().reduce(0) { total, hour in
      let active = zip(dates, bought).reduce(0) { sum, purchase in
        sum + (purchase.0 <= hour.offset && hour.offset < purchase.0 + term ? purchase.1 : 0)
      }
      return total + (hour.offset < dates[0] ? 0 : active + premium * max(0, hour.element - active))
    }
  }

  @Test func isAsGoodAsTryingEverything() {
    var random = SeededGenerator(seed: 77)
    for _ in 0..<150 {
      let hours = Int.random(in: 6...14, using: &random)
      let demand = (0..<hours).map { _ in Double(Int.random(in: 0...3, using: &random)) }
      let dates = Array(stride(from: 1, to: hours, by: Int.random(in: 3...5, using: &random)))
      let term = Int.random(in: 2...9, using: &random)
      let premium = Double.random(in: 1.1...4, using: &random)
      let found = Hindsight(demand, premium: premium, dates: dates, term: term, end: hours)
        .purchases(resolution: 1)
      let cost = Self.cost(found, demand, dates: dates, term: term, premium: premium)
      var best = Double.infinity
      var trial = [Double](repeating: 0, count: dates.count)
      func search(_ place: Int) {
        guard place < dates.count else {
          best = min(
            best, Self.cost(trial, demand, dates: dates, term: term, premium: premium))
          return
        }
        for units in 0...3 {
          trial[place] = Double(units)
          search(place + 1)
        }
      }
      search(0)
      #expect(abs(cost - best) < 1e-6, "\(demand) \(dates) \(term) \(premium)")
    }
  }
}
