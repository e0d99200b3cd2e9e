import CloudCosts

/// Policies that a team can start from: `policy: {preset: walk}`.
///
/// | preset | terms | payments | three-year share | coverage at most | for |
/// |---|---|---|---|---|---|
/// | `crawl` | 1 year | no upfront | – | 0.6 | a first purchase: only the safe floor, no cash |
/// | `walk` | 1 and 3 years | any | 0.3 | 0.8 | a team that reviews its commitments every month |
/// | `run` | 1 and 3 years | any | 0.5 | 0.95 | a team that forecasts, and buys in steps |
///
/// Keys that stand beside the preset win over it, `null` among them; so do `offers.terms` and
/// `offers.payments`.
public enum Preset: String, Hashable, Sendable, CaseIterable {
  case crawl
  case walk
  case run

  /// The limits.
  public var policy: Policy {
    switch self {
    case .crawl: Policy(maxCoverage: 0.6)
    case .walk: Policy(maxThreeYearShare: 0.3, maxCoverage: 0.8)
    case .run: Policy(maxThreeYearShare: 0.5, maxCoverage: 0.95)
    }
  }

  /// What may be bought.
  public var offers: OfferFilter {
    switch self {
    case .crawl: OfferFilter(terms: [.oneYear], payments: [.noUpfront])
    case .walk, .run: OfferFilter()
    }
  }
}
