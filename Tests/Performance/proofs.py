"""Random programs under every family of limits, each alone and in pairs, against HiGHS. Started by `proofs`.

Each program has five groups over 48 to 168 hours, all products, and now and then owned commitments. `plimsoll run` solves it
and writes its ILP out whole; HiGHS solves that. What must hold: no bound above HiGHS's optimum or above the bill, no
objective below the optimum, a plan wherever there is one, every limit kept on the bill, never more than buying nothing costs
where nothing forbids that, and a gap that is the one between bill and bound.
"""

import argparse
import itertools
import json
import random
import sys
from pathlib import Path

import highspy

import measure
import scenarios

HERE = Path(__file__).resolve().parent
BINARY = HERE.parents[1] / ".build" / "release" / "plimsoll"
TOLERANCE = 1e-6  # relative, of two optima
START = ("2024-01-30T00", 30)  # a month ends inside most windows
GROUPS = [("us-east-1", "m5.large", 0.096), ("us-east-1", "m5.xlarge", 0.192), ("us-east-1", "m5.2xlarge", 0.384),
          ("us-east-1", "c5.large", 0.085), ("us-west-2", "r5.xlarge", 0.252), ("us-east-1", "x9.large", 0.28)]
# Families of a size each, for programs that fall apart into many: what is bought at all is searched family by family.
MORE = [("us-east-1", f"{family}.large", 0.07 + 0.009 * place) for place, family in enumerate(
    ["m6i", "c6i", "r6i", "m6g", "c6g", "r6g", "m7i", "c7i", "r7i", "m7g", "c7g", "r7g", "t3", "i3", "d3", "x2idn"])]
PRODUCTS = ["ri-standard", "ri-convertible", "sp-ec2-instance", "sp-compute"]
FLOORS = {"min_coverage", "min_coverage_by"}


# Making them ----------------------------------------------------------------------------------------------------------


def timestamps(hours):
    for hour in range(hours):
        day, rest = divmod(hour, 24)
        day += START[1]
        month = 1 if day <= 31 else 2
        yield f"2024-{month:02d}-{day if month == 1 else day - 31:02d}T{rest:02d}:00:00Z"


def usage_rows(groups, hours, dice):
    levels = {}
    for region, name, _ in groups:
        level, swing = dice.uniform(2, 25), dice.uniform(0, 0.8)
        levels[region, name] = [max(0, round(level * (1 + swing * dice.uniform(-1, 1)), dice.choice([0, 0, 2])))
                                for _ in range(hours)]
    for hour, stamp in enumerate(timestamps(hours)):
        for region, name, _ in groups:
            yield [stamp, "aws", "", region, name, levels[region, name][hour]]


def price_rows(groups, dice):
    for region, name, base in groups:
        lead = ["aws", region, name, "Linux", "default"]
        price = base * dice.uniform(0.9, 1.05)
        yield lead + ["on-demand", "", "", "0", f"{price:.6f}"]
        if name.startswith("x9"):
            continue
        for product, years, payment, low, high in [
                ("ri-standard", 1, "no-upfront", .6, .68), ("ri-standard", 1, "partial-upfront", .57, .63),
                ("ri-standard", 3, "all-upfront", .36, .42), ("ri-convertible", 3, "no-upfront", .5, .56)]:
            if dice.random() < 0.35:
                rate, share = price * dice.uniform(low, high), {"no": 0, "pa": .5, "al": 1}[payment[:2]]
                yield lead + [product, years, payment, f"{rate * share * years * 8760:.2f}", f"{rate * (1 - share):.6f}"]
    for product, years, payment, low, high in [
            ("sp-compute", 1, "no-upfront", .68, .76), ("sp-compute", 3, "all-upfront", .45, .52),
            ("sp-compute", 1, "all-upfront", .62, .7), ("sp-ec2-instance", 1, "no-upfront", .6, .66),
            ("sp-ec2-instance", 3, "no-upfront", .44, .48)]:
        if dice.random() < 0.75:
            for region, name, base in groups:
                if not name.startswith("x9"):
                    rate = base * dice.uniform(low, high)
                    yield ["aws", region, name, "Linux", "default", product, years, payment, "0", f"{rate:.6f}"]


