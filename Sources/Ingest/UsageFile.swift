import CloudCosts

/// Tells usage files from billing exports.
package enum UsageFile {
  /// Whether a file has the columns of a usage file; false where it cannot be read.
  package static func isUsage(_ path: String) -> Bool {
    var log = FindingLog(file: path, kind: "usage")
    guard let head = FileHead(InputFile(path: path), log: &log), !head.isJSON else { return false }
    let columns = head.columns
    return ["timestamp", "instance_type", "quantity"].allSatisfy(columns.contains)
  }
}
