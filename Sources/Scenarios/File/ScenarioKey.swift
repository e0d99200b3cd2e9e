import CloudCosts

/// A key of a scenario file: what the parser accepts, what `plimsoll keys` prints, and what the
/// JSON schema for editors states.
package struct ScenarioKey: Hashable, Sendable {
  /// What a value must be.
  package enum Kind: Hashable, Sendable {
    case text
    /// A path, relative to the scenario file.
    case file
    case files
    case date
    /// 0 to 1.
    case share
    /// Currency units, 0 or more.
    case money
    /// Currency units per hour, 0 or more.
    case hourlyMoney
    /// Whole, from the number on.
    case count(from: Int)
    /// In the range that the words say.
    case number(String)
    case flag
    case choice([String])
    case choices([String])
    /// 1, 3 or both.
    case terms
    case names
    /// Names with a value each, such as accounts with a share.
    case map
    case list
    /// Keys of its own.
    case section
  }

  /// The dot path of its section; empty for the file itself.
  package var section: String
  package var name: String
  package var kind: Kind
  /// As a scenario would write it; empty where there is none.
  package var usual: String
  package var meaning: String

  /// The dot path.
  package var path: String { section.isEmpty ? name : "\(section).\(name)" }

  init(_ section: String, _ name: String, _ kind: Kind, _ usual: String, _ meaning: String) {
    self.section = section
    self.name = name
    self.kind = kind
    self.usual = usual
    self.meaning = meaning
  }

  /// A limit of the policy, from its row.
  init(_ limit: PolicyLimit) {
    let kind: Kind =
      switch limit.row.unit {
      case .money: .money
      case .hourlyMoney: .hourlyMoney
      case .share: .share
      case .count: .count(from: 0)
      case .months: .count(from: 1)
      }
    self.init(
      "policy", limit.rawValue, kind, limit == .minPurchase ? "0" : "no limit", limit.row.meaning)
  }
}

extension ScenarioKey.Kind {
  /// For people.
  package var words: String {
    switch self {
    case .text: "text"
    case .file: "file"
    case .files: "file, or a list of files"
    case .date: "date, or date and hour in UTC"
    case .share: "0 to 1"
    case .money: "currency"
    case .hourlyMoney: "currency per hour"
    case .count(let least): "whole number from \(least)"
    case .number(let range): range
    case .flag: "true or false"
    case .choice(let names): names.joined(separator: ", ")
    case .choices(let names): "list of " + names.joined(separator: ", ")
    case .terms: "list of 1, 3"
    case .names: "list of names"
    case .map: "map"
    case .list: "list of maps"
    case .section: "section"
    }
  }
}
