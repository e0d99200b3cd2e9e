"""The benchmark's cases. Each answers with the lines of the table and with what was to be reached."""

import dataclasses
import shutil
import sys
from pathlib import Path

import numpy

import knapsack
import measure
import scenarios

HERE = Path(__file__).resolve().parent


@dataclasses.dataclass
class Line:
    """One side of a case. Seconds of solving alone, whole process, memory in MB, money."""
    case: str
    who: str
    solve: float | None = None
    wall: float | None = None
    processor: float | None = None
    memory: float | None = None
    objective: float | None = None
    bound: float | None = None
    note: str = ""

    @property
    def gap(self):
        if not self.objective or self.bound is None:
            return None
        return (self.objective - self.bound) / self.objective


@dataclasses.dataclass
class Target:
    case: str
    what: str
    measured: str
    reached: bool


class Bench:
    """What all cases share: where the binary and the scenario folders are, and how long a peer may take."""

    def __init__(self, binary, work, cap):
        self.binary, self.work, self.cap = binary, Path(work), cap
        self.memory = {}  # lines that a later case compares with

    def scenario(self, name, make, *arguments, **options):
        """The folder of a scenario; made anew when the script that makes it is newer."""
        folder = self.work / name
        done = folder / "done"
        if not done.exists() or done.stat().st_mtime < Path(scenarios.__file__).stat().st_mtime:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            make(folder, *arguments, **options)
            done.touch()
        return folder

    def plimsoll(self, case, folder, times=1):
        """Our line of a case, and the plan behind it."""
        cost = measure.best([self.binary, "run", str(folder), "--json"], times)
        plan = measure.result(cost)["runs"][0]["outcomes"][0]["plan"]
        note = f"{plan['status']}, {plan.get('rounds', 0)} rounds"
        line = Line(case, "plimsoll", plan["seconds"], cost.wall, cost.processor, cost.memory, plan["objective"],
                    plan["bound"], note)
        return line, plan

    def python(self, script, *arguments, cap=None):
        return measure.run([sys.executable, str(HERE / script), *map(str, arguments)], cap)


def gap_target(line, limit=1e-4):
    return Target(line.case, f"gap ≤ {limit:.2%}", f"{line.gap:.4%}", line.gap <= limit)


def below(case, what, value, limit, unit):
    return Target(case, f"{what} < {limit:g} {unit}", f"{value:.2f} {unit}", value < limit)


def case_a(bench):
    """Shaved Ice, a year of all its series, the shipped scenario."""
    line, _ = bench.plimsoll("a", bench.scenario("a", scenarios.shaved_ice), times=3)
    return [line], [gap_target(line), below("a", "processor time", line.processor, 1, "s")]


def case_b(bench):
    """Eight series of it: HiGHS on the extensive form, Plimsoll on the same scenario."""
    folder = bench.scenario("b", scenarios.shaved_ice_part)
    ours, _ = bench.plimsoll("b", folder, times=5)
    model = folder / "model.lp"
    measure.result(measure.run([bench.binary, "run", str(folder), "--json", "--write-lp", str(model)]))
    # Building its own copy of the model takes HiGHS time too, which is not counted: hence the margin.
    cost = bench.python("highs_peer.py", model, 1e-4, bench.cap, cap=2 * bench.cap + 120)
    theirs = measure.result(cost)
    note = f"{theirs['status']}, {theirs['rows']:,} rows"
    line = Line("b", f"HiGHS {theirs['version']}", theirs["seconds"], cost.wall, theirs["processor"], cost.memory,
                theirs["objective"], theirs["bound"], note)
    model.unlink()
    difference = max(ours.bound - theirs["objective"], theirs["bound"] - ours.objective, 0) / ours.objective
    return [ours, line], [
        gap_target(ours),
        Target("b", "same optimum to 0.01 %: neither side's bound above the other's plan", f"{difference:.5%}",
               difference <= 1e-4),
        ratio("b", "solve alone, wall", line.solve, ours.solve, 200),
        ratio("b", "HiGHS' solve to our whole process, wall", line.solve, ours.wall, 200)]


def ratio(case, what, theirs, ours, limit):
    value = theirs / ours
    return Target(case, f"{what}: ≥ {limit} × faster", f"{value:,.0f} ×", value >= limit)


def case_c(bench):
    """A year of 400 groups, each with reservations of its own; at most half of the spend in three years."""
    line, _ = bench.plimsoll("c", bench.scenario("c", scenarios.fleet))
    bench.memory["c"] = line
    return [line], [gap_target(line), below("c", "processor time", line.processor, 5, "s"),
                    below("c", "peak memory", line.memory, 500, "MB")]


def case_d(bench):
    """Three years of the same 400 groups: three times the hours, at most three times the work of c."""
    year = bench.memory.get("c") or case_c(bench)[0][0]
    line, _ = bench.plimsoll("d", bench.scenario("d", scenarios.fleet, hours=26280))
    factor = line.processor / year.processor
    return [line], [gap_target(line), Target("d", "processor time ≤ 3 × that of c", f"{factor:.2f} ×", factor <= 3)]


def case_e(bench):
    """A thousand machines of two possible sizes each, 2,000 binaries, together with commitments."""
    line, plan = bench.plimsoll("e", bench.scenario("e", scenarios.machines))
    line.note += f", {len(plan['actions'])} resized"
    return [line], [gap_target(line, 1e-3), below("e", "wall time", line.wall, 60, "s")]


def case_f(bench):
    """One-year reservations and one Compute plan: finoptim's plan and ours before the same small judge."""
    folder = bench.scenario("f", scenarios.one_year_plans)
    ours, plan = bench.plimsoll("f", folder, times=3)
    cost = bench.python("finoptim_peer.py", folder)
    theirs = measure.result(cost)
    fleet = knapsack.Fleet.read(folder)
    bought = [(p["region"], p["instance_type"], p["quantity"]) for p in plan["purchases"] if "quantity" in p]
    commitment = sum(p.get("hourly_commitment") or 0 for p in plan["purchases"])
    our_cost = judged(fleet, bought, commitment)
    their_cost = judged(fleet, theirs["reserved"], theirs["plan"])
    line = Line("f", "finoptim", theirs["seconds"], cost.wall, cost.processor, cost.memory, their_cost)
    agrees = max(abs(our_cost / ours.objective - 1), abs(their_cost / theirs["judged"] - 1))
    return [ours, line], [
        Target("f", "our plan costs no more than finoptim's", f"{their_cost - our_cost:,.2f} less",
               our_cost <= their_cost * (1 + 1e-9)),
        Target("f", "the small judge agrees with both sides' own figures", f"{agrees:.1e}", agrees <= 1e-6)]


def judged(fleet, reserved, commitment):
    counts = numpy.zeros(len(fleet.series))
    for region, name, count in reserved:
        counts[fleet.series.index((region, name))] += count
    return fleet.cost(counts, commitment)


ALL = {"a": case_a, "b": case_b, "c": case_c, "d": case_d, "e": case_e, "f": case_f}
