"""AWS: the Cost and Usage Report, legacy and 2.0, and FOCUS 1.0 and 1.2 as AWS writes it.

Columns: AWS's data dictionary of the CUR, and the column lists of the Cloud Intelligence Dashboards framework.
Covered by a plan, a row bills the on-demand price and a negation takes it back; covered by a reservation, it bills 0.
"""

from datetime import timedelta
from decimal import Decimal as D

from .company import start
from .table import write_csv, write_parquet

payer = "999999999999"
codes = {"us-east-1": "", "eu-west-1": "EU-"}
operations = {"Linux": "RunInstances", "Windows": "RunInstances:0002", "Windows BYOL": "RunInstances:0800"}


def write(account, folder):
    rows = report(account)
    write_csv(folder / "cur-legacy.csv.gz", [{legacy(name): value for name, value in row.items()} for row in rows])
    write_report(folder / "cur-2.0.parquet", rows)
    focus = focus_rows(account)
    write_csv(folder / "focus-1.0.csv", focus)
    write_focus(folder / "focus-1.2.parquet", focus)
    all_ = ["hours", "effective", "commitments"]
    return {"cur-legacy.csv.gz": all_, "cur-2.0.parquet": all_, "focus-1.0.csv": all_, "focus-1.2.parquet": all_}


def usage_type(machine):
    kind = "SpotUsage" if machine.spot else "DedicatedUsage" if machine.tenancy == "dedicated" else "BoxUsage"
    return f"{codes[machine.region]}{kind}:{machine.type}"


def zulu(time):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


def report(account):
    rows = [usage(part) for part in account.slices]
    rows += [negation(part) for part in account.slices if part.commitment and part.commitment.is_plan]
    rows += [fee(account, c, day) for c in account.commitments for day in range(account.days)]
    rows += [other(kind) for kind in others]
    return rows


def line(time, hours=1, **more):
    return {
        "identity/LineItemId": f"{len(more)}", "identity/TimeInterval": f"{zulu(time)}/{zulu(time + timedelta(hours=hours))}",
        "bill/PayerAccountId": payer, "bill/BillingEntity": "AWS", "bill/BillType": "Anniversary",
        "bill/BillingPeriodStartDate": "2025-03-01T00:00:00.000Z", "lineItem/CurrencyCode": "USD",
        "lineItem/UsageStartDate": zulu(time), "lineItem/UsageEndDate": zulu(time + timedelta(hours=hours)), **more}


def usage(part):
    machine, commitment = part.machine, part.commitment
    kind = "Usage" if not commitment else "SavingsPlanCoveredUsage" if commitment.is_plan else "DiscountedUsage"
    row = line(part.time, **{
        "lineItem/UsageAccountId": machine.account, "lineItem/LineItemType": kind,
        "lineItem/ProductCode": "AmazonEC2", "lineItem/UsageType": usage_type(machine),
        "lineItem/Operation": operations[machine.system], "lineItem/AvailabilityZone": machine.region + "a",
        "lineItem/ResourceId": machine.name, "lineItem/UsageAmount": part.quantity,
        "lineItem/UnblendedCost": D(0) if kind == "DiscountedUsage" else part.effective if not commitment else part.list,
        "product/ProductName": "Amazon Elastic Compute Cloud", "product/region": machine.region,
        "product/tenancy": "Dedicated" if machine.tenancy == "dedicated" else "Shared",
        "pricing/publicOnDemandCost": part.list, "pricing/unit": "Hrs",
        "pricing/term": "Reserved" if kind == "DiscountedUsage" else "OnDemand",
        "resourceTags/user:team": "web" if machine.account.startswith("1") else "data"})
    if kind == "DiscountedUsage":
        row |= {"reservation/ReservationARN": commitment.id, "reservation/EffectiveCost": part.effective}
    elif commitment:
        row |= {"savingsPlan/SavingsPlanARN": commitment.id, "savingsPlan/SavingsPlanEffectiveCost": part.effective}
    return row


def negation(part):
    row = usage(part)
    cost = -row["lineItem/UnblendedCost"]
    for name in ("savingsPlan/SavingsPlanEffectiveCost", "pricing/publicOnDemandCost", "lineItem/ResourceId"):
        row.pop(name, None)
    return row | {"lineItem/LineItemType": "SavingsPlanNegation", "lineItem/UnblendedCost": cost}


