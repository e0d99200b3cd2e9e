import CloudCosts
import Scenarios

/// What `plimsoll verify` tells.
package struct VerificationDocument: Hashable, Sendable, Codable {
  package var currency: String
  /// Whether nothing contradicts the document or any plan of it.
  package var isSound: Bool
  package var plans: [Check]
  /// What the document says and its scenario does not, beyond single plans.
  package var problems: [String]
  /// What became of the files it was made from; nil where the document does not name them.
  package var inputs: [Input]?

  /// A file that the document was made from, as it is now.
  package struct Input: Hashable, Sendable, Codable {
    package var path: String
    package var state: InputChange.State
  }

  /// One plan: what it claims, and what was found.
  package struct Check: Hashable, Sendable, Codable {
    package var run: String
    package var outcome: String
    @JSONNumber package var claimedBound: Money
    /// Nil where the plan has no multipliers, or they are not of this scenario.
    package var provenBound: Double?
    /// What the multipliers alone prove, without branch and bound.
    package var multiplierBound: Double?
    @JSONNumber package var claimedObjective: Money
    @JSONNumber package var objective: Money
    @JSONNumber package var claimedCost: Money
    @JSONNumber package var cost: Money
    /// (bill − bound) / bill, by what was checked alone: the best plan can undercut this one by no
    /// more.
    package var provenGap: Double?
    package var problems: [String]
    package var notes: [String]

    private enum CodingKeys: String, CodingKey {
      case run, outcome
      case claimedBound = "claimed_bound"
      case provenBound = "proven_bound"
      case multiplierBound = "multiplier_bound"
      case claimedObjective = "claimed_objective"
      case objective
      case claimedCost = "claimed_cost"
      case cost
      case provenGap = "proven_gap"
      case problems, notes
    }
  }

  private enum CodingKeys: String, CodingKey {
    case currency
    case isSound = "sound"
    case plans, problems, inputs
  }

  /// - Parameters:
  ///   - document: what was checked.
  ///   - changes: what became of its inputs.
  package init(
    _ verification: Verification, of document: RunDocument, inputs changes: [InputChange] = []
  ) throws {
    let problems =
      [changes.text].compactMap(\.self)
      + (try document.problems(by: verification.comparison))
    inputs = changes.isEmpty ? nil : changes.map { Input(path: $0.path, state: $0.state) }
    currency = verification.comparison.currency
    isSound = problems.isEmpty && verification.verdicts.allSatisfy(\.isSound)
    plans = verification.verdicts.map(Check.init)
    self.problems = problems
  }

  package func json() throws -> String { try OrderedJSON.text(self) }

  /// The checks as a table, with what contradicts a plan below it.
  package var text: String {
    let amounts = AmountText(currency: currency)
    let changes = (inputs ?? []).map { InputChange(path: $0.path, state: $0.state) }
    var lines =
      changes.text.map { text in
        Printable.wrapped(
          "\(text). The plan was made from what these files held then; it is compared with what they"
            + " hold now.") + [""]
      } ?? []
    var table = TextTable([
      .init(header: "run", alignsRight: false, isFlexible: true),
      .init(header: "outcome", alignsRight: false), .init(header: "bound claimed"),
      .init(header: "bound proven"), .init(header: "cost claimed"), .init(header: "cost billed"),
      .init(header: "proven gap"), .init(header: "", alignsRight: false),
    ])
    for check in plans {
      table.append([
        check.run, check.outcome, amounts.cents(check.claimedBound),
        check.provenBound.map { amounts.cents(Money(rounding: $0)) } ?? "–",
        amounts.cents(check.claimedCost), amounts.cents(check.cost),
        check.provenGap.map { AmountText.percent($0, decimals: 4) } ?? "–",
        check.problems.isEmpty ? "sound" : lines.isEmpty ? "WRONG" : "of other inputs",
      ])
    }
    lines += table.lines()
    for check in plans {
      for text in check.problems { lines.append("\(check.run), \(check.outcome): \(text)") }
      for text in check.notes { lines.append("\(check.run), \(check.outcome): note: \(text)") }
    }
    lines += problems.filter { $0 != changes.text }
    lines += [
      "The bound is computed from the plan's multipliers, prices and demand; the cost is the judge's bill, made",
      "anew like every other figure of the document.",
    ]
    return lines.joined(separator: "\n") + "\n"
  }
}

extension VerificationDocument.Check {
  init(_ verdict: Verdict) {
    let claim = verdict.claim
    self.init(
      run: claim.run, outcome: claim.outcome.rawValue,
      claimedBound: Money(rounding: claim.bound), provenBound: verdict.provenBound,
      multiplierBound: verdict.multiplierBound,
      claimedObjective: Money(rounding: claim.objective),
      objective: Money(rounding: verdict.objective), claimedCost: claim.cost, cost: verdict.cost,
      provenGap: verdict.provenGap, problems: verdict.problems, notes: verdict.notes)
  }
}

extension Verdict {
  /// What contradicts the claim.
  fileprivate var problems: [String] {
    var texts: [String] = []
    if !confirmsCost { texts.append("the bill is \(cost), not \(claim.cost)") }
    if !missed.isEmpty { texts.append("the plan does not keep \(missed.joined(separator: ", "))") }
    if !unknown.isEmpty {
      texts.append("the scenario does not offer \(unknown.joined(separator: ", "))")
    }
    if claim.proof == nil, claim.bound > 0 {
      texts.append("the plan has no multipliers: nothing proves its bound")
    } else if claim.proof != nil, multiplierBound == nil {
      texts.append("the multipliers are not of this scenario: its files may have changed")
    } else if !confirmsMultipliers, let proof = claim.proof, let multiplierBound {
      texts.append("the multipliers prove a bound of \(multiplierBound), not \(proof.bound)")
    }
    if multiplierBound != nil, !confirmsBound {
      texts.append("a bound of \(provenBound ?? 0) is proven, not \(claim.bound)")
    }
    if confirmsBound, !boundHoldsForBill {
      texts.append(
        "a bound of \(provenBound ?? claim.bound) is above the bill of \(measuredCost): the program that it is "
          + "about leaves out what the provider does")
    }
    if claim.objective < leastObjective {
      if !confirmsObjective {
        texts.append(
          "no allocation of its purchases costs \(claim.objective): \(leastObjective) at least")
      }
    } else if !confirmsObjective {
      texts.append(
        "its purchases can cost \(objective), less than the objective \(claim.objective)")
    }
    return texts
  }

  /// What is no contradiction, and good to know.
  fileprivate var notes: [String] {
    let isSearched = searchedBound != nil && confirmsBound
    return
      (isSearched
      ? ["multipliers prove less than the bound; branch and bound, made again, proves the rest"]
      : [])
      + (looksAhead
        ? ["objective, bound and gap are of all hours planned for (plan.horizon), the cost is not"]
        : [])
      + (work > 0
        ? [
          "objective and bound have \(Money(rounding: work)) of work on machines in them, which no bill has"
        ]
        : [])
  }
}
