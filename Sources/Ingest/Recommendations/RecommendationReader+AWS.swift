import CloudCosts

/// Purchase recommendations of AWS Cost Explorer.
extension RecommendationReader {
  /// `SavingsPlansPurchaseRecommendation` of Cost Explorer.
  func plansOfAWS(_ value: JSONValue, line: Int) {
    isKnown = true
    let details = value["SavingsPlansPurchaseRecommendationDetails"]?.elements ?? []
    // Where there is nothing to buy, Cost Explorer leaves out the rest too.
    guard !details.isEmpty else { return }
    note(details)
    guard let product = word(value, "SavingsPlansType", line: line, Product.init(word:)),
      let terms = terms(value, product, line: line), hasRates(terms, line: line)
    else { return }
    let isLinked = value["AccountScope"]?.text == "LINKED"
    for detail in details {
      note([detail])
      guard let hourly = amount(detail, "HourlyCommitmentToPurchase", line: line),
        accepts(detail["CurrencyCode"]?.text, line: line), hourly > 0
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
        scope.family = family.lowercased()
      }
      add(
        terms, .savingsPlan(scope: scope, hourlyCommitment: hourly),
        account: isLinked ? detail["AccountId"]?.text ?? "" : "", basis: basis(value), line: line)
    }
  }

  /// One of `Recommendations` of Cost Explorer.
  func reservationsOfAWS(_ value: JSONValue, line: Int) {
    isKnown = true
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
        let count = amount(detail, wanted.count, line: line),
        accepts(detail["CurrencyCode"]?.text, line: line), count > 0
      else { continue }
      guard let price = prices.rows.first(where: { $0.sku == wanted.sku && $0.offered == terms })
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
          hourly: price.hourly), account: isLinked ? detail["AccountId"]?.text ?? "" : "",
        basis: basis(value), line: line)
    }
  }

  private func terms(_ value: JSONValue, _ product: Product, line: Int) -> OfferTerms? {
    guard let term = word(value, "TermInYears", line: line, AWSTerms.term),
      let payment = word(value, "PaymentOption", line: line, AWSTerms.payment)
    else { return nil }
    return OfferTerms(product: product, term: term, payment: payment)
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

  private func basis(_ value: JSONValue) -> RecommendationBasis {
    let days = ["SEVEN_DAYS": 7, "THIRTY_DAYS": 30, "SIXTY_DAYS": 60]
    let lookback = value["LookbackPeriodInDays"]?.text ?? ""
    return RecommendationBasis(
      scope: value["AccountScope"]?.text?.lowercased() ?? "",
      lookback: days[lookback].map { "last \($0) days" } ?? lookback.lowercased())
  }
}
