import CloudCosts

/// What a provider recommends to buy, as commitments that start where the plan does.
package struct RecommendedPurchases: Sendable {
  package var commitments: [Commitment]
  /// The file, as its user calls it.
  package var file: String
  /// So many more are recommended and cannot be judged.
  package var leftOut = 0

  package init(commitments: [Commitment], file: String, leftOut: Int = 0) {
    self.commitments = commitments
    self.file = file
    self.leftOut = leftOut
  }

  /// Each way of buying by itself: of one usage plans, Standard and Convertible reservations, other
  /// terms and payments are alternatives, each recommended as if the others were not bought.
  package var alternatives: [RecommendedPurchases] {
    func isOfMachines(_ commitment: Commitment) -> Bool {
      let product = commitment.terms.product
      return [.standardRI, .convertibleRI, .computeSavingsPlan, .ec2InstanceSavingsPlan].contains(
        product)
    }
    let machines = Set(commitments.filter(isOfMachines).map(\.terms))
    let others = Set(commitments.filter { !isOfMachines($0) }.map { $0.terms.conditions })
    let alone = others.subtracting(machines.map(\.conditions))
    guard machines.count + alone.count > 1 else { return [self] }
    let ways =
      machines.sorted().map { terms in
        (
          terms.words,
          commitments.filter {
            isOfMachines($0) ? $0.terms == terms : $0.terms.conditions == terms.conditions
          }
        )
      }
      + alone.sorted().map { conditions in
        (conditions.words, commitments.filter { $0.terms.conditions == conditions })
      }
    return ways.enumerated().map { index, way in
      RecommendedPurchases(
        commitments: way.1, file: "\(file), \(way.0)", leftOut: index == 0 ? leftOut : 0)
    }
  }
}

extension OfferTerms {
  /// Term and payment, whatever is bought.
  fileprivate struct Conditions: Hashable, Comparable {
    var term: Term
    var payment: PaymentOption

    var words: String { "\(term.years) y \(payment.rawValue)" }

    static func < (a: Conditions, b: Conditions) -> Bool {
      (a.term.years, a.payment.rawValue) < (b.term.years, b.payment.rawValue)
    }
  }

  fileprivate var conditions: Conditions { Conditions(term: term, payment: payment) }
}

