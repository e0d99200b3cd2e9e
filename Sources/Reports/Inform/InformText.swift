import CloudCosts
import Scenarios

/// An overview's parts in words and cells, for the terminal and the page alike.
struct InformText {
  let overview: HistoryOverview
  let amounts: AmountText

  static let sliceHeader = [
    "cost", "list", "on demand", "covered", "unused", "coverage", "used", "ESR",
  ]
  static let rule =
    "A day is unusual where it is more than \(Int(AnomalyRule.deviations)) robust standard"
    + " deviations and a tenth away from the median of its weekday in the four weeks before and"
    + " after: leave it out of a baseline, unless it is the new normal."

  init(_ overview: HistoryOverview, minus: String) {
    self.overview = overview
    amounts = AmountText(currency: overview.currency, minus: minus)
  }

  /// `2024-03-05`.
  static func day(_ day: Int) -> String { AmountText.day(Hour(sinceEpoch: day * 24)) }

  static func title(_ breakdown: HistoryOverview.Breakdown) -> String {
    breakdown.tag.map { "tag \($0)" } ?? breakdown.dimension.rawValue
  }

  var days: String {
    "\(AmountText.day(overview.window.start)) to \(AmountText.day(overview.window.end))"
  }

  /// The answer in a sentence or two.
  var sentence: String {
    let total = overview.total
    var text =
      "Usage cost \(amounts.headline(total.effective)) (\(amounts.headline(total.list)) at list"
      + " prices); \(amounts.headline(total.billed)) were billed in all."
    if let coverage = total.coverage, let used = total.utilization {
      text +=
        " Commitments cover \(AmountText.percent(coverage)) of what they could and are used to"
        + " \(AmountText.percent(used)); \(amounts.headline(total.unused)) paid for nothing."
    } else if total.coverage != nil {
      text += " No commitment covers any of it."
    }
    return text
  }

  func cells(_ slice: CostSlice) -> [String] {
    [
      amounts.headline(slice.effective), amounts.headline(slice.list),
      amounts.headline(slice.uncovered), amounts.headline(slice.covered),
      amounts.headline(slice.unused), percent(slice.coverage), percent(slice.utilization),
      percent(slice.effectiveSavingsRate),
    ]
  }

  func cells(_ kind: KindCoverage) -> [String] {
    [
      kind.product.title, percent(kind.coverage), amounts.headline(kind.covered),
      amounts.headline(kind.covered + kind.onDemand),
    ]
  }
  static let kindHeader = ["commitments", "coverage", "covered", "may cover, at list prices"]

  /// Coverage of one kind of usage.
  func coverageCells(_ slice: CostSlice) -> [String] {
    [
      slice.name, percent(slice.coverage), amounts.headline(slice.coveredList),
      amounts.headline(slice.coveredList + slice.uncoveredList),
    ]
  }
  static let coverageHeader = ["usage", "coverage", "covered", "could be, at list prices"]

  func percent(_ share: Double?) -> String { share.map { AmountText.percent($0) } ?? "–" }

  /// The system or engine, and how it is deployed where that is not the usual way.
  private static func system(_ sku: SKU) -> String {
    sku.tenancy == "default" ? sku.operatingSystem : "\(sku.operatingSystem), \(sku.tenancy)"
  }

  static func name(_ name: String) -> String { name.isEmpty ? "(none)" : name }

  func cells(_ expiry: HistoryOverview.Expiry) -> [String] {
    [
      expiry.name.isEmpty ? expiry.id : expiry.name, expiry.product,
      InformText.name(expiry.account), AmountText.day(expiry.end),
      amounts.rate(Money(rounding: expiry.hourly)) + "/h",
    ]
  }
  static let expiryHeader = ["commitment", "product", "account", "ends", "costs"]

  func cells(_ uncovered: HistoryOverview.Uncovered) -> [String] {
    let sku = uncovered.group.sku
    return [
      sku.instanceType, sku.region, InformText.system(sku),
      InformText.name(uncovered.group.account),
      AmountText.decimal(uncovered.instanceHours, decimals: 0), amounts.headline(uncovered.cost),
      AmountText.decimal(uncovered.floor, decimals: 1),
    ]
  }
  static let uncoveredHeader = [
    "machine", "region", "system", "account", "hours", "cost", "always on",
  ]

  func cells(_ saving: UnrealizedSaving) -> [String] {
    let sku = saving.group.sku
    return [
      sku.instanceType, sku.region, InformText.system(sku), InformText.name(saving.group.account),
      "\(saving.terms.product.shortTitle) \(saving.terms.term.years) y \(saving.terms.payment.title.lowercased())",
      AmountText.decimal(saving.machines, decimals: 1),
      AmountText.percent(1 - saving.committed / saving.onDemand),
      amounts.headline(Money(rounding: saving.yearly)),
    ]
  }
  static let unrealizedHeader = [
    "machine", "region", "system", "account", "cheapest offer", "always", "off", "saved a year",
  ]

  /// The sum, and what it means.
  func unrealizedSentence(_ savings: [UnrealizedSaving]) -> String {
    let sum = Money(rounding: savings.map(\.yearly).reduce(0, +))
    return
      "In all \(amounts.headline(sum)) a year, counting only machines that ran on demand in nine of"
      + " ten hours and days, and nothing of what the purchase would lock."
  }

  func cells(_ anomaly: AnomalousDay) -> [String] {
    [
      InformText.day(anomaly.day), anomaly.subject, amounts.headline(anomaly.usage),
      amounts.headline(anomaly.expected),
      anomaly.deviations.isFinite ? AmountText.decimal(anomaly.deviations, decimals: 1) : "–",
    ]
  }
  static let anomalyHeader = ["day", "of", "usage at list", "expected", "deviations"]
}
