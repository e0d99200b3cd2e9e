"""Forecast error on Shaved Ice: rolling origins, pinball loss at 10, 50 and 90 %.

Each origin forecasts the three months behind it, hour by hour: all series added up, and the six largest
series one by one. The loss is divided by the series' mean of the four weeks before the origin, so that
series count alike. Ours learns from all hours before the origin, as a scenario's window does; the peers,
which take minutes over years of hours, from the last 26 weeks. Time is processor time (user + system).
"""
import argparse
import csv
import datetime as dt
import gzip
import json
import logging
import os
import resource
import subprocess
import sys
import tempfile
import time
import warnings

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)

import numpy as np
import pandas as pd

FOLDER = os.path.abspath("scenarios/shaved-ice")
ORIGINS = ["2022-08-01", "2022-11-01", "2023-02-01", "2023-05-01", "2023-08-01", "2023-11-01"]
MONTHS, LARGEST, WEEKS = 3, 6, 26
QUANTILES = [0.1, 0.5, 0.9]


def history():
    rows = {}
    with gzip.open(f"{FOLDER}/usage.csv.gz", "rt") as file:
        for row in csv.DictReader(file):
            key = (row["region"], row["instance_type"])
            rows.setdefault(key, {})[row["timestamp"]] = float(row["quantity"])
    frame = pd.DataFrame(rows).fillna(0.0)
    frame.index = pd.to_datetime(frame.index).tz_localize(None)
    return frame.sort_index()


def pinball(actual, quantiles):
    losses = [
        np.mean(np.maximum(q * (actual - v), (q - 1) * (actual - v)))
        for q, v in zip(QUANTILES, quantiles)
    ]
    return np.array(losses)


def ours(program, method):
    def forecast(frame, names, origin, hours):
        with tempfile.TemporaryDirectory() as folder:
            paths = ", paths: 100" if method == "bootstrap" else ""
            with open(f"{folder}/scenario.yaml", "w") as file:
                file.write(
                    f"name: origin\nusage: {FOLDER}/usage.csv.gz\nprices: {FOLDER}/prices.csv.gz\n"
                    f"window: {{from: {frame.index[0].isoformat()}Z, to: {origin.isoformat()}Z}}\n"
                    f"forecast: {{method: {method}, horizon: {MONTHS}{paths}}}\n")
            run = subprocess.run(
                [program, "forecast", folder, "--json", "--by", "hour"], check=True,
                capture_output=True)
        document = json.loads(run.stdout)
        groups = {(g["region"], g["instance_type"]): g["instances"] for g in document["groups"]}
        values = [document["instances"]] + [groups[name] for name in names]
        return [[np.array(v[q])[:hours] for q in ("q10", "q50", "q90")] for v in values]

    return forecast


def columns(frame, names, origin):
    past = frame[frame.index < origin].tail(WEEKS * 168)
    return [past.sum(axis=1)] + [past[name] for name in names]


def stats(model):
    from statsforecast import StatsForecast

    def forecast(frame, names, origin, hours):
        long = pd.concat([
            pd.DataFrame({"unique_id": i, "ds": s.index, "y": s.values})
            for i, s in enumerate(columns(frame, names, origin))])
        made = StatsForecast(models=[model()], freq="h", n_jobs=1).forecast(
            df=long, h=hours, level=[80])
        alias = model().alias
        result = []
        for i in range(len(names) + 1):
            rows = made[made["unique_id"] == i]
            result.append([
                np.maximum(0, rows[c].to_numpy())
                for c in (f"{alias}-lo-80", alias, f"{alias}-hi-80")])
        return result

    return forecast


def naive():
    from statsforecast.models import SeasonalNaive

    return SeasonalNaive(season_length=168)


def mstl():
    from statsforecast.models import MSTL, AutoETS

    return MSTL(season_length=[24, 168], trend_forecaster=AutoETS(model="ZZN"))


def prophet(frame, names, origin, hours):
    from prophet import Prophet

    result = []
    for series in columns(frame, names, origin):
        model = Prophet(interval_width=0.8, yearly_seasonality=False)
        model.fit(pd.DataFrame({"ds": series.index, "y": series.values}))
        made = model.predict(pd.DataFrame(
            {"ds": [origin + dt.timedelta(hours=h) for h in range(hours)]}))
        result.append([np.maximum(0, made[c].to_numpy())
                       for c in ("yhat_lower", "yhat", "yhat_upper")])
    return result


def processor_time():
    return sum(
        resource.getrusage(who).ru_utime + resource.getrusage(who).ru_stime
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--ours-only", action="store_true")
    options = parser.parse_args()
    frame = history()
    contestants = {f"plimsoll {m}": ours(options.program, m)
                   for m in ("bootstrap", "seasonal", "trend")}
    if not options.ours_only:
        contestants |= {"seasonal naive (168 h)": stats(naive), "statsforecast MSTL": stats(mstl),
                        "prophet": prophet}
    print(f"{len(ORIGINS)} origins, {MONTHS} months by hour; mean pinball loss, % of the level before\n")
    print(f"{'':24}{'total':>8}{'series':>8}{'10 %':>8}{'50 %':>8}{'90 %':>8}{'seconds':>9}")
    for name, forecast in contestants.items():
        totals, singles, spent = [], [], 0.0
        for day in ORIGINS:
            origin = dt.datetime.fromisoformat(day)
            end = (pd.Timestamp(origin) + pd.DateOffset(months=MONTHS)).to_pydatetime()
            future = frame[(frame.index >= origin) & (frame.index < end)]
            recent = frame[frame.index < origin].tail(672).mean()
            names = list(recent.nlargest(LARGEST).index)
            before = processor_time()
            made = forecast(frame, names, origin, len(future))
            spent += processor_time() - before
            totals.append(pinball(future.sum(axis=1).to_numpy(), made[0]) / recent.sum())
            singles += [pinball(future[n].to_numpy(), v) / recent[n]
                        for n, v in zip(names, made[1:])]
        every = np.mean(np.array(totals + singles), axis=0)
        cells = [np.mean(totals), np.mean(singles), *every]
        print(f"{name:24}" + "".join(f"{100 * c:8.2f}" for c in cells) + f"{spent:9.1f}", flush=True)


if __name__ == "__main__":
    main()
