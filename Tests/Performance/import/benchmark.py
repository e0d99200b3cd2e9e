"""Time and memory of `plimsoll import` next to bare scans; `run` calls it."""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time

here = pathlib.Path(__file__).resolve().parent
root = here.parents[2]


def tree(parent):
    """The resident memory in KB of a process and all that it started."""
    total = 0
    todo = [parent]
    while todo:
        pid = todo.pop()
        try:
            with open(f"/proc/{pid}/status") as status:
                total += next((int(line.split()[1]) for line in status if line.startswith("VmRSS")), 0)
            for task in os.listdir(f"/proc/{pid}/task"):
                with open(f"/proc/{pid}/task/{task}/children") as children:
                    todo += map(int, children.read().split())
        except OSError:
            pass
    return total


def cost(command):
    """Wall and processor seconds of a command, and its peak memory in MB with that of all it started, looked at
    every 5 ms."""
    peak = 0
    begin = time.monotonic()
    child = subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    text = {}
    readers = [threading.Thread(target=lambda name=name: text.update({name: getattr(child, name).read()}))
               for name in ("stdout", "stderr")]
    for reader in readers:
        reader.start()
    while True:
        pid, status, usage = os.wait4(child.pid, os.WNOHANG)
        if pid:
            break
        peak = max(peak, tree(child.pid))
        time.sleep(0.005)
    wall = time.monotonic() - begin
    child.returncode = os.waitstatus_to_exitcode(status)
    for reader in readers:
        reader.join()
    if child.returncode:
        sys.exit(f"{command[0]} ended with {child.returncode}: {text['stderr'].decode()[-800:]}")
    return wall, usage.ru_utime + usage.ru_stime, max(peak, usage.ru_maxrss) / 1024, text["stdout"].decode()


def row(name, runs):
    """The run with the least processor time: what the machine's other work disturbs least."""
    wall, processor, memory, _ = min(runs, key=lambda run: run[1])
    print(f"{name:<44} {processor:>9.2f} s {wall:>9.2f} s {memory:>8.0f} MB", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("rows", nargs="?", type=int, default=10_000_000)
    parser.add_argument("--csv", action="store_true", help="a CSV.gz in place of Parquet")
    parser.add_argument("--decimal", action="store_true", help="costs as decimal(38, 18) in place of doubles")
    parser.add_argument("--months", type=int, default=1)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--binary", default=root / ".build/release/plimsoll")
    options = parser.parse_args()
    duckdb = subprocess.run([here / "duckdb"], capture_output=True, text=True, check=True).stdout.strip()
    kind = "decimal" if options.decimal else "double"
    name = f"{options.rows}-{kind}-{options.months}" + (".csv.gz" if options.csv else ".parquet")
    file = here / ".work" / name
    file.parent.mkdir(exist_ok=True)
    if not file.exists():
        part = file.with_name("part-" + file.name)
        subprocess.run([here / "generate", str(options.rows), part, "--months", str(options.months)]
                       + (["--decimal"] if options.decimal else []), check=True)
        part.rename(file)
    print(f"{options.rows:,} rows, {file.stat().st_size / 1e6:,.0f} MB, least of {options.times}")
    print(f"{'':<44} {'processor':>11} {'wall':>11} {'peak':>11}")
    source = f"'{file}'"
    with tempfile.TemporaryDirectory() as folder:
        history = pathlib.Path(folder) / "history.db"
        runs = []
        for _ in range(options.times):
            history.unlink(missing_ok=True)
            runs.append(cost([options.binary, "import", file, "--into", history, "--json"]))
        row("plimsoll import: hours, days, totals, history", runs)
        check(json.loads(runs[0][3]), duckdb, source)
        settings = "set enable_progress_bar = false; set preserve_insertion_order = false; "
        sums = "count(*), sum(BilledCost), sum(EffectiveCost), sum(ListCost), sum(ContractedCost)"
        runs = [cost([duckdb, "-no-init", "-c",
                      f"{settings} select ServiceName, month(cast(ChargePeriodStart as timestamp)), {sums} from {source}"
                      " group by all"]) for _ in range(options.times)]
        row("DuckDB: sums as doubles by service and month", runs)
        keys = ("SubAccountId, RegionId, ServiceName, ChargeCategory, PricingCategory, CommitmentDiscountId, "
                "ChargeDescription, ConsumedUnit")
        runs = [cost([duckdb, "-no-init", "-c",
                      f"{settings} select count(*) from (select {keys}, date_trunc('hour', cast(ChargePeriodStart as "
                      f"timestamp)), {sums} from {source} group by all)"]) for _ in range(options.times)]
        row("DuckDB: sums as doubles by 8 texts and hour", runs)
        python = here / ".work/venv/bin/python"
        if (here / ".work/venv/done").exists() and not options.csv:
            names = json.dumps(keys.split(", "))
            program = (f"import polars as p\nc = ['BilledCost', 'EffectiveCost', 'ListCost', 'ContractedCost']\n"
                       f"print(p.scan_parquet({source}).group_by({names} + [p.col('ChargePeriodStart').dt.truncate('1h')])"
                       f".agg([p.len()] + [p.col(x).sum() for x in c]).collect(engine='streaming').height)")
            row("polars: the same", [cost([python, "-c", program]) for _ in range(options.times)])


def check(document, duckdb, source):
    """The history's total is the file's own, summed here by another way."""
    exact = subprocess.run(
        [duckdb, "-no-init", "-csv", "-noheader", "-c",
         f"select count(*), sum(cast(cast(BilledCost as double) * 1e12 as hugeint)) from {source}"],
        capture_output=True, text=True, check=True).stdout.strip().split(",")
    (file,) = document["files"]
    rows, billed = file["rows"], sum(total["billed"] for total in document["totals"])
    if rows != int(exact[0]) or abs(billed - int(exact[1]) / 1e12) > 0.01:
        sys.exit(f"the history says {rows} rows and {billed}, the file {exact}")
    print(f"reconciled: {rows:,} rows, {billed:,.2f} billed, as the file says")


main()
