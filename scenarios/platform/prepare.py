#!/usr/bin/env python3
"""Makes usage.csv.gz and prices.csv next to this script from three source files.

    python3 prepare.py hourly_normalized.csv.gz points_2026-10-01.csv ec2_linux_prices_2025-04-05.csv.gz
    python3 prepare.py … --parts DIR     writes the usage of each service by itself too

Equal sources give equal bytes. Standard library only. The README tells where the sources come from.
"""

import collections
import csv
import datetime
import gzip
import os
import sys
from decimal import Decimal

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
import aws_prices  # noqa: E402  (reading and writing of tables)

FROM, TO = "2023-02-01", "2024-02-01"
REGION = "us-east-1"

# What each real series is taken for is OUR ASSUMPTION: region, letter -> what runs, and how many units one is.
# (part, service, type, platform, deployment, unit, units)
SERIES = {
    ("4", "B"): [("machines", "ec2", "m7g.large", "", "", "instance-hour", "1")],
    # Another region's working day: containers that are busy when the machines are not.
    ("1", "B"): [("containers", "fargate", "vCPU-ARM", "", "", "vCPU-hour", "1"),
                 ("containers", "fargate", "GB-ARM", "", "", "GB-hour", "2")],
    # One is a function of 512 MB that is busy all the time.
    ("2", "B"): [("functions", "lambda", "GB-second-ARM", "", "", "GB-second", "1800")],
    ("1", "J"): [("databases", "rds", "db.m7g.xlarge", "PostgreSQL", "Multi-AZ", "instance-hour", "1")],
    ("2", "J"): [("databases", "rds", "db.m7g.large", "PostgreSQL", "Single-AZ", "instance-hour", "1")],
    ("3", "F"): [("databases", "rds", "db.t4g.medium", "PostgreSQL", "Single-AZ", "instance-hour", "2")],
    ("4", "C"): [("caches", "elasticache", "cache.m7g.large", "Valkey", "", "node-hour", "1")],
    ("4", "F"): [("caches", "elasticache", "cache.t4g.medium", "Valkey", "", "node-hour", "1")],
}

HEADER = ["timestamp", "provider", "account", "region", "service", "instance_type", "engine", "deployment", "unit",
          "quantity"]
PRICES = ["provider", "region", "service", "instance_type", "engine", "deployment", "product", "term_years", "payment",
          "upfront", "hourly"]

# No file of us-east-1 with Database plan rates was to be had: 20 % under on demand is OUR ASSUMPTION.
DATABASE_PLAN = Decimal("0.8")


def usage_rows(path):
    quantities = collections.defaultdict(Decimal)
    with aws_prices.open_text(path) as file:
        for record in csv.DictReader(file):
            if FROM <= record["USAGE_HOUR"][:10] < TO:
                hour = datetime.datetime.fromisoformat(record["USAGE_HOUR"]).strftime("%Y-%m-%dT%H:%M:%SZ")
                for row in SERIES.get((record["REGION_NUM"], record["INSTANCE_TYPE"]), []):
                    quantities[hour, row[:-1]] += Decimal(record["NORM_USAGE"]) * Decimal(row[-1])
    return [
        (part, [hour, "aws", "111122223333", REGION, service, kind, engine, deployment, unit,
                aws_prices.figure(quantity, 0)])
        for (hour, (part, service, kind, engine, deployment, unit)), quantity in sorted(quantities.items())
    ]


def price_rows(points, machines):
    """On demand and commitments of a published point: item -> rows."""
    with aws_prices.open_text(points) as file:
        known = {record["item"]: record for record in csv.DictReader(file)}
    with aws_prices.open_text(machines) as file:
        reserved = next(r for r in csv.DictReader(file) if (r["region"], r["instance_type"]) == (REGION, "m7g.large"))

    def rows(item, service, kind, engine, deployment, offers):
        lead = ["aws", REGION, service, kind, engine, deployment]
        price = Decimal(known[item]["on_demand_usd"])
        yield lead + ["on-demand", "", "", "", f"{price:f}"]
        for product, years, rate in offers:
            rate = Decimal(rate if rate is not None else known[item][f"committed_{years}y_usd"])
            yield lead + [product, years, "no-upfront", "0" if product.startswith("ri") else "",
                          aws_prices.figure(rate, 12)]

    def database(item):
        return ("sp-database", 1, Decimal(known[item]["on_demand_usd"]) * DATABASE_PLAN)

    compute = [("sp-compute", 1, None), ("sp-compute", 3, None)]
    m7g = "m7g.large Linux"
    yield from rows(m7g, "ec2", "m7g.large", "", "", compute + [
        (product, years, reserved[f"ri_std_{years}y_no_upfront"])
        for product in ("sp-ec2-instance", "ri-standard") for years in (1, 3)])
    # Fargate and Lambda on Graviton cost 20 % less at the same discount (AWS price pages).
    arm = Decimal("0.8")
    for item, service, kind in [("Fargate vCPU", "fargate", "vCPU-ARM"), ("Fargate memory", "fargate", "GB-ARM"),
                                ("duration, first tier", "lambda", "GB-second-ARM")]:
        for row in rows(item, service, kind, "", "", compute):
            yield row[:-1] + [aws_prices.figure(Decimal(row[-1]) * arm, 12)]
    for item, kind, engine, deployment in [
            ("db.m7g.xlarge PostgreSQL Multi-AZ", "db.m7g.xlarge", "PostgreSQL", "Multi-AZ"),
            ("db.m7g.large PostgreSQL Single-AZ", "db.m7g.large", "PostgreSQL", "Single-AZ"),
            ("db.t4g.medium PostgreSQL Single-AZ", "db.t4g.medium", "PostgreSQL", "Single-AZ")]:
        plan = [] if "t4g" in kind else [database(item)]
        yield from rows(item, "rds", kind, engine, deployment, [("ri-rds", 1, None)] + plan)
    for kind in ("cache.m7g.large", "cache.t4g.medium"):
        item = f"{kind} Valkey"
        plan = [] if "t4g" in kind else [database(item)]
        yield from rows(item, "elasticache", kind, "Valkey", "", [("ri-elasticache", 1, None)] + plan)


def main():
    usage, points, machines = sys.argv[1:4]
    rows = usage_rows(usage)
    write(os.path.join(HERE, "usage.csv.gz"), HEADER, [row for _, row in rows])
    write(os.path.join(HERE, "prices.csv"), PRICES, price_rows(points, machines))
    if len(sys.argv) > 5:
        for part in sorted({part for part, _ in rows}):
            write(os.path.join(sys.argv[5], f"usage-{part}.csv"), HEADER, [row for p, row in rows if p == part])


def write(path, header, rows):
    text = "".join(",".join(map(str, row)) + "\n" for row in [header, *rows]).encode()
    with open(path, "wb") as file:
        file.write(gzip.compress(text, 9, mtime=0) if path.endswith(".gz") else text)


if __name__ == "__main__":
    main()
