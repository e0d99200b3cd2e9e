import CloudCosts
import Foundation
import Scenarios

/// A projection as the ledger keeps it: JSON with tables of SKUs, and usage as numbers of eight
/// bytes, each compressed. These keys never change; a `format` above 1 is of a later version.
struct StoredProjection: Codable {
  var format = 1
  var currency: String
  var start: Int
  var hours: Int
  var futures: Int
  var costOfCapital: Double
  var paidShares: [String: Double]
  /// Nil where they are those of fees, and in ledgers of older versions.
  var usageShares: [String: Double]?
  var skus: [StoredSKU]
  /// Account, and the place of the SKU.
  var groups: [StoredGroup]
  /// Place of the SKU, price, and the list price where that is another.
  var onDemand: [[Double]]
  var rates: [StoredRates]
  var priceDates: [StoredDates]
  var owned: [StoredCommitment]
  var lines: [StoredCommitment]
  var sharing: StoredSharing
  var months: [StoredMonth]
  /// Nil where nothing was promised, and in ledgers of older versions.
  var promises: [StoredPromise]?
  /// Nil where nothing is given up, and in ledgers of older versions.
  var givenUp: [StoredGivingUp]?

  struct StoredGivingUp: Codable {
    var commitment: StoredCommitment
    var way: String
    var at: Int
    var until: Int
    var remaining: Double
    var received: Double
    var loss: Double
  }

  struct StoredPromise: Codable {
    var name: String
    var provider: String
    var start: Int
    var end: Int
    var amount: Double
    var other: Double
    /// Nil: a year's, as in ledgers of older versions.
    var period: String?
    var spent: Double?
    var spentUntil: Int?

    private enum CodingKeys: String, CodingKey {
      case name, provider, start, end, amount, other, period, spent
      case spentUntil = "spent_until"
    }
  }

  struct StoredSKU: Codable {
    var provider: String
    var region: String
    var type: String
    var system: String
    var tenancy: String
    var zone: String?
    var pricedFrom: Int?

    private enum CodingKeys: String, CodingKey {
      case provider, region, type, system, tenancy, zone
      case pricedFrom = "priced_from"
    }
  }

  struct StoredGroup: Codable {
    var account: String
    var sku: Int
  }

  struct StoredRates: Codable {
    var product: String
    var termYears: Int
    var payment: String
    var pricedFrom: Int?
    /// Place of the SKU, and rate.
    var rates: [[Double]]

    private enum CodingKeys: String, CodingKey {
      case product
      case termYears = "term_years"
      case payment
      case pricedFrom = "priced_from"
      case rates
    }
  }

  struct StoredDates: Codable {
    var sku: Int
    var hours: [Int]
  }

  struct StoredSharing: Codable {
    var mode: String
    var groups: [String: [String]]
    var off: [String]
    var google: String?
    var commitments: [String: String]
  }

  /// Money in millionths.
  struct StoredMonth: Codable {
    var year: Int
    var month: Int
    var hours: Int
    var withAll: Int64
    var withNone: Int64
    var without: [Int64]
    var onDemand: [Int64]

    private enum CodingKeys: String, CodingKey {
      case year, month, hours
      case withAll = "with_all"
      case withNone = "with_none"
      case without
      case onDemand = "on_demand"
    }
  }

  private enum CodingKeys: String, CodingKey {
    case format, currency, start, hours, futures
    case costOfCapital = "cost_of_capital"
    case paidShares = "paid_shares"
    case usageShares = "usage_shares"
    case skus, groups
    case onDemand = "on_demand"
    case rates
    case priceDates = "price_dates"
    case owned, lines, sharing, months, promises
    case givenUp = "given_up"
  }
}

