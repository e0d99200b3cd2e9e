#!/usr/bin/env python3
"""Makes usage.csv.gz, resources.csv, utilization.csv.gz and prices.csv next to this script from the four source files.

    python3 prepare.py vms.csv hourly.csv.gz ec2_linux_prices_2025-04-05.csv.gz ec2_specs_2025-04-05.csv.gz

Equal sources give equal bytes. Standard library only. The README tells where the sources come from.
"""

import collections
import csv
import datetime
import os
import sys
from decimal import Decimal

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
import aws_prices  # noqa: E402

# OUR ASSUMPTION: the machines ran in a private cloud and had no instance type. They get the smallest type of these
# families that has their cores and their memory.
FAMILIES = ["c5", "m5", "r5"]
REGION = "eu-central-1"
KIB_PER_GIB = 1 << 20


def smallest_fit(vm, specs):
    """The type with the fewest vCPU, then the least memory, that holds the machine."""
    cores, kib = int(vm["cpu_count"]), int(vm["mem_capacity"])
    fits = [(int(vcpu), Decimal(gib), name) for name, (vcpu, gib) in specs.items()
            if name.split(".")[0] in FAMILIES and int(vcpu) >= cores and Decimal(gib) * KIB_PER_GIB >= kib]
    return min(fits)[2]


def running_hours(path):
    """(hour, record) of every hour in which the machine had at least one core, as text in the contract's form."""
    with aws_prices.open_text(path) as file:
        for record in csv.DictReader(file):
            if int(record["cores"]) > 0 and int(record["n"]) > 0:
                hour = datetime.datetime.fromisoformat(record["hour"]).astimezone(datetime.timezone.utc)
                yield hour.strftime("%Y-%m-%dT%H:%M:%SZ"), record


def main(vms, hourly, prices, specs):
    specs = aws_prices.read_specs(specs)
    with aws_prices.open_text(vms) as file:
        machines = {record["id"]: record for record in csv.DictReader(file)}
    types = {name: smallest_fit(vm, specs) for name, vm in machines.items()}

    usage = collections.Counter()
    utilization = []
    for hour, record in running_hours(hourly):
        name = record["id"]
        usage[hour, types[name]] += 1
        capacity = Decimal(machines[name]["cpu_capacity"])  # MHz of the whole machine, not of one core
        percent = [aws_prices.figure(Decimal(record[column]) * 100 / capacity, 2)
                   for column in ("cpu_mhz_max", "cpu_mhz_avg")]
        utilization.append((hour, int(name), f"vm-{name}", *percent, "", ""))

    table = [row + list(specs[row[2]]) for row in aws_prices.price_rows(prices, [REGION], FAMILIES)]
    files = {
        "prices.csv": (aws_prices.HEADER + aws_prices.SPEC_HEADER, table),
        "usage.csv.gz": (["timestamp", "provider", "region", "instance_type", "quantity"],
                         [(hour, "aws", REGION, name, count) for (hour, name), count in sorted(usage.items())]),
        "resources.csv": (["resource", "provider", "account", "region", "instance_type", "operating_system", "tenancy"],
                          [(f"vm-{name}", "aws", "", REGION, types[name], "Linux", "default")
                           for name in sorted(machines, key=int)]),
        "utilization.csv.gz": (["timestamp", "resource", "cpu_max", "cpu_avg", "memory_max", "memory_avg"],
                               [(row[0], *row[2:]) for row in sorted(utilization)]),
    }
    for name, (header, rows) in files.items():
        aws_prices.write_csv(os.path.join(HERE, name), header, rows)


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])
