import CloudCosts

/// Findings for a terminal: the gravest first, each rule once, with all the places that it
/// concerns.
struct FindingsText {
  let lines: [String]

  /// How many different messages of one rule are reported; the JSON document has them all.
  private static let limit = 6

  /// Findings of one rule that ask for the same remedy.
  private struct Group {
    var severity: Finding.Severity
    var rule: String
    var remedy: String
    /// Each message once, with its places.
    var messages: [(text: String, places: [String])] = []
  }

  init(_ findings: [RunDocument.Note]) {
    let groups = FindingsText.groups(findings)
    lines = groups.isEmpty ? [] : ["", "Findings"] + groups.flatMap(FindingsText.lines)
  }

  private static func groups(_ findings: [RunDocument.Note]) -> [Group] {
    var groups: [Group] = []
    for note in findings {
      let known = groups.firstIndex {
        $0.severity == note.severity && $0.rule == note.rule && $0.remedy == note.remedy
      }
      let g = known ?? groups.count
      if known == nil {
        groups.append(Group(severity: note.severity, rule: note.rule, remedy: note.remedy))
      }
      if let m = groups[g].messages.firstIndex(where: { $0.text == note.message }) {
        groups[g].messages[m].places.append(note.place)
      } else {
        groups[g].messages.append((note.message, [note.place]))
      }
    }
    return groups.enumerated().sorted {
      ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset)
    }.map(\.element)
  }

  private static func lines(_ group: Group) -> [String] {
    let head = "\(group.severity.rawValue) [\(group.rule)] "
    let told = group.messages.prefix(limit).enumerated().flatMap { index, message in
      Printable.wrapped(
        (index == 0 ? head : "") + message.places.joined(separator: ", ") + ": " + message.text,
        indent: index == 0 ? "  " : "    ", hanging: "    ")
    }
    let more = group.messages.count - limit
    let rest = more > 0 ? ["    … and \(more) more of these, see --json"] : []
    return told + rest + Printable.wrapped(group.remedy, indent: "    → ", hanging: "      ")
  }
}
