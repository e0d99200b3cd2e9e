import CloudCosts
import Planning

extension Policy {
  /// The limit that a row expresses, with its value, as the scenario writes it: `max_upfront:
  /// 100`.
  ///
  /// A row's name begins with its key; what follows is the part of the limit that it is.
  func describing(_ row: String) -> String {
    let words = row.split(separator: " ", maxSplits: 1).map(String.init)
    guard let key = words.first, let family = PolicyFamily(rawValue: key) else { return row }
    let part = words.count > 1 ? words[1] : ""
    switch family {
    case .minCoverageBy: return describing(key, part, minCoverageBy)
    case .maxCoverageBy: return describing(key, part, maxCoverageBy)
    // Rows of min_utilization are about pools of purchases, which are the program's own notion.
    case .maxUpfrontPerMonth, .maxExpiringPerMonth, .maxEffortPerMonth:
      return value(of: family).map { "\(key): \($0) (\(part))" } ?? row
    default: return value(of: family).map { "\(key): \($0)" } ?? row
    }
  }

  /// `min_coverage_by.family.m5: 0.5`.
  private func describing(_ key: String, _ part: String, _ shares: UsageShares) -> String {
    let words = part.split(separator: " ", maxSplits: 1).map(String.init)
    guard words.count == 2 else { return key }
    let share = (words[0] == "family" ? shares.families : shares.accounts)[words[1]]
    return "\(key).\(words[0]).\(words[1]): \(share ?? 0)"
  }

  /// The value of a limit that is one number; nil where it is not set, or none.
  private func value(of family: PolicyFamily) -> String? {
    switch family {
    case .costOfCapital: return "\(costOfCapital)"
    case .maxActions: return actions.most.map { "\($0)" }
    case .maxRisk: return actions.risk.map { "\($0)" }
    case .maxEffortPerMonth: return actions.effortPerMonth.map { "\($0)" }
    default:
      guard let knob = PolicyKnob(key: family.rawValue), let value = self[knob] else { return nil }
      return knob.isWhole ? "\(Int(value))" : "\(value)"
    }
  }
}
