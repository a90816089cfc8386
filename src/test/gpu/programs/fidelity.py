"""What a rule on a program's output found, against what the same program told of the same time by its own clock.

Usage: fidelity.py RESULT.json TOLD.jsonl
"""

import json
import sys

with open(sys.argv[1]) as file:
    tenant = json.load(file)["tenants"][0]
found = [(w["units"], w["until_s"] - w["from_s"]) for w in tenant["windows"]]
with open(sys.argv[2]) as file:
    lines = [json.loads(line) for line in file if line.endswith("\n")]
told = [(l["units"], (l["until_ns"] - l["from_ns"]) / 1e9) for l in lines if l["type"] == "window"]


def rate(windows):
    return sum(units for units, _ in windows) / sum(seconds for _, seconds in windows)


# The first and the last window of the result are cut by the measured time. The others are the program's own.
found = found[1:-1]
units = [round(u) for u, _ in found]
places = [i for i in range(len(told)) if [u for u, _ in told[i:i + len(units)]] == units]
if len(places) != 1:
    sys.exit(f"{len(found)} windows were found in {len(places)} places of {len(told)} that were told")
same = told[places[0]:places[0] + len(units)]
print(f"rule {rate(found):.2f}/s, program {rate(same):.2f}/s over the same {len(same)} windows: "
      f"{100 * (rate(found) / rate(same) - 1):+.3f} %; largest difference of one window "
      f"{max(abs(f[1] / s[1] - 1) for f, s in zip(found, same)) * 100:.2f} %")
