"""Runs the cases, prints the table and what was reached. Started by `run`, which installs what it needs."""

import argparse
import dataclasses
import datetime
import json
import os
import platform
import sys
from pathlib import Path

import cases
import scale

HERE = Path(__file__).resolve().parent
BINARY = HERE.parents[1] / ".build" / "release" / "plimsoll"


def arguments():
    parser = argparse.ArgumentParser(prog="Tests/Performance/run", description=__doc__.split(".")[0] + ".")
    parser.add_argument("--only", help="cases, as in a,b (default: all)")
    parser.add_argument("--scale", action="store_true", help="the rows of the scale table in place of cases a to f")
    parser.add_argument("--out", type=Path, help="write the results there as JSON")
    parser.add_argument("--binary", default=BINARY, help="the plimsoll to measure (default: the release build)")
    parser.add_argument("--cap", type=float, default=300, help="seconds that HiGHS may take (default: 300)")
    parser.add_argument("--work", type=Path, default=HERE / ".work" / "scenarios", help="where scenarios are made")
    chosen = parser.parse_args()
    chosen.all = scale.ALL if chosen.scale else cases.ALL
    chosen.only = chosen.only.split(",") if chosen.only else list(chosen.all)
    unknown = set(chosen.only) - set(chosen.all)
    if unknown:
        parser.error(f"no such case: {', '.join(sorted(unknown))}; there are {', '.join(chosen.all)}")
    return chosen


def machine():
    """What the figures were measured on: noise of others shows in the load."""
    names = [line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
             if line.startswith("model name")] if Path("/proc/cpuinfo").exists() else []
    return {"system": platform.platform(), "processor": names[0] if names else platform.processor(),
            "cores": os.cpu_count(), "load": round(os.getloadavg()[0], 2),
            "date": datetime.date.today().isoformat()}


COLUMNS = [("case", "case", "{}"), ("who", "who", "{}"), ("solve s", "solve", "{:,.2f}"), ("wall s", "wall", "{:,.2f}"),
           ("processor s", "processor", "{:,.2f}"), ("MB", "memory", "{:,.0f}"), ("objective", "objective", "{:,.2f}"),
           ("bound", "bound", "{:,.2f}"), ("gap", "gap", "{:.4%}"), ("", "note", "{}")]


def print_table(lines):
    texts = [[title for title, _, _ in COLUMNS]]
    for line in lines:
        values = [getattr(line, field) for _, field, _ in COLUMNS]
        texts.append(["–" if value is None else form.format(value) for value, (_, _, form) in zip(values, COLUMNS)])
    widths = [max(len(row[column]) for row in texts) for column in range(len(COLUMNS))]
    for row in texts:
        words = [word.ljust(width) if column in (0, 1, len(COLUMNS) - 1) else word.rjust(width)
                 for column, (word, width) in enumerate(zip(row, widths))]
        print("  ".join(words).rstrip())


def main():
    chosen = arguments()
    bench = cases.Bench(str(chosen.binary), chosen.work, chosen.cap)
    lines, targets, failed = [], [], False
    about = machine()
    for name in chosen.only:
        print(f"{name}: {chosen.all[name].__doc__}", file=sys.stderr)
        try:
            case_lines, case_targets = chosen.all[name](bench)
        except RuntimeError as error:
            print(f"{name}: {error}", file=sys.stderr)
            failed = True
            continue
        lines += case_lines
        targets += case_targets
    print(f"{about['processor']}, {about['cores']} cores, load {about['load']}, {about['date']}\n")
    print_table(lines)
    print()
    for target in targets:
        print(f"{'reached' if target.reached else 'MISSED '}  {target.case}  {target.what}: {target.measured}")
    if chosen.out:
        chosen.out.write_text(json.dumps({
            "machine": about, "lines": [dataclasses.asdict(line) | {"gap": line.gap} for line in lines],
            "targets": [dataclasses.asdict(target) for target in targets]}, indent=2) + "\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
