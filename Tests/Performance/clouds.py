"""An invented platform for the scale benchmark: ten services of three clouds, everything that each has on sale."""

import gzip

import numpy

import fleets
import scenarios

PRICE_HEADER = ["provider", "region", "service", "instance_type", "engine", "product", "term_years", "payment",
                "upfront", "hourly"]
REGIONS = {"aws": ["us-east-1", "us-west-2", "eu-west-1", "ap-southeast-2"],
           "azure": ["westeurope", "eastus", "uksouth", "japaneast"],
           "gcp": ["us-central1", "europe-west1", "us-east1", "asia-east1"]}
# Rates of one year and of three, as shares of the price on demand; 0: not sold.
EC2 = {"ri-standard": (0.62, 0.42), "ri-convertible": (0.70, 0.51), "sp-ec2-instance": (0.63, 0.43),
       "sp-compute": (0.73, 0.51)}
COMPUTE = {"sp-compute": (0.80, 0.55)}
RDS = {"ri-rds": (0.66, 0), "sp-database": (0.80, 0)}
CACHE = {"ri-elasticache": (0.67, 0.46), "sp-database": (0.80, 0)}
SEARCH = {"ri-opensearch": (0.69, 0.52)}
AZURE = {"azure-reservation": (0.60, 0.40), "azure-savings-plan": (0.69, 0.52)}
SQL = {"azure-reservation": (0.79, 0.67)}
GOOGLE = {"gcp-cud-resource": (0.63, 0.45), "gcp-cud-flexible": (0.72, 0.54)}
CLOUD_SQL = {"gcp-cud-cloud-sql": (0.75, 0.48)}


def sizes(family, names, unit):
    """(type, price by size) of a family: in proportion to size, as providers list them."""
    return [(family.format(name), unit * factor) for name, factor in names]


AWS_SIZES = [("large", 1), ("xlarge", 2), ("2xlarge", 4), ("4xlarge", 8), ("8xlarge", 16)]
NUMBERS = [("2", 1), ("4", 2), ("8", 4), ("16", 8), ("32", 16)]


def kinds():
    """(provider, service, type, engine, price on demand, products, family): 400 with all regions."""
    for f, family in enumerate(["m6i", "c6i", "r6i", "m6g", "c6g", "r6g"]):
        for name, price in sizes(family + ".{}", AWS_SIZES, 0.08 + 0.01 * f):
            yield "aws", "ec2", name, "", price, EC2, family + ".{}"
    for name, price in [("vCPU", 0.0405), ("GB", 0.0044), ("vCPU-ARM", 0.0324), ("GB-ARM", 0.0036)]:
        yield "aws", "fargate", name, "", price, COMPUTE, name
    for name, price in [("GB-second", 0.0000166667), ("GB-second-ARM", 0.0000133334)]:
        yield "aws", "lambda", name, "", price, COMPUTE, name
    for engine in ["PostgreSQL", "MySQL"]:
        for family, unit in [("db.r6g.{}", 0.215), ("db.m6g.{}", 0.152)]:
            for name, price in sizes(family, AWS_SIZES, unit):
                yield "aws", "rds", name, engine, price, RDS, family
    for engine in ["Redis", "Valkey"]:
        for name, price in sizes("cache.r6g.{}", AWS_SIZES, 0.206 if engine == "Redis" else 0.8 * 0.206):
            yield "aws", "elasticache", name, engine, price, CACHE, "cache.r6g.{}"
    for family, unit in [("r6g.{}.search", 0.167), ("m6g.{}.search", 0.128)]:
        for name, price in sizes(family, AWS_SIZES, unit):
            yield "aws", "opensearch", name, "", price, SEARCH, family
    for family, unit in [("Standard_D{}s_v5", 0.115), ("Standard_E{}s_v5", 0.152), ("Standard_F{}s_v2", 0.1)]:
        for name, price in sizes(family, NUMBERS, unit):
            yield "azure", "azure-vm", name, "", price, AZURE, family
    for name, price in [("GP-Gen5", 0.25), ("BC-Gen5", 0.68), ("HS-Gen5", 0.37)]:
        yield "azure", "azure-sql", name, "", price, SQL, name
    for name, price in sizes("e2-standard-{}", NUMBERS, 0.067):
        yield "gcp", "gce", name, "", price, GOOGLE, "e2-standard-{}"
    for name, price in [("vCPU", 0.0413), ("GB", 0.007)]:
        yield "gcp", "cloud-sql", name, "PostgreSQL", price, CLOUD_SQL, name


def groups(count):
    """The first so many of all kinds in all regions, a region after the other."""
    return [(kind, region) for place in range(4) for kind in kinds()
            for region in REGIONS[kind[0]][place:place + 1]][:count]


def prices(series, seed):
    """Prices of a region differ from another's family by family."""
    random = numpy.random.default_rng(seed)
    regional = {}
    for (provider, service, name, engine, price, products, family), region in series:
        if (family, region) not in regional:
            regional[family, region] = random.uniform(0.95, 1.2)
        price *= regional[family, region]
        lead = [provider, region, service, name, engine]
        yield lead + ["on-demand", "", "", "0", f"{price:.9f}"]
        for product, shares in products.items():
            for years, share in zip((1, 3), shares):
                if share:
                    yield lead + [product, years, "no-upfront", "0", f"{price * share:.9f}"]


def platform(folder, hours=fleets.YEAR, count=400, seed=700):
    series = groups(count)
    assert len(series) == count, len(series)
    demand = usage(hours, series, seed)
    tails = [f",{k[0]},{region},{k[1]},{k[2]},{k[3]}," for k, region in series]
    with gzip.open(folder / "usage.csv.gz", "wt", compresslevel=1) as file:
        file.write("timestamp,provider,region,service,instance_type,engine,quantity\n")
        for stamp, row in zip(scenarios.timestamps(len(demand)), demand.tolist()):
            file.write("".join(f"{stamp}{tail}{number}\n" for tail, number in zip(tails, row) if number))
    scenarios.write_rows(folder / "prices.csv.gz", PRICE_HEADER, prices(series, seed + 1))
    products = sorted({product for kind in kinds() for product in kind[5]})
    fleets.scenario(folder, f"platform-{hours}-{count}", offers=products)


def usage(hours, series, seed):
    """Functions are counted in seconds."""
    demand = scenarios.fleet_demand(hours, len(series), seed=seed)
    for place, (kind, _) in enumerate(series):
        if kind[1] == "lambda":
            demand[:, place] *= 3600
    return demand
