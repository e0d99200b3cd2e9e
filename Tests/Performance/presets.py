"""What the presets promise, checked on the public data: walks them through the six runs with everything on sale.

    swift build -c release --product plimsoll
    python3 Tests/Performance/presets.py [--binary PLIMSOLL] [run…]

One to three minutes of processor time a run. The exit code is 1 where a promise is broken:
- `crawl` and `walk` lose no month, `run` no three months in a row;
- the bolder saves more, in the whole and in each of the two years, and locks more (backwards, where usage halves, it
  saves more in the whole only);
- a month's coverage passes the cap by no more than usage fell since a date that knew more of it.
Needs no package from PyPI.
"""
import argparse
import csv
import datetime
import gzip
import json
import subprocess
import sys

CAPS = {"planner-crawl": 0.6, "planner-walk": 0.8, "planner-run": 0.95}
REGIONS = {"sydney": "ap-southeast-2", "frankfurt": "eu-central-1", "ireland": "eu-west-1", "virginia": "us-east-1"}
RUNS = [*REGIONS, "regions", "backwards"]
START, HOURS, FIRST, EVERY, KNOWN = datetime.datetime(2021, 2, 1), 26_280, 8_760, 730, 672


def spending():
    """Usage at on-demand prices, hour by hour, of each region."""
    price, total = {}, {}
    with gzip.open("scenarios/shaved-ice/prices.csv.gz", "rt") as file:
        for row in csv.DictReader(file):
            if row["product"] == "on-demand":
                price[row["region"], row["instance_type"]] = float(row["hourly"])
    with gzip.open("scenarios/shaved-ice/usage.csv.gz", "rt") as file:
        for row in csv.DictReader(file):
            hour = datetime.datetime.fromisoformat(row["timestamp"].rstrip("Z")) - START
            hour = int(hour.total_seconds() // 3600)
            if 0 <= hour < HOURS:
                sums = total.setdefault(row["region"], [0.0] * HOURS)
                sums[hour] += float(row["quantity"]) * price[row["region"], row["instance_type"]]
    return total


def excess(coverage, cap, usage, months):
    """By how much a month's coverage is above its cap times what usage fell since the decisions before its end."""
    known = [sum(usage[d - KNOWN:d]) / KNOWN for d in range(FIRST, HOURS, EVERY)]
    worst = -1.0
    for name, share in zip(months, coverage):
        year, month = map(int, name.split("-"))
        begin = int((datetime.datetime(year, month, 1) - START).total_seconds() // 3600)
        after = datetime.datetime(year + month // 12, month % 12 + 1, 1)
        end = min(HOURS, int((after - START).total_seconds() // 3600))
        mean = sum(usage[begin:end]) / (end - begin)
        most = max(known[:max(1, (end - 1 - FIRST) // EVERY + 1)])
        worst = max(worst, share - cap * max(1, most / mean))
    return worst


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", default=".build/release/plimsoll")
    parser.add_argument("runs", nargs="*", default=RUNS)
    options = parser.parse_args()
    regions = spending()
    broken = []
    print("| run | preset | saved | months lost | worst quarter | most covered month | used | locked after |")
    print("|---|---|---|---|---|---|---|---|")
    for name in options.runs:
        text = subprocess.run(
            [options.binary, "backtest", "scenarios/shaved-ice-backtest", "--run", f"all-{name}", "--json"],
            check=True, stdout=subprocess.PIPE, text=True).stdout
        run = json.loads(text)["runs"][0]
        usage = regions[REGIONS[name]] if name in REGIONS else [sum(hour) for hour in zip(*regions.values())]
        usage = usage[::-1] if name == "backwards" else usage
        before = {"savings_rate": 0, "locked_beyond_window": 0, "years": [0, 0]}
        for row in (p for p in run["policies"] if p["name"] in CAPS):
            preset, saved = row["name"], row["monthly_savings"]
            row["years"] = [sum(saved[:12]), sum(saved[12:])]
            print(f"| {name} | {preset[8:]} | {row['savings_rate']:.2%} | {row['losing_months']} | "
                  f"{row['worst_quarter']:,.0f} | {max(row['monthly_coverage']):.1%} | {row['utilization']:.1%} | "
                  f"{row['locked_beyond_window']:,.0f} |", flush=True)
            lost = row["losing_months"] if preset != "planner-run" else row["worst_quarter"] < 0
            above = excess(row["monthly_coverage"], CAPS[preset], usage, run["months"])
            for is_kept, promise in [
                (not lost, "loses money"),
                (row["savings_rate"] > before["savings_rate"], "saves less than the one before"),
                (row["locked_beyond_window"] >= before["locked_beyond_window"], "locks less than the one before"),
                (name == "backwards" or all(a > b for a, b in zip(row["years"], before["years"])),
                 "saves less in one of the years"),
                (above <= 0.001, f"covers {above:.2%} more than its cap and what usage fell"),
            ]:
                if not is_kept:
                    broken.append(f"{name}: {preset} {promise}")
            before = row
    print("\n".join(broken) or "Every promise is kept.")
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
