#!/usr/bin/env python3
"""Multiplies big matrices without a pause: everything that a GPU's arithmetic can do. Or with pauses, for a part of it."""

import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from gpushare_tenant import Step, TenantError, main  # noqa: E402
from torch_tenant import PipelinedProgram, torch  # noqa: E402


class MatmulBurn(PipelinedProgram):
    name = "matmul-burn"
    description = __doc__
    batch_meaning = "products a step"
    gpu_defaults = {"batch": 1, "precision": "bf16", "size": 8192, "busy": 100}
    cpu_defaults = {"batch": 1, "precision": "fp32", "size": 512, "busy": 100}
    shortest_pause_ns = 50_000_000  # a host wakes some 0.1 ms late

    @classmethod
    def add_options(cls, parser):
        cls.option(parser, "size", "rows and columns of the matrices")
        cls.option(parser, "busy", "percent of the time in which it multiplies; it pauses for the rest")

    def prepare(self):
        super().prepare()
        if self.args.busy > 100:
            raise TenantError("setup", "--busy is a share of the time in percent: %d is too much" % self.args.busy)

    def load(self):
        super().load()
        self._owed_ns = 0
        self._busy_ns = 0
        size = self.args.size
        generator = self.generator()
        self.left, self.right, self.product = (
            torch.randn((size, size), generator=generator, device=self.torch_device).to(self.dtype) for _ in range(3)
        )

    def call(self):
        torch.mm(self.left, self.right, out=self.product)

    def step(self):
        """With pauses nothing is queued behind a step, for it would run on into the pause."""
        if self.args.busy == 100:
            return super().step()
        begin = time.monotonic_ns()
        if self._begin is None:
            self._begin = begin / 1e9
        self._call()
        self.synchronise()
        self._calls += self.args.batch
        busy = time.monotonic_ns() - begin
        self._busy_ns += busy
        self._owed_ns += busy * (100 - self.args.busy) // self.args.busy
        if self._owed_ns >= self.shortest_pause_ns:
            asleep = time.monotonic_ns()
            self.sleep(self._owed_ns / 1e9)
            self._owed_ns -= time.monotonic_ns() - asleep
        return Step(self.args.batch, latency_ns=busy, active_ns=busy)

    def metrics(self):
        metrics = {"tflops": 2e-12 * self.args.size**3 * self.calls_per_second()}
        if self._busy_ns:
            metrics["active_fraction"] = self._busy_ns / 1e9 / (time.monotonic() - self._begin)
        return metrics

    def warm_up(self):
        super().warm_up()
        self._owed_ns = self._busy_ns = 0


if __name__ == "__main__":
    main(MatmulBurn)
