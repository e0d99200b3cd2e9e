"""Solves an LP file with HiGHS and prints one JSON object. Its seconds are those of the solve; reading is not counted.

    python highs_peer.py MODEL.lp GAP SECONDS
"""

import json
import os
import resource
import sys
import time

import highspy


def processor():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def solve(path, gap, limit):
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("mip_rel_gap", gap)
    highs.setOptionValue("time_limit", limit)
    if highs.readModel(path) == highspy.HighsStatus.kError:
        raise SystemExit(f"HiGHS cannot read {path}")
    wall, cpu = time.monotonic(), processor()
    highs.run()
    info = highs.getInfo()
    return {
        "version": highs.version(), "status": highs.modelStatusToString(highs.getModelStatus()),
        "rows": highs.getNumRow(), "columns": highs.getNumCol(),
        "seconds": time.monotonic() - wall, "processor": processor() - cpu,
        "objective": info.objective_function_value, "bound": info.mip_dual_bound,
    }


if __name__ == "__main__":
    # HiGHS writes its name to standard output before it can be asked not to.
    answer = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    answer.write(json.dumps(solve(sys.argv[1], float(sys.argv[2]), float(sys.argv[3]))))
