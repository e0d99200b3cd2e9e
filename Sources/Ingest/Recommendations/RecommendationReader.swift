import CloudCosts

/// What a provider recommends to buy, as commitments that start where the plan does.
public struct RecommendedPurchases: Sendable {
  public var commitments: [Commitment]
  /// The file, as its user calls it.
  public var file: String

  public init(commitments: [Commitment], file: String) {
    self.commitments = commitments
    self.file = file
  }
}

/// Reads purchase recommendations of AWS Cost Explorer: `aws ce
/// get-savings-plans-purchase-recommendation` and `get-reservation-purchase-recommendation`.
///
/// Prices are those of the price book, so that the recommendation and our plan are judged alike.
public final class RecommendationReader {
  private var log: FindingLog
  private let file: InputFile
  private let prices: PriceList
  private let currency: String?
  private let start: Hour
  private var commitments: [Commitment] = []
  private var isKnown = false

  private init(_ file: InputFile, prices: PriceList, currency: String?, start: Hour) {
    log = FindingLog(file: file.name, kind: "recommendation")
    self.file = file
    self.prices = prices
    self.currency = currency
    self.start = start
  }

  /// - Parameters:
  ///   - currency: the code that stated amounts must have; nil: any.
  ///   - start: when all of it is bought.
  public static func read(
    _ file: InputFile, prices: PriceList, currency: String? = nil, start: Hour
  ) -> Reading<RecommendedPurchases> {
    RecommendationReader(file, prices: prices, currency: currency, start: start).read()
  }

  private func read() -> Reading<RecommendedPurchases> {
    do {
      try JSONReader.read(
        file,
        at: ["SavingsPlansPurchaseRecommendation", "Recommendations/[]", "NextPageToken"]
      ) { element in
        self.entry(element)
        return true
      }
    } catch {
      log.add(error)
    }
    if !isKnown, !log.hasErrors {
      log.add(
        .error, "unknown-format", line: nil,
        "this is no purchase recommendation of Cost Explorer",
        remedy: "export it with aws ce get-savings-plans-purchase-recommendation or"
          + " get-reservation-purchase-recommendation")
    } else if commitments.isEmpty, !log.hasErrors {
      log.add(
        .note, "nothing", line: nil, "the provider recommends to buy nothing",
        remedy: "nothing, if that is so")
    }
    return Reading(
      value: RecommendedPurchases(commitments: commitments, file: file.name),
      findings: log.finished())
  }

  private func entry(_ element: JSONElement) {
    switch element.path {
    case "NextPageToken":
      guard element.value.text != nil else { return }
      log.add(
        .warning, "more-pages", line: element.line,
        "the recommendation goes on: the file has a NextPageToken",
        remedy: "export all pages; without them it is judged by a part")
    case "SavingsPlansPurchaseRecommendation":
      isKnown = true
      savingsPlans(element.value, line: element.line)
    default:
      isKnown = true
      reservations(element.value, line: element.line)
    }
  }

  /// Adds a finding and returns nil, for guards.
  private func problem<Value>(
    _ rule: String, _ line: Int, _ message: String, _ remedy: String
  ) -> Value? {
    log.add(.error, rule, line: line, message, remedy: remedy)
    return nil
  }

  private func word<Value>(
    _ value: JSONValue, _ field: String, line: Int, _ meaning: (String) -> Value?
  ) -> Value? {
    guard let text = value[field]?.text else {
      return problem(
        "missing-field", line, "there is no \(field)", "export the recommendation again")
    }
    return meaning(text)
      ?? problem(
        "unknown-\(field.lowercased())", line, "\(field) is \(text.quoted), which is not known",
        "only what is on sale for 1 and 3 years today can be judged; remove the entry")
  }

  private func terms(_ value: JSONValue, _ product: Product?, line: Int) -> OfferTerms? {
    let term = word(value, "TermInYears", line: line, AWSTerms.term)
    let payment = word(value, "PaymentOption", line: line, AWSTerms.payment)
    guard let product, let term, let payment else { return nil }
    return OfferTerms(product: product, term: term, payment: payment)
  }

  private func amount(_ value: JSONValue, _ field: String, line: Int) -> Double? {
    guard let text = value[field]?.text else {
      return problem(
        "missing-field", line, "a detail has no \(field)", "export the recommendation again")
    }
    guard let number = Number.value(of: text), number >= 0, number <= FindingLog.largestNumber
    else {
      return problem(
        "bad-number", line, "\(field) is \(text.quoted)",
        "it must be a number from 0 on; export the recommendation again")
    }
    return number
  }

