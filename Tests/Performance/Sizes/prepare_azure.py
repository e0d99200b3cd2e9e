#!/usr/bin/env python3
"""Brings the CPU of Azure's public trace into this program's files.

    prepare_azure.py HOURLY PRICES INTO

HOURLY: 100 machines of 28 days (Azure Public Dataset V1, CC BY 4.0, by way of carlonlv/DataCenterSim fa2cc259), the mean and
the highest of five minutes in each hour. PRICES: on-demand prices of EC2 types (yeo/ec2.shop 74c9fd8a, 2025-04-05, MIT).

The trace states neither size nor memory: every machine is taken for an m5.4xlarge, and memory is left out. So the saving is
that of CPU alone; what counts is how often the smaller machine would have been too small.
"""
import csv, gzip, sys
from datetime import datetime, timedelta
from pathlib import Path

hourly, prices, into = sys.argv[1:]
into = Path(into)
into.mkdir(parents=True, exist_ok=True)
REGION, START = "eu-central-1", datetime(2016, 11, 16)

with open(into / "prices.csv", "w") as out:
    out.write("provider,region,instance_type,operating_system,tenancy,product,term_years,payment,upfront,hourly\n")
    for r in csv.DictReader(gzip.open(prices, "rt")):
        if r["region"] == REGION and r["on_demand"]:
            out.write(f"aws,{REGION},{r['instance_type']},Linux,default,on-demand,,,0,{r['on_demand']}\n")

machines = set()
with gzip.open(into / "utilization.csv.gz", "wt", compresslevel=4) as out:
    out.write("timestamp,resource,cpu_max,cpu_avg,memory_max,memory_avg\n")
    for r in csv.DictReader(gzip.open(hourly, "rt")):
        machines.add(r["vm"])
        hour = (START + timedelta(hours=int(r["hour"]))).strftime("%Y-%m-%dT%H:00:00Z")
        out.write(f"{hour},vm-{r['vm']},{r['cpu_max']},{r['cpu_avg']},,\n")

with open(into / "resources.csv", "w") as out:
    out.write("resource,provider,account,region,instance_type\n")
    for vm in sorted(machines):
        out.write(f"vm-{vm},aws,,{REGION},m5.4xlarge\n")
