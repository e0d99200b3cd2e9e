import CloudCosts

/// Rates that no price file states, by rules that have a source. Each is marked as derived wherever
/// it is shown.
enum DerivedRates {
  /// A rule in words, for outputs.
  struct Rate {
    var terms: OfferTerms
    /// Amortised, per instance-hour.
    var hourly: Double
    var rule: String
  }

  /// What a book's entry leaves out.
  ///
  /// - Parameter price: on demand, per instance-hour.
  static func rates(_ entry: [OfferTerms: Double], price: Double, _ sku: SKU) -> [Rate] {
    switch sku.provider {
    case .aws: aws(entry)
    case .azure: azure(entry, price)
    case .gcp: google(price, sku)
    }
  }

  /// Paid partly or all at once: the shares hold in all 25 regions of x2iedn.32xlarge in the AWS
  /// price list of 2026-07 (vantage-sh/ec2instances.info). Savings plans: AWS describes EC2
  /// Instance plans by standard and Compute plans by convertible reservations; six rates of 2026
  /// agree.
  private static func aws(_ entry: [OfferTerms: Double]) -> [Rate] {
    entry.sorted { $0.key < $1.key }.flatMap { terms, hourly -> [Rate] in
      let isOneYear = terms.term == .oneYear
      let isStandard = terms.product == .standardRI
      let partial = hourly / (isOneYear ? 1.05 : 1.08)
      let all = partial * (isOneYear || !isStandard ? 0.98 : 0.94)
      let plan: Product = isStandard ? .ec2InstanceSavingsPlan : .computeSavingsPlan
      func rate(_ product: Product, _ payment: PaymentOption, _ hourly: Double, _ rule: String)
        -> Rate
      {
        Rate(
          terms: OfferTerms(product: product, term: terms.term, payment: payment), hourly: hourly,
          rule: rule)
      }
      let upfront = "no upfront / \(isOneYear ? "1.05" : "1.08")"
      let same = "rate of the \(terms.product.title)"
      return [
        rate(terms.product, .partialUpfront, partial, upfront),
        rate(terms.product, .allUpfront, all, upfront + ", all upfront less"),
        rate(plan, .noUpfront, hourly, same), rate(plan, .partialUpfront, partial, same),
        rate(plan, .allUpfront, all, same),
      ]
    }
  }

  /// Medians of 6,580 one-year rates in five regions (andy-diericks/azure-pricing-radar,
  /// 2026-08-22), of 405 reservations in France Central (cycloidio/terracost, 2021-12), and the
  /// highest of the three three-year rates of D2s v5 (Retail Prices API, 2026-10-02).
  private static func azure(_ entry: [OfferTerms: Double], _ price: Double) -> [Rate] {
    let shares: [(Product, Term, Double)] = [
      (.azureSavingsPlan, .oneYear, 0.69), (.azureSavingsPlan, .threeYears, 0.52),
      (.azureReservation, .oneYear, 0.59), (.azureReservation, .threeYears, 0.38),
    ]
    return shares.compactMap { product, term, share in
      let terms = OfferTerms(product: product, term: term, payment: .noUpfront)
      guard entry[terms] == nil else { return nil }
      return Rate(terms: terms, hourly: price * share, rule: "\(share) of on demand, a median")
    }
  }

  /// Google: what products' rates are of the price on demand, by the catalogue; of machines for the
  /// series that flexible commitments cover.
  static func google(_ price: Double, _ sku: SKU) -> [Rate] {
    guard !sku.service.isMachines || GooglePriceComposer.flexibleSeries.contains(sku.family) else {
      return []
    }
    return Product.sharing(sku.service).flatMap { product in
      [Term.oneYear, .threeYears].compactMap { term in
        product.share(of: sku, term).map { share in
          Rate(
            terms: OfferTerms(product: product, term: term, payment: .noUpfront),
            hourly: price * share, rule: "\(share) of on demand")
        }
      }
    }
  }
}
