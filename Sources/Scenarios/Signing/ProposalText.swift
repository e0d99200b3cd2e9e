import CloudCosts
import Foundation
import Ingest

/// Reads a purchase as a person writes it: `sp-compute 3y no-upfront 12.5/h`,
/// `ri-standard 1y partial-upfront 40 m5.xlarge us-east-1`.
///
/// Words may come in any order: product, term, payment, amount; region, zone, instance type or
/// family, operating system, `account=…`, `start=2025-01-01`. A word is what the scenario's prices
/// know it as. None of them is said twice: `1,5/h` is two amounts.
struct ProposalText {
  let prices: PriceBook
  let demand: Demand
  private(set) var findings: [Finding] = []
  private lazy var known = Nouns(prices, demand)

  init(prices: PriceBook, demand: Demand) {
    self.prices = prices
    self.demand = demand
  }

  /// Nil, with findings, where a word cannot be understood or one is missing.
  mutating func purchase(_ text: String, place: String) -> ProposedPurchase? {
    var words = Words()
    let before = findings.count
    for word in text.split(whereSeparator: { $0 == " " || $0 == "," }).map(String.init) {
      read(word, into: &words, place)
    }
    guard let product = words.product else {
      return missing("a product", Product.allCases.dropFirst().map(\.rawValue), text, place)
    }
    guard let term = words.term else { return missing("a term", ["1y", "3y"], text, place) }
    guard let payment = words.payment else {
      return missing("a payment", PaymentOption.allCases.map(\.rawValue), text, place)
    }
    guard let amount = words.amount else {
      return missing(
        "an amount", [product.isReservation ? "40 (instances)" : "12.5/h (money per hour)"], text,
        place)
    }
    guard findings.count == before, amountFits(words, product, text, place) else { return nil }
    return ProposedPurchase(
      terms: OfferTerms(product: product, term: term, payment: payment), amount: amount,
      region: words.region, instanceType: words.type, operatingSystem: words.system,
      tenancy: words.tenancy, zone: words.zone, account: words.account, start: words.start,
      place: place)
  }

  private struct Words {
    var product: Product?
    var term: Term?
    var payment: PaymentOption?
    var amount: Double?
    var isPerHour = false
    var region = ""
    var zone = ""
    var type = ""
    var system = ""
    var tenancy = ""
    var account = ""
    var start: Hour?
    /// What was said of each part.
    var said: [Part: String] = [:]
  }

  private enum Part: String {
    case product, term, payment, amount, region, zone, type = "instance type"
    case system = "operating system", tenancy, account, start
  }

  /// The word that would have won is no better than the other one.
  private mutating func take(
    _ part: Part, _ word: String, _ words: inout Words, _ place: String
  ) {
    guard let first = words.said.updateValue(word, forKey: part), first != word else { return }
    findings.append(
      Finding(
        .error, rule: "judge.said-twice", place: place,
        message: "two words say the \(part.rawValue): \(first.quoted) and \(word.quoted)",
        remedy: part == .amount
          ? "write one number with a point, such as 12.5/h; another purchase is another --buy"
          : "leave one of them out; another purchase is another --buy"))
  }

  private mutating func read(_ word: String, into words: inout Words, _ place: String) {
    if let product = Product(rawValue: word), product != .onDemand {
      words.product = product
      take(.product, word, &words, place)
    } else if let payment = PaymentOption(rawValue: word) {
      words.payment = payment
      take(.payment, word, &words, place)
    } else if let years = ["1y": 1, "3y": 3, "1yr": 1, "3yr": 3][word.lowercased()] {
      words.term = Term(years: years)
      take(.term, word, &words, place)
    } else if let amount = amount(word) {
      (words.amount, words.isPerHour) = amount
      take(.amount, word, &words, place)
    } else if word.hasPrefix("account=") {
      words.account = String(word.dropFirst(8))
      take(.account, words.account, &words, place)
    } else if word.hasPrefix("start=") {
      words.start = start(String(word.dropFirst(6)), place)
      take(.start, word, &words, place)
    } else {
      readNoun(word, into: &words, place)
    }
  }

