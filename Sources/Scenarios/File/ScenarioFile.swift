import CloudCosts
import Foundation
import Ingest

/// A scenario file: the base, and the named scenarios that are the base with overrides.
package struct ScenarioFile: Sendable {
  /// The value of `name`.
  package var name: String
  /// The scenario without overrides first (its name is `base`), then the others in the order of the
  /// file.
  package var scenarios: [Scenario]

  /// A scenario is written by hand; a larger file is something else.
  private static let mostBytes = 1 << 18

  /// Reads a scenario: a file, or a folder with a `scenario.yaml` in it.
  ///
  /// - Returns: the file's scenarios and everything that is wrong with it, also in overrides that
  ///   no scenario uses. The CSV files are looked for and not read: `load` does that.
  package static func read(_ path: String) -> Reading<ScenarioFile> {
    let drafts = drafts(path, .none)
    return Reading(value: drafts.file, findings: drafts.findings)
  }

  /// Reads a scenario and all files that it names.
  ///
  /// - Returns: the scenarios with their data, and everything that is wrong with the scenario file
  ///   and with each CSV file: a mistake in one does not hide those in another.
  package static func load(
    _ path: String, _ changes: ScenarioChanges = ScenarioChanges()
  ) -> Reading<ScenarioSet> {
    let drafts = drafts(path, changes)
    var loader = ScenarioLoader()
    let data = drafts.drafts.map { loader.data(of: $0) }
    let set = ScenarioSet(name: drafts.file?.name ?? "", scenarios: data.compactMap { $0 })
    return Reading(
      value: set.scenarios.count == data.count ? set : nil,
      findings: drafts.findings + loader.findings)
  }

  /// Paths of the scenario file and of all files that it names, as far as they exist.
  package static func inputs(
    _ path: String, _ changes: ScenarioChanges = ScenarioChanges()
  ) -> [String] {
    [located(path)] + Set(drafts(path, changes).drafts.flatMap(\.files.paths)).sorted()
  }

  private struct Drafts {
    var file: ScenarioFile?
    var drafts: [ScenarioParser.Draft] = []
    var findings: [Finding]
  }

  private static func drafts(_ path: String, _ changes: ScenarioChanges) -> Drafts {
    let file = located(path)
    let findings = ScenarioFindings(file: FilePath.name(of: file))
    let parser = ScenarioParser(
      directory: FilePath.folder(of: file), findings: findings)
    guard let text = text(of: file, findings: findings), let tree = tree(text, findings) else {
      return Drafts(file: nil, findings: findings.findings)
    }
    let drafts = parse(tree, changes, parser: parser)
    let name = ScenarioSection(tree, path: "", findings: findings).text("name") ?? ""
    return Drafts(
      file: ScenarioFile(name: name, scenarios: drafts.compactMap(\.scenario)), drafts: drafts,
      findings: findings.findings)
  }

  private static func located(_ path: String) -> String {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue
    else { return path }
    return FilePath.joined(path, "scenario.yaml")
  }

  private static func text(of file: String, findings: ScenarioFindings) -> String? {
    guard FileManager.default.fileExists(atPath: file) else {
      findings.add(
        .error, "missing-file", line: nil, "there is no file '\(file.printable)'",
        remedy: "name a scenario file, or a folder with a scenario.yaml in it")
      return nil
    }
    guard let data = bytes(of: file) else {
      findings.add(
        .error, "unreadable", line: nil, "the file '\(file.printable)' cannot be read",
        remedy: "check that it is a file, and its permissions")
      return nil
    }
    guard data.count <= mostBytes else {
      findings.add(
        .error, "too-large", line: nil, "the file is larger than \(mostBytes / 1024) KiB",
        remedy: "move data into CSV files")
      return nil
    }
    guard let text = decoded(data) else {
      findings.add(
        .error, "not-utf8", line: nil, "the file is not UTF-8 text",
        remedy: "save it with the encoding UTF-8")
      return nil
    }
    return text
  }

  /// UTF-8; UTF-16 too, by its byte order mark: some shells write it into files.
  private static func decoded(_ data: Data) -> String? {
    let isWide = data.starts(with: [0xFF, 0xFE]) || data.starts(with: [0xFE, 0xFF])
    return String(bytes: data, encoding: isWide ? .utf16 : .utf8)
  }

  /// The first bytes of a file, one more than it may have; nil where it cannot be read.
  private static func bytes(of file: String) -> Data? {
    guard let path = try? InputPath.readable(file),
      let handle = FileHandle(forReadingAtPath: path)
    else { return nil }
    do {
      return try handle.read(upToCount: mostBytes + 1) ?? Data()
    } catch {
      return nil
    }
  }

  private static func tree(_ text: String, _ findings: ScenarioFindings) -> ScenarioTree? {
    do {
      return try ScenarioTree(yaml: text)
    } catch {
      findings.add(.error, "bad-yaml", line: error.line, error.message, remedy: error.remedy)
      return nil
    }
  }

  /// The base first, then the named scenarios; where the command line names one, that alone.
  private static func parse(
    _ tree: ScenarioTree, _ changes: ScenarioChanges, parser: ScenarioParser
  ) -> [ScenarioParser.Draft] {
    let overrides = ScenarioOverrides(tree, findings: parser.findings)
    let sets = changes.resolved(parser.findings)
    func draft(_ names: [String], name: String) -> ScenarioParser.Draft {
      var changed = overrides.applied(names, to: tree)
      for change in sets { changed.set(change.path[...], to: change.value, line: change.line) }
      return parser.draft(changed, name: name)
    }
    let names = ["base"] + overrides.scenarios.map(\.name)
    if let run = changes.run, !names.contains(run) {
      parser.findings.add(
        .error, "unknown-run", line: nil, "there is no scenario named \(run.quoted)",
        remedy: Spelling.remedy(for: run, in: names))
    }
    func isWanted(_ name: String) -> Bool { changes.run.map { $0 == name } ?? true }
    var drafts = isWanted("base") ? [draft([], name: "base")] : []
    for named in overrides.scenarios where isWanted(named.name) {
      parser.findings.context = "scenario \(named.name.quoted)"
      drafts.append(draft(named.overrides, name: named.name))
    }
    // An override that waits to be used is checked too.
    for name in overrides.unused {
      parser.findings.context = "override \(name.quoted)"
      _ = draft([name], name: name)
    }
    parser.findings.context = nil
    return drafts
  }
}