/// Reads purchase recommendations of AWS Cost Explorer: `aws ce
/// get-savings-plans-purchase-recommendation` and `get-reservation-purchase-recommendation`.
///
/// Prices are those of the price book, so that the recommendation and our plan are judged alike. An
/// entry that cannot be judged is left out, with what it says that it saves; the others are judged.
package final class RecommendationReader {
  private var log: FindingLog
  private let file: InputFile
  private let prices: PriceList
  private let currency: String?
  private let start: Hour
  private var commitments: [Commitment] = []
  private var isKnown = false
  private var leftOut = 0
  /// What the entry that is read says that it saves in a month.
  private var saving: (amount: Double, currency: String)?

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
  package static func read(
    _ file: InputFile, prices: PriceList, currency: String? = nil, start: Hour
  ) -> Reading<RecommendedPurchases> {
    RecommendationReader(file, prices: prices, currency: currency, start: start).read()
  }

  private func read() -> Reading<RecommendedPurchases> {
    do {
      try JSONReader.read(
        file,
        at: [
          "SavingsPlansPurchaseRecommendation", "Recommendations/[]", "NextPageToken",
          // Several answers in one list (`jq -s`).
          "[]/SavingsPlansPurchaseRecommendation", "[]/Recommendations/[]", "[]/NextPageToken",
        ]
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
    } else if commitments.isEmpty, leftOut == 0, !log.hasErrors {
      log.add(
        .note, "nothing", line: nil, "the provider recommends to buy nothing",
        remedy: "nothing, if that is so")
    }
    return Reading(
      value: RecommendedPurchases(commitments: commitments, file: file.name, leftOut: leftOut),
      findings: log.finished())
  }

  private func entry(_ element: JSONElement) {
    switch element.path.steps.last {
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

  /// Leaves an entry out, with its money, and returns nil, for guards.
  @discardableResult
  private func problem<Value>(
    _ rule: String, _ line: Int, _ message: String, _ remedy: String
  ) -> Value? {
    leftOut += 1
    let money =
      saving.map {
        "; it says that it saves \(Money(rounding: $0.amount).formatted(decimals: 2))"
          + " \($0.currency) a month"
      } ?? ""
    log.add(
      .warning, rule, line: line, "\(message): it is left out of what is judged\(money)",
      remedy: remedy)
    return nil
  }

  private func leaveOut(_ rule: String, _ line: Int, _ message: String, _ remedy: String) {
    let _: Never? = problem(rule, line, message, remedy)
  }

  /// What an entry and its details say that they save.
  private func note(_ details: [JSONValue]) {
    let amounts = details.compactMap { $0["EstimatedMonthlySavingsAmount"]?.number }
    saving =
      amounts.isEmpty
      ? nil
      : (
        amounts.reduce(0, +),
        details.lazy.compactMap { $0["CurrencyCode"]?.text }.first ?? currency ?? ""
      )
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

  private func terms(_ value: JSONValue, _ product: Product, line: Int) -> OfferTerms? {
    guard let term = word(value, "TermInYears", line: line, AWSTerms.term),
      let payment = word(value, "PaymentOption", line: line, AWSTerms.payment)
    else { return nil }
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
    leaveOut(
      "other-currency", line,
      "the recommendation is in \(code.quoted), the scenario in \(currency.quoted)",
      "give all prices in one currency, or set the scenario's")
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
    note(details)
    guard let product = word(value, "SavingsPlansType", line: line, Product.init(word:)),
      let terms = terms(value, product, line: line)
    else { return }
    // Without rates it would cover nothing, and seem to be all loss.
    guard prices.rows.contains(where: { $0.offer == terms }) else {
      return leaveOut(
        "no-rates", line, "\(prices.file) has no rates for the recommended \(terms.words)",
        "add the plan's rates to the price book")
    }
    let isLinked = value["AccountScope"]?.text == "LINKED"
    for detail in details {
      note([detail])
      guard let hourly = amount(detail, "HourlyCommitmentToPurchase", line: line),
        accepts(detail, line: line), hourly > 0
      else { continue }
      var scope = SavingsPlanScope(provider: .aws)
      if terms.product.scope == .family {
        let plan = detail["SavingsPlansDetails"]
        guard let region = plan?["Region"]?.text, let family = plan?["InstanceFamily"]?.text else {
          leaveOut(
            "missing-field", line,
            "an EC2 Instance plan is recommended without Region and InstanceFamily",
            "export the recommendation again")
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
    let details = value["RecommendationDetails"]?.elements ?? []
    note(details)
    let offeringClass = value["ServiceSpecification", "EC2Specification", "OfferingClass"]?.text
    let isLinked = value["AccountScope"]?.text == "LINKED"
    for detail in details {
      note([detail])
      guard let wanted = RecommendedReservation(detail) else {
        leaveOut(
          "left-aside", line,
          "a recommendation for \(RecommendedReservation.kind(of: detail)) is of nothing known here",
          "nothing; judge it by the provider's own figures")
        continue
      }
      let product =
        wanted.sku.service.isMachines
        ? AWSTerms.offeringClass(offeringClass ?? "standard")
        : Product.covering(wanted.sku.service, money: false)
      guard let product, let terms = terms(value, product, line: line),
        let count = amount(detail, wanted.count, line: line), accepts(detail, line: line),
        count > 0
      else { continue }
      guard let price = prices.rows.first(where: { $0.sku == wanted.sku && $0.offer == terms })
      else {
        leaveOut(
          "no-price", line, "\(prices.file) has no \(terms.words) of \(wanted.sku)",
          "add it to the price book, so that the recommendation can be judged")
        continue
      }
      add(
        terms,
        .reservation(
          sku: wanted.sku, zone: nil, count: count.rounded(), upfront: price.upfront,
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
