import CloudCosts
import Testing

/// The closed form against the sum that it replaces.
@Suite struct CostOfCapitalTests {
  @Test(arguments: [(0, 8760), (0, 1), (100, 101), (744, 1416), (8000, 8760), (5, 5), (9, 3)])
  func itIsTheSumOfTheHours(from: Int, to: Int) {
    var expected = 0.0
    for age in from..<max(from, to) {
      let balance = 1200.0 * (1 - Double(age) / 8760)
      expected += balance * 0.08 / 8760
    }
    let found = CostOfCapital.interest(
      upfront: 1200, termHours: 8760, fromAge: from, toAge: to, yearlyRate: 0.08)
    #expect(abs(found - expected) < 1e-9)
  }

  @Test func nothingPaidOrNoRateIsNothing() {
    for (upfront, rate) in [(0.0, 0.08), (1200, 0)] {
      let found = CostOfCapital.interest(
        upfront: upfront, termHours: 8760, fromAge: 0, toAge: 100, yearlyRate: rate)
      #expect(found == 0)
    }
  }
}
