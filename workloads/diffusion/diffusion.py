#!/usr/bin/env python3
"""Makes images of noise with a small U-Net, random weights: a denoising loop as of a diffusion model."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from gpushare_tenant import TenantError, main  # noqa: E402
from torch_tenant import TorchProgram, torch  # noqa: E402


class Diffusion(TorchProgram):
    name = "diffusion"
    description = __doc__
    batch_meaning = "images that are made together"
    gpu_defaults = {"batch": 4, "precision": "fp16", "image_size": 64, "width": 128, "denoising_steps": 20}
    cpu_defaults = {"batch": 1, "precision": "fp32", "image_size": 16, "width": 16, "denoising_steps": 2}

    @classmethod
    def add_options(cls, parser):
        cls.option(parser, "image-size", "values of a side, a multiple of 8", minimum=8)
        cls.option(parser, "width", "channels of the first level, a multiple of 8", minimum=8)
        cls.option(parser, "denoising-steps", "passes through the network for an image")

    def prepare(self):
        super().prepare()
        for option in ("image_size", "width"):
            if getattr(self.args, option) % 8:
                raise TenantError("setup", "--%s must be a multiple of 8" % option.replace("_", "-"))

    def load(self):
        import unet

        args = self.args
        self.model = unet.make(args.width).to(self.torch_device, self.dtype).eval()
        shape = (args.batch, unet.CHANNELS, args.image_size, args.image_size)
        self.noise = torch.randn(shape, generator=self.generator(), device=self.torch_device).to(self.dtype)
        # What is left of the image at each step, from nearly nothing to all.
        self.kept = torch.linspace(0.02, 1, args.denoising_steps + 1, device=self.torch_device, dtype=self.dtype)

    def step(self):
        with torch.inference_mode():
            image = self.noise
            for number in range(self.args.denoising_steps):
                image = self._denoised(image, self.kept[number], self.kept[number + 1])
        self.synchronise()
        return self.args.batch

    def _denoised(self, image, kept, next_kept):
        """One step of DDIM: takes away the noise that the network sees, and puts back what the next step expects."""
        noise = self.model(image, kept.expand(len(image)))
        clean = (image - (1 - kept).sqrt() * noise) / kept.sqrt()
        return next_kept.sqrt() * clean.clamp(-1, 1) + (1 - next_kept).sqrt() * noise


if __name__ == "__main__":
    main(Diffusion)
