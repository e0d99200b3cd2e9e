#!/usr/bin/env python3
"""Brings the Bitbrains "Rnd" trace into this program's files.

    prepare.py VMS HOURLY PRICES SPECS INTO

VMS, HOURLY: machines and their hours (CPU and memory in percent of what each was given); the trace is GWA-T-12
"Bitbrains" of the Grid Workloads Archive (S. Shen, V. van Beek, A. Iosup, CCGrid 2015). PRICES, SPECS: on-demand prices and
shapes of EC2 types (yeo/ec2.shop 74c9fd8a, 2025-04-05, MIT). Nothing of the trace is kept in this repository.

Each machine is paired with the smallest type of c5, m5 and r5 that has its cores and its memory: an assumption.
"""
import csv, gzip, sys
from datetime import datetime, timezone
from pathlib import Path

vms, hourly, prices, specs, into = sys.argv[1:]
into = Path(into)
into.mkdir(parents=True, exist_ok=True)
REGION, PAIRED = "eu-central-1", ("c5", "m5", "r5")
shape = {r["instance_type"]: (float(r["vcpu"]), float(r["memory_gib"]))
         for r in csv.DictReader(gzip.open(specs, "rt"))}
price = {r["instance_type"]: float(r["on_demand"]) for r in csv.DictReader(gzip.open(prices, "rt"))
         if r["region"] == REGION and r["on_demand"]}
menu = [(*shape[t], price[t], t) for t in price
        if t in shape and t.split(".")[0] in PAIRED and "metal" not in t]

with open(into / "prices.csv", "w") as out:
    out.write("provider,region,instance_type,operating_system,tenancy,product,term_years,payment,upfront,hourly\n")
    for name in sorted(price):
        out.write(f"aws,{REGION},{name},Linux,default,on-demand,,,0,{price[name]}\n")

with open(into / "resources.csv", "w") as out:
    out.write("resource,provider,account,region,instance_type\n")
    for r in csv.DictReader(open(vms)):
        cores, memory = float(r["cores_last"]), float(r["mem_gib_last"])
        fitting = [m for m in menu if m[0] >= cores and m[1] >= memory - 0.01]
        out.write(f"vm-{r['vm']},aws,,{REGION},{min(fitting)[3]}\n")

with gzip.open(into / "utilization.csv.gz", "wt", compresslevel=4) as out:
    out.write("timestamp,resource,cpu_max,cpu_avg,memory_max,memory_avg\n")
    for r in csv.DictReader(gzip.open(hourly, "rt")):
        hour = datetime.fromtimestamp(int(r["hour"]), timezone.utc).strftime("%Y-%m-%dT%H:00:00Z")
        cells = [r["cpu_max"], r["cpu_avg"], r["mem_max"], r["mem_avg"]]
        # Hypervisors report some percent above 100; far above it is a glitch of the trace.
        cells = [f"{min(float(c), 200):g}" if c else "" for c in cells]
        if cells[0] and cells[1]:
            out.write(f"{hour},vm-{r['vm']},{','.join(cells)}\n")
