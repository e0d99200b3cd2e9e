import CloudCosts

/// What a row of any export says about itself, in the words that all of them share.
enum BillWord: String, CaseIterable {
  case currency
  /// Who provides the service: `AWS`, `Microsoft`.
  case seller
  /// Who sells it, where that may be another.
  case publisher
  /// The account (subscription, project) that used it.
  case account
  case region, zone
  /// As a person knows it: `Amazon Elastic Compute Cloud`, `Virtual Machines`.
  case service
  /// As the provider's price list does: AWS's product code, Azure's meter category, Google's
  /// service.
  case meterService = "meter_service"
  /// Charge category (FOCUS), line item type (CUR), charge type (Azure), cost type (Google).
  case kind
  case correction, pricing
  /// The id of the commitment that covers, or is.
  case commitment
  /// FOCUS: whether the commitment was `Used` or `Unused`.
  case status
  /// AWS's usage type, Azure's meter subcategory, Google's SKU.
  case usageType = "usage_type"
  /// AWS's operation, Azure's meter name.
  case operation
  /// Where the machine's type is found: attributes of the SKU, AdditionalInfo, a machine label.
  case details
  case tenancy
  /// AWS: `Bring your own license`; Azure: the benefit that is applied.
  case licence
  case description
  /// Of the quantity: `Hrs`, `seconds`.
  case unit
  /// `1` where usage costs nothing, and nothing in its row says that it is free: a commitment that
  /// the row does not name may have paid for it; `free` where the row says so; `priced` where the
  /// row says that it is priced on demand, and costs nothing. What it is, `BillKeyTable` looks at.
  case uncharged

  /// A name that no keyword of SQL takes away.
  var sql: String { "w_\(rawValue)" }
}

/// The words of a row.
struct BillWords {
  private var texts: [String]

  init(_ text: (BillWord) -> String) { texts = BillWord.allCases.map(text) }

  subscript(_ word: BillWord) -> String {
    get { BillWords.position[word].map { texts[$0] } ?? "" }
    set { if let position = BillWords.position[word] { texts[position] = newValue } }
  }

  /// In small letters, without spaces around it.
  func lower(_ word: BillWord) -> String { self[word].lowercased() }

  private static let position = Dictionary(
    BillWord.allCases.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
}

extension BillWords {
  /// Nil for one whose commitments are not known here.
  var provider: Provider? { Provider(rawValue: providerName) }

  /// `aws`, `azure`, `gcp`, or the seller's name in small letters.
  var providerName: String {
    let seller = lower(.seller)
    if seller.contains("amazon") || seller == "aws" { return "aws" }
    if seller.contains("microsoft") || seller.contains("azure") { return "azure" }
    if seller.contains("google") || seller == "gcp" { return "gcp" }
    return seller
  }

  /// The region as prices name it: Azure's bills have several names for each.
  var place: String {
    provider == .azure ? AzureRegions.code(named: self[.region]) : self[.region]
  }

  /// Who used it, as the provider's other files name it.
  var owner: String { AccountName.of(self[.account], provider) }

  /// Sold by another than the provider.
  var isForeign: Bool {
    let publisher = lower(.publisher)
    guard !publisher.isEmpty, publisher != lower(.seller) else { return false }
    return !publisher.hasPrefix("aws") && !BillWords.own.contains(where: publisher.contains)
  }

  /// In names of those who sell a provider's own services: itself, and who operates its regions in
  /// China (AWS: Sinnet and NWCD; Azure: 21Vianet and its Shanghai Blue Cloud).
  private static let own = [
    "amazon", "microsoft", "azure", "google", "sinnet", "nwcd", "western cloud data", "vianet",
    "blue cloud",
  ]
}
