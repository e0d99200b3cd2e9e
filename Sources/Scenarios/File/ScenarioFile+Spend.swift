import CloudCosts
import Ingest

// The key `spend_commitments`: `[{name: edp, provider: aws, amount: 1000000, from: …, to: …, other:
// 200000}]`, and `per: contract` where the amount is one for all of it.
extension ScenarioParser {
  func spendCommitments(_ root: ScenarioSection) -> [SpendCommitment] {
    root.maps("spend_commitments").compactMap { section in
      for (key, example) in [("provider", "aws"), ("amount", "1000000")]
      where section.entry(key) == nil {
        findings.add(
          .error, "missing-key", line: section.line,
          "the key \(section.name(key).quoted) is missing", remedy: "add \(key): \(example)")
      }
      checkCurrency(section, root)
      let provider: Provider? = section.choice("provider")
      let amount = section.limit("amount")
      let other = section.limit("other") ?? 0
      let period = section.choice("per") ?? SpendCommitment.Period.year
      let from = hour(section, "from")
      let to = hour(section, "to")
      guard let provider, let amount, let from, let to else { return nil }
      guard to > from, to - from <= 10 * 8784 else {
        findings.add(
          .error, "out-of-range", line: section.line,
          "the spend commitment runs from \(from) to \(to)",
          remedy: "write the first hour of the contract, and the first in which it no longer holds")
        return nil
      }
      var commitment = SpendCommitment(
        name: section.text("name") ?? "\(provider.rawValue) spend commitment", provider: provider,
        window: HourWindow(from: from, to: to), amount: amount, other: other, period: period)
      commitment.known = known(section, commitment)
      noteCutYear(commitment, section)
      return commitment
    }
  }

  /// A contract in another currency is met at a rate that it names, and it is not stated here.
  private func checkCurrency(_ section: ScenarioSection, _ root: ScenarioSection) {
    let own = root.text("currency") ?? "USD"
    guard let stated = section.text("currency"), stated != own else { return }
    findings.add(
      .error, "other-currency", line: section.entry("currency")?.line ?? section.line,
      "\(section.name("currency")) is \(stated.quoted), and the scenario's is \(own)",
      remedy: "write the amounts in \(own), at the rate that the contract names")
  }

  /// What was spent of the contract year that is running: `spent: 400000, spent_until: 2024-06-01`.
  private func known(
    _ section: ScenarioSection, _ commitment: SpendCommitment
  ) -> SpendCommitment.Known? {
    let spent = section.limit("spent")
    guard let spent else {
      if let entry = section.entry("spent_until") {
        findings.add(
          .error, "missing-key", line: entry.line,
          "the key \(section.name("spent").quoted) is missing",
          remedy: "add what was spent of the contract year by then, or leave spent_until out")
      }
      return nil
    }
    guard let until = hour(section, "spent_until") else { return nil }
    guard
      commitment.years.contains(where: { $0.window.start < until && until < $0.window.end })
    else {
      findings.add(
        .error, "out-of-range", line: section.entry("spent_until")?.line ?? section.line,
        "\(section.name("spent_until")) is \(until), which lies inside no contract year",
        remedy:
          "write the hour up to which the provider's account of the running contract year goes")
      return nil
    }
    return SpendCommitment.Known(spent: spent, until: until)
  }

  /// An amount a year of a contract that does not last whole years may be meant for all of it.
  private func noteCutYear(_ commitment: SpendCommitment, _ section: ScenarioSection) {
    guard commitment.period == .year, let last = commitment.years.last else { return }
    let months = 12 * commitment.years.count
    guard commitment.window.start.adding(months: months) > last.window.end else { return }
    findings.add(
      .note, "cut-contract-year", line: section.line,
      "the contract year of \(commitment.name.quoted) from \(last.window.start) ends with the contract"
        + " at \(last.window.end): \(Money(rounding: last.amount).naturallyFormatted()) of the"
        + " \(Money(rounding: commitment.amount).naturallyFormatted()) a year are owed for it",
      remedy: "nothing, if the amount is one a year; write per: contract where it is for the whole"
        + " contract")
  }
}
