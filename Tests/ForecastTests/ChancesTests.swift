import CloudCosts
import Testing

@testable import Forecast

/// What decides futures fills its range evenly.
@Suite struct ChancesTests {
  @Test func eachNumberFillsItsRangeOnce() {
    var random = SplitMix64(seed: 7)
    let numbers = Chances.even(futures: 24, numbers: 5, &random)
    #expect(numbers.count == 24)
    for k in 0..<5 {
      let places = numbers.map { Int(($0[k] * 24).rounded(.up)) }
      #expect(places.sorted() == Array(1...24))
    }
    // No two of them go together.
    #expect(numbers.map { $0[0] } != numbers.map { $0[1] })
  }

  @Test func whatComesBehindIsRandom() {
    var chances = Chances(even: [0.25, 0.5], seed: 3)
    var random = SplitMix64(seed: 3)
    #expect(chances.unit() == 0.25)
    #expect(abs(chances.normal()) < 1e-9)
    #expect(chances.unit() == random.unit())
    #expect(chances.normal() == random.normal())
  }

  /// One in 29 years is one to three of 24 futures of three years, whatever the seed.
  @Test func asManyFamiliesGoWithEverySeed() throws {
    let history = Sample.history(weeks: 60, ["c5.large", "m5.large"]) { _, _ in 100 }
    let maker = PathMaker(Model(history, place: ""), blockWeeks: 4)
    let succession = Succession(Model(history, place: ""))
    for seed in 1...20 {
      var random = SplitMix64(seed: UInt64(seed))
      let counts = Chances.even(futures: 24, numbers: maker.chances, &random).map {
        var chances = Chances(even: $0, seed: 1)
        // A family's own number comes before its regions'.
        return succession.starts(groups: 2, &chances).count { $0 < 150 }
      }
      #expect((1...7).contains(counts.reduce(0, +)), "\(counts)")
    }
  }
}
