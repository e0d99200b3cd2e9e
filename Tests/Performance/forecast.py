"""Forecast error and honesty on Shaved Ice, or on another trace: rolling origins.

Each origin forecasts the months behind it, hour by hour: all series added up, and the six largest series
one by one. Pinball loss at 10, 50 and 90 % is divided by the series' mean of the four weeks before the
origin, so that series count alike. Coverage is the share of what came that lies in the band from the 10
to the 90 % quantile, 80 % where a forecast is honest: of hours, by how far ahead they lie; for ours also
of days and calendar months, whose quantiles a forecast of single hours does not tell. Ours learns from
all hours before the origin, as a scenario's window does; the peers, which take minutes over years of
hours, from the last 26 weeks. Time is processor time (user + system).
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
LARGEST, WEEKS = 6, 26
QUANTILES = [0.1, 0.5, 0.9]
LEADS = [1, 3, 6, 12]


def history(path):
    rows = {}
    with (gzip.open if path.endswith(".gz") else open)(path, "rt") as file:
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


def ours(program, method, usage, months):
    def forecast(frame, names, origin, hours, step="hour"):
        with tempfile.TemporaryDirectory() as folder:
            paths = ", paths: 100" if method == "bootstrap" else ""
            with open(f"{folder}/prices.csv", "w") as file:
                file.write("provider,region,instance_type,product,term_years,payment,upfront,hourly\n")
                file.writelines(f"aws,{r},{t},on-demand,,,0,1\n" for r, t in frame.columns)
            with open(f"{folder}/scenario.yaml", "w") as file:
                file.write(
                    f"name: origin\nusage: {usage}\nprices: prices.csv\n"
                    f"window: {{from: {frame.index[0].isoformat()}Z, to: {origin.isoformat()}Z}}\n"
                    f"forecast: {{method: {method}, horizon: {months}{paths}}}\n")
            run = subprocess.run(
                [program, "forecast", folder, "--json", "--by", step], check=True,
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


def covered(actual, quantiles):
    return ((actual >= quantiles[0] - 1e-4) & (actual <= quantiles[2] + 1e-4)).astype(float)


def leads(hours, months):
    """For each lead its hours: those of the month that ends so many months ahead."""
    return {m: slice((m - 1) * 730, min(m * 730, hours)) for m in LEADS if m <= months}


def dates(frame, months):
    """Quarters of the trace, from a third of it on, that have so many months behind them."""
    last = frame.index[-1] - pd.DateOffset(months=months)
    days = pd.date_range(frame.index[len(frame) // 3].normalize(), last, periods=8).normalize()
    return [day.to_pydatetime() for day in days if day <= last]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--ours-only", action="store_true")
    parser.add_argument("--only", default="", help="contestants whose names have this in them")
    parser.add_argument("--months", type=int, default=3)
    parser.add_argument(
        "--trace", help="another usage file: timestamp,provider,region,instance_type,quantity")
    options = parser.parse_args()
    usage = os.path.abspath(options.trace) if options.trace else f"{FOLDER}/usage.csv.gz"
    frame = history(usage)
    origins = (dates(frame, options.months) if options.trace or options.months != 3
               else [dt.datetime.fromisoformat(day) for day in ORIGINS])
    contestants = {f"plimsoll {m}": ours(options.program, m, usage, options.months)
                   for m in ("bootstrap", "seasonal", "trend")}
    if not options.ours_only:
        contestants |= {"seasonal naive (168 h)": stats(naive), "statsforecast MSTL": stats(mstl),
                        "prophet": prophet}
    contestants = {n: f for n, f in contestants.items() if options.only in n}
    print(f"{len(origins)} origins, {options.months} months by hour; mean pinball loss, % of the level"
          " before; then the share of hours in the 10 to 90 % band, total / series\n")
    spans = [m for m in LEADS if m <= options.months]
    print(f"{'':24}{'total':>8}{'series':>8}{'10 %':>8}{'50 %':>8}{'90 %':>8}{'seconds':>9}"
          + "".join(f"{f'month {m}':>14}" for m in spans))
    coarse = {step: ([], []) for step in ("day", "month")}
    for name, forecast in contestants.items():
        totals, singles, spent = [], [], 0.0
        shares = {m: ([], []) for m in spans}
        for origin in origins:
            end = (pd.Timestamp(origin) + pd.DateOffset(months=options.months)).to_pydatetime()
            future = frame[(frame.index >= origin) & (frame.index < end)]
            recent = frame[frame.index < origin].tail(672).mean()
            recent = recent[recent > 0]
            names = list(recent.nlargest(LARGEST).index)
            before = processor_time()
            made = forecast(frame, names, origin, len(future))
            spent += processor_time() - before
            actuals = [future.sum(axis=1)] + [future[n] for n in names]
            totals.append(pinball(actuals[0].to_numpy(), made[0]) / recent.sum())
            singles += [pinball(a.to_numpy(), v) / recent[n]
                        for n, a, v in zip(names, actuals[1:], made[1:])]
            for i, (actual, values) in enumerate(zip(actuals, made)):
                inside = covered(actual.to_numpy()[:len(values[0])], values)
                for m, hours in leads(len(future), options.months).items():
                    shares[m][min(i, 1)].append(inside[hours].mean())
            if name == "plimsoll bootstrap":
                for step, (rule, results) in {"day": ("D", coarse["day"]),
                                              "month": ("MS", coarse["month"])}.items():
                    made = forecast(frame, names, origin, None, step)
                    for i, (actual, values) in enumerate(zip(actuals, made)):
                        means = actual.resample(rule).mean().to_numpy()
                        n = min(len(means), len(values[0]))
                        results[min(i, 1)].append(
                            covered(means[:n], [v[:n] for v in values]).mean())
        every = np.mean(np.array(totals + singles), axis=0)
        cells = [np.mean(totals), np.mean(singles), *every]
        print(f"{name:24}" + "".join(f"{100 * c:8.2f}" for c in cells) + f"{spent:9.1f}"
              + "".join(f"{100 * np.mean(t):7.0f} /{100 * np.mean(o):3.0f} %" if np.mean(t) > 0
                        else f"{'–':>14}" for t, o in shares.values()), flush=True)
    print("\nplimsoll bootstrap, over all months, total / series: "
          + ", ".join(f"{100 * np.mean(t):.0f} / {100 * np.mean(o):.0f} % of {step}s in the band"
                      for step, (t, o) in coarse.items()))


if __name__ == "__main__":
    main()
