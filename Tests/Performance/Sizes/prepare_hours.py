#!/usr/bin/env python3
"""Brings machines of the Bitbrains trace, as the archive has it, from five minutes to hours for prepare.py.

    prepare_hours.py FOLDER FIRST LAST VMS HOURLY

FOLDER: the trace "Rnd" of GWA-T-12, a folder a month (2013-7 and so on) with a file a machine (1.csv to 500.csv). VMS and HOURLY are written;
what was given to a machine is what it had last. An hour without a sample is left out, and so are samples of a machine that was off.
"""
import csv, gzip, sys
from collections import defaultdict
from pathlib import Path

folder, first, last, vms, hourly = sys.argv[1:]


def samples(path):
    """(second, cores, CPU in percent, memory in percent or None, memory given in GiB)."""
    with open(path) as file:
        for row in csv.reader((line.replace("\t", "") for line in file), delimiter=";"):
            if not row or not row[0].isdigit():
                continue
            second, cores, megahertz, _, cpu, given, used = map(float, row[:7])
            if cores > 0 and megahertz > 0:
                yield int(second), cores, cpu, used / given * 100 if given > 0 else None, given / 2**20


with open(vms, "w") as machines, gzip.open(hourly, "wt", compresslevel=4) as hours:
    machines.write("vm,cores_last,mem_gib_last\n")
    hours.write("vm,hour,n,cpu_avg,cpu_max,mem_avg,mem_max\n")
    for vm in range(int(first), int(last) + 1):
        known = {}
        for path in sorted(Path(folder).glob(f"*/{vm}.csv")):
            known.update((sample[0], sample) for sample in samples(path))
        if not known:
            continue
        by_hour = defaultdict(list)
        for second in sorted(known):
            by_hour[second // 3600 * 3600].append(known[second])
        for hour, inside in by_hour.items():
            cpu = [sample[2] for sample in inside]
            memory = [sample[3] for sample in inside if sample[3] is not None]
            cells = [f"{sum(memory) / len(memory):.2f}", f"{max(memory):.2f}"] if memory else ["", ""]
            hours.write(f"{vm},{hour},{len(cpu)},{sum(cpu) / len(cpu):.2f},{max(cpu):.2f},{','.join(cells)}\n")
        end = known[max(known)]
        machines.write(f"{vm},{end[1]:.0f},{end[4]:.2f}\n")
