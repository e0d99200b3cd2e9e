import Foundation
import Testing

/// From a plan to what came of it, through the whole program.
@Suite struct LedgerCommandTests {
  /// Two hours of usage, planned and proposed.
  private static func place(_ options: String...) throws -> Workplace {
    let place = try Workplace()
    try place.copy("two-hours")
    let planned = try place.run("run", "two-hours", "--only", "committed", "--out", "out")
    #expect(planned.status == 0, "\(planned.errors)")
    let proposed = try Program.run(
      ["ledger", "propose", "out/plan.json", "--by", "ann"] + options, in: place.url)
    #expect(proposed.status == 0, "\(proposed.errors)")
    return place
  }

  private static func purchases(_ place: Workplace) throws -> [JSONValue] {
    try JSONValue(parsing: place.run("ledger", "list", "--json").output)["purchases"].list()
  }

  @Test func fromPlanToTracking() throws {
    let place = try Self.place("--approvers", "2")
    defer { place.close() }
    let all = try Self.purchases(place)
    #expect(!all.isEmpty)
    let first = try all[0]["id"].text()
    #expect(try all[0]["state"].text() == "proposed")
    #expect(try place.run("ledger", "approve", "1", "--by", "bob").status == 0)
    let twice = try place.run("ledger", "approve", first, "--by", "Bob")
    #expect(twice.status == 1 && twice.errors.contains("ledger.same-approver"))
    #expect(try place.run("ledger", "approve", "1", "--by", "cleo").status == 0)
    let approved = try Self.purchases(place)
    #expect(try approved[0]["state"].text() == "approved")
    let queue = try JSONValue(
      parsing: place.run("ledger", "queue", "--json", "--now", "2023-12-01").output)
    #expect(try queue["tasks"].list().allSatisfy { try $0["kind"].text() == "buy" })
    let calendar = try place.run("ledger", "queue", "--calendar")
    #expect(calendar.output.hasPrefix("BEGIN:VCALENDAR\r\n"))
    for (index, purchase) in approved.enumerated() {
      let id = try purchase["id"].text()
      let bought = try place.run("ledger", "bought", id, "--id", "ri-\(index)", "--by", "cleo")
      #expect(bought.status == 0, "\(bought.errors)")
    }
    let usage = try place.text("two-hours/usage.csv")
    try place.write(usage, to: "came.csv")
    let tracked = try place.run("ledger", "track", "came.csv", "--json", "--least-utilization", "0")
    #expect(tracked.status == 0, "\(tracked.errors)\(tracked.output)")
    let total = try JSONValue(parsing: tracked.output)["total"]
    #expect(try total["projected"].number() == total["realised"].number())
    #expect(try total["projected"].number() > 0)
    // Half of the usage is gone: alerts end with code 3.
    try place.write(usage.replacing(",2\n", with: ",1\n"), to: "came.csv")
    let less = try place.run("ledger", "track", "came.csv", "--json", "--least-utilization", "1")
    #expect(less.status == 3, "\(less.errors)\(less.output)")
    let document = try JSONValue(parsing: less.output)
    let sum = try ["projected", "usage", "mix", "price", "purchases", "timing"]
      .map { Int64((try document["total"][$0].number() * 1e6).rounded()) }.reduce(0, +)
    #expect(sum == Int64((try document["total"]["realised"].number() * 1e6).rounded()))
    #expect(try !document["alerts"].list().isEmpty)
  }

  @Test func theScriptHasTheTokensOfTheApprovals() throws {
    let place = try Self.place()
    defer { place.close() }
    let none = try place.run("ledger", "commands")
    #expect(none.status == 1 && none.errors.contains("ledger.nothing-approved"))
    #expect(try place.run("ledger", "approve", "1", "--by", "bob").status == 0)
    let script = try place.run("ledger", "commands")
    #expect(script.status == 0, "\(script.errors)")
    #expect(script.output.hasPrefix("#!/bin/sh"))
    for purchase in try Self.purchases(place)
    where try ["sp-compute", "sp-ec2-instance"].contains(purchase["product"].text()) {
      #expect(
        script.output.contains("--client-token \(try purchase["client_token"].text())"))
    }
    #expect(try place.run("ledger", "commands").output == script.output)
  }

  @Test func aPlanOfOtherInputsIsNotProposed() throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copy("two-hours")
    _ = try place.run("run", "two-hours", "--out", "out")
    let usage = try place.text("two-hours/usage.csv")
    try place.write(usage + "\n", to: "two-hours/usage.csv")
    let ended = try place.run("ledger", "propose", "out/plan.json", "--by", "ann")
    #expect(ended.status == 1)
    #expect(ended.errors.contains("inputs changed: usage.csv"), "\(ended.errors)")
    #expect(!place.exists("ledger.db"))
  }

  @Test func anEditedPlanIsNotProposed() throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copy("two-hours")
    _ = try place.run("run", "two-hours", "--out", "out")
    let plan = try place.text("out/plan.json")
    try place.write(
      plan.replacing("\"quantity\": 1", with: "\"quantity\": 2"), to: "out/plan.json")
    guard try place.text("out/plan.json") != plan else { return }
    let ended = try place.run("ledger", "propose", "out/plan.json", "--by", "ann")
    #expect(ended.status == 1 && ended.errors.contains("ledger.plan-changed"))
  }

  @Test(arguments: [
    ["ledger", "approve", "one", "--by", "x"], ["ledger", "bought", "1.1"],
    ["ledger", "bought", "1.1", "--id", "x", "--amount", "-1"],
    ["ledger", "propose", "out/plan.json", "--approvers", "0"],
    ["ledger", "track", "h", "--better", "5"], ["ledger", "queue", "--now", "yesterday"],
  ])
  func wrongUsage(arguments: [String]) throws {
    let place = try Workplace()
    defer { place.close() }
    let ended = try Program.run(arguments, in: place.url)
    #expect(ended.status == 2, "\(ended.errors)")
  }

  @Test func alertsOfTheCalendarEndWithThree() throws {
    let place = try Self.place()
    defer { place.close() }
    let before = try place.run("ledger", "alerts", "--now", "2023-06-01")
    #expect(before.status == 0 && before.output == "No alerts.\n", "\(before.output)")
    let late = try place.run("ledger", "alerts", "--now", "2024-06-01")
    #expect(late.status == 3 && late.output.contains("is not yet approved"))
  }
}
