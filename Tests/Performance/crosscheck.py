"""Compares answers with HiGHS's, through the LP text. Started by `crosscheck`, which installs what it needs.

Three kinds of programs: those that the solver's tests wrote into a folder, each with an answer next to it; random
scenarios, which `plimsoll run` solves in its own ways and writes out whole; and the same with hundreds of machines that
may change, most of which rest while a relaxation is solved.
"""

import argparse
import json
import random
import sys
from pathlib import Path

import highspy

import measure
import scenarios

HERE = Path(__file__).resolve().parent
BINARY = HERE.parents[1] / ".build" / "release" / "plimsoll"
GAP = 1e-4  # what is asked for
TOLERANCE = 1e-6  # relative, of two optima; what both solvers allow a row to be missed by


def optimum(path):
    """HiGHS's status, objective and bound: proven to the last digit it cares for, where it ends in time."""
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.setOptionValue("mip_abs_gap", 0.0)
    highs.setOptionValue("time_limit", 60.0)
    if highs.readModel(str(path)) == highspy.HighsStatus.kError:
        return "unreadable", None, None, 0
    highs.run()
    status = highs.modelStatusToString(highs.getModelStatus()).lower()
    info = highs.getInfo()
    bound = info.mip_dual_bound if status == "time limit reached" else info.objective_function_value
    return status, info.objective_function_value, bound, highs.getNumRow()


def differs(first, second, tolerance=TOLERANCE):
    return abs(first - second) > tolerance * max(1, abs(first), abs(second))


# What the tests wrote -------------------------------------------------------------------------------------------------


def check_answer(path):
    """None where HiGHS agrees, else what is wrong; and the number of rows."""
    words = path.with_suffix(".answer").read_text().split()
    status, objective, _, rows = optimum(path)
    if words[0] == "error":
        return f"ours ended with {' '.join(words[1:])}, HiGHS says {status} {objective}", rows
    if words[0] != status:
        return f"ours {words[0]} {words[1]}, HiGHS says {status} {objective}", rows
    if status == "optimal" and differs(float(words[1]), objective):
        return f"ours {words[1]}, HiGHS {objective!r}", rows
    return None, rows


# Random scenarios -----------------------------------------------------------------------------------------------------


def write_scenario(folder, seed):
    """A few machine types over some dozen hours, three to ten of them, with one or two limits on purchases."""
    dice = random.Random(seed)
    hours = dice.choice([24, 48, 72, 96])
    types = [(dice.choice(scenarios.REGIONS[:2]), f"{family}.{size}")
             for family in dice.sample(["m5", "c5", "r5", "m6g", "c6g"], dice.randint(2, 4))
             for size in dice.sample(["large", "xlarge", "2xlarge"], dice.randint(1, 2))]
    rows = []
    for region, name in types:
        level = dice.uniform(1, 40)
        rows += [[stamp, "aws", region, name, round(level * dice.uniform(0.2, 1.5))]
                 for stamp in scenarios.timestamps(hours)]
    scenarios.write_rows(folder / "usage.csv.gz", ["timestamp", "provider", "region", "instance_type", "quantity"],
                         sorted(rows))
    scenarios.write_rows(folder / "prices.csv.gz", scenarios.PRICE_HEADER, price_rows(types, dice))
    limits = {"max_three_year_share": dice.choice([0.2, 0.5]), "min_coverage": dice.choice([0.3, 0.6]),
              "max_hourly_commitment": dice.choice([2, 10])}
    chosen = dice.sample(sorted(limits.items()), dice.randint(0, 2))
    if any(name == "min_coverage" for name, _ in chosen):
        chosen = [pair for pair in chosen if pair[0] != "max_hourly_commitment"]  # these two may clash
    policy = ", ".join(f"{name}: {value}" for name, value in chosen)
    scenarios.write_scenario(folder, f"""\
name: random-{seed}
usage: usage.csv.gz
prices: prices.csv.gz
offers: {{products: [ri-standard, sp-ec2-instance, sp-compute], terms: [1, 3], payments: [no-upfront]}}
policy: {{{policy}}}
solver: {{gap: 0.0001, time_limit: 60}}
compare: [combined]
""")


def price_rows(types, dice):
    for region, name in types:
        lead = ["aws", region, name, "Linux", "default"]
        on_demand = dice.uniform(0.05, 2)
        yield lead + ["on-demand", "", "", "0", f"{on_demand:.6f}"]
        for years, factor in [("1", 1), ("3", 0.7)]:
            for product, low, high in [("ri-standard", 0.58, 0.66), ("sp-ec2-instance", 0.6, 0.68),
                                       ("sp-compute", 0.7, 0.78)]:
                rate = on_demand * factor * dice.uniform(low, high)
                yield lead + [product, years, "no-upfront", "0", f"{rate:.6f}"]


def check_scenario(binary, folder, seed, write):
    """None where HiGHS's optimum lies between our bound and our plan, and the plan within the gap that was asked for.

    Of a program that HiGHS does not end in time it is known to lie between the best that was found and the bound.
    """
    folder.mkdir(parents=True, exist_ok=True)
    write(folder, seed)
    model = folder / "model.lp"
    cost = measure.run([binary, "run", folder, "--json", "--write-lp", model])
    if cost.code != 0:
        return f"ended with {cost.code}: {cost.errors.strip()[-200:]}", 0
    plan = json.loads(cost.output)["runs"][0]["outcomes"][0]["plan"]
    status, best, least, rows = optimum(model)
    if status not in ("optimal", "time limit reached"):
        return f"HiGHS says {status}", rows
    facts = (f"bound {plan['bound']!r}, plan {plan['objective']!r} ({plan['method']}, {plan['stop']}), "
             f"HiGHS {least!r} to {best!r}")
    if plan["bound"] > best and differs(plan["bound"], best):
        return f"our bound is above the optimum: {facts}", rows
    if plan["objective"] < least and differs(plan["objective"], least):
        return f"our plan is below the optimum: {facts}", rows
    if plan["objective"] > best * (1 + GAP) and plan["status"] == "optimal":
        return f"our plan is called optimal and is not: {facts}", rows
    return None, rows


