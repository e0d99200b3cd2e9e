import CloudCosts
import Scenarios

/// What `plimsoll backtest --json` prints: the first run's policies on top, and all runs.
package struct BacktestDocument: Hashable, Sendable, Codable {
  package var scenario: String
  package var currency: String
  /// Those of the first run.
  package var policies: [Policy]
  package var runs: [Run]
  package var findings: [RunDocument.Note]

  package struct Run: Hashable, Sendable, Codable {
    package var name: String
    /// The hours that were billed.
    package var window: RunDocument.Window
    /// Hours between decisions.
    package var every: Int
    package var product: String
    package var termYears: Int
    package var payment: String
    /// One price for all usage: on demand over committed.
    package var premium: Double?
    package var reversed: Bool
    /// How many parts of the usage were decided on separately.
    package var pools: Int
    @JSONNumber package var onDemand: Money
    package var months: [String]
    /// What it came to, in a sentence; nil where nothing but buying nothing walked.
    package var verdict: String?
    package var policies: [Policy]

    private enum CodingKeys: String, CodingKey {
      case name, window, every, product
      case termYears = "term_years"
      case payment, premium, reversed, pools
      case onDemand = "on_demand"
      case months, verdict, policies
    }
  }

  package struct Policy: Hashable, Sendable, Codable {
    package var name: PolicyName
    @JSONNumber package var cost: Money
    @JSONNumber package var netSavings: Money
    /// Of the bill on demand.
    package var savingsRate: Double
    package var shareOfHindsight: Double?
    @JSONNumber package var regret: Money
    package var losingMonths: Int
    @JSONNumber package var worstQuarter: Money
    package var coverage: Double
    package var utilization: Double?
    package var purchases: Int
    /// What purchases still cost after the last hour that is billed.
    @JSONNumber package var lockedBeyondWindow: Money
    /// What they save from then on to the end of their terms, if usage stays as in the last year.
    @JSONNumber package var tailSavings: Money
    /// The same if there is half as much.
    @JSONNumber package var tailSavingsHalved: Money
    /// What the walk saves with other seeds of the futures, too; absent where one seed is walked.
    package var seeds: Seeds?
    package var monthlySavings: [Double]
    /// Null where there was no usage.
    package var monthlyCoverage: [Double?]
    /// What was bought when.
    package var bought: [Bought]

    private enum CodingKeys: String, CodingKey {
      case name, cost
      case netSavings = "net_savings"
      case savingsRate = "savings_rate"
      case shareOfHindsight = "share_of_hindsight"
      case regret
      case losingMonths = "losing_months"
      case worstQuarter = "worst_quarter"
      case coverage, utilization, purchases
      case lockedBeyondWindow = "locked_beyond_window"
      case tailSavings = "tail_savings"
      case tailSavingsHalved = "tail_savings_halved"
      case seeds
      case monthlySavings = "monthly_savings"
      case monthlyCoverage = "monthly_coverage"
      case bought
    }
  }

  /// Saved shares of the bill on demand, over several seeds of the futures.
  package struct Seeds: Hashable, Sendable, Codable {
    package var count: Int
    package var mean: Double
    /// Standard deviation.
    package var deviation: Double
    package var lowest: Double
    package var highest: Double

    init(_ spread: SeedSpread) {
      count = spread.rates.count
      mean = RunDocument.rounded(spread.mean)
      deviation = RunDocument.rounded(spread.deviation)
      lowest = RunDocument.rounded(spread.rates.min() ?? 0)
      highest = RunDocument.rounded(spread.rates.max() ?? 0)
    }

    /// `29.2% in the mean of 3 seeds, from 28.5% to 30.1%`.
    var words: String {
      "\(AmountText.percent(mean)) in the mean of \(AmountText.plural(count, "seed")), from "
        + "\(AmountText.percent(lowest)) to \(AmountText.percent(highest))"
    }
  }

  package struct Bought: Hashable, Sendable, Codable {
    package var date: String
    package var product: String
    package var termYears: Int
    package var payment: String
    /// What it is bound to; absent: neither region nor family.
    package var region: String?
    package var family: String?
    /// Currency units per hour, upfront spread over the term.
    @JSONNumber package var hourly: Money

    private enum CodingKeys: String, CodingKey {
      case date, product
      case termYears = "term_years"
      case payment, region, family, hourly
    }

    init(_ bought: Backtest.Bought) {
      date = bought.date.iso8601
      product = bought.terms.product.rawValue
      termYears = bought.terms.term.years
      payment = bought.terms.payment.rawValue
      region = bought.region
      family = bought.family
      _hourly = JSONNumber(wrappedValue: bought.hourly)
    }
  }

  package init(scenario: String, _ backtests: [Backtest], findings: [Finding]) {
    self.scenario = scenario
    currency = backtests.first?.currency ?? "USD"
    runs = backtests.map(Run.init)
    policies = runs.first?.policies ?? []
    self.findings = findings.map(RunDocument.Note.init)
  }

  /// The document as text; the same bytes for the same backtest.
  package func json() throws -> String { try OrderedJSON.text(self) }
}

