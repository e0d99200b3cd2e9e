"""The price table of a scenario, made from a list of published AWS prices.

Published: on demand, and standard and convertible reserved instances with no upfront.
Derived here, because the list does not hold them (see the README of each scenario):

* partial and all upfront reserved instances, by the factors in FACTORS;
* savings-plan rates: an EC2 Instance plan takes the effective rate of the standard reserved instance of the same
  term and payment, a Compute plan that of the convertible one.

Standard library only; decimal arithmetic, so that a derived figure carries no rounding noise.
"""

import csv
import gzip
import io
from decimal import Decimal, ROUND_HALF_EVEN

TERM_HOURS = {1: 8760, 3: 26280}

# (partial upfront / no upfront, all upfront / partial upfront), as effective hourly cost.
# They hold to the last published digit in all 25 regions of a price list that has every payment (x2iedn.32xlarge, 2026-07).
FACTORS = {
    ("standard", 1): (1 / Decimal("1.05"), Decimal("0.98")),
    ("convertible", 1): (1 / Decimal("1.05"), Decimal("0.98")),
    ("standard", 3): (1 / Decimal("1.08"), Decimal("0.94")),
    ("convertible", 3): (1 / Decimal("1.08"), Decimal("0.98")),
}
UPFRONT_SHARE = {"no-upfront": Decimal(0), "partial-upfront": Decimal("0.5"), "all-upfront": Decimal(1)}

COLUMN = {
    ("standard", 1): "ri_std_1y_no_upfront",
    ("standard", 3): "ri_std_3y_no_upfront",
    ("convertible", 1): "ri_conv_1y_no_upfront",
    ("convertible", 3): "ri_conv_3y_no_upfront",
}
PLAN = {"standard": "sp-ec2-instance", "convertible": "sp-compute"}

HEADER = ["provider", "region", "instance_type", "operating_system", "tenancy", "product", "term_years", "payment",
          "upfront", "hourly"]

SPEC_HEADER = ["vcpu", "memory_gib"]  # extra columns: what a type holds

SIZES = ["nano", "micro", "small", "medium", "large", "xlarge"]


def open_text(path):
    """A CSV file as text, gzipped or not."""
    return gzip.open(path, "rt", newline="") if path.endswith(".gz") else open(path, newline="")


def figure(value, digits):
    """`value` rounded to `digits` decimals, without trailing zeros and without an exponent."""
    text = f"{value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def size_order(instance_type):
    """Sort key: family, then size from small to large, metal last."""
    family, size = instance_type.split(".")
    if size in SIZES:
        return family, SIZES.index(size), 0
    if size.endswith("xlarge"):
        return family, len(SIZES), int(size[: -len("xlarge")])
    return family, len(SIZES) + 1, 0


def effective(published, kind, years, payment):
    """Cost per hour of a reserved instance with its upfront spread over the term."""
    partial, all_of_partial = FACTORS[kind, years]
    if payment == "no-upfront":
        return published
    return published * partial * (all_of_partial if payment == "all-upfront" else 1)


def rows_of(record):
    """All rows of one published record (a region and an instance type)."""
    lead = ["aws", record["region"], record["instance_type"], "Linux", "default"]
    on_demand = Decimal(record["on_demand"])
    yield lead + ["on-demand", "", "", "0", figure(on_demand, 8)]
    for kind in ("standard", "convertible"):
        plans = []
        for years, hours in TERM_HOURS.items():
            published = record[COLUMN[kind, years]]
            if not published:
                continue
            for payment, share in UPFRONT_SHARE.items():
                rate = effective(Decimal(published), kind, years, payment)
                yield lead + [f"ri-{kind}", str(years), payment, figure(rate * share * hours, 4),
                              figure(rate * (1 - share), 8)]
                if rate < on_demand:
                    plans.append(lead + [PLAN[kind], str(years), payment, "0", figure(rate, 8)])
        yield from plans


def read_specs(path):
    """Instance type → (vCPU, GiB of memory), both as the source writes them."""
    with open_text(path) as file:
        return {record["instance_type"]: (record["vcpu"], record["memory_gib"]) for record in csv.DictReader(file)}


def price_rows(path, regions, families):
    """Rows for every size on sale of `families` in `regions`, in a fixed order."""
    with open_text(path) as file:
        records = [record for record in csv.DictReader(file)
                   if record["region"] in regions and record["instance_type"].split(".")[0] in families
                   and record["on_demand"]]
    records.sort(key=lambda record: (regions.index(record["region"]), size_order(record["instance_type"])))
    return [row for record in records for row in rows_of(record)]


def write_csv(path, header, rows):
    """A CSV file; gzipped (level 9, no time stamp, so that equal input gives equal bytes) if the name says so."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    data = text.getvalue().encode()
    with open(path, "wb") as file:
        if path.endswith(".gz"):
            with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=file, mtime=0) as packed:
                packed.write(data)
        else:
            file.write(data)
