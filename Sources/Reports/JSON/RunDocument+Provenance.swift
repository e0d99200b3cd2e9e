import CloudCosts
import Ingest
import Scenarios

extension RunDocument {
  /// Where the scenario is that a document was made from; nil where it names none.
  ///
  /// - Parameter path: of the document.
  package func sourcePath(of path: String) -> String? {
    source.map { DocumentFolder(of: path).path($0) }
  }

  /// What became of the files that a document was made from; those that are the same among them.
  ///
  /// - Parameters:
  ///   - path: of the document.
  ///   - scenario: where the scenario is now, if not where the document says.
  package func inputChanges(of path: String, scenario: String? = nil) -> [InputChange] {
    let folder = DocumentFolder(of: path)
    let moved = scenario.flatMap { ScenarioFile.inputs($0).first }.map(FilePath.folder(of:))
    return (inputs ?? []).map { input in
      let name = name(of: input)
      let isMoved = moved != nil && name != input.path
      let place = isMoved ? FilePath.joined(moved ?? "", name) : folder.path(input.path)
      return InputChange(name, at: place, sha256: input.sha256)
    }
  }

  /// An input as its scenario calls it: relative to the scenario's folder where it is in that.
  func name(of input: Input) -> String {
    let folder = inputs?.first.map { FilePath.folder(of: $0.path) } ?? ""
    let prefix = folder.isEmpty || folder.hasSuffix("/") ? folder : folder + "/"
    return input.path.hasPrefix(prefix) ? String(input.path.dropFirst(prefix.count)) : input.path
  }

  /// What the command line changed of the scenario file when the document was made.
  package var scenarioChanges: ScenarioChanges {
    ScenarioChanges(
      preset: changes?.preset.flatMap(Preset.init(rawValue:)), sets: changes?.set ?? [])
  }
}

extension RunDocument.Changes {
  /// Nil where nothing was changed that the document does not show.
  init?(_ changes: ScenarioChanges) {
    guard changes.preset != nil || !changes.sets.isEmpty else { return nil }
    preset = changes.preset?.rawValue
    set = changes.sets.isEmpty ? nil : changes.sets
  }
}

extension [InputChange] {
  /// `inputs changed: usage.csv; missing: owned.csv`; nil where all are the same.
  package var text: String? {
    func names(_ state: InputChange.State) -> String? {
      let names = filter { $0.state == state }.map(\.path)
      return names.isEmpty ? nil : names.joined(separator: ", ")
    }
    let parts = [
      names(.changed).map { "inputs changed: \($0)" },
      names(.missing).map { "inputs missing: \($0)" },
    ]
    let texts = parts.compactMap(\.self)
    return texts.isEmpty ? nil : texts.joined(separator: "; ")
  }
}
