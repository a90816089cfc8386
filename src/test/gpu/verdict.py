"""Prints what monitor files say of energy and of the instrument."""
import json
import sys

for path in sys.argv[1:]:
    with open(path) as file:
        document = json.load(file)
    print(path, document["state"], f"{document['duration_s']:.1f} s at {document['sampling_interval_ms']} ms")
    for energy in document["energy"]:
        print("  energy", json.dumps(energy["total"]))
    for loop in document["instrument"]["loops"]:
        print("  loop", json.dumps(loop))
    for call in document["instrument"]["calls"]:
        print("  call", json.dumps(call))
    print("  rings", json.dumps(document["instrument"]["rings"]))
    for table in document["tables"]:
        if table["name"].endswith("power_recorded"):
            times = table["columns"]["elapsed_ms"]
            gaps = sorted(b - a for a, b in zip(times, times[1:]))
            if gaps:
                print(f"  power record: {len(times)} samples, gaps {gaps[0]:.1f} to {gaps[-1]:.1f} ms")
    print("  warnings", document["warnings"])
