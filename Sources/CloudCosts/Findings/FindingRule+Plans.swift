extension FindingRule {
  /// Plans, and the policy.
  static let planRules = """
    policy.infeasible
    No plan satisfies the policy.
    Let the limits give way that the finding names, cheapest first.

    policy.not-kept-on-bill
    No plan was found that keeps the policy on the bill, in the provider's order of applying.
    Loosen the limits that the finding names.

    policy.left-out
    Offers that repay their upfront too late are left out.
    Nothing, if that is meant; else raise max_break_even_months.

    plan.not-optimal
    The solver stopped with a plan that the best one may undercut.
    Raise solver.time_limit, or accept a larger solver.gap.

    plan.bound-undercut
    A bill that keeps the policy is below what was proven: the bound is none, and nothing is proven.
    Buy by the bill alone, or ask with fewer limits; and report the scenario.

    plan.lower-bill
    The provider's order of applying keeps the bill above the bound.
    Nothing; the cost itself is the bill as the provider makes it.

    plan.sustained-use
    Google's sustained use discount depends on whole months, which widens the gap.
    Nothing; the cost itself is the bill as Google makes it.

    plan.sizes
    Reservations in the sizes in use cost a rounding of the price list more than in smaller sizes.
    Nothing, or policy.size_cost: how much more they may cost.

    plan.google-sharing
    Purchases count for several projects of Google, and nothing says whether projects share them.
    Write sharing: {google: project} or {google: billing-account}.

    plan.sharing
    Plans, bounds and bills go by the sharing that the scenario states.
    Nothing.

    plan.left-out
    Purchases that each save too little are left out.
    Nothing; least_worth: 0 keeps them.

    plan.locked-beyond-window
    The purchases still cost much after the window ends.
    Lower max_three_year_share, or offer 1-year terms only, unless you are sure of that usage.

    plan.cash
    Much is paid upfront, and the policy neither limits that nor counts interest on it.
    State policy: {cost_of_capital: 0.08} with your own yearly rate, or {max_upfront: N}.

    plan.sale-ended
    The plan buys what the provider stopped selling within the window.
    Nothing, if the question is what could have been saved; else plan for a later window.

    plan.quota
    More reservations than the provider sells in a month.
    Raise the quota with the provider and state limits, or buy over several months (ladder).

    plan.spent-from-history
    What imported bills say was spent of the running contract year is taken as spent.
    Write spent and spent_until where the provider's account of the contract says otherwise.

    plan.spend-commitment
    What is promised to be spent, and how much of it the plan leaves to be paid as shortfall.
    Move other spending there, or commit to less: saving more than that saves nothing.

    plan.give-up
    A plan gives up what is owned, as the policy allows.
    Do it before the hour that the finding names, then buy.

    plan.not-looked-at
    More of what is owned could be given up or exchanged, and was not looked at.
    Nothing; or run again when the others are given up.

    plan.renewal
    A commitment that renews saves money in the window.
    Leave it on.

    plan.switch-renewal-off
    A commitment that renews costs more than it saves.
    Switch its renewal off before the date that the finding names.

    plan.unreadable
    The plan cannot be read.
    Check the path; `plimsoll run SCENARIO --out DIR` writes DIR/plan.json.

    plan.not-json
    The plan is not JSON.
    Use a file that `plimsoll run --json` or `--out` wrote; it may be cut short.

    plan.missing-key
    A key of the plan is missing.
    Use a file that `plimsoll run --json` or `--out` of this version wrote.

    plan.missing-value
    There is null where a value must be.
    Use a file that `plimsoll run --json` or `--out` of this version wrote.

    plan.wrong-type
    A value of the plan has the wrong type.
    Use a file that `plimsoll run --json` or `--out` of this version wrote.

    plan.wrong-value
    A value of the plan cannot be.
    Use a file that `plimsoll run --json` or `--out` of this version wrote.

    plan.unknown-run
    The plan has no run of the name that --run gives.
    Use one of the names that the finding lists.

    plan.unknown-outcome
    The plan has no outcome of the name that --outcome gives.
    Use one of the names that the finding lists.

    plan.not-of-scenario
    The scenario does not offer what the plan buys.
    Name the scenario that the plan was made from; its files may have changed.

    solver.failed
    The solver could not finish.
    Raise solver.time_limit, or simplify the policy.

    run.failed
    The run ended with an error that is none of the data.
    Report this as a fault of the program.
    """
}
