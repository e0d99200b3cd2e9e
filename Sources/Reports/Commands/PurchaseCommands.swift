import CloudCosts
import Scenarios

/// A plan's purchases as a POSIX shell script of the providers' own commands, dry until asked to
/// buy.
package struct PurchaseCommands: Sendable {
  package let text: String

  /// - Parameter approved: the tokens of approved lines, by number; lines without one are left out.
  ///   Nil: all lines are in, each with a token of its own contents.
  package init(_ selection: PlanSelection, approved: [Int: String]? = nil) {
    let purchases = selection.plan.purchases
    var lines: [String] = []
    for (offset, purchase) in purchases.enumerated() {
      if let approved, approved[offset + 1] == nil { continue }
      lines += [""]
      lines += PurchaseCommands.comments(
        purchase, "\(offset + 1) of \(purchases.count)", selection)
      lines += PurchaseCommands.calls(
        purchase, line: offset + 1, selection, token: approved?[offset + 1])
    }
    // Before anything is bought, so that nothing stops half-way.
    let isOfAzure = lines.contains { $0.contains(AzurePurchase.scope) }
    lines =
      ["#!/bin/sh", "# Made by \(OutputMark.name)."] + PurchaseCommands.heading(selection)
      + [PurchaseScript.prologue] + (isOfAzure ? ["", "paying_subscription"] : []) + lines
      + ["", PurchaseScript.epilogue]
    text = lines.joined(separator: "\n") + "\n"
  }

  private static func heading(_ selection: PlanSelection) -> [String] {
    let plan = selection.plan
    let amounts = AmountText(currency: selection.currency)
    var comments = [
      "Scenario \(selection.scenario), run \(selection.run), plan \(selection.outcome.name): "
        + "\(AmountText.plural(plan.purchases.count, "purchase")), "
        + "\(amounts.cents(plan.totalCommitted)) to the end of their terms, "
        + "\(amounts.cents(plan.purchases.map(\.upfront).total())) of it upfront.",
      "Found for usage from \(selection.window.from.prefix(10)) to "
        + "\(selection.window.to.prefix(10)): \(plan.status.rawValue) (\(plan.stop.rawValue)), "
        + "gap \(AmountText.percent(plan.gap, decimals: 4)).",
    ]
    if plan.isStoppedEarly {
      comments.append("The search was stopped early: a better plan may exist. Run it longer first?")
    }
    if !plan.actions.isEmpty {
      comments.append(
        "FIRST resize \(AmountText.plural(plan.actions.count, "machine")) "
          + "(recommendations.csv): the purchases fit what is left after that.")
    }
    return comments.flatMap(ShellText.comment)
  }

  private static func comments(
    _ purchase: RunDocument.Purchase, _ position: String, _ selection: PlanSelection
  ) -> [String] {
    let amounts = AmountText(currency: selection.currency)
    let payback =
      purchase.breakEvenMonths.map {
        "pays back in \(AmountText.decimal($0, decimals: 1)) months"
      } ?? "does not pay back in the window"
    let account = purchase.account.isEmpty ? "" : " Account \(purchase.account)."
    return ShellText.comment(
      "\(position): \(purchase.quantityText(amounts)) \(purchase.subjectText), "
        + "\(purchase.product.title), \(purchase.termText).\(account)")
      + ShellText.comment(
        "Costs \(amounts.cents(purchase.cost)) in the window "
          + "(\(amounts.cents(purchase.upfront)) upfront), saves "
          + "\(amounts.cents(purchase.savings)), "
          + "\(AmountText.percent(purchase.utilization)) used, \(payback).")
      + ShellText.comment("Why: \(purchase.reason)")
  }

  private static func calls(
    _ purchase: RunDocument.Purchase, line: Int, _ selection: PlanSelection, token: String?
  ) -> [String] {
    let key = [
      selection.scenario, selection.run, selection.outcome.name, String(line),
      purchase.product.rawValue, purchase.subjectKey, purchase.termText,
      purchase.quantityText(AmountText(currency: "")), purchase.start,
    ]
    let token = token ?? ClientToken.text(of: key)
    // The receipts are lines of text: nothing in a name may start another.
    let receipt = Printable.clean(key.joined(separator: " | "))
    guard let call = AWSPurchase(purchase, currency: selection.currency, token: token) else {
      return named(purchase, selection.currency, token: token, receipt: receipt)
        ?? byHand(purchase, line: line, selection.currency)
    }
    let isNumber =
      purchase.account.utf8.count == 12
      && purchase.account.utf8.allSatisfy { byte in
        (48...57).contains(byte)
      }
    let buy = call.buy.map { $0 == AWSPurchase.offering ? $0 : ShellText.quoted($0) }
    let account = isNumber ? purchase.account : "any"
    let again = call.isKnownAgain ? " again" : ""
    let head = "if wanted \(ShellText.quoted(receipt)) \(account)\(again); then"
    let earlier = call.earlier.map {
      "  nothing_like_it " + ShellText.command($0, indent: "    ")
    }
    let find =
      [earlier, "  find_offering " + ShellText.command(call.lookup, indent: "    ")]
      .compactMap(\.self)
    guard call.canBeQueued else {
      return [head] + onItsDay(purchase) + find + ["  buy \(buy.joined(separator: " "))", "fi"]
    }
    return [head] + find + [
      "  buy \(buy.joined(separator: " ")) $(queued \(purchase.start))", "fi",
    ]
  }

  /// A purchase of Azure or Google by a name of its own, by which it is known again; nil where no
  /// command makes it.
  private static func named(
    _ purchase: RunDocument.Purchase, _ currency: String, token: String, receipt: String
  ) -> [String]? {
    let azure = AzurePurchase(purchase, currency: currency, token: token)
    guard let buy = azure?.buy ?? GooglePurchase(purchase, token: token)?.buy else { return nil }
    func words(_ words: [String]) -> String {
      words.map { azure?.expressions.contains($0) == true ? $0 : ShellText.quoted($0) }
        .joined(separator: " ")
    }
    let find = azure.flatMap { azure in
      azure.lookup.map { "  find_sku \(ShellText.quoted(azure.sku)) \(words($0))" }
    }
    return ["if wanted \(ShellText.quoted(receipt)) any again; then"] + onItsDay(purchase)
      + [find, "  buy \(words(buy))", "fi"].compactMap(\.self)
  }

  private static func byHand(
    _ purchase: RunDocument.Purchase, line: Int, _ currency: String
  ) -> [String] {
    let name = Printable.clean("\(line) (\(purchase.shortProduct), \(purchase.subjectText))")
    let texts = [name] + PurchaseByHand(purchase, currency: currency).lines
    return ["by_hand " + texts.map(ShellText.quoted).joined(separator: " \\\n  ")]
  }

  /// What cannot be queued is not bought before its day.
  private static func onItsDay(_ purchase: RunDocument.Purchase) -> [String] {
    let day = purchase.start.prefix(10)
    return [
      "  [ \"$buying\" != yes ] || [ \"$(date -u +%Y%m%d)\" -ge \(day.filter(\.isNumber)) ] ||",
      "    stop \"this service queues no purchases: run again on \(day)\"",
    ]
  }
}
