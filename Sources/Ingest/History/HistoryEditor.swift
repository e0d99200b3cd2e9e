import CloudCosts
import Foundation

/// Takes bills out of a history.
package struct HistoryEditor {
  private let path: String

  /// - Throws: where there is no history of this name.
  package init(path: String) throws(FindingsError) {
    self.path = path
    _ = try History(path: path)
  }

  /// Takes files and months out: all of them, or none where one is not in it.
  ///
  /// - Parameter names: a path as it is listed, or the end of one; a month as `2025-03`.
  package func remove(_ names: [String]) throws(FindingsError) {
    let known = try History(path: path).contents()
    var months: [CalendarMonth] = []
    var files: Set<String> = []
    var findings: [Finding] = []
    for name in names {
      let found = known.filter { HistoryEditor.isNamed($0.source.path, name) }
      if let month = HistoryEditor.month(name), known.contains(where: { $0.months.contains(month) })
      {
        months.append(month)
      } else if found.count == 1 {
        files.formUnion(found.map(\.source.path))
      } else {
        findings.append(
          Finding(
            .error, rule: found.isEmpty ? "history.not-in-it" : "history.many", place: name,
            message: found.isEmpty
              ? "the history has no such file and no such month"
              : "\(found.count) files of the history end like that",
            remedy: "Name one that `plimsoll history \(path)` lists, or a month of it as 2025-03."))
      }
    }
    guard findings.isEmpty else { throw FindingsError(findings) }
    let writer = try HistoryWriter(path: path)
    for file in files { try writer.remove(path: file) }
    for month in months { try writer.remove(month: month) }
    try writer.commit()
  }

  private static func isNamed(_ path: String, _ name: String) -> Bool {
    path == name || path == URL(filePath: name).resolvingSymlinksInPath().path
      || path.hasSuffix("/" + name)
  }

  private static func month(_ name: String) -> CalendarMonth? {
    let parts = name.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].count == 4, parts[1].count == 2, let year = Int(parts[0]),
      let month = Int(parts[1]), (1...12).contains(month)
    else { return nil }
    return CalendarMonth(year: year, month: month)
  }
}
