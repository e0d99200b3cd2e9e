import CloudCosts

/// The rows of a bill that are set aside: how many, with how much money, and where they are.
struct BillRowFlaws {
  /// How many rows of a kind are named.
  static let shown = 20

  struct Sum {
    var rows = 0
    /// Trillionths.
    var costs = ExactCosts()
  }

  /// A row that is named.
  struct Example {
    /// Of the file, where that is known; of Parquet the row.
    var line: Int?
    var start: String
    var end: String
    var amount: Double
  }

  private(set) var sums: [BillRowFlaw: Sum] = [:]
  var examples: [BillRowFlaw: [Example]] = [:]

  var isEmpty: Bool { sums.isEmpty }

  mutating func add(_ rows: Int, _ costs: ExactCosts, of flaw: BillRowFlaw) {
    sums[flaw, default: Sum()].rows += rows
    sums[flaw]?.costs += costs
  }

  /// One finding for each kind, with its rows and their money.
  func findings(of file: BillFile, _ periods: BillPeriods, currency: String) -> [Finding] {
    BillRowFlaw.allCases.compactMap { flaw in
      guard let sum = sums[flaw] else { return nil }
      let examples = examples[flaw] ?? []
      let first = examples.first
      let place = first?.line.map { file.hasLines ? "\(file.name):\($0)" : file.name }
      return Finding(
        .warning, rule: "import.\(flaw.rule)", place: place ?? file.name,
        message: [
          "\(sum.rows.grouped) \(sum.rows == 1 ? "row" : "rows") \(flaw.complaint(first, periods))",
          places(examples, of: sum.rows, file),
          flaw.consequence(of: sum.costs.rounded().billed, currency),
        ].filter { !$0.isEmpty }.joined(separator: "; "),
        remedy: flaw.remedy)
    }
  }

  /// `lines 22, 40, 57 and others`.
  private func places(_ examples: [Example], of rows: Int, _ file: BillFile) -> String {
    let lines = examples.compactMap(\.line)
    // A single line is the finding's place.
    guard !lines.isEmpty, rows > 1 || !file.hasLines else { return "" }
    return "\(file.hasLines ? "line" : "row")\(lines.count == 1 ? "" : "s") "
      + lines.map(\.grouped).joined(separator: ", ") + (rows > lines.count ? " and others" : "")
  }
}

extension BillRowFlaw {
  var rule: String {
    switch self {
    case .date: "date-out-of-range"
    case .amount: "absurd-amount"
    case .order: "end-before-start"
    case .length: "long-period"
    case .quantity: "absurd-quantity"
    case .blank: "blank-cost"
    }
  }

  /// By which the money of rows that are no usage is found in the totals.
  static let keptRule = "set-aside.bad-period"

  fileprivate func complaint(_ example: BillRowFlaws.Example?, _ periods: BillPeriods) -> String {
    func shown(_ text: (BillRowFlaws.Example) -> String) -> String {
      example.map { " (\(text($0)))" } ?? ""
    }
    switch self {
    case .date:
      return "that start outside the years \(periods.years.lowerBound) to"
        + " \(periods.years.upperBound)" + shown { $0.start.quoted }
    case .amount:
      return "with an amount beyond 1,000,000,000,000" + shown { "\($0.amount)" }
    case .order:
      return "whose end is before the start, or is none"
        + shown { "\($0.start.quoted) to \($0.end.quoted)" }
    case .length:
      return "of usage for more than a year, or of a charge for more than ten"
        + shown { "\($0.start.quoted) to \($0.end.quoted)" }
    case .quantity:
      return "with more than 1,000,000,000,000 instance-hours" + shown { "\($0.amount)" }
    case .blank: return "without a cost"
    }
  }

  fileprivate func consequence(of billed: Money, _ currency: String) -> String {
    let money = "\(billed.formatted(decimals: 2)) \(currency)".trimmingSuffix(" ")
    switch self {
    case .date: return "set aside: \(money) billed is in no total"
    case .amount: return "set aside: their money is in no total"
    case .order, .length, .quantity:
      return "no usage is read from them; \(money) billed stays in the totals"
    case .blank: return "what is missing counts as 0, so costs are too low; usage counts in full"
    }
  }

  fileprivate var remedy: String {
    switch self {
    case .date, .order, .length:
      "Correct the charge period, or export the file again; then import it again."
    case .amount, .quantity: "Correct the amount, or export the file again; then import it again."
    case .blank: "Export the file again with all costs, and import it again."
    }
  }
}

extension String {
  fileprivate func trimmingSuffix(_ suffix: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
  }
}
