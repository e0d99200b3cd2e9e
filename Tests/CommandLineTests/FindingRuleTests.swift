import CloudCosts
import Foundation
import Testing

/// The table of rules holds every rule that the sources make, and no other.
@Suite struct FindingRuleTests {
  private static let sources = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources")

  /// All sources but the table itself.
  private static func texts() throws -> [(name: String, text: String)] {
    let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    return try (files?.compactMap { $0 as? URL } ?? []).filter {
      $0.pathExtension == "swift" && !$0.path.contains("/Findings/")
    }.map { ($0.lastPathComponent, try String(contentsOf: $0, encoding: .utf8)) }
  }

  /// The rules that a source makes: whole (`usage.none`) or without what they are about (`none`).
  private static func made(in text: String) -> [String] {
    let call =
      #/
      (?: \.(?:error|warning|note),\s*(?:rule:\s*)?
        | (?:failure|complain|finding|error|flaw)\(\s*
        | rule:\s*
      )"([^"]+)"
      /#
    return text.matches(of: call).compactMap { match in
      let rule = String(match.1).replacing(/-\\\(.*hyphenated\)$/, with: "-COLUMN")
      return rule.wholeMatch(of: /[A-Za-z.-]+/) == nil ? nil : rule
    }
  }

  private static func isKnown(_ rule: String) -> Bool {
    if rule.contains(".") {
      return FindingRule.all.contains { $0.id == rule || $0.matches(rule) }
    }
    return FindingRule.all.contains { known in
      known.id.hasSuffix("." + rule) || known.matches(known.subject(of: rule))
    }
  }

  @Test func everyRuleThatIsMadeIsInTheTable() throws {
    let texts = try Self.texts()
    #expect(texts.count > 300)
    // What a row of a bill charges for is no finding; the other's end is put together.
    let others = ["set-aside.", "plan.unknown-"]
    for (name, text) in texts {
      for rule in Self.made(in: text) where !others.contains(where: rule.hasPrefix) {
        #expect(Self.isKnown(rule), "\(rule) of \(name)")
      }
    }
  }

  @Test func everyRuleOfTheTableIsMade() throws {
    // Whatever is between two quotes, in texts of the program and between them.
    let quoted = Set(try Self.texts().flatMap { $0.text.split(separator: "\"") })
    let ends = Set(quoted.compactMap { $0.split(separator: ".").last })
    let starts = Set(quoted.compactMap { $0.contains("\\(") ? $0.prefix { $0 != "\\" } : nil })
    for rule in FindingRule.all {
      let end = rule.id.drop { $0 != "." }.dropFirst()
      #expect(
        end.hasSuffix("COLUMN")
          ? starts.contains(end.dropLast("COLUMN".count))
          : quoted.contains(rule.id[...]) || ends.contains(end), "\(rule.id)")
    }
  }

  @Test func identifiersAreUniqueAndSentencesEnd() {
    let ids = FindingRule.all.map(\.id)
    #expect(Set(ids).count == ids.count && ids.count > 250)
    for rule in FindingRule.all {
      #expect(rule.meaning.hasSuffix("."), "\(rule.id)")
      #expect(rule.id.wholeMatch(of: /[A-Za-z]+\.[A-Za-z0-9-]+/) != nil, "\(rule.id)")
    }
  }

  @Test func kindsOfRulesAreFound() {
    #expect(FindingRule.of("usage.negative-quantity")?.id == "usage.negative-quantity")
    #expect(FindingRule.of("prices.negative-hourly")?.id == "FILE.negative-COLUMN")
    #expect(FindingRule.of("owned.field-count")?.id == "FILE.field-count")
    #expect(FindingRule.of("prices.negative-") == nil)
    #expect(FindingRule.of("weather.field-count") == nil)
  }

  /// What bad input leads to is in the table, by what the program prints.
  @Test func goldensOfBadInputNameKnownRules() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Golden/bad-input")
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    let rules = try files.flatMap { file in
      try String(contentsOf: file, encoding: .utf8)
        .matches(of: /\(([a-z]+\.[a-z0-9-]+)\)\n/).map { String($0.1) }
    }
    #expect(rules.count > 40)
    for rule in Set(rules) { #expect(FindingRule.of(rule) != nil, "\(rule)") }
  }

  @Test func theCommandPrintsThem() throws {
    let place = try Workplace()
    defer { place.close() }
    let one = try place.run("findings", "usage.not-a-number")
    #expect(one.status == 0 && one.output.hasPrefix("FILE.not-a-number\n"))
    let some = try place.run("findings", "fetch", "--json")
    let rules = try JSONValue(parsing: some.output)["findings"].list()
    #expect(rules.count == FindingRule.all.filter { $0.subject == "fetch" }.count)
    let none = try Program.run(["findings", "weather"], in: place.url)
    #expect(none.status == 2 && none.output.isEmpty)
  }
}

extension FindingRule {
  /// A rule of this one's subject, of some file where it is of any.
  fileprivate func subject(of end: String) -> String {
    (subject == "FILE" ? "usage" : subject) + "." + end
  }
}
