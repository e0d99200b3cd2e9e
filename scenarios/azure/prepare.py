#!/usr/bin/env python3
"""Makes usage.csv.gz and prices.csv next to this script from the two source files.

    python3 prepare.py hourly_normalized.csv.gz vm_savings_plan_1y_eu_2026-08-22.csv.gz

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
    "A": "Standard_E8s_v5",
    "B": "Standard_E8as_v5",   # the bulk
    "C": "Standard_E4s_v5",
    "D": "Standard_D8as_v6",
    "E": "Standard_F8s_v2",
    "F": "Standard_D4as_v6",
    "J": "Standard_E4as_v5",   # of one group with B and L
    "K": "Standard_E16s_v5",   # of one group with A and C
    "L": "Standard_E16as_v5",
}
REGIONS = {"2": "westeurope", "3": "northeurope"}
FROM, TO = "2023-11-01", "2024-02-01"

# What a reservation takes off the pay-as-you-go price: ASSUMED, see README.md.
RESERVATION = {1: Decimal("0.41"), 3: Decimal("0.62")}
TERM_HOURS = {1: 8760, 3: 26280}

HEADER = ["provider", "region", "instance_type", "product", "term_years", "payment", "upfront", "hourly"]


def usage_rows(path):
    with aws_prices.open_text(path) as file:
        rows = []
        for record in csv.DictReader(file):
            if FROM <= record["USAGE_HOUR"][:10] < TO and record["REGION_NUM"] in REGIONS and record["INSTANCE_TYPE"] in TYPES:
                hour = datetime.datetime.fromisoformat(record["USAGE_HOUR"]).strftime("%Y-%m-%dT%H:%M:%SZ")
                rows.append((hour, "azure", REGIONS[record["REGION_NUM"]], TYPES[record["INSTANCE_TYPE"]],
                             aws_prices.figure(Decimal(record["NORM_USAGE"]), 0)))
    return sorted(rows)


def price_rows(path):
    rows = []
    with aws_prices.open_text(path) as file:
        for record in csv.DictReader(file):
            name = "Standard_" + record["sku_name"].replace(" ", "_")
            if record["os"] != "linux" or record["region"] not in REGIONS.values() or name not in TYPES.values():
                continue
            price = Decimal(record["on_demand"])
            place = ["azure", record["region"], name]
            rows.append(place + ["on-demand", "", "", "", aws_prices.figure(price, 6)])
            rows.append(place + ["azure-savings-plan", "1", "no-upfront", "",
                                 aws_prices.figure(Decimal(record["savings_plan_1y"]), 7)])
            if name.endswith("_v5"):
                for years, off in RESERVATION.items():
                    # Paid by the month or at once: the same in all.
                    hourly = (price * (1 - off)).quantize(Decimal("0.000001"))
                    rows.append(place + ["azure-reservation", str(years), "no-upfront", "0", aws_prices.figure(hourly, 6)])
                    rows.append(place + ["azure-reservation", str(years), "all-upfront",
                                         aws_prices.figure(hourly * TERM_HOURS[years], 6), "0"])
    return sorted(rows)


def main(usage, prices):
    aws_prices.write_csv(os.path.join(HERE, "prices.csv"), HEADER, price_rows(prices))
    aws_prices.write_csv(os.path.join(HERE, "usage.csv.gz"),
                         ["timestamp", "provider", "region", "instance_type", "quantity"], usage_rows(usage))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
