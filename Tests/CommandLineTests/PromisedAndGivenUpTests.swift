import CloudCosts
import Foundation
import Testing

/// A contract's shortfall, a measure of risk and what is given up, all in one plan.
@Suite struct PromisedAndGivenUpTests {
  private func place() throws -> Workplace {
    let place = try Workplace()
    var usage = "timestamp,provider,region,instance_type,quantity\n"
    let first = Hour(year: 2024, month: 5, day: 5)
    for hour in 0..<2000 { usage += "\(first + hour),aws,us-east-1,m5.large,6\n" }
    try place.write(usage, to: "usage.csv")
    try place.write(
      """
      provider,region,instance_type,operating_system,tenancy,product,term_years,payment,upfront,hourly
      aws,us-east-1,m5.large,Linux,default,on-demand,,,0,0.10
      aws,us-east-1,m5.large,Linux,default,ri-standard,1,no-upfront,0,0.06
      aws,us-east-1,m5.large,Linux,default,sp-compute,1,no-upfront,0,0.07

      """, to: "prices.csv")
    try place.write(
      """
      id,provider,account,region,instance_type,operating_system,tenancy,zone,product,term_years,payment,quantity,hourly_commitment,upfront,hourly,start,end
      sp,aws,,,,,,,sp-compute,1,no-upfront,,0.5,,,2024-05-02T00:00:00Z,2025-05-02T00:00:00Z
      ri,aws,,us-east-1,m5.large,Linux,default,,ri-standard,1,all-upfront,16,,500,0,2024-01-02T00:00:00Z,2025-01-02T00:00:00Z

      """, to: "owned.csv")
    try place.write(
      """
      name: promised
      usage: usage.csv
      prices: prices.csv
      owned: owned.csv
      policy: {may: [return, sell], sale_price: 0.6}
      spend_commitments:
        - {name: EDP, provider: aws, from: 2024-01-01T00:00:00Z, to: 2025-01-01T00:00:00Z, amount: 20000}
      compare: [on-demand, current, committed]

      """, to: "scenario.yaml")
    return place
  }

  @Test func theirPlanIsSound() throws {
    let place = try place()
    defer { place.close() }
    let run = try place.run("run", ".", "--out", "out", "--json")
    #expect(run.status == 0, "\(run.errors)")
    let outcome = try Outcomes(of: JSONValue(parsing: run.output)["runs"].list()[0])
    #expect(try outcome["committed"]["plan"]["given_up"].list().count == 1)
    let rules = try JSONValue(parsing: run.output)["findings"].list().map {
      try $0["rule"].text()
    }
    #expect(rules.contains("plan.spend-commitment"))
    #expect(!rules.contains("plan.sustained-use"), "nothing here is Google's")
    let verified = try place.run("verify", "out/plan.json")
    #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
    // The hour is billed by the judge of the plan: with what is promised, and what is given up.
    let explained = try place.run(
      "explain", ".", "--hour", "2024-08-01T00:00Z", "--outcome", "committed", "--plan",
      "out/plan.json", "--json")
    #expect(explained.status == 0, "\(explained.errors)")
    let document = try JSONValue(parsing: explained.output)
    #expect(try document["spend_commitments"].list().count == 1)
    #expect(try document["given_up"].list()[0]["commitment"].text() == "ri")
  }

  /// With nothing on sale, what is refunded is no longer spent: the rest of a MACC for three years,
  /// of which the window is 744 of 26,304 hours.
  /// Without both of what is owned nothing comes to the coverage that is asked for: that is no
  /// combination, and not one of which nothing is proven.
  @Test func whatNoPlanKeepsIsNoCombination() throws {
    let place = try place()
    defer { place.close() }
    let scenario = try place.text("scenario.yaml")
    let head = try #require(scenario.range(of: "policy:"))
    try place.write(
      scenario[..<head.lowerBound] + """
        forecast: {method: hindsight}
        policy: {may: [return, sell], sale_price: 0.6, min_coverage: 0.9, max_hourly_commitment: 0.01}
        compare: [committed]

        """, to: "scenario.yaml")
    let run = try place.run("run", ".", "--out", "out", "--json")
    #expect(run.status == 0, "\(run.errors)")
    let outcome = try Outcomes(of: JSONValue(parsing: run.output)["runs"].list()[0])
    let given = try outcome["committed"]["plan"]["given_up"].list()
    #expect(try given.map { try $0["id"].text() } == ["sp"])
    let verified = try place.run("verify", "out/plan.json")
    #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
  }

