import Billing
import CloudCosts
import Foundation
import Testing

/// The providers' own examples, and the edges of their rules.
@Suite struct GoldenTests {
  @Test func casesAreFound() {
    #expect(GoldenCase.all.count >= 69)
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
    let expected = try golden.expectedRows()
    // Purchases are a case's concern where it names one; else `payments.csv` tells them.
    let named = Set(expected.map { $0.key[0] })
    let rows = bill.rows.filter {
      ![.upfrontPurchase, .recurringPurchase].contains($0.kind) || named.contains($0.kind.rawValue)
    }
    var actual = Dictionary(grouping: rows, by: key)
    for row in expected {
      if row.key[0] == "total" {
        #expect(agrees(bill.list.value, row.list), "list \(bill.list)")
        #expect(agrees(bill.contracted.value, row.contracted), "contracted \(bill.contracted)")
        #expect(agrees(bill.cash.value, row.billed), "billed \(bill.cash)")
        #expect(agrees(bill.cost.value, row.effective), "cost \(bill.cost)")
        continue
      }
      guard let found = actual.removeValue(forKey: row.key) else {
        Issue.record("missing: \(row.key)")
        continue
      }
      let hours = found.reduce(0) { $0 + $1.instanceHours }
      #expect(agrees(hours, row.instanceHours), "\(row.key) hours \(hours)")
      for (text, cost) in [
        (row.list, \BillRow.list), (row.contracted, \.contracted), (row.billed, \.billed),
        (row.effective, \.effective),
      ] {
        let amount = found.map { $0[keyPath: cost] }.total()
        #expect(agrees(amount.value, text), "\(row.key) \(amount), not \(text)")
      }
    }
    #expect(actual.isEmpty, "not expected: \(actual)")
  }

  /// What the specification's own table says, whatever is in `bill.csv`; a table about
  /// purchases has no rows of usage, and one about usage none of purchases.
  @Test(arguments: GoldenCase.all.filter { $0.name.hasPrefix("focus-") })
  func focusTable(_ golden: GoldenCase) throws {
    guard let table = try golden.focusTable() else { return }
    let bill = try Judge(prices: try golden.prices())
      .bill(golden.demand(), under: golden.commitments())
    let actual = FOCUSTable(bill)
    #expect(!table.sums.isEmpty)
    for (kind, costs) in table.sums {
      #expect(actual.sums[kind] == costs, "\(kind.rawValue)")
    }
  }

  /// FOCUS: over a commitment's whole term Σ EffectiveCost of used and unused = Σ BilledCost of
  /// purchases.
  @Test(arguments: GoldenCase.all)
  func wholeTermsAreWhatWasPaid(_ golden: GoldenCase) throws {
    let bill = try Judge(prices: try golden.prices(), sharing: try golden.sharing())
      .bill(golden.demand(), under: golden.commitments())
    for use in bill.commitments
    where bill.window.start <= use.commitment.start && use.commitment.end <= bill.window.end
      && use.commitment.end - use.commitment.start == use.commitment.terms.term.hours
    {
      let paid = bill.payments.filter { $0.commitment == use.commitment.id }
      #expect(paid.map(\.amount).total() == use.amortized)
    }
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
