import CloudCosts
import Foundation
import TestSupport
import Testing

@testable import Ingest

/// Random bills, read by way of DuckDB and by a plain loop over their rows in Swift.
@Suite(.serialized) struct FastPathTests {
  struct Line {
    var hour: Int
    var span: Int
    var account: Int
    var kind: Int
    /// Trillionths.
    var quantity: Int
    var billed: Int
    var effective: Int
    var list: Int

    static let kinds = [
      ("Usage", "USE1-BoxUsage:m5.large", "", ""),
      ("Usage", "USE1-BoxUsage:c5.xlarge", "sp-1", "Used"),
      ("Usage", "USE1-EBS:VolumeUsage.gp3", "", ""), ("Tax", "", "", ""),
      ("Purchase", "", "sp-1", ""), ("Adjustment", "", "", ""), ("Usage", "", "sp-1", "Unused"),
    ]

    init(_ random: inout SeededGenerator, isLarge: Bool) {
      span = Int.random(in: 0..<8, using: &random) == 0 ? 24 : 1
      hour = 473_352 + Int.random(in: 0..<60, using: &random)
      if span == 24 { hour -= hour % 24 }
      account = Int.random(in: 1...3, using: &random)
      kind = Int.random(in: 0..<Line.kinds.count, using: &random)
      // Now and then whole machines all day: 24 hours, or 48.
      quantity =
        span == 24 && Bool.random(using: &random)
        ? 24_000_000_000_000 * Int.random(in: 1...2, using: &random)
        : Int.random(in: 0...3_000_000_000_000, using: &random)
      let most = isLarge ? 90_000_000_000_000_000 : 3_000_000_000_000
      billed = Int.random(in: -most / 8...most, using: &random)
      effective = Int.random(in: 0...most, using: &random)
      list = Int.random(in: 0...most, using: &random)
    }

    var text: String {
      func time(_ hour: Int) -> String { Hour(sinceEpoch: hour).description }
      func number(_ value: Int) -> String {
        let digits =
          String(repeating: "0", count: max(0, 13 - String(abs(value)).count))
          + String(abs(value))
        return (value < 0 ? "-" : "") + digits.dropLast(12) + "." + digits.suffix(12)
      }
      let (category, type, commitment, status) = Line.kinds[kind]
      return
        "\(time(hour)),\(time(hour + span)),\(category),,Standard,AWS,AWS,\(account),us-east-1,"
        + "EC2,\(number(quantity)),Hours,\(number(billed)),\(number(effective)),\(number(list)),USD,"
        + "\(type),RunInstances,\(commitment),\(status)"
    }
  }

  struct Naive {
    var hours: [String: Double] = [:]
    var doubtful: [String: Double] = [:]
    var money: [String: (billed: Int128, effective: Int128, list: Int128, rows: Int)] = [:]

    init(_ lines: [Line]) {
      for line in lines {
        let type = ["m5.large", "c5.xlarge"]
        if line.kind < 2 {
          for hour in line.hour..<line.hour + line.span {
            let key = "\(line.account) \(type[line.kind]) \(hour)"
            hours[key, default: 0] += Double(line.quantity) / 1e12 / Double(line.span)
            if line.span > 1, line.quantity % (line.span * 1_000_000_000_000) != 0 {
              doubtful[key, default: 0] += Double(line.quantity) / 1e12 / Double(line.span)
            }
          }
        }
        let rule = [
          "on-demand", "covered", "on-demand", "tax", "purchase", "adjustment", "unused",
        ][line.kind]
        let key =
          "\(line.hour / 24) \(line.account) \(line.kind < 2 ? type[line.kind] : "-") \(rule)"
        let old = money[key] ?? (0, 0, 0, 0)
        money[key] = (
          old.billed + Int128(line.billed), old.effective + Int128(line.effective),
          old.list + Int128(line.list), old.rows + 1
        )
      }
    }
  }

  @Test(arguments: [
    (1, "csv", false), (2, "csv", true), (3, "decimal", false), (4, "decimal", true),
  ])
  func everyCellIsThePlainSum(seed: UInt64, container: String, isLarge: Bool) async throws {
    let place = try BillPlace()
    defer { place.close() }
    var random = SeededGenerator(seed: seed)
    let lines = (0..<600).map { _ in Line(&random, isLarge: isLarge) }
    var path = try place.write(
      ([Focus.header] + lines.map(\.text)).joined(separator: "\n") + "\n")
    if container != "csv" { path = try place.parquet(path, costs: "decimal(30, 12)") }
    let file = try #require(try await place.run(path).imported.first)
    try compare(file, Naive(lines), place)
  }

