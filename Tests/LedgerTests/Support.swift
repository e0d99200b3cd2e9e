import CloudCosts
import Foundation
import Ledger
import Scenarios

/// A folder that is gone after the test.
final class Folder {
  let url = FileManager.default.temporaryDirectory
    .appendingPathComponent("plimsoll-ledger-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }
}

/// A fleet of one type, and what is bought for it.
enum Sample {
  static let sku = SKU(provider: .aws, region: "eu-west-1", instanceType: "m5.large")
  static let other = SKU(provider: .aws, region: "eu-west-1", instanceType: "c5.large")
  static let january = HourWindow(
    from: Hour(year: 2026, month: 1, day: 1), to: Hour(year: 2026, month: 2, day: 1))
  static let terms = OfferTerms(product: .standardRI, term: .oneYear, payment: .noUpfront)
  static let planTerms = OfferTerms(
    product: .computeSavingsPlan, term: .oneYear, payment: .noUpfront)

  /// As many of each type in every hour.
  static func demand(
    _ quantities: [SKU: Double], window: HourWindow = january
  ) -> Demand {
    let groups = quantities.keys.sorted().map { UsageGroup(account: "1", sku: $0) }
    return Demand(
      window: window, groups: groups,
      quantities: groups.flatMap {
        Array(repeating: quantities[$0.sku] ?? 0, count: window.hours)
      })
  }

  static func book(_ price: Double = 1, other: Double = 1) -> PriceBook {
    PriceBook(rows: [
      PriceRow(sku: sku, product: .onDemand, hourly: price),
      PriceRow(sku: Sample.other, product: .onDemand, hourly: other),
      PriceRow(
        sku: sku, product: .computeSavingsPlan, term: .oneYear, payment: .noUpfront, hourly: 0.7),
      PriceRow(
        sku: Sample.other, product: .computeSavingsPlan, term: .oneYear, payment: .noUpfront,
        hourly: 0.7),
    ])
  }

  static func reservation(
    _ count: Double, of sku: SKU = sku, hourly: Double = 0.6, id: String = "buy-1",
    start: Hour = january.start
  ) -> Commitment {
    Commitment(
      id: id, terms: terms,
      subject: .reservation(sku: sku, zone: nil, count: count, upfront: 0, hourly: hourly),
      start: start, end: start + Term.oneYear.hours)
  }

  static func savingsPlan(
    _ hourly: Double, id: String = "buy-2", start: Hour = january.start
  ) -> Commitment {
    Commitment(
      id: id, terms: planTerms,
      subject: .savingsPlan(scope: SavingsPlanScope(provider: .aws), hourlyCommitment: hourly),
      start: start, end: start + Term.oneYear.hours)
  }

  /// What these lines save on one future.
  static func projection(
    _ demand: Demand, _ lines: [Commitment], prices: PriceBook = book(), owned: [Commitment] = []
  ) throws -> Projection {
    let world = SavingsWorld(
      demand: demand, prices: prices, sharing: Sharing(), costOfCapital: 0, owned: owned,
      lines: lines)
    let all = try world.bill().monthly.map(\.effective)
    let none = try world.bill { _ in true }.monthly.map(\.effective)
    let without = try lines.indices.map { line in
      try world.bill { $0 == line }.monthly.map(\.effective)
    }
    return Projection(
      demand: demand,
      prices: prices.parts(of: Set((lines + owned).map(\.terms))) { _ in true },
      sharing: Sharing(), costOfCapital: 0, owned: owned, lines: lines,
      months: demand.window.months.enumerated().map { index, month in
        ProjectedMonth(
          month: month.month, hours: month.hours.count, withAll: all[index],
          withNone: none[index], without: without.map { $0[index] },
          onDemand: [none[index], none[index], none[index]])
      },
      futures: 1)
  }

  static func draft(
    _ projection: Projection, approvers: Int = 1, document: String = "{}"
  ) -> ProposalDraft {
    ProposalDraft(
      plan: "out/plan.json", document: Data(document.utf8), source: "scenario", scenario: "web",
      run: "base", outcome: "combined", currency: "USD", projection: projection,
      approvers: approvers, by: "ann", why: "the review of January")
  }

  /// A ledger with one proposal of two lines.
  static func ledger(_ path: String, approvers: Int = 1) throws -> Ledger {
    let ledger = try Ledger(path: path, mayCreate: true)
    let lines = [reservation(10), savingsPlan(2)]
    let projection = try projection(demand([sku: 14, other: 2]), lines)
    _ = try ledger.propose(draft(projection, approvers: approvers))
    return ledger
  }
}

extension PurchaseID {
  static let first = PurchaseID(proposal: 1, line: 1)
  static let second = PurchaseID(proposal: 1, line: 2)
}

extension LedgerAct {
  /// Bought under an id.
  static func bought(
    _ purchase: PurchaseID, _ id: String, start: Hour? = nil, amount: Double? = nil
  ) -> LedgerAct {
    var details = LedgerEvent.Details()
    details.providerID = id
    details.start = start?.iso8601
    details.amount = amount
    return LedgerAct(.bought, purchase, by: "cleo", details: details)
  }
}
