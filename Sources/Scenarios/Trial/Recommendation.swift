import CloudCosts

/// Which outcome of a run to recommend, and what it is compared with: the rule for all reports.
package enum Recommendation {
  /// Of outcomes with a plan, the one with the lowest bill, and of equal ones the one that decides
  /// most.
  ///
  /// A combined plan may be more expensive than a committed one by the solver's gap, or because the
  /// search was stopped early.
  package static func best<Entry>(
    of entries: [Entry], kind: (Entry) -> OutcomeKind?, cost: (Entry) -> Money
  ) -> Entry? {
    [OutcomeKind.combined, .committed, .rightsized].compactMap { wanted in
      entries.first { kind($0) == wanted }
    }.min { cost($0) < cost($1) }
  }

  /// What a plan's bill is compared with: what is paid today (`current`); without that, all usage
  /// on demand.
  package static func baseline(
    current: Money?, onDemand: Money
  ) -> (cost: Money, kind: OutcomeKind) {
    current.map { ($0, .current) } ?? (onDemand, .onDemand)
  }
}
