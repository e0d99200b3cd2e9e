import CloudCosts
import Ingest

// Values that are one, or a list, of a few names.
extension ScenarioSection {
  func choice<Choice: RawRepresentable<String> & CaseIterable>(_ key: String) -> Choice? {
    guard let text = text(key), let line = entry(key)?.value.line else { return nil }
    return choice(text, of: key, from: Choice.allCases.map { $0 }, line: line)
  }

  private func choice<Choice: RawRepresentable<String>>(
    _ text: String, of key: String, from choices: [Choice], line: Int
  ) -> Choice? {
    if let choice = choices.first(where: { $0.rawValue == text }) { return choice }
    findings.add(
      .error, "unknown-value", line: line, "\(name(key)) does not know \(text.quoted)",
      remedy: Spelling.remedy(for: text, in: choices.map(\.rawValue)))
    return nil
  }

  /// A list of names without duplicates; one name counts as a list of one. Nil where the key is
  /// absent or nothing in it can be used.
  func choices<Choice: RawRepresentable<String> & Hashable>(
    _ key: String, from choices: [Choice]
  ) -> [Choice]? {
    list(key, of: "names") { item in
      guard case .scalar(let text, _) = item.content else {
        wrongType(key, item, expected: "a list of names", remedy: "write a name")
        return nil
      }
      return choice(text, of: key, from: choices, line: item.line)
    }
  }

  /// A list of 1 and 3.
  func terms(_ key: String) -> [Term]? {
    list(key, of: "years") { item in
      if let years = item.number, years == 1 || years == 3 { return Term(years: Int(years)) }
      findings.add(
        .error, "unknown-value", line: item.line, "\(name(key)) does not know \(item.words)",
        remedy: "write 1, 3 or both")
      return nil
    }
  }

  /// A list of texts without duplicates; one text counts as a list of one.
  func texts(_ key: String) -> [(text: String, line: Int)] {
    guard entry(key) != nil else { return [] }
    var lines: [String: Int] = [:]
    let texts = list(key, of: "names") { item -> String? in
      guard case .scalar(let text, _) = item.content, !text.isEmpty else {
        wrongType(key, item, expected: "a list of names", remedy: "write a name")
        return nil
      }
      lines[text] = lines[text] ?? item.line
      return text
    }
    return (texts ?? []).map { ($0, lines[$0] ?? line) }
  }

  private func list<Element: Hashable>(
    _ key: String, of what: String, _ element: (ScenarioTree) -> Element?
  ) -> [Element]? {
    guard let value = entry(key)?.value else { return nil }
    let items: [ScenarioTree]
    switch value.content {
    case .list(let list): items = list
    case .scalar: items = [value]
    case .null, .map:
      wrongType(key, value, expected: "a list of \(what)", remedy: "write it as [a, b]")
      return nil
    }
    guard !items.isEmpty else {
      findings.add(
        .error, "empty-list", line: value.line, "\(name(key)) is an empty list",
        remedy: "name at least one, or remove the key to allow all")
      return nil
    }
    var seen: Set<Element> = []
    return items.compactMap(element).filter { seen.insert($0).inserted }
  }
}
