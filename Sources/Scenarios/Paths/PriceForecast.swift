import CloudCosts
import Forecast

/// A change of prices that a scenario knows of, and that its bills and plans allow for.
package struct AppliedPriceChange: Hashable, Sendable {
  package var change: PriceChange
  /// Which usage it is about.
  package var usage: UsageSelection
  /// How many usage groups that is.
  package var groups: Int

  /// `on-demand prices of aws m5 change by −10 % on 2024-06-01T00:00:00Z`.
  var sentence: String {
    let hundredths = ((change.factor - 1) * 10_000).rounded()
    let percent =
      hundredths.remainder(dividingBy: 100) == 0
      ? "\(Int(hundredths) / 100)" : "\(hundredths / 100)"
    let prices = change.extent == .all ? "prices on demand and of offers" : "prices on demand"
    return "\(prices) of \(usage.words) change by \(change.factor > 1 ? "+" : "")\(percent) % on"
      + " \(change.date) (\(groups) usage \(groups == 1 ? "group" : "groups"))"
  }
}

/// Puts the changes of prices that a scenario knows of into its price book.
///
/// The price file states what holds when the window begins. The changes are made in the order of
/// their dates; of one date, in the order of the scenario.
struct PriceForecast {
  let changes: [KnownChange]
  let window: HourWindow
  /// The groups whose usage is planned for.
  let groups: [UsageGroup]
  /// Where the section is stated, for findings.
  let place: String

  init(_ settings: ForecastSettings, window: HourWindow, groups: [UsageGroup], place: String) {
    changes = settings.changes.filter { !$0.isOfUsage }
    self.window = window
    self.groups = groups
    self.place = place
  }

  /// The price book with all of them, and those that have an effect.
  func applied(
    to prices: PriceBook, _ findings: inout [Finding]
  ) -> (prices: PriceBook, changes: [AppliedPriceChange]) {
    var book = prices
    var applied: [AppliedPriceChange] = []
    let used = Set(groups.map(\.sku.zoneless))
    // A stable order.
    let sorted = changes.enumerated().sorted {
      ($0.element.date, $0.offset) < ($1.element.date, $1.offset)
    }
    for change in sorted.map(\.element) {
      guard case .price(let factor, let extent) = change.kind else { continue }
      let count = groups.count { change.usage.contains($0.sku) }
      guard count > 0, window.start < change.date, change.date < window.end else {
        findings.append(ineffective(change, groups: count))
        continue
      }
      let made = PriceChange(on: change.date, factor: factor, extent: extent)
      book = book.changing(made, of: used) { change.usage.contains($0) }
      let one = AppliedPriceChange(change: made, usage: change.usage, groups: count)
      applied.append(one)
      findings.append(
        Finding(
          .note, rule: "forecast.price-change", place: change.place.isEmpty ? place : change.place,
          message: one.sentence,
          remedy: "none is needed: bills and plans include it"))
    }
    return (book, applied)
  }

  private func ineffective(_ change: KnownChange, groups count: Int) -> Finding {
    let place = change.place.isEmpty ? place : change.place
    if count == 0 {
      return Finding(
        .warning, rule: "forecast.no-such-usage", place: place,
        message: "there is no usage that this change is about: it has no effect",
        remedy: "check its provider, region, family, instance type and operating system")
    }
    guard change.date < window.end else {
      return Finding(
        .warning, rule: "forecast.beyond-window", place: place,
        message: "prices change on \(change.date), and what is planned for ends at \(window.end):"
          + " it has no effect",
        remedy: "check the date, or plan for longer (forecast.horizon)")
    }
    return Finding(
      .warning, rule: "forecast.before-window", place: place,
      message: "prices change on \(change.date), and what is planned for begins at"
        + " \(window.start): it has no effect, the price file states what holds then",
      remedy: "put it into the price file")
  }

  /// The machines that may be resized without a price that changes meanwhile; a plan cannot yet
  /// follow one from price to price.
  static func keeping(
    _ candidates: [RightsizingCandidate], _ prices: PriceBook, place: String,
    _ findings: inout [Finding]
  ) -> [RightsizingCandidate] {
    guard !prices.priceDates.isEmpty else { return candidates }
    let kept = candidates.filter { candidate in
      ([candidate.resource.group.sku] + candidate.actions.compactMap(\.target))
        .allSatisfy { prices.priceDates[$0.zoneless] == nil }
    }
    let left = candidates.count - kept.count
    if left > 0 {
      findings.append(
        Finding(
          .warning, rule: "forecast.price-no-rightsizing", place: place,
          message: "\(left) \(left == 1 ? "machine is" : "machines are") of a type whose price"
            + " changes inside the window: nothing is resized there",
          remedy: "run the same scenario without the change for advice on machines"))
    }
    return kept
  }
}
