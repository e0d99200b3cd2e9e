import Foundation
import TestSupport
import Testing

/// The same inputs give the same plan, in whatever order their rows are, on however many processors
/// and on which.
@Suite(.serialized) struct SamenessTests {
  private static let scenario = """
    name: same
    usage: usage.csv
    prices: prices.csv
    owned: owned.csv
    policy: {preset: run}
    forecast: {method: futures, paths: 6}
    solver: {rivals: [hindsight]}
    """

  private static let types = [
    ("c5.large", 0.085), ("c5.xlarge", 0.17), ("m5.large", 0.096), ("r5.2xlarge", 0.504),
  ]

  private static let prices: [String] = types.flatMap { type, price in
    func row(_ product: String, _ term: String, _ share: Double) -> String {
      "aws,us-east-1,\(type),\(product),\(term),\(term.isEmpty ? "" : "no-upfront"),0,\(price * share)"
    }
    return [
      row("on-demand", "", 1), row("ri-standard", "1", 0.63), row("ri-standard", "3", 0.43),
      row("sp-compute", "1", 0.72), row("sp-compute", "3", 0.5),
      row("sp-ec2-instance", "1", 0.66),
    ]
  }

  private static let owned = [
    "a,1,aws,us-east-1,c5.large,ri-standard,1,no-upfront,3,,0,0.054,2023-06-01T00:00:00Z,2024-05-31T00:00:00Z",
    "b,2,aws,us-east-1,,sp-compute,1,no-upfront,,0.2,,,2023-09-01T00:00:00Z,2024-08-31T00:00:00Z",
    "c,1,aws,us-east-1,m5.large,ri-standard,1,no-upfront,2,,0,0.06,2023-06-01T00:00:00Z,2024-05-31T00:00:00Z",
  ]

  /// Twelve weeks of two accounts, hour by hour.
  private static func usage() -> [[String]] {
    let formatter = ISO8601DateFormatter()
    var random = SeededGenerator(seed: 8)
    return (0..<84 * 24).map { hour in
      let stamp = formatter.string(
        from: Date(timeIntervalSince1970: 1_704_067_200 + Double(hour) * 3600))
      let rhythm = hour / 24 % 7 >= 5 ? 0.6 : (8..<18).contains(hour % 24) ? 1.4 : 0.9
      return ["1", "2"].flatMap { account in
        types.map { type, price in
          let level = (account == "1" ? 12.0 : 5) * rhythm * (1 + Double(hour) / 9000)
          let noise = Double.random(in: 0.9...1.1, using: &random)
          return "\(stamp),aws,\(account),us-east-1,\(type),\(level * noise * 0.1 / price)"
        }
      }
    }
  }

  /// - Parameter seed: nil: rows as they are.
  private func place(shuffled seed: UInt64?) throws -> Workplace {
    let place = try Workplace()
    var random = SeededGenerator(seed: seed ?? 0)
    func order(_ rows: [String]) -> [String] {
      seed == nil ? rows : rows.shuffled(using: &random)
    }
    let files = [
      (
        "usage.csv", "timestamp,provider,account,region,instance_type,quantity",
        Self.usage().flatMap(order)
      ),
      (
        "prices.csv", "provider,region,instance_type,product,term_years,payment,upfront,hourly",
        order(Self.prices)
      ),
      (
        "owned.csv",
        "id,account,provider,region,instance_type,product,term_years,payment,quantity,hourly_commitment,"
          + "upfront,hourly,start,end", order(Self.owned)
      ),
    ]
    for (name, header, rows) in files {
      try place.write(([header] + rows).joined(separator: "\n") + "\n", to: name)
    }
    try place.write(Self.scenario, to: "scenario.yaml")
    return place
  }

  /// The plan, without times and what goes by the files' bytes.
  private func plan(
    shuffled seed: UInt64? = nil, by launcher: [String] = [], environment: [String: String] = [:]
  ) throws -> [String] {
    let place = try place(shuffled: seed)
    defer { place.close() }
    let command = launcher + [Program.url.path, "run", ".", "--out", "out"]
    let ended = try Program.start(
      URL(filePath: command[0]), Array(command.dropFirst()), in: place.url,
      environment: environment
    ).end()
    #expect(ended.status == 0, "\(ended.errors)")
    let varying = ["\"seconds\"", "\"made_at\"", "\"sha256\"", "\"checksum\"", "\"bytes\""]
    return try place.text("out/plan.json").split(separator: "\n").map(String.init)
      .filter { line in !varying.contains { line.contains($0) } }
  }

  private func expectSame(_ one: [String], _ other: [String], _ what: String) {
    let different = zip(one, other).first { $0 != $1 }
    #expect(
      one.count == other.count && different == nil, "\(what): \(String(describing: different))")
  }

  @Test(.timeLimit(.minutes(20))) func rowsProcessorsAndThreads() throws {
    let plan = try plan()
    #expect(plan.contains { $0.contains("\"hourly_commitment\"") || $0.contains("\"quantity\"") })
    expectSame(plan, try self.plan(), "again")
    for seed: UInt64 in [1, 2] { expectSame(plan, try self.plan(shuffled: seed), "rows") }
    #if os(Linux)
      // One processor is one thread; glibc chooses its functions by what the processor can.
      if FileManager.default.isExecutableFile(atPath: "/usr/bin/taskset") {
        expectSame(plan, try self.plan(by: ["/usr/bin/taskset", "-c", "0"]), "one thread")
      }
      let baseline = "glibc.cpu.hwcaps=-AVX2,-AVX,-FMA,-FMA4,-AVX512F,-AVX512VL,-SSE4_1,-SSE4_2"
      expectSame(plan, try self.plan(environment: ["GLIBC_TUNABLES": baseline]), "baseline")
    #endif
  }

  @Test func orderOfABillsRows() throws {
    let bill = Workplace.scenarios.deletingLastPathComponent()
      .appending(path: "Tests/IngestTests/Bills/native/azure_ea_amortized_cost_2023-09.csv")
    let lines = try String(contentsOf: bill, encoding: .utf8).split(separator: "\n").map(
      String.init)
    var random = SeededGenerator(seed: 3)
    var outputs: [String] = []
    for round in 0..<3 {
      let place = try Workplace()
      defer { place.close() }
      let rows = round == 0 ? Array(lines[1...]) : lines[1...].shuffled(using: &random)
      try place.write(([lines[0]] + rows).joined(separator: "\n") + "\n", to: "bill.csv")
      #expect(try place.run("import", "bill.csv", "--into", "h.db").status == 0)
      let ended = try place.run("inform", "h.db", "--json")
      #expect(ended.status == 0)
      outputs.append(ended.output.replacing(place.url.path, with: ""))
    }
    #expect(!outputs[0].isEmpty && outputs[1] == outputs[0] && outputs[2] == outputs[0])
  }
}
