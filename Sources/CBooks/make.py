"""Makes the price books that ship with the program, out of public price data (README.md names them).

    python3 make.py FOLDER      # aws/, azure/ and gcp/ below it

Values are the sources'; only columns are left out, and rows are in another order, which compresses
better. Google's months of 730 hours are divided, and rounded to seven digits.
"""
import csv, gzip, io, sys
from pathlib import Path

folder = Path(sys.argv[1])
data = Path(__file__).parent / "Data"


def rows(name):
    with gzip.open(folder / name, "rt", newline="") as file:
        yield from csv.DictReader(file)


def write(name, header, lines):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(sorted(lines, key=lambda line: (line[1], line[2:], line[0])))
    (data / name).write_bytes(gzip.compress(text.getvalue().encode(), 9, mtime=0))


def number(text):
    return "" if not text else f"{float(text):.7g}"


write(
    "aws.csv.gz",
    ["region", "instance_type", "on_demand", "standard_1y", "standard_3y", "convertible_1y", "convertible_3y"],
    [[r["region"], r["instance_type"]] + [number(r[c]) for c in (
        "on_demand", "ri_std_1y_no_upfront", "ri_std_3y_no_upfront", "ri_conv_1y_no_upfront",
        "ri_conv_3y_no_upfront")] for r in rows("aws/ec2_linux_prices_2025-04-05.csv.gz")])

plans = {}
for r in rows("azure/vm_savings_plan_1y_eu_2026-08-22.csv.gz"):
    if r["os"] == "linux" and r["on_demand"] and r["savings_plan_1y"]:
        key = r["region"], "Standard_" + r["sku_name"].replace(" ", "_")
        plans[key] = float(r["on_demand"]), float(r["savings_plan_1y"])
lines = []
for r in rows("azure/vm_on_demand_all_regions_2026-06-18.csv.gz"):
    price, plan = float(r["linux_on_demand"]), plans.get((r["region"], r["arm_sku"]))
    # The two files are two months apart: a rate is taken where both state the same price.
    same = plan and abs(plan[0] / price - 1) < 1e-6
    lines.append([r["region"], r["arm_sku"], number(price), number(plan[1]) if same else ""])
write("azure.csv.gz", ["region", "instance_type", "on_demand", "savings_plan_1y"], lines)

write(
    "google.csv.gz", ["region", "instance_type", "on_demand", "committed_1y", "committed_3y"],
    [[r["region"], r["machine_type"], number(r["hour"])] + [
        f"{float(r[c]) / 730:.7g}" if r[c] else "" for c in ("month_cud_1y", "month_cud_3y")]
     for r in rows("gcp/gce_prices_2026-07-30.csv.gz") if r["hour"]])
