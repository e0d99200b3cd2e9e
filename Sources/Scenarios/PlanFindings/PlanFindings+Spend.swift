import Billing
import CloudCosts

extension PlanFindings {
  /// How each contract year of a spend commitment fares, outcome by outcome.
  static func spendCommitments(_ run: ScenarioRun) -> [Finding] {
    let years = run.outcomes.first?.bill.contractYears ?? []
    return years.indices.map { index in
      let year = years[index]
      let words = run.outcomes.compactMap { outcome -> String? in
        guard outcome.bill.contractYears.indices.contains(index) else { return nil }
        return "\(outcome.kind.rawValue) \(spent(outcome.bill.contractYears[index]))"
      }
      let misses = run.outcomes.contains {
        $0.plan != nil && $0.bill.contractYears[index].shortfall > .zero
      }
      return Finding(
        misses ? .warning : .note, rule: "plan.spend-commitment", place: year.name,
        message: "From \(year.window.start) to \(year.window.end)"
          + " \(year.amount.naturallyFormatted()) are promised to be spent on"
          + " \(year.provider.rawValue)\(part(year)): \(words.joined(separator: "; ")).",
        remedy: misses
          ? "What is missing is paid all the same: saving more than that saves nothing. Move other"
            + " spend to the provider, or promise less at the next renewal."
          : "Nothing.")
    }
  }

  /// Contracts that are not in force in the window count in no bill.
  static func spendElsewhere(_ inputs: ScenarioInputs) -> [Finding] {
    let window = inputs.demand.window
    return inputs.spendCommitments.filter { contract in
      contract.years.allSatisfy { $0.part(in: window) == nil }
    }.map { contract in
      Finding(
        .note, rule: "plan.spend-commitment", place: contract.name,
        message: "The contract runs from \(contract.window.start) to \(contract.window.end), and"
          + " nothing of it is owed from \(window.start) to \(window.end): it counts in no bill.",
        remedy: "Nothing, if that is meant; or correct from and to.")
    }
  }

  /// How much of a contract year it is.
  private static func part(_ year: ContractYear) -> String {
    guard year.share < 1 else { return "" }
    let percent = Money(rounding: year.share * 100).formatted(decimals: 1)
    return ", \(percent) % of what is owed from \(year.open.start) to \(year.open.end)"
  }

  private static func spent(_ year: ContractYear) -> String {
    var text = year.spent.naturallyFormatted()
    if year.band.lowerBound < year.band.upperBound {
      text +=
        " (\(year.band.lowerBound.naturallyFormatted()) to"
        + " \(year.band.upperBound.naturallyFormatted()))"
    }
    if year.shortfall > .zero { text += ", misses \(year.shortfall.naturallyFormatted())" }
    return text
  }
}
