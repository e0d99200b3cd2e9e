import CloudCosts
import Testing

@Suite struct MoneyTests {
  @Test func roundsHalfToEven() {
    #expect(Money(rounding: 0.000_000_5).micros == 0)
    #expect(Money(rounding: 0.000_001_5).micros == 2)
    #expect(Money(rounding: -0.000_001_5).micros == -2)
    #expect(Money(rounding: 1.25).micros == 1_250_000)
  }

  @Test func whatIsNotFiniteIsSeen() {
    #expect(Money(rounding: .nan).value == 1e24)
    #expect(Money(rounding: .infinity).value == 1e24)
    #expect(Money(rounding: -.infinity).value == -1e24)
  }

  @Test func sumsAreExact() {
    let dime = Money(rounding: 0.1)
    #expect((0..<1_000).map { _ in dime }.total() == Money(rounding: 100))
    #expect([Money]().total() == .zero)
    #expect(dime - dime - dime == -dime)
    var sum = dime
    sum += dime
    sum -= Money(rounding: 0.05)
    #expect(sum == Money(rounding: 0.15))
    #expect(-dime < .zero && .zero < dime)
  }

  @Test(arguments: [
    (1234.5, 2, "1,234.50"), (0, 2, "0.00"), (999.995, 2, "1,000.00"), (-0.004, 2, "0.00"),
    (-0.005, 2, "-0.01"), (-1_234_567.891, 2, "-1,234,567.89"), (1.5, 0, "2"),
    (123_456, 0, "123,456"), (0.000_001, 6, "0.000001"), (12.3, 9, "12.300000"),
    (12.3, -1, "12"), (100, 2, "100.00"),
  ])
  func formats(_ amount: Double, _ decimals: Int, _ text: String) {
    #expect(Money(rounding: amount).formatted(decimals: decimals) == text)
  }

  @Test func groupsOnlyWhereAsked() {
    #expect(Money(rounding: -1_234_567.5).formatted(grouped: false) == "-1234567.50")
    #expect("\(Money(rounding: 1e9))" == "1,000,000,000.00")
  }
}
