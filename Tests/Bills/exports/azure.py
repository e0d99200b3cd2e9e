"""Azure: cost details, actual and amortised, of EA (columns of 2019 and 2024), MCA and pay-as-you-go, and FOCUS.

Columns: Microsoft's dataset schemas ("Cost details file schema", EA, MCA, web direct), and a real EA export of 2023.
A row is a day of a resource under one commitment or none. Actual: covered usage costs 0 and purchases are rows.
Amortised: covered usage has its share of the commitment, what nobody used is a row, purchases are left out.
"""

from datetime import timedelta
from decimal import Decimal as D
import json

from .company import start
from .table import write_csv, write_parquet

account_id = "8611537"


def write(account, folder):
    actual, amortised = records(account, False), records(account, True)
    for name, rows in (("actual", actual), ("amortized", amortised)):
        write_csv(folder / f"ea-2019-{name}.csv", [ea2019(row) for row in rows], bom=True, newline="\r\n")
        write_csv(folder / f"ea-2024-{name}.csv", [ea2024(row) for row in rows])
        write_csv(folder / f"mca-{name}.csv.gz", [mca(row) for row in rows])
        write_parquet(folder / f"mca-{name}.parquet", typed, rows=([mca(row) for row in rows], write_csv, ".csv"))
    write_csv(folder / "payg.csv", [payg(row) for row in actual if row["ChargeType"] == "Usage"])
    focus = focus_rows(account)
    write_csv(folder / "focus-1.0.csv", [short_times(row) for row in focus])
    write_parquet(folder / "focus-1.2.parquet", "select * from read_csv($rows, all_varchar = true, nullstr = '-')",
                  rows=(focus, write_csv, ".csv"))
    kinds = {"actual": ["hours", "commitments"], "amortized": ["hours", "effective", "commitments"]}
    exports = {f"{form}-{kind}.{suffix}": tells for form, suffix in (
        ("ea-2019", "csv"), ("ea-2024", "csv"), ("mca", "csv.gz"), ("mca", "parquet")) for kind, tells in kinds.items()}
    return exports | {"payg.csv": ["hours"], "focus-1.0.csv": kinds["amortized"], "focus-1.2.parquet": kinds["amortized"]}


# Parquet: numbers as decimals, the day as a timestamp.
typed = """select * replace (cast(quantity as decimal(38, 18)) as quantity,
  cast(costInBillingCurrency as decimal(38, 18)) as costInBillingCurrency, cast(unitPrice as double) as unitPrice,
  cast(PayGPrice as double) as PayGPrice, cast(effectivePrice as double) as effectivePrice,
  strptime("date", '%m/%d/%Y') as "date")
  from read_csv($rows, all_varchar = true, nullstr = '-')"""


def records(account, amortised):
    """Rows in the words of the newest EA schema; other generations rename them."""
    groups = account.by_day(account.slices, lambda part: part.machine, lambda part: part.commitment)
    rows = [usage(day, machine, c, parts, amortised) for (day, machine, c), parts in groups.items()]
    for (day, c), parts in account.by_day(account.unused, lambda part: part.commitment).items():
        if amortised:
            rows.append(unused(day, c, parts))
    if not amortised:
        rows += [row for c in account.commitments for row in purchases(account, c)]
    return rows + [other(*kind) for kind in others]


def line(day, cost, **more):
    return {
        "BillingAccountId": account_id, "BillingAccountName": "Acme", "BillingPeriodStartDate": "03/01/2025",
        "BillingPeriodEndDate": "03/31/2025", "BillingProfileId": account_id, "BillingProfileName": "Acme",
        "Date": day.strftime("%m/%d/%Y"), "BillingCurrencyCode": "USD", "CostInBillingCurrency": cost,
        "PublisherType": "Azure", "PublisherName": "Microsoft", "ChargeType": "Usage", "Frequency": "UsageBased",
        "PricingModel": "OnDemand", "UnitOfMeasure": "1 Hour", "IsAzureCreditEligible": "True", **more}