  @Test(arguments: [5, 6] as [UInt64])
  func doublesAreRoundedOnceEach(seed: UInt64) async throws {
    let place = try BillPlace()
    defer { place.close() }
    var random = SeededGenerator(seed: seed)
    var lines = (0..<600).map { _ in Line(&random, isLarge: seed == 6) }
    let path = try place.parquet(
      try place.write(([Focus.header] + lines.map(\.text)).joined(separator: "\n") + "\n"),
      costs: "double")
    // What is in the file is the nearest double, and that is what counts.
    func stored(_ trillionths: Int) -> Int {
      let text = Decimal(trillionths) / Decimal(1_000_000_000_000 as Int64)
      return Int(((Double("\(text)") ?? 0) * 1e12).rounded(.toNearestOrEven))
    }
    for index in lines.indices {
      lines[index].quantity = stored(lines[index].quantity)
      lines[index].billed = stored(lines[index].billed)
      lines[index].effective = stored(lines[index].effective)
      lines[index].list = stored(lines[index].list)
    }
    let file = try #require(try await place.run(path).imported.first)
    try compare(file, Naive(lines), place)
  }

  private func compare(_ file: ImportedFile, _ naive: Naive, _ place: BillPlace) throws {
    var hours: [String: Double] = [:]
    var doubtful: [String: Double] = [:]
    let usage = try #require(try History(path: place.history).usage())
    let window = usage.demand.window
    for (position, group) in usage.demand.groups.enumerated() {
      for offset in 0..<window.hours {
        let key = "\(group.account) \(group.sku.instanceType) \((window.start + offset).sinceEpoch)"
        let cell = position * window.hours + offset
        if usage.demand.quantities[cell] != 0 { hours[key] = usage.demand.quantities[cell] }
        if usage.uncertain[cell] != 0 { doubtful[key] = usage.uncertain[cell] }
      }
    }
    #expect(hours.keys.sorted() == naive.hours.filter { $0.value != 0 }.keys.sorted())
    for (key, value) in hours { #expect(abs(value - (naive.hours[key] ?? -1)) < 1e-9, "\(key)") }
    #expect(doubtful.keys.sorted() == naive.doubtful.keys.sorted())
    for (key, value) in doubtful {
      #expect(abs(value - (naive.doubtful[key] ?? -1)) < 1e-9, "\(key)")
    }
    var money: [String: (billed: Int128, effective: Int128, list: Int128, rows: Int)] = [:]
    for cost in file.costs {
      let rule =
        cost.chargeClass == .refund || cost.chargeClass == .other
        ? "adjustment" : cost.chargeClass.rawValue
      let type = cost.subject.group?.sku.instanceType ?? "-"
      let key = "\(cost.day) \(cost.subject.account) \(type) \(rule)"
      let old = money[key] ?? (0, 0, 0, 0)
      money[key] = (
        old.billed + cost.billed.micros, old.effective + cost.effective.micros,
        old.list + cost.list.micros, old.rows + cost.rows
      )
    }
    #expect(money.keys.sorted() == naive.money.keys.sorted())
    for (key, sum) in money {
      let exact = try #require(naive.money[key])
      #expect(sum.rows == exact.rows)
      // A cell takes over what another's rounding left: two millionths at most.
      #expect(abs(sum.billed * 1_000_000 - exact.billed) <= 2_000_000, "\(key)")
      #expect(abs(sum.effective * 1_000_000 - exact.effective) <= 2_000_000, "\(key)")
      #expect(abs(sum.list * 1_000_000 - exact.list) <= 2_000_000, "\(key)")
    }
    func rounded(_ exact: Int128) -> Int128 {
      (exact + (exact < 0 ? -500_000 : 500_000)) / 1_000_000
    }
    let own = file.totals.filter(\.rule.isEmpty)
    #expect(
      own.map(\.billed.micros).reduce(0, +)
        == rounded(naive.money.values.map(\.billed).reduce(0, +)))
    #expect(
      own.map(\.effective.micros).reduce(0, +)
        == rounded(naive.money.values.map(\.effective).reduce(0, +)))
  }
}