extension BacktestDocument.Run {
  init(_ backtest: Backtest) {
    self.init(
      name: backtest.run,
      window: .init(from: backtest.window.start.iso8601, to: backtest.window.end.iso8601),
      every: backtest.settings.every, product: backtest.terms.product.rawValue,
      termYears: backtest.terms.term.years, payment: backtest.terms.payment.rawValue,
      premium: backtest.settings.premium, reversed: backtest.settings.isReversed,
      pools: backtest.pools, onDemand: backtest.onDemand,
      months: backtest.months.map(\.description),
      policies: backtest.policies.map { .init($0, onDemand: backtest.onDemand) })
    verdict = sentence(AmountText(currency: backtest.currency))
    if backtest.isShort {
      verdict? +=
        " Only \(backtest.window.hours / 24) days are billed: too few to tell rules apart."
    }
  }

  /// How the boldest way of the optimizer did, against the best of the other rules and hindsight,
  /// and what it left behind.
  private func sentence(_ amounts: AmountText) -> String? {
    guard
      let ours = [PolicyName.plannerRun, .plannerWalk, .plannerCrawl, .planner].lazy
        .compactMap({ name in policies.first { $0.name == name } }).first
    else { return sentenceOfRules }
    func share(_ policy: BacktestDocument.Policy) -> String {
      AmountText.percent(policy.savingsRate)
    }
    let hindsight = policies.first { $0.name == .hindsight }
    let simple = policies.filter {
      $0.name.preset == nil
        && ![.planner, .hindsight, .hindsightOfProduct, .onDemand].contains($0.name)
    }
    let best = simple.max { $0.netSavings < $1.netSavings }
    let tail = [
      (ours.tailSavings, "if usage stays as in the last year"),
      (ours.tailSavingsHalved, "if it halves"),
    ].map { amount, when in
      (amount < .zero ? "loses " : "saves ")
        + amounts.headline(amount < .zero ? .zero - amount : amount) + " " + when
    }
    return "\(ours.name.rawValue) saved \(share(ours)) of on demand"
      + (ours.seeds.map { " (\($0.words))" } ?? "")
      + (hindsight.map { ", hindsight \(share($0))" } ?? "")
      + (best.map { "; the best other rule here, \($0.name.inWords), \(share($0))" } ?? "")
      + "; \(AmountText.plural(ours.losingMonths, "month")) lost money. What it then holds "
      + tail.joined(separator: ", and ") + ", to the end of its terms."
  }

  /// What other seeds came to, a sentence a row.
  var seedLines: [String] {
    policies.compactMap { policy in
      policy.seeds.map { "\(policy.name.rawValue) saves \($0.words)." }
    }
  }

  /// The same where the optimizer did not walk.
  private var sentenceOfRules: String? {
    let rules = policies.filter {
      ![.onDemand, .hindsight, .hindsightOfProduct].contains($0.name)
    }
    guard let best = rules.max(by: { $0.netSavings < $1.netSavings }) else { return nil }
    let hindsight = policies.first { $0.name == .hindsight || $0.name == .hindsightOfProduct }
    return "The best rule here, \(best.name.rawValue), saved "
      + "\(AmountText.percent(best.savingsRate)) of on demand"
      + (hindsight.map { ", hindsight \(AmountText.percent($0.savingsRate))" } ?? "")
      + "; \(AmountText.plural(best.losingMonths, "month")) lost money."
  }

  /// What was bought and billed, in a sentence.
  var subtitle: String {
    let days = "\(window.from.prefix(10)) to \(window.to.prefix(10))"
    let price =
      premium.map { "one price: on demand \(AmountText.decimal($0, decimals: 2)), committed 1" }
      ?? "\(product), \(payment)"
    return "\(days)\(reversed ? ", history backwards" : ""); \(price); \(termYears)-year terms; "
      + "decisions every \(every) hours; \(AmountText.plural(pools, "pool"))"
  }
}

extension BacktestDocument.Policy {
  init(_ result: Backtest.Result, onDemand: Money) {
    self.init(
      name: result.name, cost: result.cost, netSavings: result.netSavings,
      savingsRate: onDemand == .zero
        ? 0 : RunDocument.rounded(result.netSavings.value / onDemand.value),
      shareOfHindsight: result.shareOfHindsight.map(RunDocument.rounded), regret: result.regret,
      losingMonths: result.losingMonths, worstQuarter: result.worstQuarter,
      coverage: RunDocument.rounded(result.coverage),
      utilization: result.utilization.map(RunDocument.rounded), purchases: result.purchases,
      lockedBeyondWindow: result.lockedBeyond, tailSavings: result.tailSavings,
      tailSavingsHalved: result.tailSavingsHalved,
      seeds: result.seeds.map(BacktestDocument.Seeds.init),
      monthlySavings: result.monthlySavings.map(\.value),
      monthlyCoverage: result.monthlyCoverage.map { $0.map(RunDocument.rounded) },
      bought: result.bought.map(BacktestDocument.Bought.init))
  }
}

extension PolicyName {
  /// Its name in a sentence: three rules of one product are called like presets, and are none.
  fileprivate var inWords: String {
    Preset(rawValue: rawValue) == nil ? rawValue : "\(rawValue) with one product"
  }
}
