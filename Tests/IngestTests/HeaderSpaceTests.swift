import Foundation
import Testing

@testable import Ingest

/// Spaces around a column's name are part of it to the engine: what is missing is said, in our
/// words.
@Suite(.serialized) struct HeaderSpaceTests {
  @Test(arguments: [" SubAccountId", "SubAccountId\t", " BilledCost", "RegionId "])
  func aNameWithSpaces(name: String) async throws {
    let place = try BillPlace()
    defer { place.close() }
    let plain = name.trimmingCharacters(in: .whitespaces)
    let bill = Focus.bill(Focus.row()).replacing(plain, with: "\"\(name)\"")
    let findings = await place.complaints(try place.write(bill, "bill.csv"))
    #expect(!findings.contains { $0.message.contains("Binder") }, "\(findings)")
  }
}