  @Test func aRefundTakesOffWhatCounts() throws {
    let place = try Workplace()
    defer { place.close() }
    var usage = "timestamp,provider,region,instance_type,quantity\n"
    let first = Hour(year: 2024, month: 5, day: 5)
    for hour in 0..<744 { usage += "\(first + hour),azure,westeurope,Standard_D2s_v5,2\n" }
    try place.write(usage, to: "usage.csv")
    try place.write(
      """
      provider,region,instance_type,operating_system,tenancy,product,term_years,payment,upfront,hourly
      azure,westeurope,Standard_D2s_v5,Linux,default,on-demand,,,0,0.10

      """, to: "prices.csv")
    try place.write(
      """
      id,provider,account,region,instance_type,operating_system,tenancy,zone,product,term_years,payment,quantity,hourly_commitment,upfront,hourly,start,end
      r,azure,,westeurope,Standard_D2s_v5,Linux,default,,azure-reservation,1,all-upfront,10,,438,0,2024-01-02T00:00:00Z,2025-01-01T00:00:00Z

      """, to: "owned.csv")
    try place.write(
      """
      name: refund
      usage: usage.csv
      prices: prices.csv
      owned: owned.csv
      policy: {may: [refund]}
      spend_commitments:
        - {name: MACC, provider: azure, from: 2024-01-01, to: 2027-01-01, amount: 9000, per: contract}
      compare: [current, committed]

      """, to: "scenario.yaml")
    let run = try place.run("run", ".", "--out", "out", "--json")
    #expect(run.status == 0, "\(run.errors)")
    let outcomes = try Outcomes(of: JSONValue(parsing: run.output)["runs"].list()[0])
    let owed = 9000 * 744.0 / 26_304
    let paid = 4380 * 744.0 / 26_304
    // Amortised, 0.5 an hour, is paid next to what is missing.
    #expect(abs(try outcomes["current"]["cost"].number() - (372 + owed - paid)) < 1e-5)
    // 124 of 365 days are used up; 148.8 on demand, and what is paid back is missing.
    let back = paid * 241 / 365
    #expect(try outcomes["committed"]["plan"]["given_up"].list().count == 1)
    #expect(abs(try outcomes["committed"]["cost"].number() - (owed - paid + back)) < 1e-5)
    let verified = try place.run("verify", "out/plan.json")
    #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
  }

  /// Of futures some miss what is promised: the bound knows that, and the document is what `verify`
  /// makes of it.
  @Test func futuresThatMissArePartOfTheProof() throws {
    let place = try place()
    defer { place.close() }
    var usage = "timestamp,provider,region,instance_type,quantity\n"
    let first = Hour(year: 2024, month: 1, day: 1)
    for hour in 0..<4400 {
      usage += "\(first + hour),aws,us-east-1,m5.large,\(20 + hour % 24 / 6 + hour % 11)\n"
    }
    try place.write(usage, to: "usage.csv")
    try place.write(
      """
      name: promised
      usage: usage.csv
      prices: prices.csv
      forecast: {method: bootstrap, horizon: 6, paths: 8}
      spend_commitments:
        - {name: EDP, provider: aws, from: 2024-07-01T00:00:00Z, to: 2026-07-01T00:00:00Z, amount: 17000}
      compare: [committed]

      """, to: "scenario.yaml")
    let run = try place.run("run", ".", "--out", "out", "--json")
    #expect(run.status == 0, "\(run.errors)")
    let plan = try Outcomes(of: JSONValue(parsing: run.output)["runs"].list()[0])["committed"][
      "plan"]
    #expect(try plan["gap"].number() < 0.02)
    let verified = try place.run("verify", "out/plan.json")
    #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
  }