def details(machine, commitment):
    image = "Windows Server BYOL" if machine.facts.get("hybrid") else \
        "Windows Server" if machine.system == "Windows" else "Canonical"
    info = {"UsageType": "ComputeHR_SoftwareLicense" if machine.facts.get("hybrid") else "ComputeHR",
            "ImageType": image, "ServiceType": machine.type, "VMName": machine.name, "VMProperties": None,
            "VCPUs": machine.facts["vcpus"], "ConsumedQuantity": 1.0}
    if commitment and not commitment.is_plan:
        info |= {"ReservationOrderId": commitment.facts["order"], "ReservationId": commitment.id.rsplit("/", 1)[-1],
                 "ConsumptionMeter": "14fc9a21-4919-4cb1-b495-5666966556bc",
                 "RINormalizationRatio": float(machine.facts["rates"][commitment.id])}
    return json.dumps(info, separators=(",", ":"))


def usage(day, machine, commitment, parts, amortised):
    quantity = sum(part.quantity for part in parts)
    cost = sum((part.effective for part in parts), D(0)) if amortised or not commitment else D(0)
    facts = machine.facts
    spot = " Spot" if machine.spot else ""
    name = facts.get("scale_set", machine.name)
    kind = "virtualMachineScaleSets" if "scale_set" in facts else "virtualMachines"
    resource = (f"/subscriptions/{machine.account}/resourceGroups/rg/providers/Microsoft.Compute/{kind}/{name}")
    row = line(day, cost, **{
        "SubscriptionId": machine.account, "SubscriptionName": "sub", "ResourceGroup": "rg",
        "ResourceLocation": "EU West", "ResourceLocationNormalized": machine.region,
        "ProductName": f"Virtual Machines {facts['sub']} - {facts['meter']}{spot} - EU West",
        "MeterCategory": "Virtual Machines", "MeterSubCategory": facts["sub"], "MeterName": facts["meter"] + spot,
        "MeterId": "14fc9a21-4919-4cb1-b495-5666966556bc", "MeterRegion": "EU West", "Quantity": quantity,
        "ServiceFamily": "Compute", "EffectivePrice": cost / quantity, "UnitPrice": machine.price * (D("0.3") if spot else 1),
        "PayGPrice": machine.price * (D("0.3") if spot else 1), "ConsumedService": "Microsoft.Compute",
        "ResourceId": resource, "ResourceName": name, "AdditionalInfo": details(machine, commitment),
        "ServiceInfo2": "Canonical", "Tags": '"team": "shop","env": "prod"',
        "PricingModel": "Spot" if machine.spot else "OnDemand", "OfferId": "MS-AZR-0017P"})
    return row | committed(commitment) if commitment else row


def committed(commitment):
    more = {} if commitment.is_plan else {
        "ReservationId": commitment.id.rsplit("/", 1)[-1], "ReservationName": commitment.name}
    return {
        "PricingModel": "SavingsPlan" if commitment.is_plan else "Reservation", "benefitId": commitment.id,
        "benefitName": commitment.name, "ProductOrderId": commitment.facts["order"],
        "ProductOrderName": commitment.facts["order_name"], "Term": 12 * commitment.years, **more}


def unused(day, commitment, parts):
    cost = sum((part.effective for part in parts), D(0))
    quantity = sum((part.used for part in parts), D(0))
    return line(day, cost, **{
        **committed(commitment), "SubscriptionId": commitment.account, "ResourceLocation": "EU West",
        "ResourceLocationNormalized": commitment.region, "ProductName": commitment.facts["order_name"],
        "MeterCategory": "Virtual Machines" if not commitment.is_plan else "Compute savings plan",
        "ChargeType": "UnusedSavingsPlan" if commitment.is_plan else "UnusedReservation", "Quantity": quantity,
        "EffectivePrice": cost / quantity, "UnitPrice": D(0), "PayGPrice": D(0), "AdditionalInfo": "",
        "ConsumedService": "Microsoft.BillingBenefits" if commitment.is_plan else "Microsoft.Capacity"})


