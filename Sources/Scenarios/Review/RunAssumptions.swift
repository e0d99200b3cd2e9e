import CloudCosts
import Forecast

/// One thing that a run's figures rest on: what would change them if it were otherwise.
package struct Assumption: Hashable, Sendable {
  /// `Usage`, `Growth`, `Prices`.
  package var topic: String
  /// A sentence or more.
  package var text: String

  package init(_ topic: String, _ text: String) {
    self.topic = topic
    self.text = text
  }
}

extension ScenarioData {
  /// What this run rests on, for a page that someone signs.
  func assumptions(_ inputs: ScenarioInputs) -> [Assumption] {
    let scenario = scenario
    var result = [Assumption("Usage", usageSentence(inputs))]
    if scenario.forecast.growth != 0 {
      result.append(
        Assumption(
          "Growth",
          "\(Self.percent(scenario.forecast.growth)) a year on top of what the method finds."))
    }
    result += scenario.forecast.changes.map { Assumption("Known change", $0.sentence) }
    result.append(Assumption("Prices", priceSentence))
    if !scenario.owned.isEmpty {
      let count = owned?.commitments.count ?? 0
      result.append(
        Assumption(
          "Owned",
          "\(count) \(count == 1 ? "commitment" : "commitments") of "
            + "\(scenario.owned.map(\.name).joined(separator: ", ")); each ends on its "
            + "date unless the list says that it renews."))
    } else {
      result.append(Assumption("Owned", "No commitment is owned: the scenario names none."))
    }
    result.append(Assumption("Policy", policySentence(inputs)))
    if let risk = inputs.risk, inputs.paths != nil {
      result.append(Assumption("Risk", risk.sentence))
    }
    if !scenario.sharing.sharesAll {
      result.append(Assumption("Sharing", "As the scenario's section sharing says, by account."))
    }
    return result + Self.always(looksAhead: scenario.forecast.looksAhead)
  }

  private func usageSentence(_ inputs: ScenarioInputs) -> String {
    let window = inputs.demand.window
    let span = "\(window.start.day) to \(window.end.day)"
    guard scenario.forecast.looksAhead, let history else {
      return "\(usage.file), \(span), hour by hour, as it was. The plan knows every hour in "
        + "advance: this is what would have been, and other usage gives other savings."
    }
    let learned = "\(usage.file), \(history.window.start.day) to \(history.window.end.day)"
    let count = inputs.paths?.paths.count ?? 1
    return "A forecast of \(span) by the method \(scenario.forecast.method.rawValue), from "
      + "\(learned)"
      + (count > 1 ? ": \(count) futures, seed \(scenario.forecast.seed)." : ".")
      + (inputs.ahead.map {
        " Purchases are planned for these futures up to \($0.window.end.day), as long as the longest"
          + " term lasts."
      } ?? "")
  }

  private var priceSentence: String {
    let files = scenario.prices.map(\.name).joined(separator: ", ")
    let changes = scenario.forecast.changes.contains { !$0.isOfUsage }
    return "\(files), for every hour of the window"
      + (changes ? ", but for the known changes." : "; no price changes in it.")
      + (prices.paidShares.isEmpty ? "" : " A negotiated discount comes off the bill.")
      + (prices.usageShares.isEmpty ? "" : " One comes off usage on demand, not off fees.")
  }

  private func policySentence(_ inputs: ScenarioInputs) -> String {
    let policy = inputs.policy
    let limits = PolicyLimit.allCases.compactMap { limit in
      policy[limit].map { "\(limit.rawValue) \($0)" }
    }
    let preset = scenario.preset.map { "Preset \($0.rawValue)" }
    let capital =
      policy.costOfCapital > 0
      ? "; money paid early costs \(Self.percent(policy.costOfCapital)) a year" : ""
    let said = [preset, limits.isEmpty ? nil : limits.joined(separator: ", ")].compactMap { $0 }
    return (said.isEmpty ? "No limit" : said.joined(separator: ": ")) + capital + "."
  }

  private static func always(looksAhead: Bool) -> [Assumption] {
    [
      Assumption(
        "Terms",
        "Cost counts the part of each term inside the window. What a term binds after it is named "
          + "as locked"
          + (looksAhead ? ", and what is expected to be wasted then is weighed." : ".")),
      Assumption(
        "Billing",
        "Commitments are applied in the provider's own order by an independent judge; a saving is "
          + "the difference of two such bills."),
      Assumption(
        "Machines",
        "A machine that is resized runs as many hours as before. Its saving is at on-demand prices; "
          + "in the combined bill it is lower where a commitment would have covered it."),
      Assumption(
        "Scope", "Only the usage in the file: no storage, traffic, support or tax."),
    ]
  }

  private static func percent(_ share: Double) -> String {
    Money(rounding: share * 100).naturallyFormatted() + " %"
  }
}

extension Hour {
  /// `2024-02-01`.
  fileprivate var day: String { String(iso8601.prefix(10)) }
}

extension KnownChange {
  /// `aws m5 in us-east-1 is retired on 2024-05-01.`
  fileprivate var sentence: String {
    let over = months > 0 ? ", over \(months) months" : ""
    let day = date.iso8601.prefix(10)
    return switch kind {
    case .growth(let yearly):
      "From \(day): \(usage.words) grows by \(Self.number(yearly * 100)) % a year."
    case .retirement: "From \(day)\(over): \(usage.words) ends."
    case .migration(let target, let ratio, let share):
      "From \(day)\(over): \(Self.number(share * 100)) % of \(usage.words) moves to \(target), "
        + "\(Self.number(ratio)) hours for each."
    case .price(let factor, let extent):
      "From \(day): prices of \(usage.words) times \(Self.number(factor))"
        + (extent == .all ? ", also of what is bought then." : ", on demand only.")
    }
  }

  private static func number(_ value: Double) -> String {
    Money(rounding: value).naturallyFormatted()
  }
}

extension RiskSettings {
  fileprivate var sentence: String {
    let share = Money(rounding: weight * 100).naturallyFormatted()
    let tail = Money(rounding: (1 - level) * 100).naturallyFormatted()
    return "What is minimised is the expected cost, and with a weight of \(share) % the measure "
      + "\(measure.rawValue) of the worst \(tail) % of futures."
  }
}
