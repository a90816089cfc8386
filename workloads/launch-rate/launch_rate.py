#!/usr/bin/env python3
"""Starts tiny kernels one after another: what it costs to launch work, not to do it."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from gpushare_tenant import at_least, main  # noqa: E402
from torch_tenant import TorchProgram, torch  # noqa: E402


class LaunchRate(TorchProgram):
    name = "launch-rate"
    description = __doc__
    batch_meaning = "elements that a kernel works on"
    gpu_defaults = {"batch": 32, "precision": "fp32"}
    cpu_defaults = {"batch": 32, "precision": "fp32"}

    @classmethod
    def add_options(cls, parser):
        parser.add_argument("--kernels", type=at_least(1), default=1000, help="kernels a step (default: 1000)")

    def load(self):
        self.numbers = torch.zeros(self.args.batch, dtype=self.dtype, device=self.torch_device)

    def step(self):
        numbers = self.numbers
        for _ in range(self.args.kernels):
            numbers.add_(1)
        self.synchronise()
        return self.args.kernels


if __name__ == "__main__":
    main(LaunchRate)
