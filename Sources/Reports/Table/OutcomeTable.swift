import CloudCosts

/// A row per outcome: what each way of buying costs, saves and risks.
struct OutcomeTable {
  let lines: [String]

  init(_ run: RunDocument.Run, currency: String) {
    let scale = TableScale(run.outcomes.flatMap { [$0.cost, $0.savings, $0.upfront] })
    var table = TextTable([
      .init(header: "outcome", alignsRight: false, isFlexible: true), .init(header: "cost"),
      .init(header: "saved"), .init(header: "saved %"), .init(header: "vs current", isSpare: true),
      .init(header: "covered"), .init(header: "used"), .init(header: "ESR", isSpare: true),
      .init(header: "upfront", isSpare: true), .init(header: "gap"),
    ])
    let current = run.outcome("current")
    let recommended = run.recommended?.name
    // Long names of alternatives differ where the column ends.
    let isNumbered = run.recommendations.contains { $0.name.count > OutcomeTable.longestName }
    let rows =
      run.outcomes.map { ($0.name, $0) }
      + run.recommendations.enumerated().map { index, outcome in
        (isNumbered ? "provider's advice \(index + 1)" : outcome.name, outcome)
      }
    for (name, outcome) in rows {
      let stoppedEarly = outcome.plan?.isStoppedEarly ?? false
      let mark = (outcome.name == recommended ? " *" : "") + (stoppedEarly ? " !" : "")
      let isBaseline = outcome.name == "on-demand"
      table.append([
        name + mark, scale.text(outcome.cost),
        isBaseline ? "–" : scale.text(outcome.savings),
        isBaseline ? "–" : OutcomeTable.percent(outcome.savingsRate),
        current.map { scale.text($0.cost - outcome.cost) } ?? "–",
        OutcomeTable.percent(outcome.coverage),
        outcome.utilization.map(OutcomeTable.percent) ?? "–",
        OutcomeTable.percent(outcome.effectiveSavingsRate), scale.text(outcome.upfront),
        outcome.plan.map { OutcomeTable.percent($0.gap, decimals: 3) } ?? "–",
      ])
    }
    let early = run.outcomes.compactMap { outcome in
      outcome.plan.flatMap { !$0.isStoppedEarly ? nil : "\(outcome.name): \($0.stop.rawValue)" }
    }
    let unit = "\(scale.unit(currency)). ESR: effective savings rate. Gap: at most, as proven."
    var notes = [unit + (recommended == nil ? "" : "  * recommended")]
    if !early.isEmpty {
      notes += ["! stopped early (\(early.joined(separator: ", "))): better plans may exist"]
    }
    if isNumbered {
      notes += run.recommendations.enumerated().map { index, outcome in
        "advice \(index + 1): \(outcome.name.replacing("provider's advice: ", with: ""))"
      }
    }
    lines = table.lines() + notes.flatMap { Printable.wrapped($0) }
  }

  /// What the column holds next to all others.
  private static let longestName = 32

  private static func percent(_ share: Double) -> String { percent(share, decimals: 1) }

  private static func percent(_ share: Double, decimals: Int) -> String {
    AmountText.decimal(share * 100, decimals: decimals) + "%"
  }
}

/// The unit in which a table's amounts fit their columns.
struct TableScale {
  private let divisor: Int128
  private let decimals: Int
  private let name: String

  init(_ amounts: [Money]) {
    let largest = amounts.map(\.micros.magnitude).max() ?? 0
    switch largest / 1_000_000 {
    // Below ten, cents would say too little: a column's amounts all get what the finest needs.
    case ..<10:
      (divisor, name) = (1, "")
      decimals =
        amounts.map { min(4, max(2, Money(micros: $0.micros % 1_000_000).naturalDecimals)) }
        .max() ?? 2
    case ..<10_000: (divisor, decimals, name) = (1, 2, "")
    case ..<10_000_000: (divisor, decimals, name) = (1, 0, "")
    case ..<10_000_000_000: (divisor, decimals, name) = (1_000, 0, "thousands of ")
    default: (divisor, decimals, name) = (1_000_000, 0, "millions of ")
    }
  }

  func text(_ amount: Money) -> String {
    // Rounded half away from zero once, at the end: the division keeps the sign's digits.
    let half = divisor / 2 * (amount.micros < 0 ? -1 : 1)
    return Money(micros: (amount.micros + (divisor == 1 ? 0 : half)) / divisor)
      .formatted(decimals: decimals)
  }

  func unit(_ currency: String) -> String { name + (currency.isEmpty ? "the currency" : currency) }
}
