import CloudCosts
import Foundation
import TestSupport
import Testing

@testable import Ingest

/// One company's bills in every export of three providers (`Tests/Bills/generate`): each must say
/// what is true of it.
@Suite(.serialized) struct GeneratedBillTests {
  /// The generator's folder, made once.
  private static let made: Result<URL, any Error> = Result {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let folder = FileManager.default.temporaryDirectory.appending(path: "made-\(UUID().uuidString)")
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", root.appending(path: "Bills/generate").path, folder.path]
    var environment = ProcessInfo.processInfo.environment
    environment["PLIMSOLL_DUCKDB"] = try DuckDB().program
    process.environment = environment
    try process.runToEnd()
    guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
    return folder
  }

  static let exports: [(provider: String, file: String)] = [
    "aws/cur-legacy.csv.gz", "aws/cur-2.0.parquet", "aws/focus-1.0.csv", "aws/focus-1.2.parquet",
    "azure/ea-2019-actual.csv", "azure/ea-2019-amortized.csv", "azure/ea-2024-actual.csv",
    "azure/ea-2024-amortized.csv", "azure/mca-actual.csv.gz", "azure/mca-amortized.csv.gz",
    "azure/mca-actual.parquet", "azure/mca-amortized.parquet", "azure/payg.csv",
    "azure/focus-1.0.csv", "azure/focus-1.2.parquet", "google/detailed.json.gz",
    "google/detailed.parquet", "google/detailed-2025.json", "google/standard.json",
    "google/standard.csv", "google/focus-view.csv", "google/focus-1.2.parquet",
  ].map { path in
    let parts = path.split(separator: "/").map(String.init)
    return (parts[0], parts[1])
  }

  private struct Truth: Decodable {
    struct Owned: Decodable {
      var id, product, payment, region, type: String
      var years: Int
      var hourly, quantity: Double?
    }

    /// By group and hour.
    var hours: [String: [String: Double]]
    /// By class.
    var effective: [String: Double]
    var commitments: [Owned]
    /// What each export can say.
    var exports: [String: [String]]
  }

  private static func truth() throws -> (folder: URL, of: [String: Truth]) {
    let folder = try made.get()
    let data = try Data(contentsOf: folder.appending(path: "truth.json"))
    return (folder, try JSONDecoder().decode([String: Truth].self, from: data))
  }

  @Test func everyExportIsListed() throws {
    let truth = try Self.truth().of
    let written = truth.flatMap { provider, truth in truth.exports.keys.map { "\(provider)/\($0)" }
    }
    #expect(Set(written) == Set(Self.exports.map { "\($0.provider)/\($0.file)" }))
  }

  @Test(arguments: exports) func itSaysWhatIsTrue(provider: String, file: String) async throws {
    let (folder, all) = try Self.truth()
    let truth = try #require(all[provider])
    let tells = try #require(truth.exports[file])
    let place = try BillPlace()
    defer { place.close() }
    let summary = try await place.run(folder.appending(path: "\(provider)/\(file)").path)
    let imported = try #require(summary.imported.first)
    let history = try History(path: place.history)
    try compareHours(truth, try #require(try history.usage()), byDay: provider == "azure")
    if tells.contains("effective") { compareCosts(truth, imported.costs) }
    if tells.contains("commitments") { compareCommitments(truth, imported.commitments) }
    try compareOwned(
      truth, history, file: InputFile(path: place.history),
      isNamed: tells.contains("commitments"))
  }

  /// What is owned comes out of every export, whatever it tells of it: what is not owned would be
  /// bought again. All of the company's commitments go on for ten months.
  ///
  /// - Parameter isNamed: whether rows name commitments. Where none does, what was not used of them
  ///   is out of sight, and what they covered is owned from when it ran.
  private func compareOwned(
    _ truth: Truth, _ history: History, file: InputFile, isNamed: Bool
  ) throws {
    let demand = try #require(try history.usage()).demand
    let found = PriceFinder(billed: try BilledRates(history), currency: "USD")
      .prices(of: demand.groups.map(\.sku))
    let prices = PriceList(
      rows: found.prices.map(\.row), lines: found.prices.map { _ in 0 }, file: "prices.csv")
    let reading = OwnedReader.read(file, prices: prices)
    let owned = try #require(reading.value).commitments
    let later = demand.window.end + 300 * 24
    #expect(
      owned.allSatisfy { ($0.start <= demand.window.start || !isNamed) && $0.end > later })
    for known in truth.commitments {
      let isPlan = known.hourly != nil
      let mine = owned.filter { $0.terms.product.isSavingsPlan == isPlan }
      guard isPlan else {
        let share = capacity(mine, for: known) / (known.quantity ?? 0)
        #expect(share < 1.02 && share > (isNamed ? 0.98 : 0.8), "\(mine)")
        continue
      }
      guard !mine.isEmpty else {
        // Of a plan that no price file has rates for, what it covered is owned, machine by machine.
        let isByMachine = reading.findings.contains {
          $0.message.contains("for each machine that it covered")
        }
        #expect(isByMachine, "\(reading.findings)")
        continue
      }
      let hourly = mine.reduce(0) { $0 + $1.amount }
      #expect(abs(hourly - (known.hourly ?? 0)) < 2e-3, "\(hourly) \(reading.findings)")
    }
    // What is owned in part is said with its money.
    let inferred = reading.findings.filter { $0.rule == "owned.inferred" }
    #expect(inferred.allSatisfy { $0.message.contains("an hour") && !$0.remedy.isEmpty })
  }

