"""What a large enterprise asks for, a case a row: work, and the figure that it should be done in."""

import json

import cases
import clouds
import fleets
import measure
import scenarios

Line, Target = cases.Line, cases.Target
LIMITS = {
    "max_upfront": "{max_upfront: 3000000}", "max_upfront_per_month": "{max_upfront_per_month: 3000000}",
    "max_hourly_commitment": "{max_hourly_commitment: 900}", "max_three_year_share": "{max_three_year_share: 0.5}",
    "min_coverage": "{min_coverage: 0.9}", "max_coverage": "{max_coverage: 0.7}",
    "min_coverage_by": "{min_coverage_by: {family: {y003: 0.95}}}", "max_coverage_by": "{max_coverage_by: {family: {y003: 0.3}}}",
    "max_expiring_per_month": "{max_expiring_per_month: 500}", "min_purchase": "{min_purchase: 2}",
    "max_purchases": "{max_purchases: 60}", "max_break_even_months": "{max_break_even_months: 14}",
    "min_utilization": "{min_utilization: 0.95}", "exclude": "{exclude: {families: [y003]}}",
    "cost_of_capital": "{cost_of_capital: 0.1}"}
SHAVED_ICE_LIMITS = {
    "min_utilization": "{min_utilization: 0.95}", "max_purchases": "{max_purchases: 12}",
    "min_purchase": "{min_purchase: 5}", "max_coverage": "{max_coverage: 0.6}", "min_coverage": "{min_coverage: 0.93}",
    "exclude": "{exclude: {families: [c6gd]}}", "max_expiring_per_month": "{max_expiring_per_month: 150}",
    "max_hourly_commitment": "{max_hourly_commitment: 250}", "max_upfront": "{max_upfront: 300000}"}


def planned(bench, case, folder, seconds, gap=1e-4, memory=None, processor=None, times=1):
    """A run, and what was to be reached of it."""
    line, plan = bench.plimsoll(case, folder, times)
    line.note += f", {plan['stop']}"
    targets = [cases.gap_target(line, gap)]
    if seconds:
        targets.append(cases.below(case, "wall time", line.wall, seconds, "s"))
    if processor:
        targets.append(cases.below(case, "processor time", line.processor, processor, "s"))
    if memory:
        targets.append(cases.below(case, "peak memory", line.memory, memory, "MB"))
    return [line], targets


def sized(bench):
    return bench.scenario("sized", fleets.sized)


def another(bench, name, policy, **options):
    return bench.scenario(f"sized-{name}", fleets.again, sized(bench), name, policy, **options)


def year(bench):
    """Shaved Ice, a year of all its series, the shipped scenario: the whole process."""
    return planned(bench, "year", bench.scenario("a", scenarios.shaved_ice), None, processor=0.4, times=5)


def three_limits(bench):
    """8,760 h of 400 groups in families of five sizes: upfront, three-year share and a coverage cap at once."""
    policy = "{max_upfront: 3000000, max_three_year_share: 0.5, max_coverage: 0.8}"
    return planned(bench, "three-limits", another(bench, "three", policy), 10)


def one_limit(bench):
    """8,760 h of 400 groups: each family of limits alone."""
    lines, targets = [], []
    for name, policy in LIMITS.items():
        try:
            found = planned(bench, f"limit {name}", another(bench, name, policy), 5)
        except RuntimeError as error:
            found = [], [Target(f"limit {name}", "a plan", str(error)[:200], False)]
        lines += found[0]
        targets += found[1]
    return lines, targets


def ice_limits(bench):
    """Shaved Ice: limits alone."""
    lines, targets = [], []
    for name, policy in SHAVED_ICE_LIMITS.items():
        folder = bench.scenario(f"ice-{name}", fleets.shaved_ice, {"policy:": f"policy: {policy}"},
                                drop=["max_upfront:", "max_three_year_share:"])
        try:
            found = planned(bench, f"ice {name}", folder, 5)
        except RuntimeError as error:
            found = [], [Target(f"ice {name}", "a plan", str(error)[:200], False)]
        lines += found[0]
        targets += found[1]
    return lines, targets


def enterprise(bench):
    """8,760 h of 5,000 groups in 50 accounts, everything on sale."""
    return planned(bench, "enterprise", bench.scenario("enterprise", fleets.accounts), 60, memory=2000)


def owners(bench):
    """20 accounts of 60 types: who makes each purchase. What all of it takes but for planning."""
    folder = bench.scenario("owners", fleets.accounts, hours=2190, types=60, accounts=20, each=60)
    lines, targets = planned(bench, "owners", folder, None)
    line = lines[0]
    left = line.wall - line.solve
    targets.append(cases.below("owners", "reading, bills and owners", left, 2, "s"))
    return lines, targets


def three_years(bench):
    """26,280 h of 400 groups, against the processor time of 8,760 h."""
    short = bench.plimsoll("one-year", bench.scenario("c", scenarios.fleet))[0]
    long = bench.plimsoll("three-years", bench.scenario("d", scenarios.fleet, hours=26280))[0]
    factor = long.processor / short.processor
    return [short, long], [cases.gap_target(long), Target(
        "three-years", "processor time ≤ 3.2 × that of one year", f"{factor:.2f} ×", factor <= 3.2)]


