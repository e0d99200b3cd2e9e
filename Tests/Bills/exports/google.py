"""Google: the standard and detailed BigQuery exports as JSON lines, CSV and Parquet, and FOCUS.

Shapes: "Structure of Detailed data export", "Spend-based CUD program improvements" (before and after) and Google's
published FOCUS view. A machine is a row of vCPUs and one of memory an hour, named by system labels. Covered by a
resource-based commitment, usage bills its price and a credit takes it back; the commitment's own meters are rows.
Spend-based commitments: before 2025-07, usage has a credit and fees name the meter they paid for; since then, usage
at the lower price is a row of its own and a credit offsets the fee.
"""

import json
from decimal import Decimal as D

from .company import start
from .table import write_csv, write_lines, write_parquet

compute = {"id": "6F81-5844-456A", "description": "Compute Engine"}
gib_second = 2**30


def write(account, folder):
    before = records(account, False)
    write_lines(folder / "detailed.json.gz", before)
    write_parquet(folder / "detailed.parquet", f"select * from read_json($rows, columns = {types})",
                  rows=(before, write_lines, ".json"))
    write_lines(folder / "detailed-2025.json", records(account, True))
    standard = [{name: value for name, value in row.items() if name not in ("resource", "subscription", "price")}
                for row in before]
    write_lines(folder / "standard.json", standard)
    write_csv(folder / "standard.csv", [flat(row) for row in standard])
    write_csv(folder / "focus-view.csv", [view(row) for row in before])
    all_ = ["hours", "effective", "commitments"]
    exports = dict.fromkeys(("detailed.json.gz", "detailed.parquet", "detailed-2025.json"), all_)
    focus = [focus_row(row) for row in records(account, True)]
    write_parquet(folder / "focus-1.2.parquet", focus_types, rows=(focus, write_csv, ".csv"))
    exports |= {"standard.json": all_[:2], "standard.csv": all_[:2], "focus-view.csv": all_[:2]}
    return exports | {"focus-1.2.parquet": all_}


types = """{
  billing_account_id: 'VARCHAR', invoice: 'STRUCT(month VARCHAR)', cost_type: 'VARCHAR',
  service: 'STRUCT(id VARCHAR, description VARCHAR)', sku: 'STRUCT(id VARCHAR, description VARCHAR)',
  usage_start_time: 'TIMESTAMPTZ', usage_end_time: 'TIMESTAMPTZ',
  project: 'STRUCT(id VARCHAR, number VARCHAR, name VARCHAR)',
  labels: 'STRUCT(key VARCHAR, value VARCHAR)[]', system_labels: 'STRUCT(key VARCHAR, value VARCHAR)[]',
  location: 'STRUCT(location VARCHAR, country VARCHAR, region VARCHAR, zone VARCHAR)',
  cost: 'DOUBLE', currency: 'VARCHAR', currency_conversion_rate: 'DOUBLE',
  usage: 'STRUCT(amount DOUBLE, unit VARCHAR, amount_in_pricing_units DOUBLE, pricing_unit VARCHAR)',
  credits: 'STRUCT(id VARCHAR, full_name VARCHAR, type VARCHAR, name VARCHAR, amount DOUBLE)[]',
  cost_at_list: 'DECIMAL(38,9)', price: 'STRUCT(effective_price DECIMAL(38,9))',
  consumption_model: 'STRUCT(id VARCHAR, description VARCHAR)', subscription: 'STRUCT(instance_id VARCHAR)',
  resource: 'STRUCT(name VARCHAR, global_name VARCHAR)'}"""


def records(account, is_new):
    rows = []
    for (_, machine), parts in sorted_groups(account).items():
        rows += machine_rows(machine, parts, is_new)
    for c in account.commitments:
        rows += resource_fees(account, c) if c.units else flexible_fees(account, c, is_new)
    return rows + [other(*kind) for kind in others]


def sorted_groups(account):
    groups = {}
    for part in account.slices:
        groups.setdefault((part.time, part.machine), []).append(part)
    return groups


