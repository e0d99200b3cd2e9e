import CloudCosts
import Foundation
import Ingest

enum BillFuzz {
  /// Findings that mean a fault of this program, not of the bill.
  private static let faults = ["import.engine-result", "import.not-reconciled", "import.no-duckdb"]
  /// Words of DuckDB's, which are about our queries.
  private static let engineWords = [
    "Binder Error", "Parser Error", "Catalog Error", "INTERNAL", "Referenced column",
  ]

  static func complaint(about bytes: [UInt8]) -> String? {
    FuzzFolder.with { folder in
      let bill = try folder.write(bytes, "bill")
      let history = "\(folder.path)/history.db"
      do throws(FindingsError) {
        let summary = try Importer(engine: .duckdb(memory: "256MB"), tags: ["env"])
          .run([bill], into: history)
        if summary.findings.hasErrors { return "an error, and a history" }
        return contents(history) ?? summary.findings.complaint
      } catch {
        if FileManager.default.fileExists(atPath: history) { return "findings, and a history" }
        if !error.findings.hasErrors { return "refused without an error" }
        return fault(error.findings) ?? error.findings.complaint
      }
    }
  }

  /// What was written can be read, and is no window of a mistyped year.
  private static func contents(_ path: String) -> String? {
    do throws(FindingsError) {
      let history = try History(path: path)
      try history.check()
      let hours = try history.usage()?.demand.window.hours ?? 0
      return hours > 20 * 366 * 24 ? "a window of \(hours) hours" : nil
    } catch {
      return "what was written cannot be read: \(error.findings.map(\.message))"
    }
  }

  private static func fault(_ findings: [Finding]) -> String? {
    findings.first {
      faults.contains($0.rule) || engineWords.contains(where: $0.message.contains)
    }.map { "\($0.rule): \($0.message)" }
  }
}
