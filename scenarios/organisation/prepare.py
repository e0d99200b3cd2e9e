#!/usr/bin/env python3
"""Makes usage.csv.gz and prices.csv next to this script from the scenario shaved-ice next to it.

    python3 prepare.py

Equal sources give equal bytes. Standard library only. The README tells what is assumed.
"""

import csv
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SHAVED_ICE = os.path.join(os.path.dirname(HERE), "shaved-ice")
sys.path.insert(0, os.path.dirname(HERE))
import aws_prices  # noqa: E402  (reading and writing of tables)

# Which region's machines stand for which account's is OUR ASSUMPTION; all run in one region here.
ACCOUNTS = {
    ("eu-west-1", "c6gd.2xlarge"): "shop",
    ("eu-west-1", "m6gd.2xlarge"): "shop",
    ("eu-central-1", "c6gd.2xlarge"): "search",
    ("us-east-1", "r6gd.xlarge"): "data",
    ("us-east-1", "r6gd.2xlarge"): "data",
    ("us-east-1", "r6gd.4xlarge"): "data",
    ("ap-southeast-2", "c6gd.4xlarge"): "lab",
    ("eu-west-1", "r6gd.2xlarge"): "lab",
}
REGION = "eu-west-1"
FROM, TO = "2024-01-01", "2024-02-01"
PRODUCTS = {"on-demand", "ri-standard", "sp-compute"}


def usage_rows():
    with aws_prices.open_text(os.path.join(SHAVED_ICE, "usage.csv.gz")) as file:
        rows = []
        for record in csv.DictReader(file):
            account = ACCOUNTS.get((record["region"], record["instance_type"]))
            if account and FROM <= record["timestamp"][:10] < TO:
                rows.append((record["timestamp"], "aws", account, REGION, record["instance_type"],
                             record["quantity"]))
    return sorted(rows)


def price_rows():
    types = {instance_type for _, instance_type in ACCOUNTS}
    with aws_prices.open_text(os.path.join(SHAVED_ICE, "prices.csv.gz")) as file:
        reader = csv.DictReader(file)
        return reader.fieldnames, [
            list(record.values()) for record in reader
            if record["region"] == REGION and record["instance_type"] in types
            and record["product"] in PRODUCTS and record["payment"] in ("", "no-upfront")
            and record["term_years"] in ("", "1")]


def main():
    header, prices = price_rows()
    aws_prices.write_csv(os.path.join(HERE, "prices.csv"), header, prices)
    aws_prices.write_csv(os.path.join(HERE, "usage.csv.gz"),
                         ["timestamp", "provider", "account", "region", "instance_type", "quantity"],
                         usage_rows())


if __name__ == "__main__":
    main()
