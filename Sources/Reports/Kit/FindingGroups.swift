import CloudCosts

/// Findings of one rule that ask for the same remedy, with all the places that they concern: what
/// repeats is read once.
struct FindingGroup {
  var severity: Finding.Severity
  var rule: String
  var remedy: String
  /// Each message once, with its places.
  var messages: [(text: String, places: [String])] = []

  /// The gravest first, otherwise in the order of first appearance.
  static func all(of findings: [RunDocument.Note]) -> [FindingGroup] {
    var groups: [FindingGroup] = []
    for note in findings {
      let known = groups.firstIndex {
        $0.severity == note.severity && $0.rule == note.rule && $0.remedy == note.remedy
      }
      let g = known ?? groups.count
      if known == nil {
        groups.append(FindingGroup(severity: note.severity, rule: note.rule, remedy: note.remedy))
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
}
