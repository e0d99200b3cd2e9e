import CloudCosts
import Scenarios

/// What `plimsoll advise` prints: the answer, what to buy first, what was assumed, and what to do
/// next.
package struct AdviceTable: Sendable {
  package let text: String

  /// - Parameters:
  ///   - folder: where scenario and report lie, as the user calls it.
  package init(_ document: RunDocument, _ advice: PreparedAdvice, folder: String) {
    var lines = Printable.wrapped(
      "\(advice.window.start.iso8601.prefix(10)) to \(advice.window.end.iso8601.prefix(10)): "
        + AmountText.decimal(Double(advice.groups), decimals: 0) + " series of usage, "
        + AmountText.plural(advice.accounts, "account"))
    lines += [""]
    for run in document.runs.prefix(1) {
      if let headline = Headline(run, amounts: AmountText(currency: document.currency)) {
        lines += Printable.wrapped(headline.sentence) + [""]
      }
      lines += OutcomeTable(run, currency: document.currency).lines
      if let selection = document.recommendation(of: run) {
        lines += PlanText(selection, limit: 10).lines
      }
    }
    lines += FindingsText(document.findings).lines
    lines += ["", "Assumed"]
    for sentence in advice.assumptions {
      lines += Printable.wrapped("- \(sentence)", indent: "  ")
    }
    let place = folder.unicodeScalars.contains(" ") ? "'\(folder)'" : folder
    lines += ["", "Written: \(folder)/report.html, plan.json, scenario.yaml, prices.csv"]
    lines += ["Next"]
    lines += [
      "  plimsoll run \(place)                                   after changing scenario.yaml",
      "  plimsoll judge \(place) --buy \"\(AdviceTable.example(document))\"   your own idea, next to this plan",
      "  plimsoll export --plan \(place)/plan.json --format commands   the provider's purchase commands",
    ]
    text = lines.joined(separator: "\n") + "\n"
  }

  /// The plan's first line, as words for `judge`.
  private static func example(_ document: RunDocument) -> String {
    let purchase = document.runs.first?.recommended?.plan?.purchases.inBuyingOrder.first
    guard let purchase else { return "sp-compute 1y no-upfront 1/h" }
    let words = [
      purchase.product.rawValue, "\(purchase.termYears)y", purchase.payment.rawValue,
    ]
    switch purchase.amount {
    case .quantity(let count):
      return
        (words + [AmountText.count(count).replacing(",", with: "")]
        + [purchase.instanceType, purchase.region].compactMap(\.self)).joined(separator: " ")
    case .hourlyCommitment(let money):
      let place = [purchase.instanceType, purchase.region].compactMap(\.self)
      return (words + [money.formatted(decimals: 3, grouped: false) + "/h"] + place)
        .joined(separator: " ")
    }
  }
}
