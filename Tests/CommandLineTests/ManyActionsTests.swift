import Testing

/// A plan that changes many machines says of each what it is worth.
@Suite struct ManyActionsTests {
  private static let machines = 70

  private func place() throws -> Workplace {
    let place = try Workplace()
    try place.copy("two-hours")
    let hours = ["2024-01-01T00:00:00Z", "2024-01-01T01:00:00Z"]
    let names = (1...Self.machines).map { "box-\($0)" }
    try place.write(
      "timestamp,provider,region,instance_type,quantity\n"
        + hours.map { "\($0),aws,us-east-1,m5.xlarge,\(Self.machines)\n" }.joined(),
      to: "two-hours/usage.csv")
    try place.write(
      "resource,provider,region,instance_type\n"
        + names.map { "\($0),aws,us-east-1,m5.xlarge\n" }.joined(), to: "two-hours/resources.csv")
    try place.write(
      "timestamp,resource,cpu_max,cpu_avg,memory_max,memory_avg\n"
        + hours.flatMap { hour in names.map { "\(hour),\($0),20,10,20,20\n" } }.joined(),
      to: "two-hours/utilization.csv")
    return place
  }

  @Test func everyOneHasAWorth() throws {
    let place = try place()
    defer { place.close() }
    let ended = try place.run("run", "two-hours", "--json", "--out", "out")
    #expect(ended.status == 0, "\(ended.errors)")
    let outcomes = try JSONValue(parsing: ended.output)["runs"].list()[0]["outcomes"].list()
    let combined = try #require(try outcomes.last { try $0["name"].text() == "combined" })
    let actions = try combined["plan"]["actions"].list()
    #expect(actions.count == Self.machines)
    // All are alike, and so is what they are worth: the plan that covers them is bought by then.
    let worths = try actions.map { try $0["worth"].number() }
    #expect(try #require(worths.first) > 0 && Set(worths).count == 1, "\(Set(worths))")
    let tickets = try place.text("out/resize-tickets.md")
    #expect(tickets.split(separator: "\n").count { $0.contains(" more |") } == Self.machines)
  }

  /// Usage that is planned to be less than it was is less than the machines that ran: each counts
  /// for its share of it, as behind the history.
  @Test func machinesOfUsageThatFallsChangeWithTheirShare() throws {
    let place = try place()
    defer { place.close() }
    let scenario = try place.text("two-hours/scenario.yaml")
      .split(separator: "\n").filter { !$0.hasPrefix("owned:") }.joined(separator: "\n")
      .replacing("{method: hindsight}", with: "{method: repeat, growth: -0.5}")
    try place.write(scenario + "\n", to: "two-hours/scenario.yaml")
    let ended = try place.run("run", "two-hours", "--json", "--out", "out")
    #expect(ended.status == 0, "\(ended.errors)")
    let outcomes = try Outcomes(of: JSONValue(parsing: ended.output)["runs"].list()[0])
    // 70 machines in the first hour, 70 × 0.5 ^ (1 / 8760) in the second, each half as large.
    let cost = try outcomes["rightsized"]["cost"].number()
    #expect(abs(cost - 0.1 * (70 + 69.994461358)) < 1e-5, "\(cost)")
    #expect(try outcomes["rightsized"]["plan"]["actions"].list().count == Self.machines)
    let verified = try place.run("verify", "out/plan.json")
    #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
  }
}