def purchases(account, commitment):
    """A month's payment, on the day of the month on which it was bought."""
    day = start.replace(day=commitment.start.day)
    if day < start + timedelta(days=account.days):
        cost = (commitment.hourly * 8760 / 12).quantize(D("0.01"))
        units = 1 if commitment.is_plan else commitment.units
        yield line(day, cost, **{
            **committed(commitment), "SubscriptionId": commitment.account, "ResourceLocation": "EU West",
            "ResourceLocationNormalized": commitment.region, "ProductName": commitment.facts["order_name"],
            "MeterCategory": "Virtual Machines" if not commitment.is_plan else "Compute savings plan",
            "ChargeType": "Purchase", "Frequency": "Recurring", "Quantity": D(units), "EffectivePrice": cost / units,
            "UnitPrice": cost / units, "PayGPrice": D(0), "AdditionalInfo": "",
            "ConsumedService": "Microsoft.BillingBenefits" if commitment.is_plan else "Microsoft.Capacity"})


others = [
    ("Storage", "Premium SSD Managed Disks", "P10 LRS Disk", "1/Month", "0.033336", "0.65", "Usage", "Microsoft.Compute"),
    ("Virtual Machines Licenses", "Windows Server", "2 vCPU VM License", "1 Hour", "24", "2.208", "Usage",
     "Microsoft.Compute"),
    ("SQL Database", "Single Standard", "S0 DTUs", "1/Day", "1", "0.4839", "Usage", "Microsoft.Sql"),
    ("SaaS", "Firewall", "Unit", "1 Hour", "24", "12", "Usage", "Microsoft.SaaS"),
    ("", "", "", "", "0", "0.01", "RoundingAdjustment", ""),
]


def other(category, sub, meter, unit, quantity, cost, charge, service):
    price = D(cost) / D(quantity) if D(quantity) else D(0)
    return line(start, D(cost), **{
        "SubscriptionId": "00000000-0000-4000-8000-00000000000b", "ResourceLocation": "EU West",
        "ResourceLocationNormalized": "westeurope", "ProductName": f"{category} {sub} - {meter}",
        "MeterCategory": category, "MeterSubCategory": sub, "MeterName": meter, "UnitOfMeasure": unit,
        "Quantity": D(quantity), "EffectivePrice": price, "UnitPrice": price, "PayGPrice": price,
        "ConsumedService": service, "ChargeType": charge,
        **({"PublisherType": "Marketplace", "PublisherName": "Palo Alto"} if category == "SaaS" else {})})


def named(row, names):
    """`names`: columns in order, `new=old` where this generation has another word."""
    pairs = (name.split("=") for name in names.split())
    return {pair[0]: row.get(pair[-1], "") for pair in pairs}


def ea2019(row):
    return named(row, """BillingAccountId BillingAccountName BillingPeriodStartDate BillingPeriodEndDate BillingProfileId
        BillingProfileName AccountOwnerId AccountName SubscriptionId SubscriptionName Date Product=ProductName PartNumber
        MeterId ServiceFamily MeterCategory MeterSubCategory MeterRegion MeterName Quantity EffectivePrice
        Cost=CostInBillingCurrency UnitPrice BillingCurrency=BillingCurrencyCode ResourceLocation AvailabilityZone
        ConsumedService ResourceId ResourceName ServiceInfo1 ServiceInfo2 AdditionalInfo Tags InvoiceSectionId
        InvoiceSection CostCenter UnitOfMeasure ResourceGroup ReservationId ReservationName ProductOrderId
        ProductOrderName OfferId IsAzureCreditEligible Term PublisherName PlanName ChargeType Frequency PublisherType
        PayGPrice PricingModel CostAllocationRuleName benefitId benefitName""") | {"ResourceLocation": "westeurope"}


