import Ingest

/// The named overrides of a file, and the scenarios made of them.
struct ScenarioOverrides {
  struct Change {
    /// The dot path, in parts.
    var path: [String]
    var line: Int
    var value: ScenarioTree
  }

  /// In the order of the file.
  private(set) var scenarios: [(name: String, line: Int, overrides: [String])] = []
  private var changes: [String: [Change]] = [:]
  private var order: [String] = []
  private let findings: ScenarioFindings

  /// Notes unknown paths, unknown names, and values of the wrong type.
  init(_ root: ScenarioTree, findings: ScenarioFindings) {
    self.findings = findings
    for entry in root.entries where entry.key == "overrides" { readOverrides(entry.value) }
    for entry in root.entries where entry.key == "scenarios" { readScenarios(entry.value) }
  }

  /// Overrides that no scenario uses, in the order of the file.
  var unused: [String] {
    let used = Set(scenarios.flatMap(\.overrides))
    return order.filter { !used.contains($0) }
  }

  /// The tree with the changes of these overrides, in order: the last one wins.
  func applied(_ names: [String], to root: ScenarioTree) -> ScenarioTree {
    var result = root
    for change in names.flatMap({ changes[$0] ?? [] }) {
      result.set(change.path[...], to: change.value, line: change.line)
    }
    return result
  }

  private mutating func readOverrides(_ tree: ScenarioTree) {
    guard isMap(tree, "overrides", "name: {policy.max_upfront: 1000}") else { return }
    for named in tree.entries {
      order.append(named.key)
      guard isMap(named.value, "overrides.\(named.key)", "{policy.max_upfront: 1000}") else {
        continue
      }
      changes[named.key] = named.value.entries.compactMap { entry in
        guard ScenarioSchema.overridable.contains(entry.key) else {
          findings.add(
            .error, "unknown-key", line: entry.line,
            "override \(named.key.quoted) sets \(entry.key.quoted), which is no key that can be set",
            remedy: ScenarioSchema.nearest(to: entry.key)
              .map { "did you mean '\($0)'?" }
              ?? "write a dot path such as policy.max_upfront")
          return nil
        }
        let path = entry.key.split(separator: ".").map(String.init)
        return Change(path: path, line: entry.line, value: entry.value)
      }
    }
  }

  private mutating func readScenarios(_ tree: ScenarioTree) {
    guard isMap(tree, "scenarios", "name: [override]") else { return }
    for entry in tree.entries {
      guard entry.key != "base" else {
        findings.add(
          .error, "reserved-name", line: entry.line,
          "'base' is the name of the scenario without overrides", remedy: "choose another name")
        continue
      }
      guard let names = names(entry.value, of: entry.key) else { continue }
      for (name, line) in names where !order.contains(name) {
        findings.add(
          .error, "unknown-override", line: line,
          "scenario \(entry.key.quoted) uses \(name.quoted), which is not under overrides",
          remedy: order.isEmpty
            ? "add it under overrides" : Spelling.remedy(for: name, in: order))
      }
      scenarios.append((entry.key, entry.line, names.map(\.name)))
    }
  }

  private func names(_ tree: ScenarioTree, of scenario: String) -> [(name: String, line: Int)]? {
    let items: [ScenarioTree]
    switch tree.content {
    case .list(let list): items = list
    case .scalar: items = [tree]
    case .null: items = []
    case .map: return wrongList(tree, scenario)
    }
    var names: [(name: String, line: Int)] = []
    for item in items {
      guard case .scalar(let name, _) = item.content else { return wrongList(item, scenario) }
      names.append((name, item.line))
    }
    return names
  }

  private func wrongList(
    _ tree: ScenarioTree, _ scenario: String
  ) -> [(name: String, line: Int)]? {
    findings.add(
      .error, "wrong-type", line: tree.line,
      "scenarios.\(scenario) must be a list of overrides, here it is \(tree.words)",
      remedy: "write it as \(scenario): [override, override]")
    return nil
  }

  private func isMap(_ tree: ScenarioTree, _ name: String, _ example: String) -> Bool {
    switch tree.content {
    case .map, .null: return true
    case .list, .scalar:
      findings.add(
        .error, "wrong-type", line: tree.line, "\(name) must be a map, here it is \(tree.words)",
        remedy: "write it as \(example)")
      return false
    }
  }
}

extension ScenarioTree {
  /// Sets what a path names, making the sections on the way. A map is merged into a map key by key,
  /// so that an override of a section leaves the keys alone that it does not name.
  mutating func set(_ path: ArraySlice<String>, to value: ScenarioTree, line: Int) {
    guard let key = path.first else {
      if case .map(let news) = value.content, case .map = content {
        for entry in news { set([entry.key], to: entry.value, line: entry.line) }
      } else {
        self = value
      }
      return
    }
    var entries = entries
    let index = entries.firstIndex { $0.key == key } ?? entries.count
    if index == entries.count {
      let empty = ScenarioTree(line: line, content: .map([]))
      entries.append(Entry(key: key, line: line, value: empty))
    }
    entries[index].value.set(path.dropFirst(), to: value, line: line)
    if path.count == 1 { entries[index].line = line }
    content = .map(entries)
  }
}
