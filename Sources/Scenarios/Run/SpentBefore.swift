import CloudCosts
import Ingest

/// What imported bills say of the contract year that is running when a window begins.
struct SpentBefore {
  private(set) var commitments: [SpendCommitment]
  private(set) var findings: [Finding] = []

  /// - Parameters:
  ///   - billed: what the history has of each provider.
  ///   - start: the first hour that is planned or billed.
  ///   - place: the history's name.
  init(
    _ commitments: [SpendCommitment], billed: [Provider: BilledSpend], before start: Hour,
    place: String
  ) {
    self.commitments = commitments
    for index in commitments.indices where commitments[index].known == nil {
      guard let spend = billed[commitments[index].provider] else { continue }
      read(spend, index, before: start, place: place)
    }
  }

  /// Days of the year from before the first bill are taken to have gone as those that the bills
  /// have.
  private mutating func read(
    _ spend: BilledSpend, _ index: Int, before start: Hour, place: String
  ) {
    let commitment = commitments[index]
    guard let seen = spend.window,
      let year = commitment.years.first(where: {
        $0.window.start < start && start < $0.window.end
      })?.window
    else { return }
    let from = max(year.start, seen.start)
    let until = min(start, seen.end)
    guard from < until else { return }
    let billed = spend.spent(from: from, to: until)
    let isWhole = from - year.start < 24
    let share = isWhole ? 1 : Double(until - year.start) / Double(until - from)
    let spent = max(0, billed * share)
    commitments[index].known = SpendCommitment.Known(spent: spent, until: until)
    let guess =
      isWhole
      ? ""
      : " (the bills begin at \(from) with \(text(billed)): the days before are taken to have gone as"
        + " those after)"
    findings.append(
      Finding(
        isWhole ? .note : .warning, rule: "plan.spent-from-history", place: place,
        message:
          "\(text(spent)) are taken as spent for \(commitment.name.quoted) from \(year.start) to"
          + " \(until), as billed without tax, credits and marketplace\(guess); the rest of that"
          + " contract year's amount is owed after it",
        remedy: "nothing, if the provider's account of the contract says so; else write spent and"
          + " spent_until into the spend commitment"))
  }

  private func text(_ amount: Double) -> String { Money(rounding: amount).formatted(decimals: 2) }
}
