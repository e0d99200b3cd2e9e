#!/usr/bin/env python3
"""Made machines.csv, once, of public tables; kept to show how each row came about.

    machines.py EC2-TYPES EC2-COREMARK GOOGLE-TYPES AZURE-PRICES AZURE-SIZES > machines.csv

EC2-TYPES: DescribeInstanceTypes as a table (moto 5.2.1, Apache-2.0). EC2-COREMARK: CoreMark by type
(vantage-sh/ec2instances.info 4ef36cd2, 2026-07-20, MIT). GOOGLE-TYPES: Cyclenerd/google-cloud-pricing-cost-calculator
dac3128, 2026-08-20, Apache-2.0. AZURE-PRICES: names of sizes on sale (Azure/karpenter-provider-azure 352646f5,
2026-06-18, Apache-2.0). AZURE-SIZES: AksNodeVmSizes.Generated.cs, made of Azure's Resource SKUs (microsoft/aspire
59d405ff, 2026-08-21, MIT). Google's machines with accelerators or disks inside are those of google-built.csv.
"""
import csv, gzip, re, sys
from pathlib import Path

HEADER = """\
# Machines of three clouds: what one has. A blank is unknown, never zero. local_disk_gb "scratch": a disk that comes with
# every size of an Azure series, the larger the size, the larger it is.
# speed: CoreMark iterations a second of the whole machine, all vCPUs. generation: comparable inside
# a provider and a class only. baseline: the share of all vCPUs that a burstable machine may use all the time;
# it earns baseline x vCPUs x 60 credits an hour (one credit: one vCPU for a minute) and keeps those of 24 hours.
# source: a = EC2 DescribeInstanceTypes in moto 5.2.1; b = a, with CoreMark measured by
# vantage-sh/ec2instances.info (4ef36cd2, 2026-07-20); c = Cyclenerd/google-cloud-pricing-cost-calculator (dac3128, 2026-08-20);
# d = Microsoft Learn, "Sizes for virtual machines", GiB for each vCPU by series (entered 2026-11-29), names on sale in
# Azure/karpenter-provider-azure (352646f5, 2026-06-18). Baselines: EC2 User Guide "Burstable performance instances", Microsoft
# Learn "B-series CPU credit model", Google "E2 shared-core machine types" (entered 2026-11-29).
# e = Azure's Resource SKUs in microsoft/aspire (59d405ff, 2026-08-21); f = e, with parts of an accelerator as Microsoft Learn has
# them, "NVadsA10 v5-series", "NVv4-series" (entered 2026-11-30). Disks of Azure: Microsoft Learn, "Azure VM sizes with no local
# temporary disk", and the tables of Ddv4, Ddsv5, Dadsv5, Edv4 and their kin, 37.5 GiB for each vCPU (entered 2026-11-30).
provider,type,vcpu,memory_gib,architecture,class,generation,network_gbps,disk_mbps,local_disk_gb,gpus,gpu,baseline,speed,source,date"""

CLASSES = {
    "general": "a m mac t", "compute": "c", "memory": "r x u z", "storage": "d h i im is",
    "accelerated": "dl f g gr inf p trn vt", "hpc": "hpc",
}
EC2_CLASS = {letters: name for name, all in CLASSES.items() for letters in all.split()}
# Of one vCPU: t2 has one size with one vCPU each, t3 and later two.
T2 = {"nano": .05, "micro": .1, "small": .2, "medium": .2, "large": .3, "xlarge": .225, "2xlarge": .17}
T3 = {"nano": .05, "micro": .1, "small": .2, "medium": .2, "large": .3, "xlarge": .4, "2xlarge": .4}


def plain(value):
    return "" if value in ("", None) else f"{float(value):g}"


DATES = {"a": "2026-11-28", "b": "2026-07-20", "c": "2026-08-20", "d": "2026-11-29",
         "e": "2026-08-21", "f": "2026-11-30"}


def row(*cells):
    """The date is that of the source: when it was published, or else when it was entered."""
    print(",".join(str(c) for c in (*cells, DATES[cells[-1]])))


