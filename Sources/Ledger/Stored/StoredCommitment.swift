import CloudCosts
import Foundation

/// A commitment as the ledger keeps it; these keys never change.
struct StoredCommitment: Codable {
  var id: String
  var account: String
  var product: String
  var termYears: Int
  var payment: String
  var pricedFrom: Int?
  var provider: String
  var region: String?
  /// The type, or the family of a plan for one.
  var type: String?
  var system: String?
  var tenancy: String?
  var zone: String?
  var count: Double?
  var upfront: Double?
  var hourly: Double?
  var hourlyCommitment: Double?
  var start: Int
  var end: Int
  var reach: String?
  var coversOtherSizes: Bool?
  var renews: Bool?
  var renewalOf: String?
  var paidShare: Double?
  var buyer: String?
  var prepaidFrom: Int?
  var prepaidHours: Int?

  private enum CodingKeys: String, CodingKey {
    case id, account, product
    case termYears = "term_years"
    case payment
    case pricedFrom = "priced_from"
    case provider, region, type, system, tenancy, zone, count, upfront, hourly
    case hourlyCommitment = "hourly_commitment"
    case start, end, reach
    case coversOtherSizes = "covers_other_sizes"
    case renews
    case renewalOf = "renewal_of"
    case paidShare = "paid_share"
    case buyer
    case prepaidFrom = "prepaid_from"
    case prepaidHours = "prepaid_hours"
  }

  init(_ commitment: Commitment) {
    id = commitment.id
    account = commitment.account
    product = commitment.terms.product.rawValue
    termYears = commitment.terms.term.years
    payment = commitment.terms.payment.rawValue
    pricedFrom = commitment.terms.pricedFrom?.sinceEpoch
    start = commitment.start.sinceEpoch
    end = commitment.end.sinceEpoch
    switch commitment.subject {
    case .reservation(let sku, let zone, let count, let upfront, let hourly):
      provider = sku.provider.rawValue
      region = sku.region
      type = sku.instanceType
      system = sku.operatingSystem
      tenancy = sku.tenancy
      self.zone = zone
      self.count = count
      self.upfront = upfront
      self.hourly = hourly
    case .savingsPlan(let scope, let hourly):
      provider = scope.provider.rawValue
      region = scope.region
      type = scope.family
      hourlyCommitment = hourly
    }
    reach = StoredReach.text(commitment.reach)
    coversOtherSizes = commitment.coversOtherSizes ? nil : false
    renews = commitment.renews ? true : nil
    renewalOf = commitment.renewalOf
    paidShare = commitment.paidShare == 1 ? nil : commitment.paidShare
    buyer = commitment.buyer
    prepaidFrom = commitment.prepaid?.start.sinceEpoch
    prepaidHours = commitment.prepaid?.hours
  }

  /// - Throws: a finding where it is none that this version knows.
  func commitment(place: String) throws(FindingsError) -> Commitment {
    guard let product = Product(rawValue: product), let payment = PaymentOption(rawValue: payment),
      let provider = Provider(rawValue: provider), let subject = subject(provider)
    else {
      throw FindingsError([
        LedgerFile.damaged(place, "\(id) is a purchase that this version does not know")
      ])
    }
    var commitment = Commitment(
      id: id, account: account,
      terms: OfferTerms(
        product: product, term: Term(years: termYears), payment: payment,
        pricedFrom: pricedFrom.map(Hour.init(sinceEpoch:))),
      subject: subject, start: Hour(sinceEpoch: start), end: Hour(sinceEpoch: end),
      reach: StoredReach.reach(reach))
    commitment.coversOtherSizes = coversOtherSizes ?? true
    commitment.renews = renews ?? false
    commitment.renewalOf = renewalOf
    commitment.paidShare = paidShare ?? 1
    commitment.buyer = buyer
    if let prepaidFrom, let prepaidHours {
      commitment.prepaid = HourWindow(start: Hour(sinceEpoch: prepaidFrom), hours: prepaidHours)
    }
    return commitment
  }

  private func subject(_ provider: Provider) -> Commitment.Subject? {
    if let hourlyCommitment {
      return .savingsPlan(
        scope: SavingsPlanScope(provider: provider, region: region, family: type),
        hourlyCommitment: hourlyCommitment)
    }
    guard let region, let type, let count, let upfront, let hourly else { return nil }
    return .reservation(
      sku: SKU(
        provider: provider, region: region, instanceType: type, operatingSystem: system ?? "Linux",
        tenancy: tenancy ?? "default"),
      zone: zone, count: count, upfront: upfront, hourly: hourly)
  }

  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}

/// Whose usage a commitment may cover, as a text: `account`, `group:web`, `group-first:web`; nil:
/// shared.
enum StoredReach {
  static func text(_ reach: Commitment.Reach) -> String? {
    switch reach {
    case .shared: nil
    case .account: "account"
    case .group(let name): "group:\(name)"
    case .groupFirst(let name): "group-first:\(name)"
    }
  }

  static func reach(_ text: String?) -> Commitment.Reach {
    guard let text else { return .shared }
    if text.hasPrefix("group:") { return .group(String(text.dropFirst(6))) }
    if text.hasPrefix("group-first:") { return .groupFirst(String(text.dropFirst(12))) }
    return text == "account" ? .account : .shared
  }
}
