import CloudCosts

/// Findings for a terminal: the gravest first, each rule once, with all the places that it
/// concerns.
struct FindingsText {
  let lines: [String]

  /// How many different messages of one rule are reported; the JSON document has them all.
  private static let limit = 6

  init(_ findings: [RunDocument.Note]) {
    let groups = FindingGroup.all(of: findings)
    lines = groups.isEmpty ? [] : ["", "Findings"] + groups.flatMap(FindingsText.lines)
  }

  private static func lines(_ group: FindingGroup) -> [String] {
    let head = "\(group.severity.rawValue) [\(group.rule)] "
    let shown = group.messages.prefix(limit).enumerated().flatMap { index, message in
      Printable.wrapped(
        (index == 0 ? head : "") + message.places.joined(separator: ", ") + ": " + message.text,
        indent: index == 0 ? "  " : "    ", hanging: "    ")
    }
    let more = group.messages.count - limit
    let rest = more > 0 ? ["    … and \(more) more of these, see --json"] : []
    return shown + rest + Printable.wrapped(group.remedy, indent: "    → ", hanging: "      ")
  }
}
