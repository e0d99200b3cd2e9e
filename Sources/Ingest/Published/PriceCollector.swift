import CloudCosts

/// One price as a provider's file states it.
struct StatedPrice {
  var sku: SKU
  var product: Product
  var term: Term?
  var payment: PaymentOption?
  var upfront = 0.0
  var hourly: Double
  /// ISO 4217 code.
  var currency: String
  /// From when it is in force: the text of an ISO 8601 date, which sorts as the date does.
  var effective = ""
  /// From when it no longer is; empty where that is not known.
  var ended = ""
}

/// Collects what the price files of providers state, and what of it is left aside and why.
final class PriceCollector {
  struct Key: Hashable {
    var sku: SKU
    var product: Product
    var term: Term?
    var payment: PaymentOption?
  }

  fileprivate struct Entry {
    var upfront: Double
    var hourly: Double
    var effective: String
    var force: Force
  }

  /// When a price is in force, the least wanted first: another one counts where there is none of
  /// today.
  fileprivate enum Force: Int, Comparable {
    case later, before, now
    static func < (a: Force, b: Force) -> Bool { a.rawValue < b.rawValue }
  }

  let filter: PriceFilter
  private(set) var currency: String?
  private var entries: [Key: Entry] = [:]
  /// What is said of the file at hand.
  var log: FindingLog
  private var format: PriceFormat
  private var read = 0
  private var prices = 0
  /// Prices of the file that another file had stated before.
  private var repeated = 0
  private var aside: [PublishedPrices.LeftAside] = []
  private var asideIndex: [String: Int] = [:]
  /// The hour in which the files are read.
  private let now: String

  init(filter: PriceFilter, currency: String?, now: Hour = .current) {
    self.filter = filter
    self.currency = currency
    self.now = now.iso8601
    log = FindingLog(file: "", kind: "prices")
    format = .contract
  }

  func begin(_ file: InputFile, _ format: PriceFormat) {
    log = FindingLog(file: file.name, kind: "prices")
    self.format = format
    read = 0
    prices = 0
    repeated = 0
    aside = []
    asideIndex = [:]
  }

  /// The file at hand, done: what it came to.
  ///
  /// - Parameter isContinued: whether another file goes on with it, and has its prices.
  func end(isContinued: Bool) -> PublishedPrices.Source {
    if prices == 0, repeated == 0, !log.hasErrors, !isContinued {
      log.add(
        .warning, "none", line: nil,
        "\(format.title): none of \(read.grouped) entries is a price that can be used"
          + (aside.isEmpty ? "" : "; left aside: \(reasons)"),
        remedy: "check that this is the right file, and what was asked for")
    }
    return PublishedPrices.Source(
      file: log.file, format: format.title, entries: read, prices: prices,
      leftAside: aside.sorted { $0.entries > $1.entries })
  }

  private var reasons: String {
    aside.sorted { $0.entries > $1.entries }.prefix(3)
      .map { "\($0.reason) (\($0.entries.grouped))" }.joined(separator: ", ")
  }

  /// Counts an entry of the file, whatever becomes of it.
  func count() { read += 1 }

  /// - Parameters:
  ///   - reason: why; entries are counted by it.
  ///   - example: an entry that it is true of, for the report.
  func leaveAside(_ reason: String, _ example: @autoclosure () -> String) {
    if let index = asideIndex[reason] {
      aside[index].entries += 1
    } else {
      asideIndex[reason] = aside.count
      aside.append(
        PublishedPrices.LeftAside(reason: reason, entries: 1, example: example().printable))
    }
  }

  /// Takes a price, unless the filter or something stated before speaks against it.
  func add(_ price: StatedPrice, line: Int) {
    guard filter.contains(price.sku) else { return leaveAside("not asked for", "\(price.sku)") }
    guard accepts(price, line: line) else { return }
    guard price.hourly.isFinite, price.upfront.isFinite, price.hourly >= 0, price.upfront >= 0,
      price.hourly + price.upfront <= FindingLog.largestNumber
    else { return leaveAside("price below 0 or beyond reason", "\(price.sku)") }
    guard price.hourly > 0 || price.upfront > 0 else {
      return leaveAside("costs nothing by itself", "\(price.sku)")
    }
    let key = Key(
      sku: price.sku, product: price.product.sold(for: price.sku.service), term: price.term,
      payment: price.payment)
    let entry = Entry(
      upfront: price.upfront, hourly: price.hourly, effective: price.effective,
      force: price.effective > now
        ? .later : price.ended.isEmpty || price.ended > now ? .now : .before)
    guard let known = entries[key] else {
      prices += 1
      entries[key] = entry
      return
    }
    repeated += 1
    if known.hourly == entry.hourly, known.upfront == entry.upfront {
      leaveAside("stated twice, the same", "\(price.sku)")
    } else if known.force != entry.force {
      // Azure's pages state prices of the past and of the future next to that of today.
      leaveAside("a price of the same that is not in force", "\(price.sku)")
      if known.force < entry.force { entries[key] = entry }
    } else if known.effective == entry.effective {
      log.add(
        .warning, "two-prices", line: line,
        "\(price.sku) has a second price for \(key.words): \(entry.words), after \(known.words)",
        remedy: "the first is used; leave the other out of the files if it is the right one")
    } else {
      leaveAside("another date's price of the same", "\(price.sku)")
      // The newest; of prices to come the next one.
      let isNewer = known.effective < entry.effective
      if isNewer == (entry.force != .later) { entries[key] = entry }
    }
  }

  /// Amounts are never converted: what is in another currency is left aside, and said once a file.
  private func accepts(_ price: StatedPrice, line: Int) -> Bool {
    guard let currency else {
      self.currency = price.currency
      return true
    }
    guard price.currency != currency else { return true }
    let reason = "in \(price.currency), not in \(currency)"
    if asideIndex[reason] == nil {
      log.add(
        .warning, "other-currency", line: line,
        "a price is in \(price.currency.quoted), the others are in \(currency.quoted): such prices"
          + " are left aside",
        remedy: "give files of one currency, or set it in the scenario (currency:"
          + " \(price.currency)); a price book and its scenario have just one")
    }
    leaveAside(reason, "\(price.sku)")
    return false
  }

  /// All prices, in the order of what they are for. What costs more than on demand is left out: a
  /// plan's rate is never above on demand at the provider either.
  func rows(_ dropped: inout Int) -> [PriceRow] {
    var rows: [PriceRow] = []
    rows.reserveCapacity(entries.count)
    for (key, entry) in entries {
      if key.product.isSavingsPlan, entry.upfront == 0,
        let base = entries[Key(sku: key.sku, product: .onDemand, term: nil, payment: nil)],
        entry.hourly > base.hourly * (1 + 1e-9)
      {
        dropped += 1
        continue
      }
      rows.append(
        PriceRow(
          sku: key.sku, product: key.product, term: key.term, payment: key.payment,
          upfront: entry.upfront, hourly: entry.hourly))
    }
    return rows.sorted { $0.order < $1.order }
  }
}

extension PriceCollector.Key {
  fileprivate var words: String {
    guard let term, let payment else { return product.rawValue }
    return OfferTerms(product: product, term: term, payment: payment).words
  }
}

extension PriceCollector.Entry {
  fileprivate var words: String { upfront == 0 ? "\(hourly)" : "\(upfront) and \(hourly)" }
}

extension PriceRow {
  fileprivate var order: (SKU, String, Int, String) {
    (sku, product.rawValue, term?.years ?? 0, payment?.rawValue ?? "")
  }
}
