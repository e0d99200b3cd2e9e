"""What is true of the made-up company: which machine ran in which hour, and what it was paid with."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal as D

start = datetime(2025, 3, 1)


@dataclass(frozen=True)
class Machine:
    """One resource. `runs` says how many hours (0 to 1) it runs in the hour of the day."""

    name: str
    account: str
    region: str
    type: str
    price: D
    system: str = "Linux"
    tenancy: str = "default"
    runs: str = "always"
    spot: bool = False
    covered: tuple = ()
    """The commitments that may cover it, first to last."""
    facts: dict = field(default_factory=dict, hash=False)

    def quantity(self, day, hour):
        if self.runs == "always":
            return D(1)
        if self.runs == "working":
            weekday = (start + timedelta(days=day)).weekday()
            return D(1) if weekday < 5 and 8 <= hour < 18 else D(0)
        return D("0.5") if hour == 3 else D(0)  # A job at night.


@dataclass(frozen=True)
class Commitment:
    """`hourly` is what it costs in an hour; of a plan that is also what it commits to."""

    id: str
    name: str
    product: str
    account: str
    region: str
    years: int
    payment: str
    hourly: D
    units: D = D(0)
    """Of a reservation: machines of `type` (or vCPUs) in an hour."""
    type: str = ""
    start: datetime = datetime(2025, 2, 3)
    facts: dict = field(default_factory=dict, hash=False)

    @property
    def end(self):
        return self.start.replace(year=self.start.year + self.years)

    @property
    def is_plan(self):
        return self.units == 0


@dataclass(frozen=True)
class Slice:
    """A machine's part of an hour that was paid in one way."""

    time: datetime
    machine: Machine
    quantity: D
    commitment: Commitment | None
    list: D
    effective: D
    used: D
    """What it took of the commitment: units, or money."""


@dataclass(frozen=True)
class Unused:
    time: datetime
    commitment: Commitment
    used: D
    """Units or money left over."""
    effective: D


@dataclass
class Account:
    """A company's account with one provider."""

    days: int
    machines: list
    commitments: list
    slices: list
    unused: list

    def by_day(self, items, *keys):
        """Sums of an hour's items over each day, for exports without hours."""
        groups = defaultdict(list)
        for item in items:
            groups[(item.time.date(), *(key(item) for key in keys))].append(item)
        return groups

    def truth(self):
        hours = defaultdict(lambda: defaultdict(lambda: D(0)))
        costs = defaultdict(lambda: D(0))
        for part in self.slices:
            machine = part.machine
            kind = "spot" if machine.spot else "covered" if part.commitment else "on-demand"
            costs[kind] += part.effective
            if not machine.spot:
                group = "|".join((machine.account, machine.region, machine.type, machine.system, machine.tenancy))
                hours[group][part.time.isoformat() + "Z"] += part.quantity
        for part in self.unused:
            costs["unused"] += part.effective
        return {
            "hours": {group: {time: float(n) for time, n in times.items()} for group, times in hours.items()},
            "effective": {kind: float(cost) for kind, cost in costs.items()},
            "commitments": [
                {
                    "id": c.id, "product": c.product, "years": c.years, "payment": c.payment, "account": c.account,
                    "hourly": float(c.hourly) if c.is_plan else None, "quantity": float(c.units) or None,
                    "type": c.type, "region": c.region, "start": c.start.isoformat() + "Z",
                    "end": c.end.isoformat() + "Z",
                }
                for c in self.commitments
            ],
        }


def allocate(machines, commitments, days):
    """Pays for every hour: commitments in their order, each for the machines that name it."""
    slices, unused = [], []
    for day in range(days):
        for hour in range(24):
            time = start + timedelta(days=day, hours=hour)
            left = {c.id: c.hourly if c.is_plan else c.units for c in commitments}
            open_ = {m: m.quantity(day, hour) for m in machines}
            for c in commitments:
                for m in machines:
                    if c.id not in m.covered or open_[m] == 0 or left[c.id] == 0:
                        continue
                    rate = m.facts["rates"][c.id]
                    taken = min(open_[m], left[c.id] / rate)
                    used = taken * rate
                    cost = used if c.is_plan else used * c.hourly / c.units
                    slices.append(Slice(time, m, taken, c, taken * m.price, cost, used))
                    open_[m] -= taken
                    left[c.id] -= used
            for m in machines:
                if open_[m]:
                    cost = open_[m] * m.price * (D("0.3") if m.spot else 1 - m.facts.get("sustained", D(0)))
                    slices.append(Slice(time, m, open_[m], None, open_[m] * m.price, cost, D(0)))
            for c in commitments:
                if left[c.id]:
                    cost = left[c.id] if c.is_plan else left[c.id] * c.hourly / c.units
                    unused.append(Unused(time, c, left[c.id], cost))
    return slices, unused