  private func accepts(_ detail: JSONValue, line: Int) -> Bool {
    guard let currency, let code = detail["CurrencyCode"]?.text, code != currency else {
      return true
    }
    log.add(
      .error, "other-currency", line: line,
      "the recommendation is in \(code.quoted), the scenario in \(currency.quoted)",
      remedy: "give all prices in one currency, or set the scenario's")
    return false
  }

  private func add(_ terms: OfferTerms, _ subject: Commitment.Subject, account: String) {
    commitments.append(
      Commitment(
        id: "recommended-\(file.name)-\(commitments.count + 1)", account: account, terms: terms,
        subject: subject, start: start, end: start + terms.term.hours))
  }

  private func savingsPlans(_ value: JSONValue, line: Int) {
    let details = value["SavingsPlansPurchaseRecommendationDetails"]?.elements ?? []
    // Where there is nothing to buy, Cost Explorer leaves out the rest too.
    guard !details.isEmpty else { return }
    let product = word(value, "SavingsPlansType", line: line, Product.init(word:))
    guard let terms = terms(value, product, line: line) else { return }
    if !prices.rows.contains(where: { $0.offer == terms }) {
      log.add(
        .warning, "no-rates", line: line,
        "\(prices.file) has no rates for \(terms.words): the recommended plan covers nothing",
        remedy: "add the plan's rates to the price book")
    }
    let isLinked = value["AccountScope"]?.text == "LINKED"
    for detail in details {
      guard let hourly = amount(detail, "HourlyCommitmentToPurchase", line: line),
        accepts(detail, line: line), hourly > 0
      else { continue }
      var scope = SavingsPlanScope(provider: .aws)
      if terms.product.scope == .family {
        let plan = detail["SavingsPlansDetails"]
        guard let region = plan?["Region"]?.text, let family = plan?["InstanceFamily"]?.text else {
          log.add(
            .error, "missing-field", line: line,
            "an EC2 Instance plan is recommended without Region and InstanceFamily",
            remedy: "export the recommendation again")
          continue
        }
        scope.region = AWSRegions.code(named: region) ?? region
        scope.family = family
      }
      add(
        terms, .savingsPlan(scope: scope, hourlyCommitment: hourly),
        account: isLinked ? detail["AccountId"]?.text ?? "" : "")
    }
  }

  private func reservations(_ value: JSONValue, line: Int) {
    let offeringClass = value["ServiceSpecification", "EC2Specification", "OfferingClass"]?.text
    guard let terms = terms(value, AWSTerms.offeringClass(offeringClass ?? ""), line: line) else {
      return
    }
    let isLinked = value["AccountScope"]?.text == "LINKED"
    for detail in value["RecommendationDetails"]?.elements ?? [] {
      guard let machine = detail["InstanceDetails", "EC2InstanceDetails"] else {
        let kind = detail["InstanceDetails"]?.members.first?.key ?? "something else"
        log.add(
          .note, "left-aside", line: line, "a recommendation for \(kind) is left aside",
          remedy: "nothing; only EC2 reservations are judged")
        continue
      }
      guard
        let count = amount(detail, "RecommendedNumberOfInstancesToPurchase", line: line),
        accepts(detail, line: line), count > 0,
        let type = machine["InstanceType"]?.text, let region = machine["Region"]?.text
      else { continue }
      let sku = SKU(
        provider: .aws, region: AWSRegions.code(named: region) ?? region, instanceType: type,
        operatingSystem: AWSPlatform.name(
          productDescription: machine["Platform"]?.text ?? "Linux/UNIX"),
        tenancy: AWSTerms.tenancy(machine["Tenancy"]?.text ?? "default") ?? "dedicated")
      guard let price = prices.rows.first(where: { $0.sku == sku && $0.offer == terms }) else {
        log.add(
          .error, "no-price", line: line, "\(prices.file) has no \(terms.words) of \(sku)",
          remedy: "add it to the price book, so that the recommendation can be judged")
        continue
      }
      add(
        terms,
        .reservation(
          sku: sku, zone: nil, count: count.rounded(), upfront: price.upfront,
          hourly: price.hourly), account: isLinked ? detail["AccountId"]?.text ?? "" : "")
    }
  }
}

extension PriceRow {
  /// What it is bought as; nil on demand.
  fileprivate var offer: OfferTerms? {
    guard let term, let payment else { return nil }
    return OfferTerms(product: product, term: term, payment: payment)
  }
}
