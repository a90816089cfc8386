#!/usr/bin/env python3
"""Keeps one core of the host busy with arithmetic. No GPU, nothing to install: for smoke tests."""

import os
import random
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from gpushare_tenant import Program, at_least, main  # noqa: E402


class Spin(Program):
    name = "spin"
    description = __doc__

    @classmethod
    def add_arguments(cls, parser):
        parser.add_argument("--batch", type=at_least(1), default=2000, help="additions a step (default: 2000)")

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
