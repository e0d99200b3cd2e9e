#!/usr/bin/env python3
"""Makes usage.csv.gz, prices.csv.gz and owned.csv next to this script from the two source files.

    python3 prepare.py hourly_normalized.csv.gz ec2_linux_prices_2025-04-05.csv.gz

Equal sources give equal bytes. Standard library only. The README tells where the sources come from.
"""

import csv
import datetime
import os
import sys
from decimal import Decimal

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
import aws_prices  # noqa: E402

# The data set hides both names behind a letter and a number. What they mean here is OUR ASSUMPTION.
TYPES = {
    "A": "c5d.2xlarge",   # the bulk until 2022
    "B": "c6gd.2xlarge",  # takes over from A
    "C": "m6gd.4xlarge",
    "D": "r6gd.xlarge",
    "E": "m6gd.2xlarge",
    "F": "i3en.2xlarge",
    "G": "m5d.4xlarge",
    "H": "r5d.2xlarge",
    "I": "c5d.4xlarge",   # the larger A
    "J": "r6gd.2xlarge",
    "K": "r6gd.4xlarge",
    "L": "c6gd.4xlarge",  # takes over from I
}
REGIONS = {"1": "ap-southeast-2", "2": "eu-central-1", "3": "eu-west-1", "4": "us-east-1"}

# Invented: (id, letter, region number, product, years, payment, quantity or money per hour, start).
OWNED = [
    ("ri-c5d-virginia", "A", "4", "ri-standard", 1, "no-upfront", 120, "2022-06-01"),
    ("ri-c5d-frankfurt", "A", "2", "ri-standard", 1, "no-upfront", 20, "2022-06-15"),
    ("ri-c6gd-ireland", "B", "3", "ri-standard", 3, "partial-upfront", 40, "2022-07-01"),
    ("sp-compute-2022", "", "", "sp-compute", 1, "no-upfront", "12.000", "2022-09-15"),
]
OWNED_HEADER = ["id", "provider", "account", "region", "instance_type", "operating_system", "tenancy", "zone", "product",
                "term_years", "payment", "quantity", "hourly_commitment", "upfront", "hourly", "start", "end"]


def usage_rows(path):
    with aws_prices.open_text(path) as file:
        rows = []
        for record in csv.DictReader(file):
            hour = datetime.datetime.fromisoformat(record["USAGE_HOUR"]).strftime("%Y-%m-%dT%H:%M:%SZ")
            rows.append((hour, "aws", REGIONS[record["REGION_NUM"]], TYPES[record["INSTANCE_TYPE"]],
                         aws_prices.figure(Decimal(record["NORM_USAGE"]), 0)))
    return sorted(rows)


def owned_rows(prices):
    lookup = {tuple(row[1:3] + row[5:8]): row[8:10] for row in prices}
    for name, letter, region, product, years, payment, amount, day in OWNED:
        start = datetime.datetime.fromisoformat(day)
        end = start + datetime.timedelta(hours=aws_prices.TERM_HOURS[years])
        span = [moment.strftime("%Y-%m-%dT%H:%M:%SZ") for moment in (start, end)]
        if letter:
            place = [REGIONS[region], TYPES[letter], "Linux", "default", ""]
            upfront, hourly = lookup[REGIONS[region], TYPES[letter], product, str(years), payment]
            amounts = [amount, "", upfront, hourly]
        else:
            place, amounts = ["", "", "", "", ""], ["", amount, "0", ""]
        yield [name, "aws", ""] + place + [product, years, payment] + amounts + span


def main(usage, prices):
    families = {name.split(".")[0] for name in TYPES.values()}
    table = aws_prices.price_rows(prices, list(REGIONS.values()), families)
    aws_prices.write_csv(os.path.join(HERE, "prices.csv.gz"), aws_prices.HEADER, table)
    aws_prices.write_csv(os.path.join(HERE, "owned.csv"), OWNED_HEADER, owned_rows(table))
    aws_prices.write_csv(os.path.join(HERE, "usage.csv.gz"),
                         ["timestamp", "provider", "region", "instance_type", "quantity"], usage_rows(usage))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
