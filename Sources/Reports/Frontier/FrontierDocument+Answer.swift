import CloudCosts

extension FrontierDocument {
  /// What the limit costs, in a sentence: the answer to what was asked.
  var answer: String {
    guard let free = over.limit.isFloor ? points.first : points.last else {
      return "No plan satisfies the policy anywhere along \(limit)."
    }
    return over.limit.isFloor ? answer(above: free) : answer(below: free)
  }

  private var amounts: AmountText { AmountText(currency: currency, minus: "−") }

  /// Of a cap: what the plan without it saves, and how little of it brings nine tenths of that.
  private func answer(below free: Point) -> String {
    let noun = over.limit.noun
    let saved = free.savings
    guard saved > .zero else { return "Without a limit on \(noun) the plan saves nothing." }
    let most =
      "Without a limit on \(noun) the plan saves \(amounts.headline(saved))"
      + " of what everything on demand costs (\(share(saved)))"
    let enough = points.first { $0.savings.value >= 0.9 * saved.value }
    guard let enough, enough.limit < free.limit else {
      return most + "; it comes to \(limitText.value(free.limit))."
    }
    if enough.limit == points.first?.limit {
      return most + "; at \(limitText.value(enough.limit)) it saves "
        + "\(AmountText.percent(enough.savings.value / saved.value, decimals: 0)) of that."
    }
    return most + "; \(limitText.value(enough.limit)) of \(limitText.value(free.limit)) bring "
      + "\(AmountText.percent(enough.savings.value / saved.value, decimals: 0)) of that."
  }

  /// Of a floor: what keeping the highest value costs that a plan keeps.
  private func answer(above free: Point) -> String {
    let noun = over.limit.noun
    guard let last = points.last, last.limit > free.limit else {
      return "No plan keeps a higher floor on \(noun) than \(limitText.value(free.limit)), which "
        + "costs nothing more."
    }
    return "A floor on \(noun) of \(limitText.value(last.limit)) costs "
      + "\(amounts.headline(last.cost - free.cost)) more than none, with which the plan costs "
      + "\(amounts.headline(free.cost))."
  }

  private func share(_ saved: Money) -> String {
    AmountText.percent(onDemand == .zero ? 0 : saved.value / onDemand.value)
  }
}
