#!/usr/bin/env python3
"""Makes usage.csv.gz and prices.csv next to this script from the two source files.

    python3 prepare.py hourly_normalized.csv.gz gce_prices_2026-07-30.csv.gz

Equal sources give equal bytes. Standard library only. The README tells where the sources come from.
"""

import csv
import datetime
import os
import sys
from decimal import Decimal

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
import aws_prices  # noqa: E402  (reading and writing of tables)

# What the letters and numbers of the data set mean here is OUR ASSUMPTION.
TYPES = {
    "A": "n1-standard-8",
    "B": "e2-standard-8",    # the bulk
    "C": "n2-highmem-4",
    "D": "n2-standard-8",
    "E": "c2-standard-8",
    "F": "c3-standard-8",
    "J": "e2-standard-4",    # of one shape with B and L
    "K": "n2-standard-16",   # of one shape with D
    "L": "e2-standard-16",
}
REGIONS = {"1": "europe-west4", "4": "us-central1"}
FROM, TO = "2023-11-01", "2024-02-01"

# Google's published flat discounts of flexible commitments.
FLEXIBLE = {"1": Decimal("0.28"), "3": Decimal("0.46")}
MONTH = Decimal(730)  # the price list states commitments per month of 730 hours

HEADER = ["provider", "region", "instance_type", "product", "term_years", "payment", "upfront", "hourly"]


def usage_rows(path):
    with aws_prices.open_text(path) as file:
        rows = []
        for record in csv.DictReader(file):
            if FROM <= record["USAGE_HOUR"][:10] < TO and record["REGION_NUM"] in REGIONS and record["INSTANCE_TYPE"] in TYPES:
                hour = datetime.datetime.fromisoformat(record["USAGE_HOUR"]).strftime("%Y-%m-%dT%H:%M:%SZ")
                rows.append((hour, "gcp", REGIONS[record["REGION_NUM"]], TYPES[record["INSTANCE_TYPE"]],
                             aws_prices.figure(Decimal(record["NORM_USAGE"]), 0)))
    return sorted(rows)


def price_rows(path):
    rows = []
    with aws_prices.open_text(path) as file:
        for record in csv.DictReader(file):
            if record["region"] not in REGIONS.values() or record["machine_type"] not in TYPES.values():
                continue
            price = Decimal(record["hour"])
            place = ["gcp", record["region"], record["machine_type"]]
            rows.append(place + ["on-demand", "", "", "", aws_prices.figure(price, 8)])
            for years, column in (("1", "month_cud_1y"), ("3", "month_cud_3y")):
                rows.append(place + ["gcp-cud-resource", years, "no-upfront", "0",
                                     aws_prices.figure(Decimal(record[column]) / MONTH, 8)])
                rows.append(place + ["gcp-cud-flexible", years, "no-upfront", "",
                                     aws_prices.figure(price * (1 - FLEXIBLE[years]), 8)])
    return sorted(rows)


def main(usage, prices):
    aws_prices.write_csv(os.path.join(HERE, "prices.csv"), HEADER, price_rows(prices))
    aws_prices.write_csv(os.path.join(HERE, "usage.csv.gz"),
                         ["timestamp", "provider", "region", "instance_type", "quantity"], usage_rows(usage))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
