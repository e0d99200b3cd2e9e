import CloudCosts

/// The three numbers in words.
enum SplitText {
  /// One sentence: what each alone saves, both, and what adding up would overstate.
  ///
  /// What the work on machines costs is taken off, and that is said where there is any.
  static func sentence(_ split: RunDocument.Split, of run: RunDocument.Run, _ amounts: AmountText)
    -> String
  {
    let isWork = run.outcomes.contains { ($0.plan?.costOfWork ?? .zero) > .zero }
    let added = split.resizeOnly + split.commitOnly
    let start =
      "Against what is owned and used now\(isWork ? ", less the work" : ""), resizing alone saves"
      + " \(amounts.headline(split.resizeOnly)), committing alone \(amounts.headline(split.commitOnly)),"
      + " both together \(amounts.headline(split.both))"
    if split.overstatedBy > .zero {
      return start + ": adding the first two up (\(amounts.headline(added))) would overstate by"
        + " \(amounts.headline(split.overstatedBy))."
    }
    return start + ": "
      + "\(amounts.headline(Money(micros: abs(split.overstatedBy.micros)))) more than each alone."
  }

  /// A line for each advice on machines.
  static func advice(_ advice: [RunDocument.MachineAdvice], _ amounts: AmountText) -> [String] {
    advice.map { one in
      var text =
        "\(one.source)\(one.file.isEmpty ? "" : " (\(one.file))"):"
        + " \(AmountText.plural(one.machines, "machine")), saves \(amounts.headline(one.savings))"
        + " under what is owned, \(amounts.headline(one.savingsOnDemand)) on demand"
      if let claimed = one.claimedSavings {
        text += " (it claims \(amounts.headline(Money(rounding: claimed))))"
      }
      text += "; \(AmountText.percent(one.shareAbove, decimals: 2)) of their hours above capacity"
      if !one.leftOut.isEmpty {
        text +=
          "; \(AmountText.plural(one.leftOut.count, "machine")) not judged (no price, or not"
          + " measured)"
      }
      return text + "."
    }
  }
}
