"""Asks finoptim for one-year commitments and prints them as one JSON object.

    python finoptim_peer.py SCENARIO_FOLDER

finoptim orders the usage's columns by the savings plan's discount but leaves the prices as they were given, so both
are given to it in that order.
"""

import json
import sys
import time

import finoptim

import knapsack


def ask(folder):
    fleet = knapsack.Fleet.read(folder)
    order = fleet.by_discount()
    columns = ["/".join(fleet.series[g]) for g in order]
    usage = fleet.frame(order, columns)
    prices = knapsack.frame({"OD": fleet.on_demand[order], "SP1Y": fleet.plan[order], "RI1Y": fleet.reserved[order]},
                            columns)
    start = time.monotonic()
    answer = finoptim.optimise(usage, prices, period="H")
    seconds = time.monotonic() - start
    levels = answer.optimal_arangment["one_year_commitments"]
    return {
        "seconds": seconds, "claimed": float(answer.minimum),
        "judged": float(finoptim.cost(usage, prices, period="H", commitments={
            "SP1Y": float(levels["savings plans"]),
            "RI1Y": {name: float(levels[name]) for name in columns}})),
        "plan": float(levels["savings plans"]),
        "reserved": [[*name.split("/"), float(levels[name])] for name in columns],
    }


if __name__ == "__main__":
    print(json.dumps(ask(sys.argv[1])))
