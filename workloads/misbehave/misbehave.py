#!/usr/bin/env python3
"""A neighbour that is quiet at first and then misbehaves for real, to see what that does to others."""

import ctypes
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from gpushare_tenant import Program, TenantError, at_least, main  # noqa: E402

WHAT = (
    "memory-hog",
    "launch-storm",
    "bandwidth-hog",
    "l2-hog",
    "pcie-hog",
    "out-of-memory",
    "illegal-access",
    "device-assert",
    "killed",
    "stopped",
    "endless-kernel",
)
# What ends by itself after --bound; the others go on for --for, or are the end of the program.
BOUNDED = ("stopped", "endless-kernel")
QUIET_S = 0.02


class Misbehave(Program):
    name = "misbehave"
    description = __doc__

    @classmethod
    def add_arguments(cls, parser):
        parser.add_argument("--what", choices=WHAT, default="memory-hog", help="what it does (default: memory-hog)")
        parser.add_argument(
            "--after", type=at_least(0, float), default=4, help="seconds in which it is quiet (default: 4)"
        )
        parser.add_argument(
            "--for", type=at_least(0, float), default=4, help="seconds in which a hog or a storm goes on (default: 4)"
        )
        parser.add_argument(
            "--bound",
            type=at_least(0.1, float),
            default=4,
            help="seconds after which a kernel that does not end by itself is ended (default: 4)",
        )
        parser.add_argument(
            "--device", choices=("auto", "cpu", "cuda"), default="auto", help="auto is the GPU where there is one"
        )

    def prepare(self):
        self.gpu = None
        if self.args.device != "cpu" and (self.args.device == "cuda" or _given_a_gpu() or _has_driver()):
            from on_gpu import DEEDS, Gpu

            self.gpu = Gpu(self.args)
            self.gpu.prepare()
        if self.gpu is None or not self.gpu.on_gpu:
            from on_host import DEEDS

            self.gpu = None
        if self.args.what not in DEEDS:
            raise TenantError("setup", "%s has no counterpart without a GPU" % self.args.what)
        self.deed = DEEDS[self.args.what](self)

    def versions(self):
        return self.gpu.versions() if self.gpu else {}

    def device(self):
        return self.gpu.device() if self.gpu else None

    def load(self):
        if self.gpu:
            self.gpu.load()
        self.deed.load()

    def warm_up(self):
        self._start = self._began = self._ended = None

    def step(self):
        now = time.monotonic()
        if self._start is None:
            self._start = now
        if self._began is None:
            left = self.args.after - (now - self._start)
            if left > 0:
                self.sleep(min(left, QUIET_S))
                return None
            self._began = now
            self.deed.begin()
        if self._ended is None:
            lasts = self.args.bound if self.args.what in BOUNDED else getattr(self.args, "for")
            if now - self._began < lasts:
                return self.deed.step()
            self.deed.end()
            self._ended = time.monotonic()
        self.sleep(QUIET_S)
        return None

    def stopped(self):
        """Whether it was told to end."""
        return self._stopped.is_set()

    def metrics(self):
        refused = self.deed.refused
        return {
            "began_s": None if self._began is None else self._began - self._start,
            "ended_s": None if self._ended is None else self._ended - self._start,
            "allocated_bytes": self.deed.allocated_bytes,
            "refused": None if refused is None else int(refused),
        }


def _given_a_gpu():
    chosen = os.environ.get("CUDA_VISIBLE_DEVICES", "").strip()
    return bool(chosen) and chosen != "-1" and chosen.lower() not in ("none", "void", "nodevfiles")


def _has_driver():
    """Whether it is worth to import PyTorch, which takes seconds and some GiB of addresses."""
    try:
        return ctypes.CDLL("libcuda.so.1").cuInit(0) == 0
    except (OSError, AttributeError):
        return False


if __name__ == "__main__":
    main(Misbehave)
