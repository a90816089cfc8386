#!/usr/bin/env python3
"""Copies memory without a pause: all the bandwidth that there is."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from gpushare_tenant import main  # noqa: E402
from torch_tenant import PipelinedProgram, torch  # noqa: E402


class Stream(PipelinedProgram):
    name = "stream"
    description = __doc__
    batch_meaning = "copies a step"
    gpu_defaults = {"batch": 1, "precision": "fp32", "size_mib": 1024}
    cpu_defaults = {"batch": 1, "precision": "fp32", "size_mib": 64}

    @classmethod
    def add_options(cls, parser):
        cls.option(parser, "size-mib", "MiB that a copy reads, and writes")

    def load(self):
        super().load()
        elements = (self.args.size_mib << 20) // torch.empty((), dtype=self.dtype).element_size()
        self.source = torch.randn(elements, generator=self.generator(), device=self.torch_device).to(self.dtype)
        self.target = torch.empty_like(self.source)

    def call(self):
        self.target.copy_(self.source)

    def metrics(self):
        return {"gib_per_s": 2 * self.args.size_mib / 1024 * self.calls_per_second()}


if __name__ == "__main__":
    main(Stream)
