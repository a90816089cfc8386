"""Of runs that were repeated: how many are VALID, how far they lie apart, and how far they said they would.

Usage: certainty.py FOLDER. Reads the result files in it. A row is a mode, a mix and a setting of --pin.
"""

import glob
import json
import math
import statistics
import sys
from collections import defaultdict


def variation(values):
    return 100 * statistics.stdev(values) / statistics.mean(values) if len(values) > 1 else math.nan


def measured(run):
    return sum(tenant["throughput_units_per_sec"] or 0 for tenant in run["tenants"])


def at_full_speed(run):
    total = 0
    for tenant in run["tenants"]:
        fast = tenant.get("at_full_speed")
        total += fast["throughput_units_per_sec"] if fast else tenant["throughput_units_per_sec"] or 0
    return total


def claimed(run):
    """The standard deviation that the run claims of its total, in percent: of 30 windows the half interval is 2.78 times it."""
    errors = [value for value in run["metrics"].get("error_percent", {}).get("throughput", {}).values() if value]
    return errors[0] / 2.78 if errors else math.nan


def slowed(run):
    cores = [tenant["core"] for tenant in run["tenants"] if tenant.get("core")]
    return max((core["slowed_s"] / core["measured_s"] for core in cores if core["measured_s"]), default=0)


rows = defaultdict(list)
for file in sorted(glob.glob(sys.argv[1] + "/benchmark_*.json")):
    with open(file) as text:
        run = json.load(text)
    mix = "+".join(sorted({tenant["workload"] for tenant in run["tenants"]}))
    rows[run["mode"], mix, len(run["tenants"]), run["plan"].get("pin", "none")].append(run)

print("%-14s %-14s %2s %-5s %3s %5s | %9s %6s | %9s %6s | %7s %7s | %s" % (
    "mode", "mix", "n", "pin", "run", "VALID", "measured", "cv", "full", "cv", "claimed", "ratio", "slowed at most, reasons"))
for (mode, mix, count, pin), all_runs in sorted(rows.items()):
    # A baseline that does not fit says nothing against what the tenants did.
    reasons = [{finding["reason"] for finding in run["verdict"]["findings"]} - {"baseline_refuted"} for run in all_runs]
    runs = [run for run, against in zip(all_runs, reasons) if not against]
    named = sorted(set().union(*reasons))
    if not runs:
        print("%-14s %-14s %2d %-5s %3d %5d | %s" % (mode, mix, count, pin, len(all_runs), 0, " ".join(named)))
        continue
    plain = [measured(run) for run in runs]
    fast = [at_full_speed(run) for run in runs]
    errors = [claimed(run) for run in runs]
    rms = math.sqrt(statistics.mean(error**2 for error in errors)) if errors else math.nan
    print("%-14s %-14s %2d %-5s %3d %5d | %9.1f %5.1f%% | %9.1f %5.1f%% | %6.1f%% %7.2f | %.0f%% %s" % (
        mode, mix, count, pin, len(all_runs), len(runs),
        statistics.mean(plain), variation(plain), statistics.mean(fast), variation(fast),
        rms, variation(fast) / rms if rms else math.nan,
        100 * max(map(slowed, all_runs)), " ".join(named)))
