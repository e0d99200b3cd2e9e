import Foundation
import Testing

/// Data flows one way; SwiftPM does not catch a transitive import against the stream, so this does.
@Suite struct ImportOrderTests {
  /// What each target may import of ours; the design's table.
  static let allowed: [String: Set<String>] = [
    "MIP": ["CGLPK"],
    "CloudCosts": [],
    "Billing": ["CloudCosts"],
    "Forecast": ["CloudCosts"],
    "Rightsizing": ["CloudCosts"],
    "Planning": ["CloudCosts", "MIP"],
    "Ingest": ["CloudCosts", "CBooks", "CZlib", "CYajl", "CProcess"],
    "Scenarios": ["CloudCosts", "Billing", "Forecast", "Rightsizing", "Planning", "Ingest"],
    "Ledger": ["CloudCosts", "Billing", "Ingest", "Scenarios"],
    "Reports": ["CloudCosts", "Billing", "Ingest", "Scenarios", "Ledger", "CXLSXWriter"],
    "plimsoll": ["CMemory", "CloudCosts", "Planning", "Ingest", "Scenarios", "Ledger", "Reports"],
  ]

  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  @Test func everyImportKeepsTheOrder() throws {
    let ours = Set(Self.allowed.keys).union([
      "CBooks", "CGLPK", "CMemory", "CProcess", "CZlib", "CYajl", "CXLSXWriter",
    ])
    let sources = Self.root.appending(path: "Sources")
    let files = try #require(
      FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    )
    .compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
    #expect(files.count > 40)
    for file in files {
      let target = file.path.dropFirst(sources.path.count + 1).prefix { $0 != "/" }
      let allowed = try #require(Self.allowed[String(target)], "no rule for \(target)")
      for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
        let words = line.split(separator: " ")
        guard let keyword = words.firstIndex(of: "import"), keyword <= 2,
          words.count > keyword + 1, !line.hasPrefix("//")
        else { continue }
        let module = String(words[keyword + 1])
        guard ours.contains(module) else { continue }
        #expect(allowed.contains(module), "\(target) must not import \(module): \(file.path)")
      }
    }
  }

  @Test func onlyCGLPKSeesGLPK() throws {
    let sources = Self.root.appending(path: "Sources")
    let files = try #require(
      FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    )
    .compactMap { $0 as? URL }.filter { ["h", "c", "swift"].contains($0.pathExtension) }
    for file in files where !file.path.contains("/CGLPK/") {
      let text = try String(contentsOf: file, encoding: .utf8)
      #expect(!text.contains("#include <glpk.h>"), "\(file.path)")
    }
  }
}
