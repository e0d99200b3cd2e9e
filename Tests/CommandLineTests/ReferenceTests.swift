import Foundation
import Testing

/// The documentation is that of the program's tables.
@Suite struct ReferenceTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  private static let catalogue = root.appending(path: "Sources/plimsoll/Documentation.docc")

  @Test func pagesAreUpToDate() throws {
    let folder = Self.catalogue.appending(path: "Reference").path
    if ProcessInfo.processInfo.environment["PLIMSOLL_RECORD"] == "1" {
      #expect(try Program.run(["reference", folder], in: Self.root).status == 0)
    }
    let ended = try Program.run(["reference", folder, "--check"], in: Self.root)
    #expect(ended.status == 0, "\(ended.errors)")
  }

  @Test func aPageThatIsNotUpToDateIsFound() throws {
    let place = try Workplace()
    defer { place.close() }
    let folder = place.url.appending(path: "pages")
    try FileManager.default.copyItem(
      at: Self.catalogue.appending(path: "Reference"), to: folder)
    let page = folder.appending(path: "Findings.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    try text.replacing("usage.none", with: "usage.some")
      .write(to: page, atomically: true, encoding: .utf8)
    let checked = try Program.run(["reference", "pages", "--check"], in: place.url)
    #expect(checked.status == 1 && checked.errors.contains("reference.outdated"))
    #expect(try Program.run(["reference", "pages"], in: place.url).status == 0)
    #expect(try String(contentsOf: page, encoding: .utf8) == text)
  }

  /// Every page can be reached from the first one, and every link of the README leads somewhere.
  @Test func linksLeadSomewhere() throws {
    let files = FileManager.default.enumerator(
      at: Self.catalogue, includingPropertiesForKeys: nil)
    let pages = (files?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "md" }
    let names = Set(pages.map { $0.deletingPathExtension().lastPathComponent })
    let first = try String(
      contentsOf: Self.catalogue.appending(path: "plimsoll.md"), encoding: .utf8)
    for name in names.subtracting(["plimsoll"]) {
      #expect(first.contains("- <doc:\(name)>"), "\(name)")
    }
    for page in pages {
      let text = try String(contentsOf: page, encoding: .utf8)
      for link in text.matches(of: /<doc:([A-Za-z]+)>/) {
        #expect(names.contains(String(link.1)), "\(link.1) of \(page.lastPathComponent)")
      }
    }
    let readme = try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
    for link in readme.matches(of: #/\]\(([^)\#]+)\)/#) where !link.1.hasPrefix("http") {
      let path = Self.root.appending(path: String(link.1)).path
      #expect(FileManager.default.fileExists(atPath: path), "\(link.1)")
    }
  }

  /// What the README shows is short, and every command of its table exists.
  @Test func theReadmeIsShortAndItsCommandsExist() throws {
    let readme = try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
    #expect(readme.split(separator: "\n", omittingEmptySubsequences: false).count <= 151)
    #expect(readme.contains("\n    .ci/install && swift test\n"))
    let named = Set(readme.matches(of: #/plimsoll ([a-z]+) /#).map { String($0.1) })
    let known = try Program.run(["--help"], in: Self.root).output
    for name in named.subtracting(["run", "help"]) {
      #expect(known.contains("\n  \(name) "), "\(name)")
    }
    #expect(named.count > 12)
  }
}
