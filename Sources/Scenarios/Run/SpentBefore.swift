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
    let elsewhere = spend.spent(.elsewhere, from: from, to: until)
    // A hundredth is not worth a word.
    let isMissing = commitment.other == 0 && elsewhere > 0.01 * billed
    let yearly = elsewhere * 8760 / Double(until - from)
    let missing =
      isMissing
      ? ". \(text(elsewhere)) of what was billed is for usage that is in no plan, such as storage: it"
        + " is not taken to go on" : ""
    findings.append(
      Finding(
        isWhole && !isMissing ? .note : .warning, rule: "plan.spent-from-history", place: place,
        message:
          "\(text(spent)) are taken as spent for \(commitment.name.quoted) from \(year.start) to"
          + " \(until), as billed without tax, credits and marketplace\(guess); the rest of that"
          + " contract year's amount is owed after it\(missing)",
        remedy: (isMissing
          ? "if that usage goes on, write other: \(Int(min(yearly, 1e15))) into the spend commitment; "
          : "")
          + "where the provider's account of the contract says otherwise, write spent and spent_until"
      ))
  }

  private func text(_ amount: Double) -> String { Money(rounding: amount).formatted(decimals: 2) }
}