def company(provider, days, copies=1):
    machines, commitments = {"aws": aws, "azure": azure, "google": google}[provider]()
    if copies > 1:
        machines = [
            Machine(**{**vars(m), "name": f"{m.name}-{copy}"}) for m in machines for copy in range(copies)]
    return Account(days, machines, commitments, *allocate(machines, commitments, days))


def aws():
    web, data = "111111111111", "222222222222"
    ri = Commitment(
        f"arn:aws:ec2:us-east-1:{web}:reserved-instances/7a1b2c3d-0000-4000-8000-000000000001", "", "ri-standard", web,
        "us-east-1", 1, "no-upfront", D("0.12"), D(2), "m5.large")
    sp = Commitment(
        f"arn:aws:savingsplans::{web}:savingsplan/7a1b2c3d-0000-4000-8000-000000000002", "", "sp-compute", web, "", 1,
        "no-upfront", D("0.375"))
    rates = {"rates": {ri.id: D(1)}}

    def by_plan(rate):
        return {"rates": {sp.id: D(rate)}}

    machines = [
        Machine(f"i-0{n}", web, "us-east-1", "m5.large", D("0.096"), covered=(ri.id,), runs=runs, facts=rates)
        for n, runs in enumerate(["always", "working", "working"])
    ] + [
        Machine(f"i-1{n}", data, "us-east-1", "r5.large", D("0.126"), covered=(sp.id,), facts=by_plan("0.092"))
        for n in range(3)
    ] + [
        Machine("i-20", data, "eu-west-1", "c5.xlarge", D("0.376"), "Windows", runs="working", covered=(sp.id,),
                facts=by_plan("0.300")),
        Machine("i-21", data, "eu-west-1", "c5.xlarge", D("0.192"), "Windows BYOL"),
        Machine("i-22", web, "us-east-1", "m5.xlarge", D("0.204"), tenancy="dedicated"),
        Machine("i-23", web, "us-east-1", "m5.2xlarge", D("0.384"), spot=True, runs="job"),
        Machine("i-24", web, "us-east-1", "t3.micro", D("0.0104"), runs="job"),
    ]
    return machines, [ri, sp]


def azure():
    shop, lab = "00000000-0000-4000-8000-00000000000a", "00000000-0000-4000-8000-00000000000b"
    order = "10000000-0000-4000-8000-000000000001"
    ri = Commitment(
        f"/providers/Microsoft.Capacity/reservationOrders/{order}/reservations/10000000-0000-4000-8000-00000000000f",
        "VM_RI_shop", "azure-reservation", shop, "westeurope", 1, "no-upfront", D("0.12"), D(3), "Standard_DS1_v2",
        facts={"order": order, "order_name": "Reserved VM Instance, Standard_DS1_v2, EU West, 1 Year"})
    order = "20000000-0000-4000-8000-000000000002"
    sp = Commitment(
        f"/providers/Microsoft.BillingBenefits/savingsPlanOrders/{order}/savingsPlans/20000000-0000-4000-8000-00000000000f",
        "Compute_SavingsPlan", "azure-savings-plan", shop, "", 3, "no-upfront", D("0.25"),
        facts={"order": order, "order_name": "Compute savings plan, 3 Years"})

    def machine(name, account, type, price, sub, meter, vcpus, **more):
        facts = {"sub": sub, "meter": meter, "vcpus": vcpus, **more.pop("facts", {})}
        return Machine(name, account, "westeurope", type, D(price), facts=facts, **more)

    by_ri = dict(covered=(ri.id,))
    machines = [
        # Nodes of a Kubernetes cluster are machines of a scale set; the smaller size is reserved.
        machine("aks-pool-vmss_1", shop, "Standard_DS2_v2", "0.146", "Dv2/DSv2 Series", "D2 v2/DS2 v2", 2, **by_ri,
                facts={"rates": {ri.id: D(2)}, "scale_set": "aks-pool-vmss"}),
        machine("api", shop, "Standard_DS1_v2", "0.073", "Dv2/DSv2 Series", "D1 v2/DS1 v2", 1, runs="working", **by_ri,
                facts={"rates": {ri.id: D(1)}}),
        machine("web-1", lab, "Standard_D4s_v5", "0.23", "Dsv5 Series", "D4s v5", 4, covered=(sp.id,),
                facts={"rates": {sp.id: D("0.14")}}),
        machine("web-2", lab, "Standard_D4s_v5", "0.23", "Dsv5 Series", "D4s v5", 4, covered=(sp.id,), runs="working",
                facts={"rates": {sp.id: D("0.14")}}),
        machine("ad-1", shop, "Standard_D2s_v5", "0.207", "Dsv5 Series Windows", "D2s v5", 2, system="Windows"),
        # Azure Hybrid Benefit: the image is Windows, the meter and its price are not.
        machine("ad-2", shop, "Standard_D2s_v5", "0.115", "Dsv5 Series", "D2s v5", 2, facts={"hybrid": True}),
        machine("batch", lab, "Standard_F8s_v2", "0.388", "Fsv2 Series", "F8s v2", 8, spot=True, runs="job"),
        machine("tiny", lab, "Standard_B2s", "0.048", "BS Series", "B2s", 2, runs="job"),
    ]
    return machines, [ri, sp]


