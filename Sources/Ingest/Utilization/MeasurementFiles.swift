import CloudCosts
import Foundation

/// Reads measurements from any number of files, each in whatever of the known forms.
package enum MeasurementFiles {
  /// Exports of a file for each machine and metric have some ten thousand of them.
  package static let mostFiles = 100_000

  /// The files of a folder, in the order of their names; a file is itself.
  package static func files(in place: InputFile) -> [InputFile] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: place.path, isDirectory: &isFolder),
      isFolder.boolValue
    else { return [place] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []
    return names.sorted().filter { name in
      !name.hasPrefix(".")
        && ["csv", "csv.gz", "json", "json.gz"].contains { name.lowercased().hasSuffix("." + $0) }
    }.map { InputFile(path: "\(place.path)/\($0)", name: "\(place.name)/\($0)") }
  }

  /// - Parameter resources: the machines; nil where their own file could not be read.
  package static func read(
    _ files: [InputFile], resources: ResourceList?
  ) -> Reading<UtilizationHistory> {
    var reading = readAll(files, resources: resources)
    if let history = reading.value, let resources {
      let measured = Set(history.series.map(\.resource.id))
      reading.value?.unmeasured = resources.resources.filter { !measured.contains($0.id) }
    }
    return reading
  }

  private static func readAll(
    _ files: [InputFile], resources: ResourceList?
  ) -> Reading<UtilizationHistory> {
    if files.count == 1, !isJSON(files[0]) {
      return UtilizationReader.read(files[0], resources: resources)
    }
    guard let resources else { return Reading(value: nil, findings: []) }
    let store = MeasurementStore(resources)
    var findings: [Finding] = []
    for file in files {
      if isJSON(file) {
        findings += MetricsReader(file, store: store).read()
      } else {
        let reading = UtilizationReader.read(file, resources: resources, mayBePart: true)
        findings += reading.findings
        for series in reading.value?.series ?? [] { store.add(series) }
      }
    }
    let history = store.history()
    let measured = Set(history.series.map(\.resource.id))
    let missing = resources.resources.filter { !measured.contains($0.id) }
    if let first = missing.first, !findings.hasErrors {
      findings.append(
        Finding(
          .note, rule: "utilization.unmeasured", place: resources.file,
          message: "\(missing.count.grouped) of \(resources.resources.count.grouped) machines in"
            + " \(resources.file) have no measurement in \(files.count) files, the first is"
            + " \(first.id.quoted); they stay as they are",
          remedy: "export their metrics too, to have them judged"))
    }
    return Reading(value: history, findings: findings)
  }

  static func isJSON(_ file: InputFile) -> Bool {
    guard var source = try? ByteSource(file) else { return false }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64, alignment: 16)
    defer { buffer.deallocate() }
    let count = (try? source.read(into: buffer)) ?? 0
    let first = buffer.prefix(count).first {
      ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0)
    }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }
}
