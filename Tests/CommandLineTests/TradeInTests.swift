import Foundation
import Testing

/// Azure lets a reservation go for a savings plan that is worth as much as what was left of it,
/// even where a reservation of other machines would be cheaper (Microsoft Learn, "Azure savings
/// plans: self-service trade-in of reservations").
@Suite struct TradeInTests {
  /// Thirty days of four E4s; four D4s are reserved, and no one runs any.
  @Test func thePlanThatItNeedsIsBought() throws {
    let place = try Workplace()
    defer { place.close() }
    var usage = "timestamp,provider,region,instance_type,quantity\n"
    for hour in 0..<720 {
      usage += String(
        format: "2025-03-%02dT%02d:00:00Z,azure,westeurope,Standard_E4s_v5,4\n", hour / 24 + 1,
        hour % 24)
    }
    try place.write(usage, to: "usage.csv")
    try place.write(
      """
      provider,region,instance_type,operating_system,tenancy,product,term_years,payment,upfront,hourly
      azure,westeurope,Standard_D4s_v5,Linux,default,on-demand,,,0,0.20
      azure,westeurope,Standard_E4s_v5,Linux,default,on-demand,,,0,0.25
      azure,westeurope,Standard_E4s_v5,Linux,default,azure-reservation,1,no-upfront,0,0.15
      azure,westeurope,Standard_E4s_v5,Linux,default,azure-savings-plan,1,no-upfront,0,0.18

      """, to: "prices.csv")
    try place.write(
      """
      id,provider,account,region,instance_type,operating_system,tenancy,zone,product,term_years,payment,quantity,hourly_commitment,upfront,hourly,start,end
      old,azure,,westeurope,Standard_D4s_v5,Linux,default,,azure-reservation,1,no-upfront,4,,0,0.12,2024-09-01T00:00:00Z,2025-09-01T00:00:00Z

      """, to: "owned.csv")
    try place.write(
      """
      name: trade-in
      usage: usage.csv
      prices: prices.csv
      owned: owned.csv
      forecast: {method: hindsight}
      policy: {may: [trade-in]}
      compare: [on-demand, current, committed]

      """, to: "scenario.yaml")
    let run = try place.run("run", ".", "--out", "out", "--json")
    #expect(run.status == 0, "\(run.errors)")
    let outcome = try Outcomes(of: JSONValue(parsing: run.output)["runs"].list()[0])
    // Kept, 4 × 0.12 are paid for nothing next to four reservations: 720 × (0.48 + 4 × 0.15) =
    // 777.60. Traded in, a plan must be bought that is worth the 4,416 hours at 0.48 that were left:
    // 0.242 an hour for a year. It serves two machines at 0.18, and two reservations the others:
    // 720 × (2 × 0.18 + 2 × 0.15). The plan alone would cost 518.40.
    #expect(abs(try outcome.cost("current") - 720 * (0.48 + 1)) < 1e-6)
    #expect(abs(try outcome.cost("committed") - 475.20) < 1e-6)
    let plan = outcome["committed"]["plan"]
    #expect(try plan["gap"].number() <= 1e-4)
    #expect(try plan["given_up"].list().count == 1)
    #expect(
      try Set(plan["purchases"].list().map { try $0["product"].text() }) == [
        "azure-savings-plan", "azure-reservation",
      ])
    let verified = try place.run("verify", "out/plan.json")
    #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
  }
}