def fee(account, commitment, day):
    """A plan's fee is a row an hour in hourly reports; here both are rows of a day, as daily reports have them."""
    time = start + timedelta(days=day)
    unused = [u for u in account.unused if u.commitment is commitment and u.time.date() == time.date()]
    wasted = sum((u.effective for u in unused), D(0))
    total = 24 * commitment.hourly
    row = line(time, 24, **{
        "lineItem/UsageAccountId": commitment.account, "lineItem/UnblendedCost": total,
        "lineItem/UsageAmount": D(24) * (commitment.units or 1)})
    if commitment.is_plan:
        return row | {
            "lineItem/LineItemType": "SavingsPlanRecurringFee", "lineItem/ProductCode": "ComputeSavingsPlans",
            "lineItem/UsageType": "ComputeSP:1yrNoUpfront", "product/ProductName": "Savings Plans for AWS Compute usage",
            "savingsPlan/SavingsPlanARN": commitment.id, "savingsPlan/OfferingType": "ComputeSavingsPlans",
            "savingsPlan/PaymentOption": "No Upfront", "savingsPlan/PurchaseTerm": "1yr",
            "savingsPlan/StartTime": zulu(commitment.start), "savingsPlan/EndTime": zulu(commitment.end),
            "savingsPlan/TotalCommitmentToDate": total, "savingsPlan/UsedCommitment": total - wasted}
    return row | {
        "lineItem/LineItemType": "RIFee", "lineItem/ProductCode": "AmazonEC2", "lineItem/Operation": "RunInstances",
        "lineItem/UsageType": f"HeavyUsage:{commitment.type}", "product/ProductName": "Amazon Elastic Compute Cloud",
        "product/region": commitment.region, "pricing/unit": "Hrs", "pricing/OfferingClass": "standard",
        "pricing/PurchaseOption": "No Upfront", "pricing/LeaseContractLength": "1yr",
        "reservation/ReservationARN": commitment.id, "reservation/NumberOfReservations": commitment.units,
        "reservation/StartTime": zulu(commitment.start), "reservation/EndTime": zulu(commitment.end),
        "reservation/UnusedRecurringFee": wasted, "reservation/UnusedAmortizedUpfrontFeeForBillingPeriod": D(0)}


others = {
    "Tax": ("AmazonEC2", "Tax", D("12.5")),
    "Credit": ("AmazonEC2", "Credit", D("-5")),
    "Storage": ("AmazonEC2", "EBS:VolumeUsage.gp3", D("8")),
    "Surcharge": ("ElasticMapReduce", "BoxUsage:m5.xlarge", D("0.048")),
    "Search": ("AmazonES", "ESInstance:r6g.large", D("0.167")),
}


def other(kind):
    product, usage, cost = others[kind]
    return line(start, **{
        "lineItem/UsageAccountId": payer, "lineItem/LineItemType": kind if kind in ("Tax", "Credit") else "Usage",
        "lineItem/ProductCode": product, "lineItem/UsageType": usage, "lineItem/UnblendedCost": cost,
        "lineItem/UsageAmount": D(1), "lineItem/Operation": "", "product/ProductName": product,
        "product/region": "us-east-1", "pricing/publicOnDemandCost": cost if cost > 0 else D(0),
        "pricing/unit": "Hrs"})


def legacy(name):
    return name


def snake(name):
    """CUR 2.0: `lineItem/UsageAmount` is `line_item_usage_amount`."""
    group, rest = name.split("/")
    words = "".join("_" + c.lower() if c.isupper() else c for c in group + "_" + rest)
    return words.replace("__", "_").replace("_a_r_n", "_arn").replace("_arn", "_a_r_n")


def write_report(path, rows):
    """Types as Athena sees them; product and resource_tags are maps; '' where nothing applies."""
    flat = []
    for row in rows:
        item = {snake(name): value for name, value in row.items()
                if not name.startswith(("product/", "resourceTags/"))}
        item["product_region_code"] = row.get("product/region", "")
        item["p_name"], item["p_tenancy"] = row.get("product/ProductName", ""), row.get("product/tenancy", "")
        item["t_team"] = row.get("resourceTags/user:team", "")
        flat.append(item)
    numbers = ("cost", "amount", "commitment", "fee", "of_reservations", "to_date", "billing_period")
    names = sorted({name for row in flat for name in row} - {"p_name", "p_tenancy", "t_team"})
    select = []
    for name in names:
        if name.endswith(numbers):
            select.append(f"cast({name} as double) as {name}")
        elif name.endswith("_date"):
            select.append(f"cast(cast({name} as timestamptz) as timestamp) as {name}")
        else:
            select.append(f"coalesce({name}, '') as {name}")
    maps = ("map {'product_name': p_name, 'tenancy': p_tenancy} as product, "
            "case when t_team <> '' then map {'user_team': t_team} else map {} end as resource_tags")
    write_parquet(path, f"select {', '.join(select)}, {maps} from read_csv($rows, all_varchar = true)",
                  rows=(flat, write_csv, ".csv"))


def focus_rows(account):
    rows = [focus_usage(part) for part in account.slices] + [focus_unused(part) for part in account.unused]
    rows += [focus_fee(c, day) for c in account.commitments for day in range(account.days)]
    return rows + [focus_other(kind) for kind in others]


