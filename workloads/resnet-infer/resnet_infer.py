#!/usr/bin/env python3
"""Classifies batches of images with ResNet-50, random weights."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from gpushare_tenant import main  # noqa: E402
from torch_tenant import TorchProgram, import_torchvision, torch  # noqa: E402


class ResnetInfer(TorchProgram):
    name = "resnet-infer"
    description = __doc__
    gpu_defaults = {"batch": 8, "precision": "fp16", "image_size": 224}
    cpu_defaults = {"batch": 1, "precision": "fp32", "image_size": 64}

    @classmethod
    def add_options(cls, parser):
        cls.option(parser, "image-size", "pixels of a side", minimum=32)

    def prepare(self):
        super().prepare()
        self.torchvision = import_torchvision()

    def versions(self):
        return {**super().versions(), "torchvision": self.torchvision.__version__}

    def load(self):
        size = self.args.image_size
        self.model = self.torchvision.models.resnet50().to(self.torch_device, self.dtype).eval()
        self.images = torch.randn((self.args.batch, 3, size, size), generator=self.generator(), device=self.torch_device)
        self.images = self.images.to(self.dtype)

    def step(self):
        with torch.inference_mode():
            self.model(self.images)
        self.synchronise()
        return self.args.batch


if __name__ == "__main__":
    main(ResnetInfer)
