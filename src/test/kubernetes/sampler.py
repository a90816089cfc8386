#!/usr/bin/python3
"""Plays gpushare's sampler in a pod: samples of one GPU, which is called after its node and takes 100 W."""

import json
import os
import sys
import threading
import time

begin = time.monotonic()
start_unix_ns = time.time_ns()
gpu = "GPU-" + os.environ["GPUSHARE_NODE"]
lock = threading.Lock()


def elapsed_ms():
    return round((time.monotonic() - begin) * 1000, 3)


def say(line):
    with lock:
        print(json.dumps(line), flush=True)


def sample():
    while True:
        say([0, elapsed_ms(), 100])
        time.sleep(0.1)


def phase(name):
    now = elapsed_ms()
    mark = {"gpu": gpu, "elapsed_ms": now, "energy_mj": round(now * 100)}
    say({"phase": {"name": name, "elapsed_ms": now, "energy": [mark]}})


power = {"name": "power_w", "unit": "W", "kind": "GAUGE"}
identity = {
    "host": {"name": "pod", "kernel": "k", "cpu_model": "c", "cpu_count": 1, "memory_total_bytes": 1},
    "driver": {"driver_version": "1", "nvml_version": "1", "cuda_version": "1"},
    "gpus": [{"index": 0, "uuid": gpu, "name": "NVIDIA H200", "mig_devices": []}],
}
gpu0 = {"number": 0, "name": "gpu0", "subject_kind": "GPU", "subject": gpu, "shape": "SERIES", "metrics": [power]}
header = {"version": 1, "tool_version": "1", "start_unix_ns": start_unix_ns, "interval_ns": 100000000}
say({"gpu_monitor_journal": header | {"identity": identity, "tables": [gpu0]}})
threading.Thread(target=sample, daemon=True).start()
for order in sys.stdin:
    if order.startswith("mark "):
        phase(order[len("mark ") :].rstrip("\n"))
    elif order == "stop\n":
        break
phase("end")
say({"end": {"elapsed_ms": elapsed_ms(), "instrument": {"calls": [], "loops": [], "rings": []}}})
with lock:
    os._exit(0)
