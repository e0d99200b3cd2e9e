/// One number of a policy that can give way alone.
package enum PolicyKnob: Hashable, Sendable {
  case limit(PolicyLimit)
  case maxPurchases
  case maxBreakEvenMonths
  /// `min_coverage_by`, and `max_coverage_by`.
  case floor(UsageName)
  case cap(UsageName)

  /// Whose usage a share is of.
  package enum UsageName: Hashable, Sendable {
    case family(String)
    case account(String)
  }

  /// The number that a row of the model is about: `min_coverage_by family m5`.
  package init?(row: String) {
    let words = row.split(separator: " ", maxSplits: 2).map(String.init)
    switch words.first {
    case "max_purchases": self = .maxPurchases
    case "min_coverage_by", "max_coverage_by":
      guard words.count == 3 else { return nil }
      let name: UsageName = words[1] == "family" ? .family(words[2]) : .account(words[2])
      self = words[0] == "min_coverage_by" ? .floor(name) : .cap(name)
    default:
      guard let limit = PolicyLimit(row: row) else { return nil }
      self = .limit(limit)
    }
  }

  /// The number behind a scenario's key: `max_upfront`, `min_coverage_by.family.m5`.
  package init?(key: String) {
    let words = key.split(separator: ".", maxSplits: 2).map(String.init)
    if words.count == 3 {
      guard words[0].hasSuffix("_coverage_by"), ["family", "account"].contains(words[1]) else {
        return nil
      }
      self.init(row: words.joined(separator: " "))
    } else {
      guard let known = PolicyKnob.unnamed.first(where: { $0.key == key }) else { return nil }
      self = known
    }
  }

  /// Every one that needs no name of usage.
  package static let unnamed: [PolicyKnob] =
    PolicyLimit.allCases.map(PolicyKnob.limit) + [.maxPurchases, .maxBreakEvenMonths]

  /// Whether it asks for at least so much: then less is looser.
  package var isFloor: Bool {
    switch self {
    case .limit(let limit): limit.isFloor
    case .floor: true
    case .maxPurchases, .maxBreakEvenMonths, .cap: false
    }
  }

  package var unit: PolicyUnit {
    switch self {
    case .limit(let limit): limit.row.unit
    case .floor, .cap: .share
    case .maxPurchases: .count
    case .maxBreakEvenMonths: .months
    }
  }

  /// Whether it is a share of something, 0 to 1.
  package var isShare: Bool { unit == .share }

  /// Whether only whole numbers make sense.
  package var isWhole: Bool { unit.isWhole }

  /// What is limited, as part of a sentence.
  package var noun: String {
    switch self {
    case .limit(let limit): limit.row.noun
    case .maxPurchases: "the number of purchases"
    case .maxBreakEvenMonths: "the months in which an upfront must be repaid"
    case .floor(let usage): "the share of \(usage.words) that must be covered"
    case .cap(let usage): "the share of \(usage.words) that may be covered"
    }
  }

  /// As scenarios write it: `min_coverage_by.family.m5`.
  package var key: String {
    switch self {
    case .limit(let limit): limit.rawValue
    case .maxPurchases: "max_purchases"
    case .maxBreakEvenMonths: "max_break_even_months"
    case .floor(let usage): "min_coverage_by.\(usage.key)"
    case .cap(let usage): "max_coverage_by.\(usage.key)"
    }
  }

  /// The limit from the other side on the same share: a cap's floor, a floor's cap.
  package var opposite: PolicyKnob? {
    switch self {
    case .limit(.minCoverage): .limit(.maxCoverage)
    case .limit(.maxCoverage): .limit(.minCoverage)
    case .floor(let usage): .cap(usage)
    case .cap(let usage): .floor(usage)
    default: nil
    }
  }
}

extension PolicyKnob.UsageName {
  fileprivate var key: String {
    switch self {
    case .family(let name): "family.\(name)"
    case .account(let name): "account.\(name)"
    }
  }

  fileprivate var words: String {
    switch self {
    case .family(let name): "family \(name)"
    case .account(let name): "account \(name)"
    }
  }
}

extension Policy {
  /// Nil: there is no such limit.
  package subscript(knob: PolicyKnob) -> Double? {
    get {
      switch knob {
      case .limit(let limit): self[limit]
      case .maxPurchases: maxPurchases.map(Double.init)
      case .maxBreakEvenMonths: maxBreakEvenMonths.map(Double.init)
      case .floor(let usage): minCoverageBy[usage]
      case .cap(let usage): maxCoverageBy[usage]
      }
    }
    set {
      switch knob {
      case .limit(let limit): self[limit] = newValue
      case .maxPurchases: maxPurchases = newValue.map { Int(min(1e9, max(0, $0))) }
      case .maxBreakEvenMonths:
        maxBreakEvenMonths = newValue.map { Int(min(1e9, max(1, $0))) }
      case .floor(let usage): minCoverageBy[usage] = newValue
      case .cap(let usage): maxCoverageBy[usage] = newValue
      }
    }
  }
}

extension UsageShares {
  fileprivate subscript(usage: PolicyKnob.UsageName) -> Double? {
    get {
      switch usage {
      case .family(let name): families[name]
      case .account(let name): accounts[name]
      }
    }
    set {
      switch usage {
      case .family(let name): families[name] = newValue
      case .account(let name): accounts[name] = newValue
      }
    }
  }
}
