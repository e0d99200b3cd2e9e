import CloudCosts
import Ledger
import Scenarios

/// A plan's dates as an iCalendar file: buy, return by, review, ends.
package struct PlanCalendar: Sendable {
  package let text: String

  package init(_ selection: PlanSelection, stamp: String = Provenance.now()) {
    let amounts = AmountText(currency: selection.currency)
    let windowEnd = Hour(iso8601: selection.window.to)
    let events = selection.plan.purchases.enumerated().flatMap { offset, purchase in
      CalendarText.Event.all(
        purchase,
        key: [selection.scenario, selection.run, selection.outcome.name, "\(offset + 1)"],
        windowEnd: windowEnd, amounts)
    }
    text =
      CalendarText(
        name: "\(selection.scenario): commitments", stamp: stamp, events: events
      ).text
  }
}

extension CalendarText.Event {
  /// All dates of a line of a plan; none where its dates cannot be read.
  fileprivate static func all(
    _ purchase: RunDocument.Purchase, key: [String], windowEnd: Hour?, _ amounts: AmountText
  ) -> [CalendarText.Event] {
    guard let start = Hour(iso8601: purchase.start), let end = Hour(iso8601: purchase.end) else {
      return []
    }
    let what = purchase.amountAndSubject(amounts.currency)
    let owner = purchase.account.isEmpty ? "" : " Account \(purchase.account)."
    func event(
      _ kind: LedgerTask.Kind, _ hour: Hour, _ title: String, _ text: String, timed: Bool = false,
      remind days: Int?
    ) -> CalendarText.Event {
      CalendarText.Event(
        id: key + [purchase.product.rawValue, kind.rawValue], hour: hour, isTimed: timed,
        summary: "\(title): \(what)", description: text + owner, remindDays: days)
    }
    var events = [
      event(
        .buy, start, "Buy",
        "Upfront \(amounts.cents(purchase.upfront)), expected to save \(amounts.cents(purchase.savings))"
          + " in the plan's window. \(purchase.reason)", remind: 1),
      event(.ends, end, "Ends", "What it covers is on demand from then on.", remind: 30),
    ]
    let half = start.adding(months: 6)
    let review = windowEnd.flatMap { $0 > start ? min($0, half) : nil } ?? half
    if review < end {
      events.append(
        event(
          .review, review, "Review",
          "Is it used as expected? plimsoll ledger track HISTORY tells.", remind: nil))
    }
    if let until = purchase.returnable.flatMap({ Hour(iso8601: $0.until) }) {
      events.append(
        event(
          .returnBy, until, "Last hour to return",
          "Bought on time, it can be returned until then, whole.", timed: true, remind: 2))
    }
    return events
  }
}

/// What a ledger's purchases still ask for, as an iCalendar file.
package struct LedgerCalendar: Sendable {
  package let text: String

  package init(_ contents: LedgerContents, at now: Hour, stamp: String = Provenance.now()) {
    let events = contents.queue(at: now).compactMap { task -> CalendarText.Event? in
      guard let entry = contents.entry(task.purchase) else { return nil }
      let what = LedgerDocument.Purchase(entry).what
      return CalendarText.Event(
        id: [contents.id, "\(task.purchase)", task.kind.rawValue], hour: task.by,
        isTimed: task.kind == .returnBy, summary: "\(task.purchase) \(task.kind.words): \(what)",
        description: "Proposal \(entry.id.proposal), \(entry.proposal.scenario)"
          + (entry.providerID.map { ", \($0)" } ?? "") + ".",
        remindDays: task.kind == .ends ? 30 : 1)
    }
    text = CalendarText(name: "Commitments", stamp: stamp, events: events).text
  }
}