def line(time, service, sku, project, region, cost, seconds, amount, unit, **more):
    stamp = time.strftime("%Y-%m-%d %H:%M:%S UTC")
    return {
        "billing_account_id": "01AAAA-BBBBBB-CCCCCC", "invoice": {"month": "202503"}, "cost_type": "regular",
        "service": service, "sku": {"id": sku_id(sku), "description": sku},
        "usage_start_time": stamp, "usage_end_time": (time + hour).strftime("%Y-%m-%d %H:%M:%S UTC"),
        "project": {"id": project, "number": "1234567890", "name": project} if project else None,
        "labels": [], "system_labels": [], "location": {"location": region, "country": "US", "region": region},
        "cost": float(cost), "currency": "USD", "currency_conversion_rate": 1.0,
        "usage": {"amount": float(seconds), "unit": unit[0], "amount_in_pricing_units": float(amount),
                  "pricing_unit": unit[1]},
        "credits": [], "cost_at_list": cost.quantize(D("1e-9")), **more}


hour = start.replace(hour=1) - start
vcpus, memory = ("seconds", "hour"), ("byte-seconds", "gibibyte hour")
places = {"us-central1": "Americas", "europe-west1": "Belgium"}


def sku_id(text):
    value = 0
    for letter in text:
        value = (value * 131 + ord(letter)) % 16**12
    digits = f"{value:012X}"
    return "-".join((digits[:4], digits[4:8], digits[8:]))


def machine_rows(machine, parts, is_new):
    """The rows of one machine in one hour."""
    facts = machine.facts
    total = sum(part.quantity for part in parts)
    labels = [
        {"key": "compute.googleapis.com/cores", "value": str(facts["cores"] if facts["cores"] >= 1 else 2)},
        {"key": "compute.googleapis.com/machine_spec", "value": machine.type},
        {"key": "compute.googleapis.com/memory", "value": str(int(facts["memory"] * 1024))}]
    shared = dict(
        system_labels=labels, labels=[{"key": "team", "value": "web"}],
        resource={"name": machine.name, "global_name": f"//compute.googleapis.com/projects/x/instances/{machine.name}"})
    place = {"location": {"location": machine.region + "-a", "country": "US", "region": machine.region,
                          "zone": machine.region + "-a"}}
    spot = "Spot Preemptible " if machine.spot else ""
    for what, amount, price, unit, factor in (
            ("Core", facts["cores"], facts["prices"][0], vcpus, 3600),
            ("Ram", facts["memory"], facts["prices"][1], memory, 3600 * gib_second)):
        sku = f"{spot}{facts['series']} Instance {what} running in {places[machine.region]}"
        price *= D("0.3") if machine.spot else 1

        def row(quantity, price, **more):
            return line(parts[0].time, compute, sku, machine.account, machine.region, quantity * amount * price,
                        quantity * amount * factor, quantity * amount, unit, **shared, **place, **more)

        plans = [part for part in parts if part.commitment and part.commitment.is_plan]
        if is_new and plans:
            for part in parts:
                model = {"id": "7754-699E-0EBF", "description": "Default"}
                if part.commitment:
                    model = {"id": "D97B-0795-975B", "description": "Compute Flexible CUDs 1 Year"}
                    yield row(part.quantity, price * D("0.72"), consumption_model=model,
                              subscription={"instance_id": part.commitment.id}) | {
                        "cost_at_list": (part.quantity * amount * price).quantize(D("1e-9"))}
                else:
                    yield row(part.quantity, price, consumption_model=model)
            continue
        yield row(total, price, credits=list(credits(machine, parts, what, amount * price)))
    for kind in extras(machine):
        name, amount, price, unit, factor = kind
        yield line(parts[0].time, compute, f"{name} running in {places[machine.region]}", machine.account,
                   machine.region, total * amount * price, total * amount * factor, total * amount, unit, **shared, **place)


def extras(machine):
    """Accelerators and disks that come with a machine are meters of their own."""
    if "gpu" in machine.facts:
        name, count, price = machine.facts["gpu"]
        yield name, count, price, vcpus, 3600
    if "ssd" in machine.facts:
        yield "SSD backed Local Storage", D(machine.facts["ssd"]), D("0.00011"), ("byte-seconds", "gibibyte hour"), \
            3600 * gib_second