  /// Reserved machines of a commitment's own type.
  private func capacity(_ owned: [Commitment], for known: Truth.Owned) -> Double {
    owned.reduce(0) { sum, commitment in
      guard case .reservation(let sku, _, let count, _, _) = commitment.subject else { return sum }
      var type = sku
      type.instanceType = known.type
      let (scope, units) = ReservationScope.counting(type)
      return sum + count * (scope.units(of: sku) ?? 0) / units
    }
  }

  /// Azure says of each day only how many hours a machine ran.
  private func compareHours(_ truth: Truth, _ usage: HistoryUsage, byDay: Bool) throws {
    func key(_ hour: String) -> String { byDay ? String(hour.prefix(10)) : hour }
    var found: [String: Double] = [:]
    let demand = usage.demand
    for (number, group) in demand.groups.enumerated() {
      let account = group.account
      let sku = group.sku
      // The truth is of machines; other services' nodes are demand of their own.
      guard sku.service == .machines(of: sku.provider) else { continue }
      let name = [account, sku.region, sku.instanceType, sku.operatingSystem, sku.tenancy]
      for hour in 0..<demand.window.hours {
        let quantity = demand[number, hour]
        guard quantity != 0 else { continue }
        found[
          name.joined(separator: "|") + "|" + key("\(demand.window.start + hour)"), default: 0] +=
          quantity
      }
    }
    var expected: [String: Double] = [:]
    for (group, hours) in truth.hours {
      for (hour, quantity) in hours { expected["\(group)|\(key(hour))", default: 0] += quantity }
    }
    let wrong = Set(found.keys).union(expected.keys).sorted().filter {
      abs(found[$0, default: 0] - expected[$0, default: 0]) >= 1e-9
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3)): \(wrong.prefix(3).map { found[$0, default: 0] })")
  }

  /// On demand: of machines alone; the rest of what they name is commitments' and spot's.
  private func compareCosts(_ truth: Truth, _ costs: [HistoryCost]) {
    for (name, expected) in truth.effective {
      let found = costs.filter {
        let isMachine =
          $0.subject.group.map { $0.sku.service == .machines(of: $0.sku.provider) } ?? false
        return $0.chargeClass.rawValue == name && (name != "on-demand" || isMachine)
      }
      #expect(abs(found.map(\.effective).total().value - expected) < 1e-4, "\(name)")
    }
  }

  private func compareCommitments(_ truth: Truth, _ found: [HistoryCommitment]) {
    #expect(found.map(\.id).sorted() == truth.commitments.map(\.id).sorted())
    for entry in found {
      guard let owned = truth.commitments.first(where: { $0.id == entry.id }) else { continue }
      // FOCUS has no column for a reservation's class, product or term at AWS.
      #expect(entry.product == nil || entry.product?.rawValue == owned.product)
      #expect(entry.term == nil || entry.term?.years == owned.years)
      #expect(entry.payment == nil || entry.payment?.rawValue == owned.payment)
      if let hourly = entry.hourlyCommitment { #expect(abs(hourly - (owned.hourly ?? 0)) < 1e-6) }
      if entry.quantity != nil, entry.product != .gcpResourceCUD {
        #expect(entry.quantity == owned.quantity && entry.instanceType == owned.type)
      }
      if entry.product == .gcpResourceCUD {
        #expect(entry.instanceType == "n2-standard-2" && entry.quantity == 4, "8 vCPUs, 32 GiB")
      }
    }
  }

  /// Actual and amortised exports of a month hold the same usage: together they say what FOCUS
  /// says.
  @Test(arguments: [false, true]) func actualAndAmortizedAreOne(amortizedFirst: Bool) async throws {
    let (folder, all) = try Self.truth()
    let truth = try #require(all["azure"])
    let place = try BillPlace()
    defer { place.close() }
    let names = ["azure/ea-2024-actual.csv", "azure/mca-amortized.csv.gz"]
      .map { folder.appending(path: $0).path }
    _ = try await place.run(names[amortizedFirst ? 1 : 0])
    let summary = try await place.run(names[amortizedFirst ? 0 : 1])
    let note = try #require(summary.findings.first { $0.rule == "import.actual-and-amortized" })
    #expect(note.severity == .note && note.message.contains("(2025-03)"))
    #expect(!summary.findings.contains { $0.rule == "import.same-rows" })
    let history = try History(path: place.history)
    try compareHours(truth, try #require(try history.usage()), byDay: true)
    let totals = try history.totals().filter { !$0.rule.isEmpty }
    let focus = try BillPlace()
    defer { focus.close() }
    _ = try await focus.run(folder.appending(path: "azure/focus-1.0.csv").path)
    let same = try History(path: focus.history).totals().filter { !$0.rule.isEmpty }
    func sums(_ totals: [HistoryTotal], _ cost: (HistoryTotal) -> Money) -> [String: Money] {
      Dictionary(
        totals.map { ($0.chargeClass?.rawValue ?? "", cost($0)) }, uniquingKeysWith: +)
    }
    for cost in [\HistoryTotal.billed, \.effective] {
      let (mine, other) = (sums(totals) { $0[keyPath: cost] }, sums(same) { $0[keyPath: cost] })
      #expect(Set(mine.keys) == Set(other.keys))
      for (name, money) in mine {
        #expect(abs((money - (other[name] ?? .zero)).value) < 1e-4, "\(name)")
      }
    }
    let owned = HistoryCommitment.merged(try history.commitments())
    let plan = try #require(owned.first { $0.product == .azureSavingsPlan })
    #expect(plan.payment == .noUpfront && abs((plan.hourlyCommitment ?? 0) - 0.25) < 1e-6)
    let reservation = try #require(owned.first { $0.product == .azureReservation })
    #expect(reservation.quantity == 3 && reservation.instanceType == "Standard_DS1_v2")
  }
}