extension StoredProjection {
  static func packed(_ projection: Projection) throws -> (projection: Data, usage: Data) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let json = try encoder.encode(StoredProjection(projection))
    let usage = projection.demand.quantities.flatMap { quantity in
      withUnsafeBytes(of: quantity.bitPattern.littleEndian) { Array($0) }
    }
    guard let text = Zipped.packed(Array(json)), let numbers = Zipped.packed(usage) else {
      throw CocoaError(.fileWriteUnknown)
    }
    return (text, numbers)
  }

  static func projection(
    _ packed: Data, _ usage: Data, place: String
  ) throws -> Projection {
    guard let text = Zipped.unpacked(packed), let numbers = Zipped.unpacked(usage),
      let stored = try? JSONDecoder().decode(StoredProjection.self, from: Data(text))
    else { throw FindingsError([LedgerFile.damaged(place, "a projection cannot be read")]) }
    guard stored.format == 1 else {
      throw FindingsError([
        LedgerFile.damaged(place, "a projection is of format \(stored.format)")
      ])
    }
    return try stored.projection(quantities: Self.quantities(numbers), place: place)
  }

  private static func quantities(_ bytes: [UInt8]) -> [Double] {
    bytes.withUnsafeBytes { raw in
      (0..<raw.count / 8).map {
        Double(
          bitPattern: UInt64(
            littleEndian: raw.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self)))
      }
    }
  }

  private init(_ projection: Projection) {
    var table = SKUTable()
    let prices = projection.prices
    currency = prices.currency
    start = projection.demand.window.start.sinceEpoch
    hours = projection.demand.window.hours
    futures = projection.futures
    costOfCapital = projection.costOfCapital
    paidShares = Dictionary(
      prices.paidShares.map { ($0.key.rawValue, $0.value) }, uniquingKeysWith: { $1 })
    let used = prices.usageShares.map { ($0.key.rawValue, $0.value) }
    usageShares = used.isEmpty ? nil : Dictionary(used, uniquingKeysWith: { $1 })
    groups = projection.demand.groups.map {
      StoredGroup(account: $0.account, sku: table.place(of: $0.sku))
    }
    onDemand = prices.onDemand.sorted { $0.key < $1.key }.map { sku, price in
      [Double(table.place(of: sku)), price] + (prices.listOnDemand[sku].map { [$0] } ?? [])
    }
    rates = prices.rates.sorted { $0.key < $1.key }.map { terms, rates in
      StoredRates(
        product: terms.product.rawValue, termYears: terms.term.years,
        payment: terms.payment.rawValue, pricedFrom: terms.pricedFrom?.sinceEpoch,
        rates: rates.sorted { $0.key < $1.key }.map { [Double(table.place(of: $0)), $1] })
    }
    priceDates = prices.priceDates.sorted { $0.key < $1.key }.map {
      StoredDates(sku: table.place(of: $0), hours: $1.map(\.sinceEpoch))
    }
    owned = projection.owned.map(StoredCommitment.init)
    lines = projection.lines.map(StoredCommitment.init)
    sharing = StoredSharing(projection.sharing)
    months = projection.months.map(StoredMonth.init)
    let promised = projection.spendCommitments.map(StoredPromise.init)
    promises = promised.isEmpty ? nil : promised
    let gone = projection.givenUp.map(StoredGivingUp.init)
    givenUp = gone.isEmpty ? nil : gone
    skus = table.skus
  }

  private func projection(quantities: [Double], place: String) throws -> Projection {
    let known = KnownSKUs(skus: try skus.map { try $0.sku(place) }, place: place)
    let window = HourWindow(start: Hour(sinceEpoch: start), hours: hours)
    guard quantities.count == groups.count * window.hours,
      months.allSatisfy({ $0.without.count == lines.count && $0.onDemand.count == 3 }),
      months.count == window.months.count
    else { throw FindingsError([LedgerFile.damaged(place, "a projection is cut short")]) }
    var projection = Projection(
      demand: Demand(
        window: window,
        groups: try groups.map { UsageGroup(account: $0.account, sku: try known.sku($0.sku)) },
        quantities: quantities),
      prices: try prices(known), sharing: sharing.sharing, costOfCapital: costOfCapital,
      owned: try owned.map { try $0.commitment(place: place) },
      lines: try lines.map { try $0.commitment(place: place) },
      months: months.map(\.projected), futures: futures)
    projection.spendCommitments = (promises ?? []).compactMap(\.commitment)
    projection.givenUp = try (givenUp ?? []).compactMap { try $0.givingUp(place: place) }
    return projection
  }

  private func prices(_ known: KnownSKUs) throws -> PriceBookParts {
    var prices = PriceBookParts(currency: currency, onDemand: [:])
    for (name, share) in paidShares {
      if let provider = Provider(rawValue: name) { prices.paidShares[provider] = share }
    }
    for (name, share) in usageShares ?? [:] {
      if let provider = Provider(rawValue: name) { prices.usageShares[provider] = share }
    }
    for row in onDemand {
      let sku = try known.sku(row)
      prices.onDemand[sku] = row[1]
      if row.count > 2 { prices.listOnDemand[sku] = row[2] }
    }
    for entry in rates {
      guard let terms = entry.terms else { continue }
      for row in entry.rates { prices.rates[terms, default: [:]][try known.sku(row)] = row[1] }
    }
    for entry in priceDates {
      prices.priceDates[try known.sku(entry.sku)] = entry.hours.map(Hour.init(sinceEpoch:))
    }
    return prices
  }
}

/// The SKUs of a projection by their places.
private struct KnownSKUs {
  let skus: [SKU]
  let place: String

  func sku(_ index: Int) throws(FindingsError) -> SKU {
    guard skus.indices.contains(index) else {
      throw FindingsError([LedgerFile.damaged(place, "a projection names a SKU that it has not")])
    }
    return skus[index]
  }

  /// Of a row: a place and a number.
  func sku(_ row: [Double]) throws(FindingsError) -> SKU {
    guard row.count >= 2, let index = Int(exactly: row[0]) else { return try sku(-1) }
    return try sku(index)
  }
}

/// SKUs in the order of their first use.
private struct SKUTable {
  var skus: [StoredProjection.StoredSKU] = []
  private var places: [SKU: Int] = [:]

  mutating func place(of sku: SKU) -> Int {
    if let place = places[sku] { return place }
    places[sku] = skus.count
    skus.append(StoredProjection.StoredSKU(sku))
    return skus.count - 1
  }
}
