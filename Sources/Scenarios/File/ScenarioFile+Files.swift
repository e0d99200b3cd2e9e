import CloudCosts
import Foundation
import Ingest

/// The files that a scenario names, as far as they exist, and the hours that count.
struct ScenarioFiles {
  var usage: InputFile?
  /// Of a price that several state the first counts.
  var prices: [InputFile] = []
  /// What they state adds up.
  var owned: [InputFile] = []
  /// Files of measurements; of a folder, those in it.
  var utilization: [InputFile] = []
  var resources: InputFile?
  /// Negotiated discounts.
  var discounts: InputFile?
  /// What the provider recommends to buy: alternatives, each of files that are bought together.
  var recommendations: [[InputFile]] = []
  /// What the provider recommends to do with machines.
  var machineRecommendations: [InputFile] = []
  var window: HourWindow?

  /// Whether the usage is that of imported bills.
  var isHistory: Bool { usage.map { HistoryFile.isHistory($0.path) } ?? false }

  var paths: [String] {
    ([usage, resources, discounts].compactMap { $0 } + owned + utilization + prices
      + machineRecommendations
      + recommendations.flatMap { $0 })
      .map(\.path)
  }
}

extension ScenarioParser {
  /// The file under a key, once it is certain that there is one; nil, with findings, otherwise.
  func file(_ root: ScenarioSection, _ key: String, isRequired: Bool = false) -> InputFile? {
    let name = isRequired ? root.requiredText(key, "\(key).csv") : root.text(key)
    guard let name, let line = root.entry(key)?.value.line else { return nil }
    return file(key, name, line: line)
  }

  /// The files under a key that may name several alternatives; a list inside the list is one
  /// alternative.
  func alternatives(_ root: ScenarioSection, _ key: String) -> [[InputFile]] {
    guard let value = root.entry(key)?.value, case .list(let items) = value.content,
      items.contains(where: { if case .list = $0.content { true } else { false } })
    else { return root.texts(key).compactMap { file(key, $0.text, line: $0.line).map { [$0] } } }
    return items.map { item in
      let parts: [ScenarioTree]
      if case .list(let inner) = item.content { parts = inner } else { parts = [item] }
      return parts.compactMap { part in
        guard case .scalar(let text, _) = part.content, !text.isEmpty else {
          root.wrongType(key, part, expected: "a list of files", remedy: "write names of files")
          return nil
        }
        return file(key, text, line: part.line)
      }
    }
  }

  /// The files under a key.
  func files(_ root: ScenarioSection, _ key: String) -> [InputFile] {
    root.texts(key).compactMap { file(key, $0.text, line: $0.line) }
  }

  /// The files under a key that must name one at least.
  func requiredFiles(_ root: ScenarioSection, _ key: String) -> [InputFile] {
    guard root.entry(key) == nil else { return files(root, key) }
    _ = root.requiredText(key, "\(key).csv")
    return []
  }

  private func file(_ key: String, _ name: String, line: Int) -> InputFile? {
    let file = InputFile(path: resolved(name), name: name)
    guard FileManager.default.fileExists(atPath: file.path) else {
      let folder = FilePath.folder(of: file.path)
      let near = ScenarioParser.neighbour(of: name, in: folder)
      findings.add(
        .error, "missing-file", line: line,
        "\(key) names \(name.quoted), and there is no file '\(file.path.printable)'",
        remedy: near.map { "did you mean \($0.quoted)? " }.map { $0 + fix } ?? fix)
      return nil
    }
    return file
  }

  /// The files under a key that names files, or folders of files.
  func filesAndFolders(_ root: ScenarioSection, _ key: String) -> [InputFile] {
    guard root.entry(key) != nil else { return [] }
    return root.texts(key).flatMap { name -> [InputFile] in
      guard let place = file(key, name.text, line: name.line) else { return [] }
      let files = MeasurementFiles.files(in: place)
      if files.isEmpty {
        findings.add(
          .error, "empty-folder", line: name.line,
          "\(key) names the folder \(name.text.quoted), and no CSV or JSON file is in it",
          remedy: fix)
      }
      guard files.count <= MeasurementFiles.mostFiles else {
        findings.add(
          .error, "too-many-files", line: name.line,
          "\(key) names the folder \(name.text.quoted), and \(files.count.grouped) CSV or JSON files"
            + " are in it",
          remedy: "name folders of at most \(MeasurementFiles.mostFiles.grouped), or join the files"
        )
        return []
      }
      return files
    }
  }

  private var fix: String { "Paths are relative to the folder of \(findings.file)" }

  private func resolved(_ name: String) -> String {
    name.hasPrefix("/") || directory.isEmpty ? name : "\(directory)/\(name)"
  }

  /// A file of the folder that is called much like this one.
  private static func neighbour(of name: String, in folder: String) -> String? {
    let path = folder.isEmpty ? "." : folder
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    // Comparing a name with a million others takes longer than the person who mistyped it.
    guard names.count <= 10_000 else { return nil }
    return Spelling.nearest(to: FilePath.name(of: name), in: names.sorted())
  }
}
