#!/usr/bin/env python3
"""Multiplies big matrices without a pause: everything that a GPU's arithmetic can do."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from gpushare_tenant import main  # noqa: E402
from torch_tenant import PipelinedProgram, torch  # noqa: E402


class MatmulBurn(PipelinedProgram):
    name = "matmul-burn"
    description = __doc__
    batch_meaning = "products a step"
    gpu_defaults = {"batch": 1, "precision": "bf16", "size": 8192}
    cpu_defaults = {"batch": 1, "precision": "fp32", "size": 512}

    @classmethod
    def add_options(cls, parser):
        cls.option(parser, "size", "rows and columns of the matrices")

    def load(self):
        super().load()
        size = self.args.size
        generator = self.generator()
        self.left, self.right, self.product = (
            torch.randn((size, size), generator=generator, device=self.torch_device).to(self.dtype) for _ in range(3)
        )

    def call(self):
        torch.mm(self.left, self.right, out=self.product)

    def metrics(self):
        return {"tflops": 2e-12 * self.args.size**3 * self.calls_per_second()}


if __name__ == "__main__":
    main(MatmulBurn)
