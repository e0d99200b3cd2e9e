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
    var lines =
      ["#!/bin/sh", "# Made by \(OutputMark.name)."] + PurchaseCommands.heading(selection) + [
        PurchaseScript.prologue
      ]
    for (offset, purchase) in purchases.enumerated() {
      if let approved, approved[offset + 1] == nil { continue }
      lines += [""]
      lines += PurchaseCommands.comments(
        purchase, "\(offset + 1) of \(purchases.count)", selection)
      lines += PurchaseCommands.calls(
        purchase, line: offset + 1, selection, token: approved?[offset + 1])
    }
    lines += ["", PurchaseScript.epilogue]
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
      purchase.product.rawValue, purchase.subjectText, purchase.termText,
      purchase.quantityText(AmountText(currency: "")), purchase.start,
    ]
    let token = token ?? ClientToken.text(of: key)
    guard let call = AWSPurchase(purchase, currency: selection.currency, token: token) else {
      let name = "\(line) (\(purchase.shortProduct), \(purchase.subjectText))"
      return ["by_hand \(ShellText.quoted(Printable.clean(name)))"]
    }
    // The receipts are lines of text: nothing in a name may start another.
    let receipt = Printable.clean(key.joined(separator: " | "))
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
      let day = purchase.start.prefix(10)
      return [
        head,
        "  [ \"$buying\" != yes ] || [ \"$(date -u +%Y%m%d)\" -ge \(day.filter(\.isNumber)) ] ||",
        "    stop \"this service queues no purchases: run again on \(day)\"",
      ] + find + [
        "  buy \(buy.joined(separator: " "))", "fi",
      ]
    }
    return [head] + find + [
      "  buy \(buy.joined(separator: " ")) $(queued \(purchase.start))", "fi",
    ]
  }
}