def owned_rows(groups, dice):
    region, name, base = dice.choice(groups[:5])
    yield ["own-ri", "aws", "", region, name, "Linux", "default", "", "ri-standard", 1, "no-upfront", dice.randint(1, 6), "",
           "0", f"{base * .63:.6f}", "2023-02-01T12:00:00Z", "2024-02-01T12:00:00Z"]


def limit(family, dice, list_price):
    """One limit, as the scenario writes it."""
    share = round(dice.uniform(0.2, 0.9), 2)
    name = dice.choice(["m5", "r5"])
    return {
        "max_upfront": f"{share * list_price * 2000:.2f}", "max_upfront_per_month": f"{share * list_price * 2000:.2f}",
        "max_hourly_commitment": f"{share * list_price:.3f}", "max_three_year_share": share,
        "min_coverage": round(dice.uniform(0.2, 0.55), 2), "max_coverage": round(dice.uniform(0.55, 0.95), 2),
        "min_coverage_by": f"{{family: {{{name}: {round(dice.uniform(0.2, 0.55), 2)}}}}}",
        "max_coverage_by": f"{{family: {{{name}: {max(share, 0.55)}}}}}", "max_expiring_per_month": f"{share * list_price:.3f}",
        "min_purchase": f"{share * list_price * 0.2:.3f}", "max_purchases": dice.randint(1, 4),
        "max_break_even_months": dice.randint(6, 24), "min_utilization": round(dice.uniform(0.7, 0.98), 2),
        "exclude": "{families: [c5]}", "cost_of_capital": 0.12}[family]


FAMILIES = ["max_upfront", "max_upfront_per_month", "max_hourly_commitment", "max_three_year_share", "min_coverage",
            "max_coverage", "min_coverage_by", "max_coverage_by", "max_expiring_per_month", "min_purchase", "max_purchases",
            "max_break_even_months", "min_utilization", "exclude", "cost_of_capital"]


def write(folder, seed, families, count=5):
    dice = random.Random(seed)
    hours = dice.choice([48, 72, 96, 120, 168])
    groups = dice.sample(GROUPS, 5) + MORE[:count - 5]
    usage = list(usage_rows(groups, hours, dice))
    scenarios.write_rows(folder / "usage.csv.gz",
                         ["timestamp", "provider", "account", "region", "instance_type", "quantity"], usage)
    scenarios.write_rows(folder / "prices.csv.gz", scenarios.PRICE_HEADER, price_rows(groups, dice))
    owned = ""
    if dice.random() < 0.4:
        scenarios.write_rows(folder / "owned.csv.gz", ["id", "provider", "account", "region", "instance_type",
                             "operating_system", "tenancy", "zone", "product", "term_years", "payment", "quantity",
                             "hourly_commitment", "upfront", "hourly", "start", "end"], owned_rows(groups, dice))
        owned = "owned: owned.csv.gz\n"
    price = {(region, name): base for region, name, base in groups}
    list_price = sum(price[row[3], row[4]] * row[5] for row in usage) / hours
    policy = ", ".join(f"{family}: {limit(family, dice, list_price)}" for family in families)
    scenarios.write_scenario(folder, f"""\
name: random-{seed}
usage: usage.csv.gz
prices: prices.csv.gz
{owned}offers: {{products: [{", ".join(PRODUCTS)}], terms: [1, 3], payments: [no-upfront, partial-upfront, all-upfront]}}
policy: {{{policy}}}
solver: {{gap: 0.0001, time_limit: 60}}
compare: [on-demand, current, committed]
""")
    return policy


# Checking them --------------------------------------------------------------------------------------------------------


def highs(path, gap=1e-6):
    """HiGHS's status, objective and bound."""
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("mip_rel_gap", gap)
    solver.setOptionValue("time_limit", 60.0)
    solver.readModel(str(path))
    solver.run()
    info = solver.getInfo()
    return (solver.modelStatusToString(solver.getModelStatus()).lower(), info.objective_function_value,
            info.mip_dual_bound)


def above(first, second, tolerance=TOLERANCE):
    return first > second + tolerance * max(1, abs(first), abs(second))


