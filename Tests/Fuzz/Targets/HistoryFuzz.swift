import CloudCosts
import Ingest

enum HistoryFuzz {
  static func complaint(about bytes: [UInt8]) -> String? {
    FuzzFolder.with { folder in
      let path = try folder.write(bytes, "history.db")
      if let complaint = reading(path) { return complaint }
      // With a checksum that fits, so that what is behind it is reached.
      guard bytes.count >= 100 else { return nil }
      try HistorySeal.seal(path)
      return reading(path)
    }
  }

  private static func reading(_ path: String) -> String? {
    do throws(FindingsError) {
      let history = try History(path: path)
      try history.check()
      _ = try history.ownership()
      _ = try history.contents()
      if let complaint = HistoryUsageReader.read(InputFile(path: path)).complaint {
        return complaint
      }
      return try importing(path)
    } catch {
      return error.findings.hasErrors ? error.findings.complaint : "refused without an error"
    }
  }

  /// Into a history that can be read, and out of it: what it says is gone on from.
  private static func importing(_ path: String) throws(FindingsError) -> String? {
    let months = try History(path: path).contents().flatMap(\.months)
    let writer = try HistoryWriter(path: path)
    for format in ["azure-amortized", "focus"] {
      try writer.replace(
        ImportedFile(
          source: HistorySource(
            path: "/later/\(format).csv", format: format, bytes: 1, fingerprint: format, rows: 0,
            currency: "USD", grain: .hourly, window: nil)))
    }
    let found = try writer.settle().findings
    for month in months.prefix(3) { try writer.remove(month: month) }
    return found.hasErrors ? nil : found.complaint
  }
}