  /// `12.5/h`, `$12.5/h`, `40`, `40x`; nil where it is no amount.
  private func amount(_ word: String) -> (Double, isPerHour: Bool)? {
    var text = Substring(word)
    let isPerHour = text.hasSuffix("/h")
    if isPerHour { text = text.dropLast(2) }
    if text.hasPrefix("$") || text.hasPrefix("€") { text = text.dropFirst() }
    if !isPerHour, text.hasSuffix("x") || text.hasSuffix("×") { text = text.dropLast() }
    guard text.allSatisfy({ "0123456789._".contains($0) }),
      let number = Double(text.replacing("_", with: "")), number > 0, number <= 1e9
    else { return nil }
    return (number, isPerHour)
  }

  private mutating func start(_ text: String, _ place: String) -> Hour? {
    do {
      return try Timestamp.parse(text.count == 10 ? text + "T00:00:00Z" : text)
    } catch {
      findings.append(
        Finding(
          .error, rule: "judge.\(error.rule)", place: place,
          message: "start \(text.quoted) \(error.complaint)", remedy: "write start=2025-01-01"))
      return nil
    }
  }

  private mutating func readNoun(_ word: String, into words: inout Words, _ place: String) {
    if known.regions.contains(word) {
      words.region = word
      take(.region, word, &words, place)
    } else if known.types.contains(word) || known.families.contains(word) {
      words.type = word
      take(.type, word, &words, place)
    } else if known.systems.contains(word) {
      words.system = word
      take(.system, word, &words, place)
    } else if known.zones.contains(word) {
      words.zone = word
      take(.zone, word, &words, place)
    } else if known.tenancies.contains(word) {
      words.tenancy = word
      take(.tenancy, word, &words, place)
    } else if known.accounts.contains(word) {
      words.account = word
      take(.account, word, &words, place)
    } else {
      let near = Spelling.nearest(
        to: word,
        in: known.all + Product.allCases.map(\.rawValue) + PaymentOption.allCases.map(\.rawValue))
      findings.append(
        Finding(
          .error, rule: "judge.unknown-word", place: place,
          message: "the scenario's prices and usage do not know \(word.quoted)",
          remedy: near.map { "did you mean \($0.quoted)?" }
            ?? "write it as: sp-compute 3y no-upfront 12.5/h, or ri-standard 1y no-upfront 40 m5.large us-east-1"
        ))
    }
  }

  private mutating func amountFits(
    _ words: Words, _ product: Product, _ text: String, _ place: String
  ) -> Bool {
    guard words.isPerHour == product.isReservation else { return true }
    findings.append(
      Finding(
        .error, rule: "judge.wrong-amount", place: place,
        message: product.isReservation
          ? "\(product.rawValue) is bought in instances, and \(text.quoted) states money per hour"
          : "\(product.rawValue) is bought as money per hour, and \(text.quoted) states none",
        remedy: product.isReservation ? "write a number, such as 40" : "write 12.5/h"))
    return false
  }

  private mutating func missing(
    _ what: String, _ examples: [String], _ text: String, _ place: String
  ) -> ProposedPurchase? {
    findings.append(
      Finding(
        .error, rule: "judge.missing-word", place: place,
        message: "\(text.quoted) names no \(what.dropFirst(what.hasPrefix("an ") ? 3 : 2))",
        remedy: "add one of \(examples.joined(separator: ", "))"))
    return nil
  }
}

/// What words may mean, by the scenario's prices and usage.
private struct Nouns {
  var regions: Set<String> = []
  var types: Set<String> = []
  var families: Set<String> = []
  var systems: Set<String> = []
  var tenancies: Set<String> = []
  var zones: Set<String> = []
  var accounts: Set<String> = []

  init(_ prices: PriceBook, _ demand: Demand) {
    for sku in Array(prices.onDemand.keys) + prices.reservations.map(\.sku) { add(sku) }
    for offer in prices.reservations { if let zone = offer.zone { zones.insert(zone) } }
    for group in demand.groups {
      add(group.sku)
      accounts.insert(group.account)
    }
    zones.remove("")
    accounts.remove("")
  }

  private mutating func add(_ sku: SKU) {
    regions.insert(sku.region)
    types.insert(sku.instanceType)
    families.insert(sku.family)
    systems.insert(sku.operatingSystem)
    tenancies.insert(sku.tenancy)
    zones.insert(sku.zone)
  }

  /// Sorted, so that a guess is always the same.
  var all: [String] {
    [regions, types, families, systems, accounts].flatMap { $0.sorted() }
  }
}
