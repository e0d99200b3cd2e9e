import Scenarios

/// The keys of a scenario file, section by section.
enum KeysPage {
  static var text: String {
    ([""] + KeysTable.sections).map(section).joined(separator: "\n")
  }

  private static func section(_ name: String) -> String {
    let keys = ScenarioSchema.all.filter { $0.section == name }
    let rows = keys.map { key in
      [
        ReferencePage.code(key.name), key.kind.words,
        key.usual, key.meaning,
      ]
    }
    return "## \(name.isEmpty ? "The file" : name)\n\n"
      + ReferencePage.table(["key", "value", "default", "meaning"], rows)
  }
}
