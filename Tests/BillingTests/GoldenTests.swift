import Billing
import CloudCosts
import Foundation
import Testing

/// The providers' own examples, and the edges of their rules.
@Suite struct GoldenTests {
  @Test func casesAreFound() {
    #expect(GoldenCase.all.count >= 24)
  }

  @Test(arguments: GoldenCase.all)
  func bill(_ golden: GoldenCase) throws {
    let demand = try golden.demand()
    let judge = Judge(prices: try golden.prices(), sharing: try golden.sharing())
    let bill = try judge.bill(demand, under: golden.commitments())
    if let payments = try golden.expectedPayments() {
      let paid = bill.payments.map {
        [
          $0.kind.rawValue, $0.month.description, $0.commitment ?? "",
          $0.amount.formatted(decimals: 2, grouped: false),
        ]
      }
      #expect(paid == payments)
    }
    var actual = Dictionary(grouping: bill.rows, by: key).mapValues { rows in
      (
        hours: rows.reduce(0) { $0 + $1.instanceHours }, list: rows.map(\.list).total(),
        effective: rows.map(\.effective).total()
      )
    }
    for row in try golden.expectedRows() {
      if row.key[0] == "total" {
        #expect(agrees(bill.list.value, row.list), "list \(bill.list)")
        #expect(agrees(bill.cost.value, row.effective), "cost \(bill.cost)")
        continue
      }
      guard let found = actual.removeValue(forKey: row.key) else {
        Issue.record("missing: \(row.key)")
        continue
      }
      #expect(agrees(found.hours, row.instanceHours), "\(row.key) hours \(found.hours)")
      #expect(agrees(found.list.value, row.list), "\(row.key) list \(found.list)")
      #expect(agrees(found.effective.value, row.effective), "\(row.key) \(found.effective)")
    }
    #expect(actual.isEmpty, "not expected: \(actual)")
  }

  private func key(_ row: BillRow) -> [String] {
    [
      row.kind.rawValue, row.group?.account ?? "", row.group?.sku.instanceType ?? "",
      row.group?.sku.operatingSystem ?? "", row.group?.sku.tenancy ?? "", row.commitment ?? "",
    ]
  }

  /// Whether a number is what the text says, to the decimals of the text; nothing is asked of "".
  private func agrees(_ actual: Double, _ expected: String) -> Bool {
    guard !expected.isEmpty else { return true }
    guard let number = Double(expected) else { return false }
    let decimals = expected.split(separator: ".").dropFirst().first?.count ?? 0
    return abs(actual - number) <= 0.5 * pow(10, -Double(decimals)) + 1e-9
  }
}

extension GoldenCase: CustomTestStringConvertible {
  var testDescription: String { name }
}
