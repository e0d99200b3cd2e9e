import CloudCosts
import Foundation

/// A folder with usage, prices, commitments and the bill that must come out.
struct GoldenCase: Sendable {
  /// A line of `bill.csv`: numbers are kept as text, because their decimals say how exact they are.
  struct ExpectedRow {
    var key: [String]
    var instanceHours: String
    var list: String
    /// "" where the case does not tell; so billed.
    var contracted: String
    var billed: String
    var effective: String
  }

  var name: String

  /// All folders next to this file: a new case needs no code.
  static let all: [GoldenCase] = {
    guard let folder = Bundle.module.url(forResource: "Golden", withExtension: nil) else {
      return []
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { !$0.contains(".") }.sorted().map(GoldenCase.init)
  }()

  func demand() throws -> Demand {
    try statedDemand().separatingLicences(prices())
  }

  private func statedDemand() throws -> Demand {
    var quantities: [UsageGroup: [Hour: Double]] = [:]
    var hours: [Hour] = []
    for row in try rows("usage.csv") {
      let group = UsageGroup(account: row["account"] ?? "", sku: try sku(row))
      let hour = try hour(row["timestamp"])
      hours.append(hour)
      quantities[group, default: [:]][hour, default: 0] += number(row["quantity"])
    }
    let first = hours.min() ?? Hour(sinceEpoch: 0)
    let last = hours.max() ?? first
    let window = HourWindow(from: first, to: last + 1)
    let groups = quantities.keys.sorted()
    return Demand(
      window: window, groups: groups,
      quantities: groups.flatMap { group in
        (0..<window.hours).map { quantities[group]?[window.start + $0] ?? 0 }
      })
  }

  func prices() throws -> PriceBook {
    let paid = try paidShares()
    return PriceBook(
      rows: try rows("prices.csv").map { row in
        let product = try product(row)
        let sku = try sku(row)
        let share = product.isSavingsPlan ? 1 : paid[sku.provider] ?? 1
        let (upfront, hourly) = (number(row["upfront"]), number(row["hourly"]))
        return PriceRow(
          sku: sku, product: product,
          term: product == .onDemand ? nil : Term(years: Int(number(row["term_years"]))),
          payment: PaymentOption(rawValue: row["payment"] ?? ""), upfront: upfront * share,
          hourly: hourly * share,
          list: row["list_hourly"].flatMap(Double.init).map { ListPrice(hourly: $0) }
            ?? (share == 1 ? nil : ListPrice(upfront: upfront, hourly: hourly)))
      }, paidShares: paid
    ).separatingLicences().book
  }

  /// `bill-discount.csv`, where there is one: provider, percent; what comes off the whole bill.
  private func paidShares() throws -> [Provider: Double] {
    guard has("bill-discount.csv") else { return [:] }
    return Dictionary(
      uniqueKeysWithValues: try rows("bill-discount.csv").compactMap { row in
        Provider(rawValue: row["provider"] ?? "").map { ($0, 1 - number(row["percent"]) / 100) }
      })
  }

  func commitments() throws -> [Commitment] {
    try rows("commitments.csv").map { row in
      let sku = try sku(row).zoneless
      let product = try product(row)
      let zone = row["zone"].flatMap { $0.isEmpty ? nil : $0 }
      let scope = SavingsPlanScope(
        provider: sku.provider, region: sku.region.isEmpty ? nil : sku.region,
        family: sku.family.isEmpty ? nil : sku.family)
      var commitment = Commitment(
        id: row["id"] ?? "", account: row["account"] ?? "",
        terms: OfferTerms(
          product: product, term: Term(years: Int(number(row["term_years"]))),
          payment: PaymentOption(rawValue: row["payment"] ?? "") ?? .noUpfront),
        subject: product.isReservation
          ? .reservation(
            sku: sku, zone: zone, count: number(row["quantity"]), upfront: number(row["upfront"]),
            hourly: number(row["hourly"]))
          : .savingsPlan(scope: scope, hourlyCommitment: number(row["hourly_commitment"])),
        start: try hour(row["start"]), end: try hour(row["end"]),
        reach: try reach(row["scope"] ?? ""))
      commitment.coversOtherSizes = row["size_flexibility"] != "off"
      return commitment
    }
  }

  private func reach(_ text: String) throws -> Commitment.Reach {
    switch text {
    case "", "shared": return .shared
    case "account": return .account
    default:
      if text.hasPrefix("prioritized-group:") { return .groupFirst(String(text.dropFirst(18))) }
      guard text.hasPrefix("group:") else { throw Unreadable(what: "scope \(text)") }
      return .group(String(text.dropFirst(6)))
    }
  }

  /// `sharing.csv`, where there is one: `mode,account,group,off`, an account a line.
  func sharing() throws -> Sharing {
    var sharing = Sharing()
    guard has("sharing.csv") else { return sharing }
    for row in try rows("sharing.csv") {
      guard let mode = Sharing.Mode(rawValue: row["mode"] ?? ""), let account = row["account"]
      else { throw Unreadable(what: "\(name)/sharing.csv: \(row)") }
      sharing.mode = mode
      if let group = row["group"], !group.isEmpty {
        sharing.groups[group, default: []].insert(account)
      }
      if row["off"] == "yes" { sharing.off.insert(account) }
    }
    return sharing
  }

  /// `payments.csv`, where there is one: kind, month, commitment, amount.
  func expectedPayments() throws -> [[String]]? {
    guard has("payments.csv") else { return nil }
    return try rows("payments.csv").map { row in
      ["kind", "month", "commitment", "amount"].map { row[$0] ?? "" }
    }
  }

  /// `focus.csv`, where there is one: the table of the FOCUS specification that the case is made
  /// from.
  func focusTable() throws -> FOCUSTable? {
    has("focus.csv") ? try FOCUSTable(try rows("focus.csv")) : nil
  }

  private func has(_ file: String) -> Bool {
    guard let folder = Bundle.module.url(forResource: "Golden", withExtension: nil) else {
      return false
    }
    return FileManager.default.fileExists(
      atPath: folder.appendingPathComponent(name).appendingPathComponent(file).path)
  }

  func expectedRows() throws -> [ExpectedRow] {
    try rows("bill.csv").map { row in
      let key = ["kind", "account", "instance_type", "operating_system", "tenancy", "commitment"]
      return ExpectedRow(
        key: key.map { row[$0] ?? "" }, instanceHours: row["instance_hours"] ?? "",
        list: row["list"] ?? "", contracted: row["contracted"] ?? "",
        billed: row["billed"] ?? "", effective: row["effective"] ?? "")
    }
  }

  // MARK: Reading: no quotes, no surprises.

  struct Unreadable: Error { var what: String }

  private func rows(_ file: String) throws -> [[String: String]] {
    let url = Bundle.module.url(forResource: "Golden", withExtension: nil)?
      .appendingPathComponent(name).appendingPathComponent(file)
    guard let url else { throw Unreadable(what: file) }
    let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    guard let header = lines.first else { return [] }
    return try lines.dropFirst().map { line in
      guard line.count == header.count else {
        throw Unreadable(what: "\(name)/\(file): \(line)")
      }
      return Dictionary(uniqueKeysWithValues: zip(header, line))
    }
  }

  private func number(_ text: String?) -> Double { text.flatMap(Double.init) ?? 0 }

  private func product(_ row: [String: String]) throws -> Product {
    guard let product = Product(rawValue: row["product"] ?? "") else {
      throw Unreadable(what: "product of \(row)")
    }
    return product
  }

  private func sku(_ row: [String: String]) throws -> SKU {
    guard let provider = Provider(rawValue: row["provider"] ?? "") else {
      throw Unreadable(what: "provider of \(row)")
    }
    return SKU(
      provider: provider, region: row["region"] ?? "", instanceType: row["instance_type"] ?? "",
      operatingSystem: row["operating_system"] ?? "Linux", tenancy: row["tenancy"] ?? "default",
      zone: row["zone"] ?? "")
  }

  private func hour(_ text: String?) throws -> Hour {
    let parts = (text ?? "").split { !$0.isNumber }.compactMap { Int($0) }
    guard parts.count == 6 else { throw Unreadable(what: "timestamp \(text ?? "")") }
    return Hour(year: parts[0], month: parts[1], day: parts[2], hour: parts[3])
  }
}
