import CloudCosts

@testable import Ingest

extension ImportedFile {
  /// Days of one machine from 2024-01-01 on, with a commitment that serves something else too: a
  /// row in every table of a history but `row_sample`.
  static func made(
    _ path: String, format: String = "focus", account: String = "web", days: Int
  ) -> ImportedFile {
    let first = Hour(year: 2024, month: 1, day: 1)
    let sku = SKU(provider: .azure, region: "eastus", instanceType: "Standard_D2s_v5")
    let group = UsageGroup(account: account, sku: sku)
    let window = HourWindow(start: first, hours: days * 24)
    let money = Money(micros: 2_400_000)
    let subject = ChargeSubject(
      provider: "azure", account: account, service: "VM", region: "eastus", group: group,
      tags: ["team": "a"])
    var file = ImportedFile(
      source: HistorySource(
        path: path, format: format, bytes: 1, fingerprint: path, rows: 2 * days, currency: "USD",
        grain: .hourly, window: window),
      series: [
        HistorySeries(
          group: group, start: first, quantities: (0..<days * 24).map { Double($0 % 5) },
          uncertain: (0..<days * 24).map { Double($0 % 2) })
      ],
      costs: (0..<days).flatMap { day in
        [ChargeClass.onDemand, .purchase].map { chargeClass in
          HistoryCost(
            day: first.sinceEpoch / 24 + day, subject: subject, chargeClass: chargeClass,
            commitment: "ri", quantity: 24, list: money, contracted: money, billed: money,
            effective: money, rows: 1)
        }
      },
      commitments: [
        HistoryCommitment(id: "ri", provider: "azure", account: account, seen: window)
      ],
      totals: [
        HistoryTotal(
          month: CalendarMonth(year: 2024, month: 1), service: "VM", chargeClass: .onDemand,
          rule: "usage", rows: days, list: money, contracted: money, billed: money,
          effective: money)
      ],
      findings: [Finding(.note, rule: "r", place: "p", message: "m", remedy: "x")])
    file.otherUse = [
      HistoryOtherUse(commitment: "ri", start: first, costs: Array(repeating: 1, count: days * 24))
    ]
    return file
  }
}