# Machines -------------------------------------------------------------------------------------------------------------

FAMILIES = {"m5": 0.096, "c5": 0.085, "r5": 0.126}
SIZES = {"large": 1, "xlarge": 2, "2xlarge": 4, "4xlarge": 8}


def write_machines(folder, seed):
    """340 to 440 machines, 200 of which or more may change, over a day or two: always, from some hour on, or in hours of
    their own."""
    dice = random.Random(seed)
    hours = dice.choice([24, 36, 48])
    stamps = list(scenarios.timestamps(hours))
    counts, resources, measured = {}, [], []
    for number in range(dice.randint(340, 440)):
        family, size = dice.choice(list(FAMILIES)), dice.choice(["xlarge", "2xlarge", "4xlarge"])
        first = dice.choice([0, 0, dice.randrange(hours // 2)])
        own = dice.random() < 0.4
        running = [hour for hour in range(first, hours) if not own or dice.random() < 0.7]
        level, memory = dice.uniform(2, 60), dice.uniform(5, 60)
        group = f"fleet-{number // 4}" if dice.random() < 0.1 else ""
        resources.append([f"i-{number}", "aws", scenarios.REGIONS[0], f"{family}.{size}", group])
        for hour in running:
            key = (stamps[hour], f"{family}.{size}")
            counts[key] = counts.get(key, 0) + 1
            measured.append([stamps[hour], f"i-{number}", f"{level * dice.uniform(0.5, 1.5):.2f}", "",
                             f"{memory * dice.uniform(0.9, 1.1):.2f}", ""])
    scenarios.write_rows(folder / "usage.csv.gz", ["timestamp", "provider", "region", "instance_type", "quantity"],
                         [[stamp, "aws", scenarios.REGIONS[0], name, count] for (stamp, name), count in
                          sorted(counts.items())])
    scenarios.write_rows(folder / "resources.csv.gz", ["resource", "provider", "region", "instance_type", "group"],
                         resources)
    scenarios.write_rows(folder / "utilization.csv.gz",
                         ["timestamp", "resource", "cpu_max", "cpu_avg", "memory_max", "memory_avg"], sorted(measured))
    scenarios.write_rows(folder / "prices.csv.gz", scenarios.PRICE_HEADER, machine_prices(dice))
    limits = {"max_actions": dice.choice([40, 120]), "max_risk": dice.choice([0.001, 0.01])}
    chosen = "".join(f", {name}: {value}" for name, value in dice.sample(sorted(limits.items()), dice.randint(0, 2)))
    scenarios.write_scenario(folder, f"""\
name: machines-{seed}
usage: usage.csv.gz
prices: prices.csv.gz
resources: resources.csv.gz
utilization: utilization.csv.gz
forecast: {{method: hindsight}}
rightsizing:
  {{min_history_hours: 8, cpu_percentile: {dice.choice([90, 99])}, hourly_rate: {dice.choice([0, 0.02])}{chosen}}}
offers: {{products: [ri-standard, sp-compute], terms: [1], payments: [no-upfront]}}
policy: {{max_three_year_share: 1}}
solver: {{gap: 0.0001, time_limit: 60}}
compare: [combined]
""")


def machine_prices(dice):
    for family, price in FAMILIES.items():
        for size, factor in SIZES.items():
            lead = ["aws", scenarios.REGIONS[0], f"{family}.{size}", "Linux", "default"]
            yield lead + ["on-demand", "", "", "0", f"{price * factor:.6f}"]
            yield lead + ["ri-standard", "1", "no-upfront", "0", f"{price * factor * 0.63:.6f}"]
            yield lead + ["sp-compute", "1", "no-upfront", "0", f"{price * factor * dice.uniform(0.7, 0.76):.6f}"]


def main():
    parser = argparse.ArgumentParser(prog="Tests/Performance/crosscheck", description=__doc__.split("\n")[0])
    parser.add_argument("exchange", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--binary", default=BINARY, help="the plimsoll to ask (default: the release build)")
    parser.add_argument("--models", type=int, default=40, help="how many random scenarios (default: 40)")
    parser.add_argument("--machines", type=int, default=12, help="how many of them with machines (default: 12)")
    chosen = parser.parse_args()
    checks = {path.stem: check_answer(path) for path in sorted(chosen.exchange.glob("*.lp"))}
    for seed in range(1, chosen.models + 1):
        folder = HERE / ".work" / "crosscheck" / str(seed)
        checks[f"scenario-{seed}"] = check_scenario(chosen.binary, folder, seed, write_scenario)
    for seed in range(1, chosen.machines + 1):
        folder = HERE / ".work" / "crosscheck" / f"machines-{seed}"
        checks[f"machines-{seed}"] = check_scenario(chosen.binary, folder, seed, write_machines)
    for name, (wrong, rows) in checks.items():
        if wrong:
            print(f"{name} ({rows} rows): {wrong}")
    sizes = sorted(rows for _, rows in checks.values())
    wrong = sum(1 for wrong, _ in checks.values() if wrong)
    print(f"{len(checks)} programs of {sizes[0]} to {sizes[-1]} rows, {sum(size >= 200 for size in sizes)} of them of 200 "
          f"or more: {wrong} disagree with HiGHS {highspy.Highs().version()}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
