import Foundation
import Testing

/// The list of `Tests/Mutations/run`: slow to try, and quick to see that each line can be.
@Suite struct MutationListTests {
  private struct Mutation {
    var file: String
    var old: String
    var tests: String
  }

  private static func all() throws -> [Mutation] {
    let list = ImportOrderTests.root.appending(path: "Tests/Mutations/mutations.tsv")
    return try String(contentsOf: list, encoding: .utf8).split(separator: "\n")
      .filter { !$0.hasPrefix("#") }.map { line in
        let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        try #require(fields.count == 4, "\(line)")
        #expect(fields[1] != fields[2])
        return Mutation(file: fields[0], old: fields[1], tests: fields[3])
      }
  }

  @Test func everyChangeHasItsPlace() throws {
    let all = try Self.all()
    #expect(all.count >= 50)
    for mutation in all {
      let file = ImportOrderTests.root.appending(path: "Sources").appending(path: mutation.file)
      let text = try String(contentsOf: file, encoding: .utf8)
      #expect(
        text.components(separatedBy: mutation.old).count == 2, "\(mutation.file): \(mutation.old)")
    }
  }

  @Test func everyTargetOfTestsIsThere() throws {
    let manifest = try String(
      contentsOf: ImportOrderTests.root.appending(path: "Package.swift"), encoding: .utf8)
    for mutation in try Self.all() {
      let target = mutation.tests.prefix(while: \.isLetter)
      #expect(manifest.contains("name: \"\(target)\""), "\(mutation.tests)")
    }
  }
}
