"""Large invented fleets for the scale benchmark: families of five sizes, many accounts, everything on sale."""

import gzip
import shutil

import numpy

import scenarios

SIZES = {"large": 4, "xlarge": 8, "2xlarge": 16, "4xlarge": 32, "8xlarge": 64}
PRODUCTS = ["ri-standard", "ri-convertible", "sp-ec2-instance", "sp-compute"]
# What a product's effective rate is of on demand, by term; what is paid upfront costs 3 to 6 % less.
RATES = {("ri-standard", 1): (0.60, 0.66), ("ri-standard", 3): (0.38, 0.45), ("ri-convertible", 1): (0.68, 0.73),
         ("ri-convertible", 3): (0.48, 0.54), ("sp-ec2-instance", 1): (0.61, 0.67), ("sp-ec2-instance", 3): (0.40, 0.46),
         ("sp-compute", 1): (0.70, 0.76), ("sp-compute", 3): (0.48, 0.55)}
PAYMENTS = {"no-upfront": (0.0, 1.0), "partial-upfront": (0.5, 0.96), "all-upfront": (1.0, 0.94)}
YEAR = 8760


def sized_types(groups):
    """(region, type) in families of five sizes."""
    sizes = list(SIZES)
    return [(scenarios.REGIONS[g // 5 % 4], f"y{g // 20:03}.{sizes[g % 5]}") for g in range(groups)]


def sized_prices(types, seed, products=PRODUCTS, payments=PAYMENTS):
    """Prices in proportion to size; rates of a family differ from those of another."""
    random = numpy.random.default_rng(seed)
    rates = {}
    for region, name in types:
        family, size = name.split(".")
        if (region, family) not in rates:
            rates[region, family] = (random.lognormal(-3.5, 0.5),
                                     {key: random.uniform(*span) for key, span in RATES.items()})
        unit, factors = rates[region, family]
        on_demand = unit * SIZES[size]
        lead = ["aws", region, name, "Linux", "default"]
        yield lead + ["on-demand", "", "", "0", f"{on_demand:.6f}"]
        for (product, years), factor in factors.items():
            for payment in payments if product in products else []:
                share, discount = PAYMENTS[payment]
                rate = on_demand * factor * discount
                upfront, hourly = rate * share * years * YEAR, rate * (1 - share)
                if product.startswith("sp-"):
                    upfront, hourly = 0, rate
                yield lead + [product, years, payment, f"{upfront:.4f}", f"{hourly:.6f}"]


def usage_file(path, demand, series):
    """Usage rows of (account, region, type) series."""
    tails = [f",aws,{account},{region},{name}," for account, region, name in series]
    with gzip.open(path, "wt", compresslevel=1) as file:
        file.write("timestamp,provider,account,region,instance_type,quantity\n")
        for stamp, row in zip(scenarios.timestamps(len(demand)), demand.tolist()):
            file.write("".join(f"{stamp}{tail}{count}\n" for tail, count in zip(tails, row) if count))


def scenario(folder, name, policy="{}", extra="", time_limit=120, gap=0.0001, offers=PRODUCTS):
    scenarios.write_scenario(folder, f"""\
name: {name}
usage: usage.csv.gz
prices: prices.csv.gz
forecast: {{method: hindsight}}
offers: {{products: [{", ".join(offers)}], terms: [1, 3]}}
policy: {policy}
solver: {{gap: {gap}, time_limit: {time_limit}}}
compare: [committed]
{extra}""")


def sized(folder, hours=YEAR, groups=400, policy="{max_three_year_share: 0.5}", seed=500, **options):
    """Families of five sizes, one account, everything on sale."""
    types = sized_types(groups)
    demand = scenarios.fleet_demand(hours, groups, seed=seed)
    usage_file(folder / "usage.csv.gz", demand, [("", *kind) for kind in types])
    scenarios.write_rows(folder / "prices.csv.gz", scenarios.PRICE_HEADER, sized_prices(types, seed + 1))
    scenario(folder, f"sized-{hours}-{groups}", policy, **options)


def again(folder, other, name, policy, **options):
    """Another fleet's usage and prices under another policy."""
    for file in ["usage.csv.gz", "prices.csv.gz"]:
        shutil.copy(other / file, folder / file)
    scenario(folder, name, policy, **options)


def accounts(folder, hours=YEAR, types=500, accounts=50, each=100, policy="{}", seed=600, **options):
    """Accounts with some of the types each."""
    random = numpy.random.default_rng(seed)
    kinds = sized_types(types)
    series = [(f"{100000000000 + a}", *kinds[k]) for a in range(accounts)
              for k in sorted(random.choice(types, min(each, types), replace=False))]
    demand = scenarios.fleet_demand(hours, len(series), seed=seed + 1)
    usage_file(folder / "usage.csv.gz", demand, series)
    scenarios.write_rows(folder / "prices.csv.gz", scenarios.PRICE_HEADER, sized_prices(kinds, seed + 2))
    scenario(folder, f"accounts-{accounts}", policy, **options)


def shaved_ice(folder, changes=(), extra="", drop=()):
    """The shipped scenario's base with other keys of one line: `max_upfront: ...` by what a line starts with."""
    scenarios.shaved_ice(folder)
    lines = (folder / "scenario.yaml").read_text().splitlines()
    for start, text in dict(changes).items():
        places = [i for i, line in enumerate(lines) if line.strip().startswith(start)]
        if not places:
            raise ValueError(f"no line starts with {start}")
        lines[places[0]] = text
    lines = [line for line in lines if not any(line.strip().startswith(start) for start in drop)]
    (folder / "scenario.yaml").write_text("\n".join(lines + [extra, ""]))


def google(folder):
    """The shipped Google scenario, what is planned alone."""
    source = scenarios.REPOSITORY / "scenarios" / "gcp"
    for name in ["usage.csv.gz", "prices.csv"]:
        shutil.copy(source / name, folder / name)
    lines = (source / "scenario.yaml").read_text().splitlines()
    base = lines[: lines.index("overrides:")]
    (folder / "scenario.yaml").write_text(
        "\n".join([line for line in base if not line.startswith("compare:")] + ["compare: [committed]", ""]))