def ea2024(row):
    return named(row, """InvoiceSectionName AccountName AccountOwnerId SubscriptionId SubscriptionName ResourceGroup
        ResourceLocation Date ProductName MeterCategory MeterSubCategory MeterId MeterName MeterRegion UnitOfMeasure
        Quantity EffectivePrice CostInBillingCurrency CostCenter ConsumedService ResourceId Tags OfferId AdditionalInfo
        ServiceInfo1 ServiceInfo2 ResourceName ReservationId ReservationName UnitPrice ProductOrderId ProductOrderName
        Term PublisherType PublisherName ChargeType Frequency PricingModel AvailabilityZone BillingAccountId
        BillingAccountName BillingCurrencyCode BillingPeriodStartDate BillingPeriodEndDate BillingProfileId
        BillingProfileName InvoiceSectionId IsAzureCreditEligible PartNumber PayGPrice PlanName ServiceFamily
        CostAllocationRuleName benefitId benefitName AccountId ResourceLocationNormalized""")


def mca(row):
    return named(row, """invoiceId previousInvoiceId billingAccountId=BillingAccountId billingAccountName=BillingAccountName
        billingProfileId=BillingProfileId billingProfileName=BillingProfileName invoiceSectionId invoiceSectionName
        resellerName resellerMpnId costCenter billingPeriodEndDate=BillingPeriodEndDate
        billingPeriodStartDate=BillingPeriodStartDate servicePeriodEndDate=BillingPeriodEndDate
        servicePeriodStartDate=BillingPeriodStartDate date=Date serviceFamily=ServiceFamily productOrderId=ProductOrderId
        productOrderName=ProductOrderName consumedService=ConsumedService meterId=MeterId meterName=MeterName
        meterCategory=MeterCategory meterSubCategory=MeterSubCategory meterRegion=MeterRegion ProductId
        ProductName=ProductName SubscriptionId=SubscriptionId subscriptionName=SubscriptionName
        publisherType=PublisherType publisherId publisherName=PublisherName resourceGroupName=ResourceGroup
        ResourceId=ResourceId resourceLocation=ResourceLocation location=ResourceLocationNormalized
        effectivePrice=EffectivePrice quantity=Quantity unitOfMeasure=UnitOfMeasure chargeType=ChargeType
        billingCurrency=BillingCurrencyCode pricingCurrency=BillingCurrencyCode
        costInBillingCurrency=CostInBillingCurrency costInPricingCurrency=CostInBillingCurrency
        costInUsd=CostInBillingCurrency paygCostInBillingCurrency paygCostInUsd exchangeRatePricingToBilling
        exchangeRateDate isAzureCreditEligible=IsAzureCreditEligible serviceInfo1 serviceInfo2=ServiceInfo2
        additionalInfo=AdditionalInfo tags=Tags PayGPrice=PayGPrice frequency=Frequency term=Term
        reservationId=ReservationId reservationName=ReservationName pricingModel=PricingModel unitPrice=UnitPrice
        costAllocationRuleName benefitId benefitName provider""") | {
        "provider": "Azure", "exchangeRatePricingToBilling": 1,
        "paygCostInBillingCurrency": row["PayGPrice"] * row["Quantity"]}


def payg(row):
    return named(row, """SubscriptionGuid=SubscriptionId ResourceGroup ResourceLocation=ResourceLocationNormalized
        UsageDateTime MeterCategory MeterSubCategory MeterId MeterName MeterRegion UsageQuantity=Quantity
        ResourceRate=EffectivePrice PreTaxCost=CostInBillingCurrency ConsumedService ResourceType InstanceId=ResourceId
        Tags OfferId AdditionalInfo ServiceInfo1 ServiceInfo2 ServiceName=MeterCategory ServiceTier=MeterSubCategory
        Currency=BillingCurrencyCode UnitOfMeasure""") | {
        "UsageDateTime": "-".join((row["Date"][6:], row["Date"][:2], row["Date"][3:5])), "OfferId": "MS-AZR-0003P"}