def google():
    web, data = "acme-web", "acme-data"
    core, ram = D("0.031611"), D("0.004237")
    # Google commits to vCPUs and memory apart: one subscription, two meters.
    cud = Commitment(
        "subscriptions/30000000-0000-4000-8000-00000000000a", "", "gcp-cud-resource", web, "us-central1", 1,
        "no-upfront", 8 * D("0.019915") + 32 * D("0.002669"), D(2), "n2-standard-4",
        facts={"cores": 8, "memory": 32, "core_price": D("0.019915"), "ram_price": D("0.002669"), "series": "N2"})
    flexible = Commitment(
        "subscriptions/30000000-0000-4000-8000-00000000000b", "", "gcp-cud-flexible", web, "", 1, "no-upfront",
        D("0.216"))

    def machine(name, account, type, series, cores, memory, prices, region="us-central1", **more):
        facts = {"series": series, "cores": D(cores), "memory": D(memory), "prices": prices, **more.pop("facts", {})}
        # Accelerators and disks that the type's name implies are part of the machine; others are attached.
        price = facts["cores"] * prices[0] + facts["memory"] * prices[1]
        price += facts["ssd"] * D("0.00011") if type.endswith("lssd") else 0
        price += facts["gpu"][2] if "gpu" in facts else 0
        return Machine(name, account, region, type, price, facts=facts, **more)

    n2 = (core, ram)
    flex = D("0.72")
    e2 = (D("0.02181159"), D("0.00292353"))
    machines = [
        machine("web-1", web, "n2-standard-4", "N2", 4, 16, n2, covered=(cud.id,), facts={"rates": {cud.id: D(1)}}),
        machine("web-2", web, "n2-standard-4", "N2", 4, 16, n2, covered=(cud.id,), runs="working",
                facts={"rates": {cud.id: D(1)}}),
        machine("odd", web, "n2-custom-6-20480", "N2 Custom", 6, 20, (core * D("1.05"), ram * D("1.05")),
                region="europe-west1"),
        machine("app-1", data, "e2-standard-8", "E2", 8, 32, e2, covered=(flexible.id,)),
        machine("app-2", data, "e2-standard-2", "E2", 2, 8, e2, covered=(flexible.id,), runs="working"),
        machine("small", data, "e2-small", "E2", "0.5", 2, e2),
        machine("old", data, "n1-standard-2", "N1 Predefined", 2, D("7.5"), n2, facts={"sustained": D("0.2")}),
        machine("train", data, "a2-highgpu-1g", "A2", 12, 85, n2, runs="working",
                facts={"gpu": ("Nvidia Tesla A100 GPU", 1, D("2.93")), "ssd": 375}),
        machine("disks", data, "c3-standard-4-lssd", "C3", 4, 16, n2, runs="job", facts={"ssd": 375}),
        machine("batch", data, "n2-highcpu-8", "N2", 8, 8, n2, spot=True, runs="job"),
    ]
    for m in machines:
        if flexible.id in m.covered:
            m.facts["rates"] = {flexible.id: m.price * flex}
    return machines, [cud, flexible]
