#!/usr/bin/env python3
"""Detects objects in batches of images with Faster R-CNN, random weights.

A detector is not one network: it looks for regions, sorts and thins them out, and looks at each again, in many small
kernels. That shares a GPU unlike a classifier."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from gpushare_tenant import TenantError, main  # noqa: E402
from torch_tenant import TorchProgram, import_torchvision, torch  # noqa: E402

_MODELS = {"resnet50": "fasterrcnn_resnet50_fpn", "mobilenet": "fasterrcnn_mobilenet_v3_large_320_fpn"}


class Detect(TorchProgram):
    name = "detect"
    description = __doc__
    batch_meaning = "images a step"
    gpu_defaults = {"batch": 8, "precision": "fp16", "image_size": 640, "regions": 1000, "model": "resnet50"}
    cpu_defaults = {"batch": 1, "precision": "fp32", "image_size": 64, "regions": 30, "model": "mobilenet"}

    @classmethod
    def add_options(cls, parser):
        cls.option(parser, "image-size", "pixels of a side", minimum=32)
        cls.option(parser, "regions", "that are looked at again in an image, at most")
        parser.add_argument("--model", choices=tuple(_MODELS), help="(default: resnet50; on a CPU mobilenet)")

    def prepare(self):
        super().prepare()
        self.torchvision = import_torchvision()
        if not self.on_gpu and self.dtype != torch.float32:
            raise TenantError("setup", "on a CPU the detectors of torchvision need --precision fp32")

    def versions(self):
        return {**super().versions(), "torchvision": self.torchvision.__version__}

    def load(self):
        size = self.args.image_size
        make = getattr(self.torchvision.models.detection, _MODELS[self.args.model])
        model = make(
            weights=None,
            weights_backbone=None,  # else it would be downloaded
            min_size=size,
            max_size=size,
            rpn_post_nms_top_n_test=self.args.regions,
        )
        self.model = model.to(self.torch_device).eval()
        images = torch.rand((self.args.batch, 3, size, size), generator=self.generator(), device=self.torch_device)
        self.images = list(images)

    def step(self):
        with torch.inference_mode(), self.autocast():
            self.model(self.images)
        self.synchronise()
        return self.args.batch


if __name__ == "__main__":
    main(Detect)