def credits(machine, parts, what, price):
    kind = {"Core": "CPU", "Ram": "RAM"}[what]
    for part in parts:
        if part.commitment and part.commitment.is_plan:
            yield credit("COMMITTED_USAGE_DISCOUNT_DOLLAR_BASE", "Committed use discount - dollar based: GCE Commitments",
                         part.quantity * price)
        elif part.commitment:
            yield credit("COMMITTED_USAGE_DISCOUNT", f"Committed Usage Discount: {kind}", part.quantity * price)
        elif "sustained" in machine.facts:
            yield credit("SUSTAINED_USAGE_DISCOUNT", "Sustained Usage Discount",
                         part.quantity * price * machine.facts["sustained"])


def credit(type_, name, amount):
    return {"id": name, "full_name": "", "type": type_, "name": name, "amount": -float(amount)}


def resource_fees(account, c):
    """A commitment to vCPUs and memory is billed every hour, used or not."""
    facts = c.facts
    for n in range(account.days * 24):
        for what, amount, price, unit, factor in (
                ("Cpu", facts["cores"], facts["core_price"], vcpus, 3600),
                ("Ram", facts["memory"], facts["ram_price"], memory, 3600 * gib_second)):
            yield line(start + n * hour, compute, f"Commitment v1: {facts['series']} {what} in Americas for 1 Year",
                       c.account, c.region, amount * price, amount * factor, D(amount), unit,
                       subscription={"instance_id": c.id})


def flexible_fees(account, c, is_new):
    """Fees by the meter that they paid for, and what paid for none."""
    fees = {}
    for part in account.slices:
        if part.commitment is c:
            facts = part.machine.facts
            for what, amount, price in (("Core", facts["cores"], facts["prices"][0]),
                                        ("Ram", facts["memory"], facts["prices"][1])):
                sku = f"{facts['series']} Instance {what} running in {places[part.machine.region]}"
                key = (part.time, sku)
                fees[key] = fees.get(key, D(0)) + part.quantity * amount * price * D("0.72")
    for part in account.unused:
        if part.commitment is c:
            fees[(part.time, None)] = part.effective
    name = "Commitment - dollar based v1: GCE for 1 year"
    for (time, sku), cost in fees.items():
        units = cost if is_new else cost / D("0.0072")
        row = line(time, compute, name, c.account, "", cost, units * 3600, units, vcpus,
                   subscription={"instance_id": c.id})
        row["location"] = {"location": "global"}
        if sku:
            row["labels"] = [{"key": "goog-originating-sku-id", "value": sku_id(sku)}]
            if is_new:
                row["credits"] = [credit("FEE_UTILIZATION_OFFSET", "Fee utilization offset", cost)]
        if is_new:
            row["consumption_model"] = {"id": "7754-699E-0EBF", "description": "Default"}
        yield row


others = [
    ("Storage PD Capacity in Americas", "regular", "10", None), ("Network Internet Egress", "regular", "0.5", "FREE_TIER"),
    ("Static Ip Charge", "regular", "2", "PROMOTION"), ("Licensing Fee for Windows Server", "regular", "3", "DISCOUNT"),
    ("Tax", "tax", "4.5", None), ("Correction", "adjustment", "-1.25", None), ("Rounding error", "rounding_error", "0.000001", None),
]


def other(sku, kind, cost, type_):
    cost = D(cost)
    given = [credit(type_, type_.title(), cost / 2)] if type_ else []
    return line(start, compute, sku, "acme-web", "us-central1", cost, D(0), D(0), ("requests", "count"),
                credits=given, cost_type=kind)


def flat(row):
    """As queries flatten it for CSV: records by dotted names, repeated ones as JSON text."""
    result = {}
    for name, value in row.items():
        if isinstance(value, dict):
            result.update({f"{name}.{part}": item for part, item in value.items()})
        else:
            result[name] = json.dumps(value, separators=(",", ":")) if isinstance(value, list) else value
    return result