def ec2(types, coremark):
    speed = {r["instance_type"]: r["coremark_iter_per_s"] for r in csv.DictReader(open(coremark))}
    for r in csv.DictReader(open(types)):
        name = r["instance_type"]
        family, size = name.split(".", 1)
        letters = re.match(r"[a-z]+", family.replace("u-", "u"))[0]
        digits = re.search(r"\d+", family.split("-")[0])
        baseline = ""
        if r["burstable"] == "1":
            baseline = f"{(T2 if family == 't2' else T3)[size]:g}"
        row("aws", name, r["vcpu"], plain(float(r["memory_mib"]) / 1024),
            "x86_64" if r["arch"].startswith("x86") or "i386" in r["arch"] else r["arch"],
            "burstable" if baseline else EC2_CLASS.get(letters, "other"), digits[0] if digits else "", plain(r["net_baseline_gbps"]),
            plain(r["ebs_base_mbps"] and float(r["ebs_base_mbps"]) / 8), plain(r["local_storage_gb"]) or 0,
            r["gpus"] or 0, r["gpu_model"].replace(",", " "), baseline, speed.get(name, ""),
            "b" if name in speed else "a")


def google(types):
    shared = {"e2-micro": .125, "e2-small": .25, "e2-medium": .5}
    kinds = {"highcpu": "compute", "highmem": "memory", "megamem": "memory", "ultramem": "memory",
             "hypermem": "memory"}
    for r in csv.DictReader(open(types)):
        name, series = r["machine_type"], r["family"]
        built = series[0] in "agz" or name in ("f1-micro", "g1-small")
        if built or (r["shared_cpu"] == "true" and name not in shared):
            continue
        kind = "compute" if series[0] in "ch" and "highmem" not in name else "general"
        for word, other in kinds.items():
            kind = other if f"-{word}" in name else kind
        if name in shared:
            kind = "burstable"
        row("gcp", name, r["vcpu"], plain(r["memory_gb"]),
            "arm64" if series in ("t2a", "c4a", "n4a") else "x86_64", kind,
            re.search(r"\d+", series)[0], "", "", "" if "-lssd" in name else 0, 0, "",
            f"{shared[name]:g}" if name in shared else "", "", "c")


# Series whose disks are attached to a machine, and are none of its type.
GOOGLE_WITHOUT_DISKS = ("a2-highgpu", "a2-megagpu", "g2-standard")


def google_built():
    table = Path(__file__).parent / "google-built.csv"
    for r in csv.DictReader(line for line in table.open() if not line.startswith("#")):
        name = r["type"]
        disk = 0 if name.startswith(GOOGLE_WITHOUT_DISKS) else r["disk_gib"]
        row("gcp", name, r["vcpu"], plain(r["memory_gib"]), "arm64" if name.startswith("a4x") else "x86_64",
            "accelerated" if r["accelerator"] else "storage", re.search(r"\d+", name)[0], "", "", disk,
            r["accelerators"], r["accelerator"], "", "", "c")


# Letters behind the number, version: GiB for each vCPU and class. p = Arm, a = AMD, l = low memory, d = local disk.
AZURE_B = {"B1ls": (1, .5, .05), "B1s": (1, 1, .1), "B1ms": (1, 2, .2), "B2s": (2, 4, .2), "B2ms": (2, 8, .3),
           "B4ms": (4, 16, .225), "B8ms": (8, 32, .16875), "B12ms": (12, 48, .168333),
           "B16ms": (16, 64, .16875), "B20ms": (20, 80, .1685)}


def azure_ratio(letter, extra, version):
    if letter == "D" and version >= 3:
        return 2 if "l" in extra else 4, "general"
    if letter == "E" and version >= 4:
        return 8, "memory"
    if letter == "F" and version in (0, 2) and extra in ("", "s"):
        return 2, "compute"
    if letter == "F" and version >= 6:
        return (8 if "m" in extra else 2 if "l" in extra else 4), "compute"
    if letter == "L" and version >= 2:
        return 8, "storage"
    return None


