import CloudCosts
import Scenarios

/// What `plimsoll keys` prints: the keys of a scenario file, from the table that the parser reads
/// by.
package struct KeysTable: Sendable {
  private let keys: [ScenarioKey]

  /// Dot paths of sections; the file itself is the empty one, and not among them.
  package static let sections: [String] = ScenarioSchema.all.map(\.section).reduce(into: []) {
    if !$1.isEmpty, !$0.contains($1) { $0.append($1) }
  }

  /// - Parameter section: with those below it; nil: all.
  package init(section: String? = nil) {
    keys = ScenarioSchema.all.filter { key in
      section.map { key.section == $0 || key.section.hasPrefix($0 + ".") } ?? true
    }
  }

  package var text: String {
    var lines: [String] = []
    for key in keys {
      let usual = key.usual.isEmpty ? "" : "; default \(key.usual)"
      lines += Printable.wrapped("\(key.path)  (\(key.kind.words)\(usual))", hanging: "  ")
      lines += Printable.wrapped(key.meaning, indent: "    ")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  package func json() throws -> String {
    struct Row: Encodable {
      var key: String
      var type: String
      var `default`: String
      var meaning: String
    }
    struct Document: Encodable { var keys: [Row] }
    return try OrderedJSON.text(
      Document(
        keys: keys.map {
          Row(key: $0.path, type: $0.kind.words, default: $0.usual, meaning: $0.meaning)
        }))
  }
}