def ladder(bench):
    """Shaved Ice, 36 months ahead, a ladder of 12 dates."""
    folder = bench.scenario(
        "ladder", fleets.shaved_ice, {"forecast:": "forecast: {method: repeat, horizon: 36}"},
        extra="ladder: {every: month, count: 12}", drop=["window:"])
    return planned(bench, "ladder", folder, 10)


def ladder_inside(bench):
    """Shaved Ice, all three years as they were, a ladder of 12 dates."""
    folder = bench.scenario("ladder-inside", fleets.shaved_ice, extra="ladder: {every: month, count: 12}",
                            drop=["window:"])
    return planned(bench, "ladder-inside", folder, 10)


def futures(bench):
    """50 futures of 8,760 h and 400 groups, the worst losses at half of the weight."""
    options = {"policy": "{risk: {measure: loss, level: 0.9, weight: 0.5}}", "gap": 0.0005}
    folder = bench.scenario("futures", future_fleet, **options)
    return planned(bench, "futures", folder, 60, gap=5e-4, memory=4000)


def future_fleet(folder, policy, gap):
    fleets.sized(folder, policy=policy, gap=gap)
    text = (folder / "scenario.yaml").read_text()
    (folder / "scenario.yaml").write_text(text.replace(
        "{method: hindsight}", "{method: bootstrap, horizon: 12, paths: 50}") + "\n")
    text = (folder / "scenario.yaml").read_text().replace("time_limit: 120", "time_limit: 120, rivals: [none]")
    (folder / "scenario.yaml").write_text(text)


def price_cut(bench):
    """Shaved Ice: on-demand prices fall by 20 % in the middle of the window."""
    change = "{change: price, date: 2023-08-01T00:00:00Z, percent: -20, applies_to: on-demand}"
    folder = bench.scenario("price-cut", fleets.shaved_ice,
                            {"forecast:": f"forecast: {{method: hindsight, changes: [{change}]}}"})
    return planned(bench, "price-cut", folder, 3)


def google(bench):
    """Google: vCPU and GiB pooled across shapes, discounts for sustained use."""
    return planned(bench, "google", bench.scenario("google", fleets.google), None, gap=2e-4)


def services(bench):
    """8,760 h of 400 groups of ten services and three clouds, everything on sale."""
    return planned(bench, "services", bench.scenario("services", clouds.platform), 6)


def infeasible(bench):
    """Policies that nothing satisfies: the clashing limits, and what would do."""
    clashes = {
        "infeasible": another(bench, "clash", "{max_upfront: 3000000, max_hourly_commitment: 200, min_coverage: 0.9}"),
        "infeasible-ice": bench.scenario(
            "ice-clash", fleets.shaved_ice,
            {"policy:": "policy: {max_upfront: 1000, max_hourly_commitment: 50, min_coverage: 0.8}"},
            drop=["max_upfront:", "max_three_year_share:"]),
        "infeasible-use": bench.scenario(
            "ice-clash-use", fleets.shaved_ice, {"policy:": "policy: {min_utilization: 0.98, min_coverage: 0.95}"},
            drop=["max_upfront:", "max_three_year_share:"])}
    lines, targets = [], []
    for name, folder in clashes.items():
        cost = measure.run([bench.binary, "run", str(folder), "--json"])
        words = next((line for line in cost.errors.splitlines() if "atisf" in line or "kept" in line), cost.errors[-120:])
        lines.append(Line(name, "plimsoll", None, cost.wall, cost.processor, cost.memory, note=words.strip()[:160]))
        targets += [Target(name, "said so", f"exit code {cost.code}", cost.code == 1),
                    cases.below(name, "wall time", cost.wall, 5, "s")]
    return lines, targets


def frontier(bench):
    """Shaved Ice: 13 points of a frontier less three, by the point, reading and the first solve apart."""
    folder = bench.scenario("a", scenarios.shaved_ice)
    runs = []
    for points in [3, 13]:
        cost = measure.best([bench.binary, "frontier", str(folder), "--over", "max_upfront", "--points", points, "--json"], 2)
        if cost.code != 0:
            raise RuntimeError(cost.errors[-300:])
        runs.append(cost)
        json.loads(cost.output)
    each = (runs[1].processor - runs[0].processor) / 10
    line = Line("frontier", "plimsoll", each, runs[1].wall, runs[1].processor, runs[1].memory, note="solve s: a point, processor")
    return [line], [cases.below("frontier", "a point more, processor time", each, 0.3, "s")]


ALL = {"year": year, "three-limits": three_limits, "one-limit": one_limit, "ice-limits": ice_limits,
       "enterprise": enterprise, "owners": owners, "three-years": three_years, "ladder": ladder,
       "ladder-inside": ladder_inside, "futures": futures, "price-cut": price_cut, "google": google, "services": services,
       "infeasible": infeasible, "frontier": frontier}