def azure(prices):
    names = sorted({r["arm_sku"] for r in csv.DictReader(gzip.open(prices, "rt"))})
    for name in names:
        short = name.removeprefix("Standard_")
        if short in AZURE_B:
            vcpu, memory, baseline = AZURE_B[short]
            row("azure", name, vcpu, plain(memory), "x86_64", "burstable", 1, "", "", "scratch", 0, "",
                f"{baseline:g}", "", "d")
            continue
        found = re.fullmatch(r"([DEFL])(\d+)([a-z]*)(?:_v(\d))?", short)
        if not found:
            continue
        letter, number, extra, version = found[1], int(found[2]), found[3], int(found[4] or 0)
        known = azure_ratio(letter, extra, version)
        # The largest sizes of E have less for each vCPU, and the name does not say n.
        if not known or (letter == "E" and number > 64) or number % 2 and number != 1:
            continue
        ratio, kind = known
        if "i" in extra or "b" in extra or "n" in extra:
            continue
        memory = 432 if (letter, number) == ("E", 64) and version == 3 else 504 if (
            letter, number) == ("E", 64) and version in (4,) else number * ratio
        row("azure", name, number, plain(memory), "arm64" if "p" in extra else "x86_64", kind,
            version or 1, "", "", azure_disk(letter, extra, version, number), 0, "", "", "", "d")


def azure_disk(letter, extra, version, vcpus):
    if letter == "L" or "h" in extra or ("d" in extra and version > 5):
        return ""
    if "d" in extra:
        return plain(37.5 * vcpus)
    return "scratch" if version < 4 or extra in ("a", "as") and version == 4 else 0


# Parts of an accelerator; where e says "1", or nothing, and no one else says more, the size is left out.
AZURE_PARTS = {"NV6ads_A10_v5": "1/6", "NV12ads_A10_v5": "1/3", "NV18ads_A10_v5": "1/2", "NV36ads_A10_v5": "1",
               "NV36adms_A10_v5": "1", "NV72ads_A10_v5": "2", "NV4as_v4": "1/8", "NV8as_v4": "1/4", "NV16as_v4": "1/2",
               "NV32as_v4": "1"}
AZURE_A10_DISKS = {"NV6ads_A10_v5": 180, "NV12ads_A10_v5": 360, "NV18ads_A10_v5": 720, "NV36ads_A10_v5": 720,
                   "NV36adms_A10_v5": 720, "NV72ads_A10_v5": 1400}
AZURE_MODELS = [(r"NC\d+as_T4_v3", "T4", "scratch"), (r"NC\d+r?s_v3", "V100", "scratch"),
                (r"NC\d+ads_A100_v4", "A100 80GB", ""), (r"NCC?\d+adi?s_H100_v5", "H100 94GB", ""),
                (r"ND40rs_v2", "V100 32GB", "scratch"), (r"ND96asr_v4", "A100 40GB", ""),
                (r"ND96amsr_A100_v4", "A100 80GB", ""), (r"ND96isr_H100_v5", "H100 80GB", ""),
                (r"ND96isr_H200_v5", "H200", ""), (r"ND96isr_MI300X_v5", "MI300X", ""),
                (r"NP\d+s", "Alveo U250", "scratch"), (r"NV\d+s_v[23]", "M60", "scratch"),
                (r"NV\d+as_v4", "MI25", "scratch"), (r"NV\d+adm?s_A10_v5", "A10", "")]


def azure_accelerated(sizes):
    text = open(sizes, encoding="utf-8").read()
    found = set(re.findall(r"(Standard_N\w+) — (\d+) vCPUs — (\d+) GB RAM(?: — (\d+) GPU)?", text))
    for name, vcpus, memory, count in sorted(found):
        short = name.removeprefix("Standard_")
        model = next((m for m in AZURE_MODELS if re.fullmatch(m[0], short)), None)
        part = AZURE_PARTS.get(short)
        if not model or not (part or count):
            continue
        top, _, bottom = (part or count).partition("/")
        version = re.search(r"_v(\d)$", short)
        row("azure", name, vcpus, memory, "x86_64", "accelerated", version[1] if version else 1, "", "",
            AZURE_A10_DISKS.get(short, model[2]), f"{int(top) / int(bottom or 1):.6g}", model[1], "", "",
            "f" if part else "e")


if __name__ == "__main__":
    print(HEADER)
    ec2(sys.argv[1], sys.argv[2])
    google(sys.argv[3])
    google_built()
    azure(sys.argv[4])
    azure_accelerated(sys.argv[5])