# FOCUS 1.2 as BigQuery exports it to Parquet: lists of records with names in capitals.
focus_types = """select * exclude (x_Credits, x_SystemLabels, x_Labels) replace (
    cast(BilledCost as decimal(38, 9)) as BilledCost, cast(EffectiveCost as decimal(38, 9)) as EffectiveCost,
    cast(ListCost as decimal(38, 9)) as ListCost, cast(ContractedCost as decimal(38, 9)) as ContractedCost,
    cast(ConsumedQuantity as double) as ConsumedQuantity, cast(PricingQuantity as double) as PricingQuantity,
    cast(ChargePeriodStart as timestamptz) as ChargePeriodStart, cast(ChargePeriodEnd as timestamptz) as ChargePeriodEnd),
  from_json(x_Credits, '[{"Name":"VARCHAR","Amount":"DECIMAL(38,9)","Type":"VARCHAR"}]') as x_Credits,
  from_json(x_SystemLabels, '[{"Key":"VARCHAR","Value":"VARCHAR"}]') as x_SystemLabels,
  from_json(x_Labels, '[{"Key":"VARCHAR","Value":"VARCHAR"}]') as x_Labels
  from read_csv($rows, all_varchar = true, nullstr = '-')"""


def focus_row(row):
    """The export of FOCUS 1.2: categories as the specification has them, labels and credits apart, no tags."""
    item = view(row)
    item.pop("Tags")
    pairs = [[{"Key": label["key"], "Value": label["value"]} for label in row[name]] for name in ("system_labels", "labels")]
    given = [{"Name": c["name"], "Amount": c["amount"], "Type": c["type"]} for c in row["credits"]]
    return item | {
        "ChargeCategory": item["ChargeCategory"].title(), "x_Credits": json.dumps(given),
        "x_SystemLabels": json.dumps(pairs[0]), "x_Labels": json.dumps(pairs[1]),
        "x_SubscriptionInstanceId": row.get("subscription", {}).get("instance_id", ""),
        "x_ConsumptionModelDescription": row.get("consumption_model", {}).get("description", "")}


def view(row):
    """The view that Google publishes: categories in small letters, labels as tags."""
    cost, usage = D(repr(row["cost"])), row["usage"]
    paid = cost + sum((D(repr(c["amount"])) for c in row["credits"]), D(0))
    zulu = [row[name].replace(" UTC", "Z").replace(" ", "T") for name in ("usage_start_time", "usage_end_time")]
    project = (row["project"] or {}).get("id", "")
    return {
        "AvailabilityZone": row["location"].get("zone", ""), "BilledCost": paid, "EffectiveCost": paid,
        "ListCost": row["cost_at_list"], "ContractedCost": cost, "BillingAccountId": row["billing_account_id"],
        "BillingCurrency": "USD", "BillingPeriodStart": "2025-03-01T00:00:00Z", "BillingPeriodEnd": "2025-04-01T00:00:00Z",
        "ChargeCategory": {"regular": "usage", "tax": "tax"}.get(row["cost_type"], "adjustment"),
        "ChargeClass": "correction" if row["cost_type"] == "adjustment" else "", "ChargeDescription": row["sku"]["description"],
        "ChargePeriodStart": zulu[0], "ChargePeriodEnd": zulu[1], "ConsumedQuantity": D(repr(usage["amount"])),
        "ConsumedUnit": usage["unit"], "PricingQuantity": D(repr(usage["amount_in_pricing_units"])),
        "PricingUnit": usage["pricing_unit"], "PricingCategory": "standard", "ProviderName": "Google Cloud",
        "PublisherName": "Google Cloud", "RegionId": row["location"].get("region", ""),
        "ServiceName": row["service"]["description"], "SkuId": row["sku"]["id"], "SubAccountId": project,
        "Tags": json.dumps(row["labels"] + row["system_labels"], separators=(",", ":")), "x_CostType": row["cost_type"],
        "x_Credits": json.dumps(row["credits"], separators=(",", ":"))}
