import CloudCosts

/// Policies that a team can start from: `policy: {preset: walk}`.
///
/// | preset | products | terms | payments | three-year share | coverage at most | for |
/// |---|---|---|---|---|---|---|
/// | `crawl` | flexible | 1 year | no upfront | – | 0.6 | a first purchase: nothing that usage can leave, no cash |
/// | `walk` | all for 1 year, flexible for 3 | 1 and 3 years | any | 0.4 | 0.9 | a team that reviews its commitments every month |
/// | `run` | all | 1 and 3 years | any | 0.7 | 0.95 | a team that forecasts, and buys in steps |
///
/// A run that names neither a policy nor a forecast buys as `walk`. Of losing, the worst tenth of
/// futures counts next to what is expected: by 0.4, 0.25 and 0.2.
///
/// Flexible products follow usage from one family and region to another (`Product.followsUsage`):
/// what is locked to a family needs somebody who sees that the family goes. What each preset saved,
/// and at what downside: `scenarios/shaved-ice-backtest`.
///
/// Keys next to the preset win over it, `null` among them; so do those of `offers`.
package enum Preset: String, Hashable, Sendable, CaseIterable {
  case crawl
  case walk
  case run

  /// The limits.
  package var policy: Policy {
    switch self {
    case .crawl: Policy(maxCoverage: 0.6)
    case .walk: Policy(maxThreeYearShare: 0.4, maxCoverage: 0.9)
    case .run: Policy(maxThreeYearShare: 0.7, maxCoverage: 0.95)
    }
  }

  /// How much a loss counts next to what is expected.
  package var risk: RiskSettings {
    switch self {
    case .crawl: RiskSettings(measure: .loss, level: 0.9, weight: 0.4)
    case .walk: RiskSettings(measure: .loss, level: 0.9, weight: 0.25)
    case .run: RiskSettings(measure: .loss, level: 0.9, weight: 0.2)
    }
  }

  /// What may be bought.
  package var offers: OfferFilter {
    let flexible = Set(Product.allCases.filter(\.followsUsage))
    switch self {
    case .crawl:
      return OfferFilter(products: flexible, terms: [.oneYear], payments: [.noUpfront])
    case .walk:
      var offers = OfferFilter()
      offers.locksForThreeYears = false
      return offers
    case .run: return OfferFilter()
    }
  }

  /// What to beware of where nothing that the preset allows is on sale; nil where something is.
  static func nothingOnSale(_ scenario: Scenario, _ prices: PriceBook) -> Finding? {
    guard let preset = scenario.preset else { return nil }
    let terms =
      prices.reservations.map(\.terms) + prices.savingsPlanRates.keys.sorted()
    guard !terms.isEmpty, !terms.contains(where: scenario.offers.allows) else { return nil }
    let names = Set(terms.map(\.product.rawValue)).sorted().joined(separator: ", ")
    return Finding(
      .warning, rule: "scenario.preset-buys-nothing", place: scenario.policyPlace,
      message: "preset \(preset.rawValue) allows nothing that the price file sells (\(names))",
      remedy: "add prices of what it allows, or name products under offers, which wins")
  }
}
