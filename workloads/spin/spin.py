#!/usr/bin/env python3
"""Keeps one core of the host busy with arithmetic. No GPU, nothing to install: for smoke tests."""

import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from gpushare_tenant import Program, main  # noqa: E402


class Spin(Program):
    name = "spin"
    description = __doc__

    @classmethod
    def add_arguments(cls, parser):
        parser.add_argument("--batch", type=int, default=2000, help="additions a step")

    def load(self):
        self.state = random.Random(self.args.seed).randrange(1 << 32)

    def step(self):
        state = self.state
        for _ in range(self.args.batch):
            state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        self.state = state
        return self.args.batch

    def metrics(self):
        return {"state": self.state}


if __name__ == "__main__":
    main(Spin)
