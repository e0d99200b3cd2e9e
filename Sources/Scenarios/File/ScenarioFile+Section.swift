import CloudCosts
import Foundation
import Ingest

/// Reads the keys of one section; what is wrong with one is noted, and its default comes back.
struct ScenarioSection {
  /// The dot path; empty for the file itself.
  let path: String
  let line: Int
  let findings: ScenarioFindings
  private let values: [String: ScenarioTree.Entry]

  /// Notes keys that no one knows, and a section that is no map.
  init(_ tree: ScenarioTree, path: String, findings: ScenarioFindings) {
    self.path = path
    line = tree.line
    self.findings = findings
    values = Dictionary(tree.entries.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    switch tree.content {
    case .map, .null: break
    case .list, .scalar:
      findings.add(
        .error, "wrong-type", line: tree.line,
        "\(path.isEmpty ? "the file" : path) must be a map of keys, here it is \(tree.words)",
        remedy: "write the keys \(ScenarioSchema.keys(of: path).joined(separator: ", "))")
    }
    let keys = ScenarioSchema.keys(of: path)
    for entry in tree.entries where !keys.contains(entry.key) {
      findings.add(
        .error, "unknown-key", line: entry.line,
        "\(name(entry.key).quoted) is no key of a scenario",
        remedy: ScenarioSchema.elsewhere(entry.key).map { "did you mean \($0)?" }
          ?? Spelling.remedy(for: entry.key, in: keys))
    }
  }

  func name(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  /// The key's entry; nil where it is absent or `null`.
  func entry(_ key: String) -> ScenarioTree.Entry? {
    values[key].flatMap { $0.value.isNull ? nil : $0 }
  }

  /// Whether the key is there, `null` or not.
  func states(_ key: String) -> Bool { values[key] != nil }

  func section(_ key: String) -> ScenarioSection {
    let none = ScenarioTree(line: line, content: .null)
    return ScenarioSection(values[key]?.value ?? none, path: name(key), findings: findings)
  }

  func wrongType(_ key: String, _ tree: ScenarioTree, expected: String, remedy: String) {
    findings.add(
      .error, "wrong-type", line: tree.line,
      "\(name(key)) must be \(expected), here it is \(tree.words)", remedy: remedy)
  }

  /// A text that is not empty.
  func text(_ key: String) -> String? {
    guard let value = entry(key)?.value else { return nil }
    guard case .scalar(let text, _) = value.content, !text.isEmpty else {
      wrongType(key, value, expected: "a text", remedy: "write a text")
      return nil
    }
    return text
  }

  /// A text that must be there.
  func requiredText(_ key: String, _ example: String) -> String? {
    guard entry(key) == nil else { return text(key) }
    findings.add(
      .error, "missing-key", line: nil, "the key \(name(key).quoted) is missing",
      remedy: "add a line such as \(key): \(example)")
    return nil
  }

  func flag(_ key: String) -> Bool? {
    guard let value = entry(key)?.value else { return nil }
    if case .scalar(let text, true) = value.content {
      if ["true", "True", "yes"].contains(text) { return true }
      if ["false", "False", "no"].contains(text) { return false }
    }
    wrongType(key, value, expected: "true or false", remedy: "write true or false, without quotes")
    return nil
  }

  /// A number in a range; `range` says in words what it must be.
  func number(
    _ key: String, _ range: String, where isAllowed: (Double) -> Bool
  ) -> Double? {
    guard let value = entry(key)?.value else { return nil }
    guard let number = value.number else {
      wrongType(key, value, expected: "a number", remedy: "write a plain number that is \(range)")
      return nil
    }
    guard isAllowed(number) else {
      findings.add(
        .error, "out-of-range", line: value.line,
        "\(name(key)) is \(value.words); it must be \(range)",
        remedy: "write a number that is \(range)")
      return nil
    }
    return number
  }

  /// A limit in money: 0 or more.
  func limit(_ key: String) -> Double? {
    number(key, "0 or more") { $0 >= 0 && $0 <= 1e15 }
  }

  /// A share: 0 to 1.
  func share(_ key: String) -> Double? { number(key, "from 0 to 1") { (0...1).contains($0) } }

  /// A map of names to shares, in the order of the file.
  func shares(_ key: String) -> [(name: String, share: Double, line: Int)] {
    guard let value = entry(key)?.value else { return [] }
    guard case .map(let entries) = value.content else {
      wrongType(
        key, value, expected: "a map of names to shares", remedy: "write it as {name: 0.5}")
      return []
    }
    return entries.compactMap { entry in
      guard !entry.value.isNull else { return nil }
      guard let share = entry.value.number, (0...1).contains(share) else {
        findings.add(
          .error, entry.value.number == nil ? "wrong-type" : "out-of-range",
          line: entry.value.line,
          "\(name(key)).\(entry.key) is \(entry.value.words); it must be a number from 0 to 1",
          remedy: "write a plain number from 0 to 1")
        return nil
      }
      return (entry.key, share, entry.line)
    }
  }

  /// A whole number from `least` on.
  func count(_ key: String, from least: Int) -> Int? {
    number(key, "whole, and \(least) or more") {
      $0 >= Double(least) && $0 <= 1e6 && $0 == $0.rounded()
    }.map { Int($0) }
  }

  func percent(_ key: String) -> Double? {
    number(key, "above 0 and up to 100 (percent)") { $0 > 0 && $0 <= 100 }
  }
}

extension ScenarioTree {
  /// The number that an unquoted scalar is; underscores between digits are read over.
  var number: Double? {
    guard case .scalar(let text, true) = content,
      text.allSatisfy({ "0123456789+-.eE_".contains($0) }),
      let value = Double(text.replacing("_", with: "")), value.isFinite
    else { return nil }
    return value
  }
}
