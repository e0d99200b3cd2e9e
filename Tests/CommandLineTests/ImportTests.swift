import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Imports that are killed, or run out of room.
@Suite(.serialized) struct ImportTests {
  private static let bill = """
    ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ProviderName,SubAccountId,RegionId,ServiceName,\
    ConsumedQuantity,ConsumedUnit,BilledCost,EffectiveCost,BillingCurrency,x_UsageType
    2024-01-01T00:00:00Z,2024-01-01T01:00:00Z,Usage,AWS,1,us-east-1,EC2,2,Hours,0.2,0.2,USD,BoxUsage:m5.large

    """

  private static let engine =
    "$(command -v duckdb || python3 -c 'import duckdb_cli, os;"
    + " print(os.path.join(os.path.dirname(duckdb_cli.__file__), \"duckdb\"))')"

  @Test(.timeLimit(.minutes(2))) func aKilledImportLeavesTheOldHistory() async throws {
    let place = try Workplace()
    defer { place.close() }
    try place.write(Self.bill, to: "a.csv")
    #expect(try place.run("import", "a.csv", "--into", "h.db").status == 0)
    let before = try Data(contentsOf: place["h.db"])
    // The first file of the second import goes through, and is written; with the other the engine sleeps.
    try place.write(Self.bill.replacing("0.2", with: "0.3"), to: "b.csv")
    try place.write(Self.bill.replacing("0.2", with: "0.4"), to: "c.csv")
    try place.write(
      """
      #!/bin/sh
      if [ "$(readlink bill.csv)" = '\(place["c.csv"].resolvingSymlinksInPath().path)' ]; then
        echo $$ > '\(place["engine"].path).part' && mv '\(place["engine"].path).part' '\(place["engine"].path)'
        exec sleep 100
      fi
      exec "\(Self.engine)" "$@"

      """, to: "slow")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o700], ofItemAtPath: place["slow"].path)
    let running = try Program.start(
      Program.url, ["import", "b.csv", "c.csv", "--into", "h.db"], in: place.url,
      environment: ["PLIMSOLL_DUCKDB": place["slow"].path])
    while !place.exists("engine"), running.process.isRunning {
      try await Task.sleep(for: .milliseconds(20))
    }
    #expect(kill(running.process.processIdentifier, SIGKILL) == 0)
    let text = try place.text("engine").trimmingCharacters(in: .whitespacesAndNewlines)
    kill(try #require(Int32(text)), SIGKILL)
    #expect(try running.end().wasKilled)
    let inform = try place.run("inform", "h.db", "--json")
    #expect(inform.status == 0)
    let history = try JSONValue(parsing: inform.output)
    #expect(try history["total"]["billed"].number() == 0.2)
    #expect(try Data(contentsOf: place["h.db"]) == before)
    // And the next import goes on from there.
    #expect(try place.run("import", "b.csv", "c.csv", "--into", "h.db").status == 0)
  }

  /// In kilobytes: too few for the engine's script, for the rows, for the history.
  @Test(arguments: [2, 24, 60]) func aFullDiskLeavesTheOldHistory(room: Int) throws {
    let place = try Workplace()
    defer { place.close() }
    try place.write(Self.bill, to: "a.csv")
    #expect(try place.run("import", "a.csv", "--into", "h.db").status == 0)
    let before = try Data(contentsOf: place["h.db"])
    try place.write(Self.bill.replacing("0.2", with: "0.3"), to: "b.csv")
    // Writing beyond the limit fails, as on a full disk; without the trap it would be a signal.
    let command = "trap '' XFSZ; ulimit -f \(room * 2); exec \"$0\" \"$@\""
    for history in ["h.db", "new.db"] {
      let ended = try Program.start(
        URL(filePath: "/bin/sh"),
        ["-c", command, Program.url.path, "import", "b.csv", "--into", history], in: place.url
      ).end()
      #expect(ended.status == 1 && !ended.wasKilled, "\(ended.errors)")
      #expect(ended.errors.hasPrefix("error: "), "\(ended.errors)")
      #expect(ended.output.isEmpty)
    }
    #expect(try Data(contentsOf: place["h.db"]) == before)
    #expect(!place.exists("new.db"))
  }

  @Test func sparkNeedsItsProgram() throws {
    let place = try Workplace()
    defer { place.close() }
    try place.write(Self.bill, to: "a.csv")
    let ended = try Program.start(
      Program.url,
      [
        "import", "a.csv", "--into", "h.db", "--engine", "spark", "--master", "spark://localhost:1",
      ],
      in: place.url, environment: ["PLIMSOLL_SPARK": "/nonexistent/spark-submit"]
    ).end()
    try Golden.expect(
      ended.transcript(of: ["import", "a.csv", "--engine", "spark"]), equals: "import/no-spark")
    #expect(!place.exists("h.db"))
  }
}