def focus_rows(account):
    """Both costs are in one row here, purchases and unused parts too."""
    costs = {key(row): row["CostInBillingCurrency"] for row in records(account, False)}
    rows = [focus(row, costs.get(key(row), D(0)), row["CostInBillingCurrency"]) for row in records(account, True)]
    return rows + [focus(row, row["CostInBillingCurrency"], D(0)) for row in records(account, False)
                   if row["ChargeType"] == "Purchase"]


def key(row):
    return tuple(str(row.get(name, "")) for name in (
        "Date", "ResourceId", "MeterName", "ChargeType", "benefitId", "AdditionalInfo", "ProductName"))


def focus(row, billed, effective):
    day = row["Date"]
    first = f"{day[6:]}-{day[:2]}-{day[3:5]}T00:00:00Z"
    last = (start.strptime(day, "%m/%d/%Y") + timedelta(days=1)).strftime("%Y-%m-%dT00:00:00Z")
    benefit, charge = row.get("benefitId", ""), row["ChargeType"]
    unit = "Hours" if row["UnitOfMeasure"] == "1 Hour" else row["UnitOfMeasure"]
    list_ = row["PayGPrice"] * row["Quantity"] if charge == "Usage" else D(0)
    return {
        "BilledCost": billed, "EffectiveCost": effective, "ListCost": list_, "ContractedCost": list_,
        "BillingAccountId": f"/providers/Microsoft.Billing/billingAccounts/{account_id}", "BillingCurrency": "USD",
        "BillingPeriodStart": "2025-03-01T00:00:00Z", "BillingPeriodEnd": "2025-04-01T00:00:00Z",
        "ChargeCategory": {"Purchase": "Purchase", "RoundingAdjustment": "Adjustment"}.get(charge, "Usage"),
        "ChargeClass": "", "ChargeDescription": row["ProductName"], "ChargeFrequency": row["Frequency"],
        "ChargePeriodStart": first, "ChargePeriodEnd": last, "CommitmentDiscountId": benefit,
        "CommitmentDiscountName": row.get("benefitName", ""),
        "CommitmentDiscountCategory": "" if not benefit else "Spend" if "savingsPlan" in benefit else "Usage",
        "CommitmentDiscountType": "" if not benefit else "Savings Plan" if "savingsPlan" in benefit else "Reservation",
        "CommitmentDiscountStatus": "Unused" if charge.startswith("Unused") else "Used" if benefit and charge == "Usage" else "",
        "ConsumedQuantity": row["Quantity"] if charge == "Usage" else "", "ConsumedUnit": unit if charge == "Usage" else "",
        "PricingQuantity": row["Quantity"], "PricingUnit": unit,
        "PricingCategory": "Dynamic" if row["PricingModel"] == "Spot" else "Committed" if benefit else "Standard",
        "ProviderName": "Microsoft", "PublisherName": row["PublisherName"], "InvoiceIssuerName": "Microsoft",
        "RegionId": row.get("ResourceLocationNormalized", ""), "RegionName": row.get("ResourceLocation", ""),
        "ResourceId": row.get("ResourceId", ""),
        "ServiceName": "Virtual Machine Scale Sets" if "ScaleSets" in row.get("ResourceId", "") else row["MeterCategory"],
        "SubAccountId": f"/subscriptions/{row['SubscriptionId']}", "Tags": '{"team": "shop"}' if charge == "Usage" else "",
        "x_SkuMeterCategory": row["MeterCategory"], "x_SkuMeterSubcategory": row.get("MeterSubCategory", ""),
        "x_SkuMeterName": row.get("MeterName", ""), "x_SkuDetails": row.get("AdditionalInfo", ""),
        "x_SkuTerm": row.get("Term", ""), "x_SkuOrderName": row.get("ProductOrderName", ""),
        "x_PublisherCategory": "Vendor" if row["PublisherType"] == "Marketplace" else "Cloud Provider"}


def short_times(row):
    """Azure's dataset 1.0 has no seconds (finops-toolkit, changelog 0.7)."""
    names = ("ChargePeriodStart", "ChargePeriodEnd", "BillingPeriodStart", "BillingPeriodEnd")
    return row | {name: row[name].replace(":00Z", "Z") for name in names}
