"""A judge of one-year reservations and one Compute plan, in a few lines, for plans of any origin.

It knows no code of Plimsoll and none of its peers: each hour reservations serve their own series, then the plan's money
goes where a unit of it saves most (the fractional knapsack), and the rest is on demand.
"""

import dataclasses
from pathlib import Path

import numpy

import scenarios

PRODUCTS = {"on-demand": "on_demand", "ri-standard": "reserved", "sp-compute": "plan"}


@dataclasses.dataclass
class Fleet:
    series: list            # (region, type)
    stamps: list
    usage: numpy.ndarray    # hours × series
    on_demand: numpy.ndarray
    reserved: numpy.ndarray
    plan: numpy.ndarray

    @classmethod
    def read(cls, folder):
        rows = scenarios.read_rows(Path(folder) / "usage.csv.gz")
        series = sorted({(row["region"], row["instance_type"]) for row in rows})
        stamps = sorted({row["timestamp"] for row in rows})
        column = {key: g for g, key in enumerate(series)}
        line = {stamp: h for h, stamp in enumerate(stamps)}
        usage = numpy.zeros((len(stamps), len(series)))
        for row in rows:
            usage[line[row["timestamp"]], column[row["region"], row["instance_type"]]] += float(row["quantity"])
        rates = {field: numpy.zeros(len(series)) for field in PRODUCTS.values()}
        for row in scenarios.read_rows(Path(folder) / "prices.csv.gz"):
            rates[PRODUCTS[row["product"]]][column[row["region"], row["instance_type"]]] = float(row["hourly"])
        return cls(series, stamps, usage, **rates)

    def by_discount(self):
        """Series in the order in which the plan's money goes to them."""
        return numpy.argsort(self.plan / self.on_demand, kind="stable")

    def cost(self, counts, commitment):
        """What the year costs with these reservations (one count a series) and this commitment per hour."""
        left = numpy.clip(self.usage - counts, 0, None)
        money = numpy.full(len(left), float(commitment))
        on_demand = numpy.zeros(len(left))
        for g in self.by_discount():
            paid = numpy.minimum(money, left[:, g] * self.plan[g])
            money -= paid
            on_demand += (left[:, g] - paid / self.plan[g]) * self.on_demand[g]
        return float(on_demand.sum() + len(left) * (commitment + counts @ self.reserved))

    def frame(self, order, columns):
        import pandas
        return pandas.DataFrame(self.usage[:, order], columns=columns, index=pandas.to_datetime(self.stamps))


def frame(rows, columns):
    import pandas
    return pandas.DataFrame(list(rows.values()), index=list(rows), columns=columns)
