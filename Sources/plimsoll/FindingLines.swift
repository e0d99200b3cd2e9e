import CloudCosts

extension Console {
  /// Says what was found on standard error: the gravest first, and what repeats once, with its
  /// places and how many there are.
  static func report(_ findings: [Finding]) {
    for repeated in RepeatedFinding.all(of: findings) {
      error(repeated.first.text(isColoured: isColoured, also: repeated.others))
    }
  }
}

/// Findings that say the same of several places.
struct RepeatedFinding {
  var first: Finding
  /// The other places, in their order.
  var others: [String] = []

  /// The gravest first, otherwise in the order of the first place.
  static func all(of findings: [Finding]) -> [RepeatedFinding] {
    var known: [Finding: Int] = [:]
    var groups: [RepeatedFinding] = []
    for finding in findings.sorted(by: { $0.severity > $1.severity }) {
      var key = finding
      key.place = ""
      if let index = known[key] {
        groups[index].others.append(finding.place)
      } else {
        known[key] = groups.count
        groups.append(RepeatedFinding(first: finding))
      }
    }
    return groups
  }
}

extension Finding {
  /// How many other places are named one by one.
  private static let most = 5

  /// `error: usage.csv:17: message (rule)`, the remedy on a line of its own, and where else it is
  /// so.
  func text(isColoured: Bool = false, also places: [String] = []) -> String {
    let head = isColoured ? colour + severity.rawValue + "\u{1B}[0m" : severity.rawValue
    let named = places.prefix(Self.most).joined(separator: ", ")
    let rest = places.count - Self.most
    let also =
      places.isEmpty
      ? ""
      : "\n  \(places.count + 1) times: also \(named)" + (rest > 0 ? ", and \(rest) more" : "")
    return head
      + Console.printable(": \(place): \(message) (\(rule))\(also)\n  remedy: \(remedy)")
  }

  private var colour: String {
    switch severity {
    case .error: "\u{1B}[1;31m"
    case .warning: "\u{1B}[1;33m"
    case .note: "\u{1B}[1m"
    }
  }
}
