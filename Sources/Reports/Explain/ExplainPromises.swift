import Billing
import CloudCosts
import Scenarios

extension ExplainDocument {
  /// What a provider was promised, in the contract year that the hour is in: no hour's cost, but
  /// what is missing at the year's end is paid.
  package struct Promise: Hashable, Sendable, Encodable {
    package var name: String
    package var provider: Provider
    /// The contract year, as far as it is inside the window.
    package var from: String
    package var to: String
    @JSONNumber package var amount: Money
    @JSONNumber package var spent: Money
    @JSONNumber package var shortfall: Money
  }

  /// A commitment that the plan gives up, and what that comes to.
  package struct GivenUp: Hashable, Sendable, Encodable {
    package var commitment: String
    package var way: GivingUpWay
    package var at: String
    @JSONNumber package var received: Money
    /// What it still costs in this hour.
    @JSONNumber package var cost: Money
  }

  static func promises(_ billed: BilledOutcome, at hour: Hour) throws -> [Promise]? {
    guard !billed.judge.spendCommitments.isEmpty else { return nil }
    return try billed.judge.bill(billed.demand, under: billed.commitments).contractYears
      .filter { $0.window.start <= hour && hour < $0.window.end }
      .map { year in
        Promise(
          name: year.name, provider: year.provider, from: year.window.start.iso8601,
          to: year.window.end.iso8601, amount: year.amount, spent: year.spent,
          shortfall: year.shortfall)
      }
  }

  static func givenUp(_ billed: BilledOutcome, at hour: Hour) -> [GivenUp]? {
    guard !billed.judge.givenUp.isEmpty else { return nil }
    let part = HourWindow(start: hour, hours: 1)
    return billed.judge.givenUp.map { entry in
      GivenUp(
        commitment: entry.commitment.id, way: entry.way, at: entry.at.iso8601,
        received: Money(rounding: entry.received), cost: Money(rounding: entry.loss(in: part)))
    }
  }
}

extension ExplainTable {
  static func promises(_ document: ExplainDocument, _ amounts: AmountText) -> [String] {
    let promised = (document.promises ?? []).flatMap { promise in
      Printable.wrapped(
        "\(promise.name): \(amounts.cents(promise.spent)) of \(amounts.cents(promise.amount)) from"
          + " \(promise.from) to \(promise.to)"
          + (promise.shortfall > .zero
            ? "; \(amounts.cents(promise.shortfall)) are missing and paid all the same" : ""),
        indent: "  ", hanging: "    ")
    }
    let givenUp = (document.givenUp ?? []).flatMap { entry in
      Printable.wrapped(
        "\(entry.commitment) (\(entry.way.rawValue)) at \(entry.at):"
          + " \(amounts.cents(entry.received)) paid out, \(amounts.cents(entry.cost)) in this hour",
        indent: "  ", hanging: "    ")
    }
    return
      (promised.isEmpty ? [] : ["", "Promised to spend, in the bill of the window"] + promised)
      + (givenUp.isEmpty ? [] : ["", "Given up"] + givenUp)
  }
}
