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
      return HistoryUsageReader.read(InputFile(path: path)).complaint
    } catch {
      return error.findings.hasErrors ? error.findings.complaint : "refused without an error"
    }
  }
}
