"""The scenario folders that the benchmark runs: written once, the same bytes each time.

Every maker takes the folder to fill. Shaved Ice's are cut out of the shipped scenario; the others are invented, from
seeds. numpy does the numbers, the standard library the rest.
"""

import csv
import datetime
import gzip
import shutil
from pathlib import Path

import numpy

REPOSITORY = Path(__file__).resolve().parents[2]
SHAVED_ICE = REPOSITORY / "scenarios" / "shaved-ice"
YEAR = ("2023-02-01T00:00:00Z", "2024-02-01T00:00:00Z")  # 8,760 hours, as in the shipped scenario
PRICE_HEADER = ["provider", "region", "instance_type", "operating_system", "tenancy", "product", "term_years", "payment",
                "upfront", "hourly"]
REGIONS = ["us-east-1", "eu-central-1", "eu-west-1", "ap-southeast-2"]


def read_rows(path):
    with gzip.open(path, "rt", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(path, header, rows):
    # Level 1: the reader's work is the same, and the writer's is not what we measure.
    with gzip.open(path, "wt", newline="", compresslevel=1) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def write_scenario(folder, text):
    (folder / "scenario.yaml").write_text(text)


# Shaved Ice ----------------------------------------------------------------------------------------------------------


def shaved_ice(folder):
    """The shipped scenario: its base alone, its committed outcome alone, nothing else changed."""
    for name in ["usage.csv.gz", "prices.csv.gz", "owned.csv"]:
        shutil.copy(SHAVED_ICE / name, folder / name)
    lines = (SHAVED_ICE / "scenario.yaml").read_text().splitlines()
    base = lines[: lines.index("overrides:")]
    kept = [line for line in base if not line.startswith("compare:")]
    write_scenario(folder, "\n".join(kept + ["compare: [committed]", ""]))


def dearest_series(count, one_a_family=False):
    """The (region, type) with the highest on-demand cost in the year, dearest first, and their usage rows."""
    usage = [row for row in read_rows(SHAVED_ICE / "usage.csv.gz") if YEAR[0] <= row["timestamp"] < YEAR[1]]
    price = {(row["region"], row["instance_type"]): float(row["hourly"])
             for row in read_rows(SHAVED_ICE / "prices.csv.gz") if row["product"] == "on-demand"}
    cost = {}
    for row in usage:
        key = row["region"], row["instance_type"]
        cost[key] = cost.get(key, 0) + float(row["quantity"]) * price[key]
    chosen, families = [], set()
    for region, name in sorted(cost, key=lambda key: (-cost[key], key)):
        family = region, name.split(".")[0]
        if not one_a_family or family not in families:
            chosen.append((region, name))
            families.add(family)
    chosen = chosen[:count]
    return chosen, [row for row in usage if (row["region"], row["instance_type"]) in chosen]


def shaved_ice_part(folder, count=8):
    """The dearest series of the year, every product, term and payment, and the same policy; nothing owned."""
    chosen, usage = dearest_series(count)
    prices = [row for row in read_rows(SHAVED_ICE / "prices.csv.gz")
              if (row["region"], row["instance_type"]) in chosen]
    write_rows(folder / "usage.csv.gz", list(usage[0]), [row.values() for row in usage])
    write_rows(folder / "prices.csv.gz", PRICE_HEADER, [[row[key] for key in PRICE_HEADER] for row in prices])
    write_scenario(folder, f"""\
name: shaved-ice-{count}
usage: usage.csv.gz
prices: prices.csv.gz
window: {{from: {YEAR[0]}, to: {YEAR[1]}}}
offers:
  products: [ri-standard, sp-ec2-instance, sp-compute]
  terms: [1, 3]
  payments: [no-upfront, partial-upfront]
policy: {{max_upfront: 600000, max_three_year_share: 0.5}}
forecast: {{method: hindsight}}
solver: {{gap: 0.0001, time_limit: 60}}
compare: [committed]
""")


def one_year_plans(folder, count=20):
    """What finoptim can be asked too: reservations and one Compute plan, one year, no upfront.

    One type a family, so that a reservation serves one series only, as finoptim has it.
    """
    chosen, usage = dearest_series(count, one_a_family=True)
    wanted = {("on-demand", "", ""), ("ri-standard", "1", "no-upfront"), ("sp-compute", "1", "no-upfront")}
    prices = [row for row in read_rows(SHAVED_ICE / "prices.csv.gz")
              if (row["region"], row["instance_type"]) in chosen
              and (row["product"], row["term_years"], row["payment"]) in wanted]
    write_rows(folder / "usage.csv.gz", list(usage[0]), [row.values() for row in usage])
    write_rows(folder / "prices.csv.gz", PRICE_HEADER, [[row[key] for key in PRICE_HEADER] for row in prices])
    write_scenario(folder, f"""\
name: one-year-plans
usage: usage.csv.gz
prices: prices.csv.gz
window: {{from: {YEAR[0]}, to: {YEAR[1]}}}
offers: {{products: [ri-standard, sp-compute], terms: [1], payments: [no-upfront]}}
forecast: {{method: hindsight}}
solver: {{gap: 0.0001, time_limit: 60}}
compare: [committed]
""")


# Invented ------------------------------------------------------------------------------------------------------------


def fleet_demand(hours, groups, seed):
    """Whole instances, hours × groups: growth, a daily and a weekly cycle, noise; some groups start or end on the way."""
    random = numpy.random.default_rng(seed)
    hour = numpy.arange(hours)[:, None]
    size = random.lognormal(3, 1.2, groups)
    growth = random.normal(0.15, 0.25, groups) * hour / 8760
    day = random.uniform(0, 0.4, groups) * numpy.sin(2 * numpy.pi * (hour - random.integers(0, 24, groups)) / 24)
    weekend = -random.uniform(0, 0.4, groups) * (hour // 24 % 7 >= 5)
    noise = random.normal(0, 1, (hours, groups)) * random.uniform(0.02, 0.2, groups)
    level = size * numpy.clip(1 + growth + day + weekend + noise, 0, None)
    born = numpy.where(random.random(groups) < 0.15, random.integers(0, hours, groups), 0)
    gone = numpy.where(random.random(groups) < 0.15, random.integers(0, hours, groups), hours)
    return numpy.rint(level * ((hour >= born) & (hour < gone))).astype(int)


def fleet_types(groups):
    """(region, type): every type a family of its own in its region, so every one has a reservation of its own."""
    sizes = ["large", "xlarge", "2xlarge", "4xlarge"]
    return [(REGIONS[g % 4], f"x{g // 4:03}.{sizes[g // 4 % 4]}") for g in range(groups)]


def fleet_prices(types, seed):
    """On demand, standard reservations and Compute plans of 1 and 3 years without upfront, for every type."""
    random = numpy.random.default_rng(seed)
    for region, name in types:
        lead = ["aws", region, name, "Linux", "default"]
        on_demand = random.lognormal(-1, 0.8)
        yield lead + ["on-demand", "", "", "0", f"{on_demand:.6f}"]
        for years, reserved, plan in [("1", (0.60, 0.66), (0.70, 0.76)), ("3", (0.38, 0.45), (0.48, 0.55))]:
            for product, factors in [("ri-standard", reserved), ("sp-compute", plan)]:
                rate = on_demand * random.uniform(*factors)
                yield lead + [product, years, "no-upfront", "0", f"{rate:.6f}"]


def timestamps(hours, start=datetime.datetime(2021, 1, 1)):
    return [(start + datetime.timedelta(hours=h)).strftime("%Y-%m-%dT%H:%M:%SZ") for h in range(hours)]


def fleet_usage(path, demand, types):
    """The usage file; by joining ready-made parts, because three years of 400 groups are ten million rows."""
    tails = [f",aws,{region},{name}," for region, name in types]
    with gzip.open(path, "wt", compresslevel=1) as file:
        file.write("timestamp,provider,region,instance_type,quantity\n")
        for stamp, row in zip(timestamps(len(demand)), demand.tolist()):
            file.write("".join(f"{stamp}{tail}{count}\n" for tail, count in zip(tails, row) if count))


def fleet(folder, hours=8760, groups=400, policy="{max_three_year_share: 0.5}", time_limit=120):
    """A large fleet: as hard as its size allows, for no two groups share a reservation."""
    types = fleet_types(groups)
    fleet_usage(folder / "usage.csv.gz", fleet_demand(hours, groups, seed=400), types)
    write_rows(folder / "prices.csv.gz", PRICE_HEADER, fleet_prices(types, seed=401))
    write_scenario(folder, f"""\
name: fleet-{hours}-{groups}
usage: usage.csv.gz
prices: prices.csv.gz
offers: {{products: [ri-standard, sp-compute], terms: [1, 3], payments: [no-upfront]}}
policy: {policy}
forecast: {{method: hindsight}}
solver: {{gap: 0.0001, time_limit: {time_limit}}}
compare: [committed]
""")


SIZES = {"large": 4, "xlarge": 8, "2xlarge": 16, "4xlarge": 32}


def machine_types():
    """(type, units, on-demand price) of six families in one region, prices in proportion to size."""
    rates = {"m5": 0.0144, "c5": 0.0121, "r5": 0.0190, "m6g": 0.0115, "c6g": 0.0097, "r6g": 0.0152}
    return [(f"{family}.{size}", units, rate * units / 4 * 6.7)
            for family, rate in rates.items() for size, units in SIZES.items()]


def machine_prices():
    for name, _, on_demand in machine_types():
        lead = ["aws", "us-east-1", name, "Linux", "default"]
        yield lead + ["on-demand", "", "", "0", f"{on_demand:.6f}"]
        for product, years, factor in [("ri-standard", "1", 0.63), ("ri-standard", "3", 0.43),
                                       ("sp-ec2-instance", "1", 0.635), ("sp-ec2-instance", "3", 0.435),
                                       ("sp-compute", "1", 0.73), ("sp-compute", "3", 0.50)]:
            yield lead + [product, years, "no-upfront", "0", f"{on_demand * factor:.6f}"]


def machines(folder, count=1000, hours=1344, time_limit=60):
    """Machines that could shrink by one size or by two: two binaries each. A third of them run in office hours only;
    for two of the six families much is owned already."""
    random = numpy.random.default_rng(2000)
    large = [name for name, _, _ in machine_types() if name.endswith((".2xlarge", ".4xlarge"))]
    names = [large[k] for k in random.integers(0, len(large), count)]
    hour = numpy.arange(hours)
    office = (hour % 24 >= 8) & (hour % 24 < 18) & (hour // 24 % 7 < 5)
    running = numpy.where(random.random(count) < 0.33, office[:, None], True)
    # Below a quarter of 70 % of CPU and of 80 % of memory: fits a machine of a quarter of the size.
    cpu = random.uniform(5, 14, count) + random.uniform(0, 3, (hours, count))
    memory = random.uniform(5, 16, count) + random.uniform(0, 3, (hours, count))
    stamps = timestamps(hours)
    with gzip.open(folder / "utilization.csv.gz", "wt", compresslevel=1) as file:
        file.write("timestamp,resource,cpu_max,cpu_avg,memory_max,memory_avg\n")
        for h in range(hours):
            file.write("".join(f"{stamps[h]},vm-{i},{cpu[h, i]:.1f},{cpu[h, i] / 2:.1f},{memory[h, i]:.1f},\n"
                               for i in numpy.flatnonzero(running[h])))
    write_rows(folder / "resources.csv.gz", ["resource", "provider", "region", "instance_type"],
               [[f"vm-{i}", "aws", "us-east-1", name] for i, name in enumerate(names)])
    machine_usage(folder / "usage.csv.gz", stamps, names, running, random)
    write_owned(folder / "owned.csv")
    write_rows(folder / "prices.csv.gz", PRICE_HEADER, machine_prices())
    write_scenario(folder, f"""\
name: machines-{count}
usage: usage.csv.gz
prices: prices.csv.gz
utilization: utilization.csv.gz
resources: resources.csv.gz
owned: owned.csv
offers: {{products: [ri-standard, sp-ec2-instance, sp-compute], terms: [1, 3], payments: [no-upfront]}}
policy: {{max_three_year_share: 0.5}}
rightsizing: {{max_cpu: 70, max_memory: 80, max_sizes_down: 2}}
forecast: {{method: hindsight}}
solver: {{gap: 0.001, time_limit: {time_limit}}}
compare: [combined]
""")


def write_owned(path):
    """Reservations of two families bought long ago: shrinking their machines leaves some of it unused."""
    header = ["id", "provider", "region", "instance_type", "product", "term_years", "payment", "quantity", "upfront",
              "hourly", "start", "end"]
    with open(path, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        for family, hourly in [("m5", 0.0415), ("c5", 0.0349)]:
            writer.writerow([f"ri-{family}", "aws", "us-east-1", f"{family}.large", "ri-standard", "3", "no-upfront",
                             "900", "0", hourly, "2020-01-01T00:00:00Z", "2022-12-31T00:00:00Z"])


def machine_usage(path, stamps, names, running, random):
    """Usage that holds every running machine, and others of each type that nobody measured."""
    kinds = sorted({name for name, _, _ in machine_types()})
    belongs = numpy.array([[name == kind for kind in kinds] for name in names], dtype=int)
    others = numpy.rint(random.uniform(5, 30, len(kinds)) * random.uniform(0.7, 1.3, (len(stamps), len(kinds))))
    quantity = running.astype(int) @ belongs + others.astype(int)
    write_rows(path, ["timestamp", "provider", "region", "instance_type", "quantity"],
               ([stamps[h], "aws", "us-east-1", kind, quantity[h, k]]
                for h in range(len(stamps)) for k, kind in enumerate(kinds)))
