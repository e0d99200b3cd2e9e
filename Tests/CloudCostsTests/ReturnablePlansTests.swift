import CloudCosts
import Testing

/// Ten plans a year go back; more need no row each.
@Suite struct ReturnablePlansTests {
  private func plans(_ hourly: Double) -> [Double]? {
    let commitment = Commitment(
      id: "", account: "",
      terms: OfferTerms(product: .computeSavingsPlan, term: .oneYear, payment: .noUpfront),
      subject: .savingsPlan(
        scope: SavingsPlanScope(provider: .aws), hourlyCommitment: hourly),
      start: Hour(sinceEpoch: 0), end: Hour(sinceEpoch: 8760))
    return ReturnablePlans(of: commitment)?.commitments
  }

  @Test func theyAddUp() {
    #expect(plans(250) == [100, 100, 50])
    #expect(plans(100) == [100])
    #expect(plans(0.001) == [0.001])
    #expect(plans(1000) == Array(repeating: 100, count: 10))
  }

  @Test func theRestIsOne() {
    #expect(plans(70_000) == Array(repeating: 100, count: 10) + [69_000])
    #expect(plans(1e15)?.count == 11)
  }
}
