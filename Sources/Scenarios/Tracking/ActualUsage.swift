import CloudCosts
import Foundation
import Ingest

/// The usage that really came, what it was charged at, and what else was owned.
package struct ActualUsage: Sendable {
  /// As metered: licences are not apart.
  package var demand: Demand
  /// What is known of real prices; what is not, the plan's own prices stand for.
  package var prices: PriceBook
  /// What is owned in addition to the ledger's purchases, the plan's own list among it.
  package var owned: [Commitment]
  /// Commitments of the bill by the provider's id.
  package var billed: [Commitment.ID: Commitment]
  package var findings: [Finding]

  package init(
    demand: Demand, prices: PriceBook, owned: [Commitment],
    billed: [Commitment.ID: Commitment] = [:], findings: [Finding] = []
  ) {
    self.demand = demand
    self.prices = prices
    self.owned = owned
    self.billed = billed
    self.findings = findings
  }
}

/// Reads a history, or a usage file, for comparison with a projection.
package struct ActualUsageReader: Sendable {
  private let path: String
  private let priceFiles: [String]
  private let ownedFile: String?

  /// - Parameters:
  ///   - path: of an imported history, or a usage file.
  ///   - priceFiles: what usage costs now; they win over what the bill shows.
  ///   - ownedFile: what is owned now; nil: what the history and the plan say.
  package init(path: String, priceFiles: [String] = [], ownedFile: String? = nil) {
    self.path = path
    self.priceFiles = priceFiles
    self.ownedFile = ownedFile
  }

  /// All that does not depend on a plan, read once.
  package struct Contents: Sendable {
    var demand: Demand
    var rows: [PriceRow]
    var paidShares: [Provider: Double]
    var usageShares: [Provider: Double]
    var owned: [Commitment]?
    var billed: [Commitment]
    /// Ids of commitments that the bill names, whether or not it says enough of them.
    package var billedIDs: Set<Commitment.ID>
    var findings: [Finding]

    /// The hours of the history.
    package var window: HourWindow { demand.window }
  }

  /// - Throws: `FindingsError` where a file cannot be read.
  package func read() throws(FindingsError) -> Contents {
    let isHistory = HistoryFile.isHistory(path)
    let file = InputFile(path: path)
    let reading = isHistory ? HistoryUsageReader.read(file) : UsageReader.read(file)
    guard let usage = reading.value else { throw FindingsError(reading.findings) }
    var findings = reading.findings
    let given =
      priceFiles.isEmpty ? nil : PriceReader.read(all: priceFiles.map { InputFile(path: $0) })
    findings += given?.findings ?? []
    guard !findings.hasErrors else { throw FindingsError(findings) }
    var rows = given?.value?.rows ?? []
    var billed: [Commitment] = []
    var ids: Set<Commitment.ID> = []
    if isHistory {
      let known = Set(rows.lazy.filter { $0.product == .onDemand }.map(\.sku))
      let history = try History(path: path)
      let rates = try BilledRates(history)
      ids = Set(try history.commitments().map(\.id))
      rows += rates.onDemandRows.filter { !known.contains($0.sku) }
      let list = PriceList(rows: rows, lines: rows.map { _ in 0 }, file: path)
      let owned = OwnedReader.read(file, prices: list)
      findings += owned.findings
      billed = owned.value?.commitments ?? []
    } else if priceFiles.isEmpty {
      findings.append(
        Finding(
          .note, rule: "track.no-prices", place: path,
          message:
            "a usage file states no prices: the plan's own are taken for the real ones, and no"
            + " part of the difference is price",
          remedy: "Name today's prices: --prices FILE; or track an imported bill."))
    }
    var named: [Commitment]?
    if let ownedFile {
      let list = PriceList(rows: rows, lines: rows.map { _ in 0 }, file: path)
      let owned = OwnedReader.read(InputFile(path: ownedFile), prices: list)
      findings += owned.findings
      guard let value = owned.value else { throw FindingsError(findings) }
      named = value.commitments
    }
    guard !findings.hasErrors else { throw FindingsError(findings) }
    return Contents(
      demand: usage.demand, rows: rows, paidShares: given?.value?.paidShares ?? [:],
      usageShares: given?.value?.usageShares ?? [:], owned: named,
      billed: billed, billedIDs: ids, findings: findings)
  }
}

extension ActualUsageReader.Contents {
  /// What a projection is compared with.
  ///
  /// - Parameters:
  ///   - ids: provider's ids of the ledger's purchases; they are not owned in addition.
  ///   - others: the ledger's purchases of other plans.
  /// - Throws: `FindingsError` where machines are used that no price is known for.
  package func actual(
    for projection: Projection, purchases ids: Set<Commitment.ID>, others: [Commitment] = []
  ) throws(FindingsError) -> ActualUsage {
    let planned = PriceBook(projection.prices)
    var book = PriceBook(
      rows: rows, currency: planned.currency, paidShares: paidShares, usageShares: usageShares
    ).separatingLicences().book
    book = book.filled(from: planned)
    let (kept, dropped) = priced(book)
    guard !dropped.hasErrors else { throw FindingsError(findings + dropped) }
    let end = kept.window.end
    var owned = self.owned ?? projection.owned
    if self.owned == nil {
      let known = Set(billed.map(\.id))
      owned = owned.filter { !known.contains($0.renewalOf ?? $0.id) } + billed
    }
    owned = owned.filter { !ids.contains($0.id) }.flatMap { commitment in
      commitment.renewalOf == nil ? commitment.withRenewals(until: end) : [commitment]
    }
    var seen = Set<Commitment.ID>()
    return ActualUsage(
      demand: kept, prices: book,
      owned: (owned + others).filter { seen.insert($0.id).inserted },
      billed: Dictionary(billed.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }),
      findings: findings + dropped)
  }

  /// The usage that has a price; of the rest, machines are errors and other services warnings.
  private func priced(_ book: PriceBook) -> (Demand, [Finding]) {
    func isPriced(_ sku: SKU) -> Bool {
      book.onDemandPrice(of: sku) != nil || book.onDemandPrice(of: sku.licence) != nil
    }
    let rows = demand.groups.indices.filter { isPriced(demand.groups[$0].sku) }
    guard rows.count < demand.groups.count else { return (demand, []) }
    let missing = Set(demand.groups.map(\.sku.zoneless).filter { !isPriced($0) }).sorted()
    let kept = Demand(
      window: demand.window, groups: rows.map { demand.groups[$0] },
      quantities: rows.flatMap { demand.hours(of: $0) })
    return (
      kept,
      missing.map { sku in
        let isMachine = sku.service == .machines(of: sku.provider)
        return Finding(
          isMachine ? .error : .warning, rule: "track.no-price", place: "\(sku)",
          message: "it is used, and neither the bill, nor the price files, nor the plan state its"
            + " price on demand" + (isMachine ? "" : ": it is left out"),
          remedy: "Name a price file that has it: --prices FILE.")
      }
    )
  }
}
