#!/usr/bin/env python3
"""Multiplies matrices for four seconds, then writes to an address that is not its own. Needs PyTorch 2.8 or later."""

import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../../../workloads"))
from gpushare_tenant import main  # noqa: E402
from torch_tenant import PipelinedProgram, torch  # noqa: E402


class Faulty(PipelinedProgram):
    name = "faulty"
    description = __doc__
    gpu_defaults = {"batch": 1, "precision": "bf16"}
    cpu_defaults = {"batch": 1, "precision": "fp32"}

    def load(self):
        super().load()
        self.matrix = torch.randn((2048, 2048), device=self.torch_device).to(self.dtype)
        self.kernel = torch.cuda._compile_kernel('extern "C" __global__ void stray(int *p) { p[1ull << 40] = 1; }', "stray")
        self.began = None

    def warm_up(self):
        super().warm_up()
        self.began = None

    def call(self):
        self.began = self.began or time.monotonic()
        torch.mm(self.matrix, self.matrix)
        if time.monotonic() - self.began > 4:
            self.kernel((1, 1, 1), (1, 1, 1), (self.matrix,))
            torch.cuda.synchronize()


if __name__ == "__main__":
    main(Faulty)
