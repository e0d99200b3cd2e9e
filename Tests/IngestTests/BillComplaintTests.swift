import CloudCosts
import Foundation
import TestSupport
import Testing

@testable import Ingest

/// DuckDB's words are about our queries and scratch files; users get ours.
@Suite(.serialized) struct BillComplaintTests {
  /// As DuckDB 1.1 to 1.5 wrote them.
  @Test(arguments: [
    (
      "Binder Error: Referenced column \"a/b\" not found in FROM clause!", "missing-column", "'a/b'"
    ),
    ("Binder Error: Could not find key \"name\" in struct", "missing-column", "'name'"),
    ("Binder Error: No function matches 'lower(STRUCT(a BIGINT))'", "unreadable-rows", "type"),
    ("Parser Error: syntax error at or near \"x\"", "unreadable-rows", "name or a type"),
    ("INTERNAL Error: Attempted to access index 3", "engine-result", "DuckDB failed"),
    ("Out of Memory Error: could not allocate block", "memory", "memory limit"),
    ("Out of Memory Error: Allocation failure", "memory", "the system gave"),
    ("terminate called: what(): std::bad_alloc", "memory", "300 MB"),
    ("IO Error: No space left on device", "disk-full", "no room"),
    ("Invalid Input Error: CSV Error on Line: 17\nOriginal Line: secret", "not-a-table", "fields"),
    ("Invalid Input Error: Malformed JSON in file \"bill.csv\"", "unreadable-rows", "read"),
    ("Conversion Error: Could not cast value 1e300 to INT64", "unreadable-rows", "larger"),
    ("something else: secret", "unreadable-rows", "no reason is known"),
  ])
  func wordsAreOurs(complaint: String, rule: String, words: String) {
    let finding = BillComplaint(complaint, of: .csv).finding(place: "b.csv")
    #expect(finding.rule == "import.\(rule)")
    #expect(finding.message.contains(words), "\(finding.message)")
    for foreign in ["Error:", "secret", "FROM", "bill.csv", "lower("] {
      #expect(!finding.message.contains(foreign))
    }
    #expect(finding.place == (complaint.contains("Line: 17") ? "b.csv:17" : "b.csv"))
  }

  @Test func ofParquetAllElseIsDamage() {
    func rule(_ complaint: String) -> String {
      BillComplaint(complaint, of: .parquet).finding(place: "b").rule
    }
    #expect(rule("Invalid Input Error: No magic bytes found") == "import.damaged-parquet")
    #expect(rule("Invalid Error: Invalid Unicode in a page") == "import.damaged-parquet")
    #expect(rule("Binder Error: Could not find key \"x\" in struct") == "import.missing-column")
  }

  /// DuckDB takes a NUL for the end of what is asked: of a name, no more than its beginning is
  /// looked for, and a column was missing whose name is no column's.
  @Test func aNameWithANULIsNamed() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let bill = Focus.bill(Focus.row())
      .replacingOccurrences(of: "BilledCost", with: "Billed\0Cost")
    let path = try place.write(bill)
    let findings = await place.complaints(path)
    #expect(findings.map(\.rule) == ["import.not-a-table"])
    #expect(findings.map(\.place) == ["\(path):1"])
    #expect(findings.first?.message.contains("Billed\\u{0}Cost") == true)
  }
}
