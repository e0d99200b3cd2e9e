import CloudCosts
import Foundation
import Ingest
import Scenarios

/// The files that `plimsoll advise` writes next to the history: prices and a scenario that can be
/// changed and run again.
package enum AdviceFiles {
  package static let scenario = "scenario.yaml"
  package static let prices = "prices.csv"

  package static func all(_ advice: PreparedAdvice, preset: Preset? = nil) -> [OutputFile] {
    [
      OutputFile(name: scenario, text: marked(text(advice, preset: preset))),
      OutputFile(
        name: prices,
        text: PriceBookCSV.text(
          advice.prices.prices.map(\.row), sources: advice.prices.prices.map(\.source))),
    ]
  }

  /// Whether somebody has changed a scenario that `advise` wrote.
  package static func isChanged(_ text: String) -> Bool {
    guard let mark = text.range(of: "# mark: ") else { return true }
    return marked(String(text[..<mark.lowerBound])) != text
  }

  /// With a line by which changes are known.
  private static func marked(_ text: String) -> String {
    // FNV-1a, 64 bits.
    let hash = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    return text + "# mark: \(String(hash, radix: 16))\n"
  }

  /// Every section, those that are not needed as comments.
  static func text(_ advice: PreparedAdvice, preset: Preset?) -> String {
    let from = advice.window.start.iso8601
    let to = advice.window.end.iso8601
    let owned =
      advice.owned.map { "owned: \(quoted($0))          # commitments that the bills name" }
      ?? "# owned: commitments.csv     # what is owned: a CSV, or a list of the provider's own tool"
    let assumptions = advice.assumptions.map { "# - \($0)" }.joined(separator: "\n")
    return """
      # Written by Plimsoll: `plimsoll advise`. Change it and run it again: plimsoll run FOLDER
      # All keys: plimsoll keys. What was assumed:
      \(assumptions)
      name: advice
      currency: \(advice.currency)
      usage: \(quoted(advice.usage))
      prices: prices.csv          # its column source says where each price is from
      \(owned)
      # discounts: discounts.csv   # negotiated: percent, and any of provider,product,family,region
      # window: {from: \(from), to: \(to)}    # default: all hours

      # Without a forecast.method the plan is for many futures, made from the history.
      # forecast: {method: hindsight}    # asks instead what the past could have saved at best
      # forecast: {horizon: 12, paths: 24}

      offers:
        payments: [no-upfront]    # nothing is paid at once; remove this to allow it
        \(terms(advice))
        # products: [sp-compute]
      policy:
        \(preset.map { "preset: \($0.rawValue)" } ?? "# preset: walk             # crawl, walk or run: from careful to bold")
        least_worth: 0.005        # lines under half a percent of the saving are left out
        # max_upfront: 100000        # currency, all purchases together
        # max_hourly_commitment: 10  # currency per hour
        # max_three_year_share: 0.3  # of eligible usage
        # max_coverage: 0.8          # of eligible usage
        # exclude: {accounts: ["123456789012"]}
      # ladder: {every: month, count: 3}    # buy in steps
      # sharing: {mode: organization}       # AWS: who may use whose commitments
      solver: {rivals: none}
      compare: [on-demand, current, committed]
      # overrides: {less: {forecast.growth: -0.3}}
      # scenarios: {shrinking: [less]}

      """
  }

  /// Little history tells nothing of three years.
  private static func terms(_ advice: PreparedAdvice) -> String {
    advice.window.hours < leastHours
      ? "terms: [1]                # less than 8 weeks of history: nothing for three years"
      : "# terms: [1]"
  }

  /// Eight weeks.
  private static let leastHours = 8 * 168

  /// A file's name as a YAML text.
  private static func quoted(_ text: String) -> String {
    let isPlain = text.unicodeScalars.allSatisfy {
      ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
        || "._-/".unicodeScalars.contains($0)
    }
    return isPlain
      ? text
      : "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