  /// A convertible reservation of what no longer runs, and one that can be kept.
  private func exchanging() throws -> Workplace {
    let place = try Workplace()
    var usage = "timestamp,provider,region,instance_type,quantity\n"
    let first = Hour(year: 2024, month: 5, day: 5)
    for hour in 0..<600 {
      usage += "\(first + hour),aws,us-east-1,m5.large,\(4 + hour % 24 / 12)\n"
      usage += "\(first + hour),aws,us-east-1,r5.large,\(1 + hour % 24 / 8)\n"
    }
    try place.write(usage, to: "usage.csv")
    try place.write(
      """
      provider,region,instance_type,operating_system,tenancy,product,term_years,payment,upfront,hourly
      aws,us-east-1,m5.large,Linux,default,on-demand,,,0,0.096
      aws,us-east-1,r5.large,Linux,default,on-demand,,,0,0.126
      aws,us-east-1,m5.large,Linux,default,ri-convertible,1,no-upfront,0,0.07
      aws,us-east-1,r5.large,Linux,default,ri-convertible,1,no-upfront,0,0.095

      """, to: "prices.csv")
    try place.write(
      """
      id,provider,account,region,instance_type,operating_system,tenancy,zone,product,term_years,payment,quantity,hourly_commitment,upfront,hourly,start,end
      old,aws,,us-east-1,c4.large,Linux,default,,ri-convertible,1,no-upfront,3,,0,0.075,2024-01-02T00:00:00Z,2025-01-02T00:00:00Z
      busy,aws,,us-east-1,r5.large,Linux,default,,ri-convertible,1,no-upfront,2,,0,0.095,2024-01-02T00:00:00Z,2025-01-02T00:00:00Z

      """, to: "owned.csv")
    try place.write(
      """
      name: exchange
      usage: usage.csv
      prices: prices.csv
      forecast: {method: hindsight}
      owned: owned.csv
      policy: {may: [exchange]}
      compare: [on-demand, current, committed]

      """, to: "scenario.yaml")
    return place
  }

  /// The bound is one of everything that could have been given up: `verify` makes all of it again.
  @Test func theirProofsAreAllChecked() throws {
    let place = try exchanging()
    defer { place.close() }
    let run = try place.run("run", ".", "--out", "out", "--json")
    #expect(run.status == 0, "\(run.errors)")
    let plan = try Outcomes(of: JSONValue(parsing: run.output)["runs"].list()[0])["committed"][
      "plan"]
    let given = try plan["given_up"].list()
    #expect(try given.map { try $0["id"].text() } == ["old"])
    #expect(try given[0]["becomes"]["target"]["instance_type"].text() == "m5.large")
    // 0.225 an hour are left, and one costs 0.07.
    #expect(try given[0]["becomes"]["quantity"].number() == 4)
    #expect(try plan["giving_up"]["proofs"].list().count >= 1)
    let remedies = try JSONValue(parsing: run.output)["findings"].list().map {
      try $0["remedy"].text()
    }
    #expect(remedies.contains { $0.contains("exchange it for 4 × m5.large") }, "\(remedies)")
    let table = try place.run("verify", "out/plan.json")
    #expect(table.status == 0, "\(table.output)\(table.errors)")

    // Without the others' proofs their bounds are sought anew, and hold.
    let text = try place.text("out/plan.json")
    let proofs = try #require(text.range(of: "\"proofs\""))
    try place.write(text.replacingCharacters(in: proofs, with: "\"unread\""), to: "out/plan.json")
    let again = try place.run("verify", "out/plan.json")
    #expect(again.output.contains("sound"), "\(again.output)\(again.errors)")
    #expect(again.output.contains("its checksum is that of other contents"))
  }

  /// A plan that keeps everything is no optimum where less costs less.
  @Test func aBoundOfOneCombinationIsNone() throws {
    let place = try exchanging()
    defer { place.close() }
    let scenario = try place.text("scenario.yaml")
    try place.write(
      scenario.replacing("policy: {may: [exchange]}", with: "policy: {}"), to: "scenario.yaml")
    let run = try place.run("run", ".", "--out", "out", "--json")
    #expect(run.status == 0, "\(run.errors)")
    try place.write(scenario, to: "scenario.yaml")
    let verified = try place.run("verify", "out/plan.json")
    #expect(verified.status == 1)
    #expect(verified.output.contains("is proven, not"), "\(verified.output)")
  }
}
