import CBooks
import CloudCosts

/// A price book that ships with the program; `Sources/CBooks/README.md` names sources and licences.
package struct ShippedBook: Sendable {
  package let provider: Provider
  /// Of its prices.
  package let date: Hour
  /// Names it in every output: `AWS book of 2025-04-05`.
  package let title: String
  private let bytes: @Sendable () -> [UInt8]?
  /// What the columns after the price on demand are.
  private let columns: [OfferTerms]

  package static let all = [
    ShippedBook(
      provider: .aws, date: Hour(year: 2025, month: 4, day: 5), title: "AWS book of 2025-04-05",
      bytes: { inflated(cbooks_aws) },
      columns: [
        OfferTerms(product: .standardRI, term: .oneYear, payment: .noUpfront),
        OfferTerms(product: .standardRI, term: .threeYears, payment: .noUpfront),
        OfferTerms(product: .convertibleRI, term: .oneYear, payment: .noUpfront),
        OfferTerms(product: .convertibleRI, term: .threeYears, payment: .noUpfront),
      ]),
    ShippedBook(
      provider: .azure, date: Hour(year: 2026, month: 6, day: 18),
      title: "Azure book of 2026-06-18", bytes: { inflated(cbooks_azure) },
      columns: [OfferTerms(product: .azureSavingsPlan, term: .oneYear, payment: .noUpfront)]),
    ShippedBook(
      provider: .gcp, date: Hour(year: 2026, month: 7, day: 30),
      title: "Google book of 2026-07-30", bytes: { inflated(cbooks_google) },
      columns: [
        OfferTerms(product: .gcpResourceCUD, term: .oneYear, payment: .noUpfront),
        OfferTerms(product: .gcpResourceCUD, term: .threeYears, payment: .noUpfront),
      ]),
  ]

  /// A machine in a region, Linux and shared.
  struct Machine: Hashable {
    var region: String
    var type: String
  }

  /// What the book states of a machine, in USD per hour.
  struct Entry {
    var onDemand: Double
    var rates: [OfferTerms: Double]
  }

  /// The entries of the machines asked for. Time: linear in the book.
  func entries(of machines: Set<Machine>) -> [Machine: Entry] {
    let types = Set(machines.map { Array($0.type.utf8) })
    var found: [Machine: Entry] = [:]
    for line in (bytes() ?? []).split(separator: UInt8(ascii: "\n")).dropFirst() {
      let fields = line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
      guard fields.count == columns.count + 3, types.contains(Array(fields[1])) else { continue }
      let texts = fields.map { String(decoding: $0, as: UTF8.self) }
      let machine = Machine(region: texts[0], type: texts[1])
      guard machines.contains(machine), let price = Double(texts[2]), price > 0 else { continue }
      var entry = Entry(onDemand: price, rates: [:])
      for (terms, text) in zip(columns, texts.dropFirst(3)) {
        if let rate = Double(text), rate > 0 { entry.rates[terms] = rate }
      }
      found[machine] = entry
    }
    return found
  }

  private static func inflated(
    _ book: (UnsafeMutablePointer<Int>?) -> UnsafePointer<UInt8>?
  ) -> [UInt8]? {
    var count = 0
    let start = book(&count)
    return Gzip.inflated(UnsafeBufferPointer(start: start, count: count))
  }
}
