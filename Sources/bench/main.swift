import CloudCosts
import Foundation
import Planning
import Billing

let dir = "/tmp/mine/"
let groups = try String(contentsOfFile: dir + "groups.tsv", encoding: .utf8).split(separator: "\n").map { line in
  let p = line.split(separator: "\t").map(String.init)
  return UsageGroup(sku: SKU(provider: .aws, region: p[0], instanceType: p[1]))
}
let data = try Data(contentsOf: URL(filePath: dir + "q.bin"))
let q = data.withUnsafeBytes { Array($0.bindMemory(to: Double.self)) }
let order = groups.indices.sorted { groups[$0] < groups[$1] }
let demand = Demand(window: HourWindow(start: Hour(year: 2023, month: 2, day: 1), hours: 8760), groups: order.map { groups[$0] }, quantities: order.flatMap { Array(q[$0 * 8760..<($0 + 1) * 8760]) })
var rows: [PriceRow] = []
for line in try String(contentsOfFile: dir + "prices.tsv", encoding: .utf8).split(separator: "\n") {
  let p = line.split(separator: "\t").map(String.init)
  rows.append(PriceRow(sku: SKU(provider: .aws, region: p[0], instanceType: p[1]), product: Product(rawValue: p[2])!, term: Int(p[3]).map { Term(years: $0) }, payment: PaymentOption(rawValue: p[4]), upfront: Double(p[5]) ?? 0, hourly: Double(p[6])!))
}
let prices = PriceBook(rows: rows)
var policy = Policy(maxUpfront: 600_000, maxThreeYearShare: 0.5)
let args = CommandLine.arguments
if args.contains("free") { policy = Policy() }
if args.contains("share") { policy = Policy(maxThreeYearShare: 0.5) }
if args.contains("cap") { policy = Policy(maxUpfront: 600_000, maxThreeYearShare: 0.5, maxCoverage: 0.7) }
if args.contains("floor") { policy = Policy(maxUpfront: 600_000, maxThreeYearShare: 0.5, minCoverage: 0.95) }
if args.contains("f2") { policy = Policy(minCoverage: 0.95) }
if args.contains("f3") { policy = Policy(maxThreeYearShare: 0.5, minCoverage: 0.95) }
if args.contains("f4") { policy = Policy(maxUpfront: 600_000, minCoverage: 0.95) }
var offers = OfferFilter()
if args.contains("simple") { offers.payments = [.noUpfront]; offers.terms = [.oneYear] }
let plan = try Planner(PlanningProblem(demand: demand, prices: prices, offers: offers, policy: policy), effort: PlanningEffort(gap: 1e-4, timeLimit: 100)).plan()
print(plan.certificate, plan.certificate.gap)
for p in plan.purchases.prefix(8) { print(p.commitment.terms, p.commitment.subject, p.commitment.effectiveHourly, p.reason) }
print(plan.purchases.count)
let t = Date()
let bill = try Judge(prices: prices).bill(demand, under: plan.purchases.map(\.commitment))
print("bill", bill.cost, bill.coverage, bill.utilization, (bill.cost.value - plan.certificate.objective) / bill.cost.value, Date().timeIntervalSince(t))
