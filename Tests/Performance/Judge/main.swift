// How long the judge takes for one bill, and how much memory: processor time, by getrusage.
//
//     swift run -c release judge-benchmark
import Billing
import CloudCosts
import Foundation

/// Processor seconds and peak resident bytes of this process.
func usage() -> (seconds: Double, peak: Int) {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  let user = Double(usage.ru_utime.tv_sec) + Double(usage.ru_utime.tv_usec) / 1e6
  let system = Double(usage.ru_stime.tv_sec) + Double(usage.ru_stime.tv_usec) / 1e6
  return (user + system, usage.ru_maxrss * 1024)
}

func measure(_ title: String, hours: Int, groups: Int, owned: Int) throws {
  let start = Hour(year: 2023, month: 1, day: 1)
  let sizes = ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge"]
  let skus = (0..<groups).map { g in
    SKU(
      provider: .aws, region: "us-east-1",
      instanceType: "m\(g / 25)x.\(sizes[g / 5 % 5])")
  }
  let plan = OfferTerms(product: .computeSavingsPlan, term: .threeYears, payment: .noUpfront)
  var rows: [PriceRow] = []
  for sku in Set(skus) {
    let price = 0.025 * (NormalizationFactor.units(of: sku.instanceType) ?? 1)
    rows.append(PriceRow(sku: sku, product: .onDemand, hourly: price))
    rows.append(
      PriceRow(
        sku: sku, product: .computeSavingsPlan, term: plan.term, payment: plan.payment,
        hourly: price * 0.6))
  }
  var seed: UInt64 = 1
  func random() -> Double {
    seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(seed >> 33) / Double(1 << 31)
  }
  let demand = Demand(
    window: HourWindow(start: start, hours: hours),
    groups: (0..<groups).map { UsageGroup(account: "a\($0 % 5)", sku: skus[$0]) }.sorted(),
    quantities: (0..<hours * groups).map { _ in (random() * 20).rounded() })
  let commitments = (0..<owned).map { c in
    Commitment(
      id: "c\(c)", account: "a\(c % 5)",
      terms: c % 4 == 0
        ? plan : OfferTerms(product: .standardRI, term: .oneYear, payment: .noUpfront),
      subject: c % 4 == 0
        ? .savingsPlan(scope: SavingsPlanScope(provider: .aws), hourlyCommitment: 3)
        : .reservation(
          sku: skus[c * 7 % groups], zone: nil, count: 5, upfront: 0, hourly: 0.06),
      start: start + c * 11 % 2000, end: start + c * 11 % 2000 + 8760)
  }
  let judge = Judge(prices: PriceBook(rows: rows))
  let before = usage()
  let bill = try judge.bill(demand, under: commitments)
  let after = usage()
  let cells = hours * groups
  let bytes = Double(max(0, after.peak - before.peak))
  print(
    "\(title): \(Int((after.seconds - before.seconds) * 1000)) ms of processor time, "
      + "\(bill.rows.count) rows, cost \(bill.cost); beside the demand's "
      + "\(cells * 8 / 1_000_000) MB the peak grew by \(Int(bytes / 1e6)) MB")
}

try measure("8,760 h x 500 groups, 200 owned", hours: 8760, groups: 500, owned: 200)
try measure("8,760 h x 500 groups, 10 owned", hours: 8760, groups: 500, owned: 10)
try measure("1 M resource-hours (8,760 h x 115)", hours: 8760, groups: 115, owned: 50)