def faults(cost, model, families):
    """What is wrong with an answer, in words."""
    status, best, least = highs(model)
    if cost.code != 0:
        words = cost.errors.strip().splitlines()[0][:150] if cost.errors.strip() else ""
        if status == "infeasible":
            return [], None
        # Floors may be kept by the best allocation and by no bill.
        isOnBill = "policy.not-kept-on-bill" in cost.errors and FLOORS & set(families)
        return [f"{'?' if isOnBill else ''}ends with {cost.code}, HiGHS says {status} {best:.6f}: {words}"], None
    document = json.loads(cost.output)
    outcomes = {outcome["name"]: outcome for outcome in document["runs"][0]["outcomes"]}
    outcome, plan = outcomes["committed"], outcomes["committed"]["plan"]
    bill, objective, bound = outcome["cost"], plan["objective"], plan["bound"]
    wrong = []
    if status == "infeasible":
        return ["a plan, and HiGHS says infeasible"], plan
    if above(bound, best):
        wrong.append(f"bound {bound} above the optimum {best:.6f}")
    if above(bound, bill):
        wrong.append(f"bound {bound} above the bill {bill}")
    if above(objective, bill):
        wrong.append(f"objective {objective} above the bill {bill}")
    if above(least, objective, 1e-5):
        wrong.append(f"objective {objective} below the optimum {least:.6f}")
    if status == "optimal" and plan["stop"] != "time limit" and above(best, bound, 2e-4):
        wrong.append(f"bound {bound} is {100 * (1 - bound / best):.3f} % below the optimum {best:.6f} ({plan['stop']})")
    if abs(plan["gap"] - max(0, bill - bound) / bill) > 1e-6:
        wrong.append(f"gap {plan['gap']} of bill {bill}, bound {bound}")
    for limit in plan.get("limits") or []:
        if not limit["kept"]:
            wrong.append(f"{limit['limit']}: {limit['billed']:.4f} for {limit['asked']}")
    if not FLOORS & set(families) and above(bill, outcomes["current"]["cost"]):
        wrong.append(f"bill {bill} above doing nothing {outcomes['current']['cost']}")
    return wrong, plan


def main():
    parser = argparse.ArgumentParser(prog="Tests/Performance/proofs", description=__doc__.split("\n")[0])
    parser.add_argument("--binary", default=BINARY, help="the plimsoll to ask (default: the release build)")
    parser.add_argument("--programs", type=int, default=200, help="how many programs (default: 200)")
    parser.add_argument("--first", type=int, default=0, help="the first seed (default: 0)")
    parser.add_argument("--groups", type=int, default=5, choices=range(5, 5 + len(MORE) + 1), metavar="COUNT",
                        help="how many groups of usage each has (default: 5; the others are families of a size each)")
    parser.add_argument("--only", help="only programs that set this limit")
    chosen = parser.parse_args()
    kinds = [[family] for family in FAMILIES] + [list(pair) for pair in itertools.combinations(FAMILIES, 2)]
    if chosen.only:
        kinds = [kind for kind in kinds if chosen.only in kind]
    count, wide, doubtful, seconds = 0, [], 0, []
    for seed in range(chosen.first, chosen.first + chosen.programs):
        kind = kinds[seed % len(kinds)]
        folder = HERE / ".work" / "proofs" / f"{chosen.groups}-{seed}"
        folder.mkdir(parents=True, exist_ok=True)
        policy = write(folder, seed, kind, chosen.groups)
        model = folder / "model.lp"
        model.unlink(missing_ok=True)
        cost = measure.run([chosen.binary, "run", folder, "--json", "--write-lp", model])
        if not model.exists():
            print(f"{seed} {policy}: no LP ({cost.code}: {cost.errors.strip()[:200]})")
            count += 1
            continue
        wrong, plan = faults(cost, model, kind)
        if plan:
            wide.append(plan["gap"])
            seconds.append(plan["seconds"])
        doubtful += sum(words.startswith("?") for words in wrong)
        count += any(not words.startswith("?") for words in wrong)
        if wrong:
            print(f"{seed} {policy}: {'; '.join(wrong)}", flush=True)
    wide.sort()
    print(f"{chosen.programs} programs: {count} wrong, {doubtful} without a plan on the bill; gap of bill and bound: median "
          f"{100 * wide[len(wide) // 2]:.3f} %, largest {100 * wide[-1]:.2f} %, {sum(gap > 1e-3 for gap in wide)} above 0.1 %; "
          f"slowest {max(seconds):.1f} s")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