def focus_line(time, hours=1, **more):
    return {
        "BillingAccountId": payer, "BillingCurrency": "USD", "BillingPeriodStart": "2025-03-01T00:00:00Z",
        "BillingPeriodEnd": "2025-04-01T00:00:00Z", "ChargeCategory": "Usage", "ChargeClass": None,
        "ChargePeriodStart": zulu(time), "ChargePeriodEnd": zulu(time + timedelta(hours=hours)),
        "ProviderName": "AWS", "PublisherName": "Amazon Web Services, Inc.", "InvoiceIssuerName": "Amazon Web Services, Inc.",
        "PricingCategory": "Standard", **more}


def focus_usage(part):
    machine, commitment = part.machine, part.commitment
    row = focus_line(part.time, **{
        "SubAccountId": machine.account, "RegionId": machine.region, "AvailabilityZone": machine.region + "a",
        "ServiceName": "Amazon Elastic Compute Cloud", "ResourceId": machine.name, "ConsumedQuantity": part.quantity,
        "ConsumedUnit": "Hours", "PricingQuantity": part.quantity, "PricingUnit": "Hours",
        "BilledCost": D(0) if commitment else part.effective, "EffectiveCost": part.effective, "ListCost": part.list,
        "ContractedCost": part.list, "x_UsageType": usage_type(machine), "x_Operation": operations[machine.system],
        "x_ServiceCode": "AmazonEC2"})
    if machine.spot:
        row["PricingCategory"] = "Dynamic"
    return row | committed(commitment, "Used", part.used) if commitment else row


def committed(commitment, status, quantity):
    return {
        "PricingCategory": "Committed", "CommitmentDiscountId": commitment.id,
        "CommitmentDiscountStatus": status, "CommitmentDiscountQuantity": quantity,
        "CommitmentDiscountCategory": "Spend" if commitment.is_plan else "Usage",
        "CommitmentDiscountType": "Savings Plan" if commitment.is_plan else "Reserved Instance",
        "CommitmentDiscountUnit": "USD" if commitment.is_plan else "Hours"}


def focus_unused(part):
    """An unused row names the commitment itself in its usage type."""
    return focus_line(part.time, **{
        **committed(part.commitment, "Unused", part.used), **itself(part.commitment), "BilledCost": D(0),
        "EffectiveCost": part.effective, "ListCost": D(0), "ContractedCost": D(0)})


def itself(commitment):
    if commitment.is_plan:
        return {"SubAccountId": commitment.account, "ServiceName": "Savings Plans for AWS Compute usage",
                "x_UsageType": "ComputeSP:1yrNoUpfront", "x_ServiceCode": "ComputeSavingsPlans", "x_Operation": ""}
    return {"SubAccountId": commitment.account, "ServiceName": "Amazon Elastic Compute Cloud",
            "RegionId": commitment.region, "x_UsageType": f"HeavyUsage:{commitment.type}",
            "x_ServiceCode": "AmazonEC2", "x_Operation": "RunInstances"}


def focus_fee(commitment, day):
    cost = 24 * commitment.hourly
    return focus_line(start + timedelta(days=day), 24, **{
        **committed(commitment, None, 24 * (commitment.units or commitment.hourly)), **itself(commitment),
        "ChargeCategory": "Purchase", "ChargeFrequency": "Recurring", "BilledCost": cost, "EffectiveCost": D(0),
        "ListCost": cost, "ContractedCost": cost, "PricingQuantity": D(24), "PricingUnit": "Hours"})


def focus_other(kind):
    product, usage, cost = others[kind]
    category = kind if kind in ("Tax", "Credit") else "Usage"
    return focus_line(start, **{
        "ChargeCategory": category, "SubAccountId": payer, "RegionId": "us-east-1", "ServiceName": product,
        "ConsumedQuantity": D(1), "ConsumedUnit": "GB-Mo" if kind == "Storage" else "Hours", "BilledCost": cost,
        "EffectiveCost": cost, "ListCost": cost, "ContractedCost": cost, "x_UsageType": usage,
        "x_ServiceCode": product, "x_Operation": ""})


def write_focus(path, rows):
    """FOCUS 1.2: usage types are in SkuMeter, `x_UsageType` is gone; times and costs have types; '' for nothing."""
    costs = {"BilledCost", "EffectiveCost", "ListCost", "ContractedCost", "ConsumedQuantity", "PricingQuantity",
             "CommitmentDiscountQuantity"}
    select = ["cast(x_UsageType as varchar) as SkuMeter", "x_Operation", "x_ServiceCode"]
    names = sorted({name for row in rows for name in row} - {"x_UsageType", "x_Operation", "x_ServiceCode"})
    for name in names:
        if name in costs:
            select.append(f"cast({name} as double) as {name}")
        elif name.endswith(("Start", "End")):
            select.append(f"cast(cast({name} as timestamptz) as timestamp) as {name}")
        else:
            select.append(f"coalesce({name}, '') as {name}")
    write_parquet(path, f"select {', '.join(select)} from read_csv($rows, all_varchar = true)",
                  rows=(rows, write_csv, ".csv"))
