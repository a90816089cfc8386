#!/usr/bin/env python3
"""Trains ResNet-50 on CIFAR-10: the real data set where --data has it, else random images of the same shape."""

import os
import pickle
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from gpushare_tenant import TenantError, main  # noqa: E402
from torch_tenant import TorchProgram, import_torchvision, torch  # noqa: E402

_FILES = ["data_batch_%d" % n for n in range(1, 6)]
_MEAN = (0.4914, 0.4822, 0.4465)
_DEVIATION = (0.2470, 0.2435, 0.2616)


class ResnetTrain(TorchProgram):
    name = "resnet-train"
    description = __doc__
    gpu_defaults = {"batch": 32, "precision": "fp32", "image_size": 32, "images": 50000}
    cpu_defaults = {"batch": 4, "precision": "fp32", "image_size": 32, "images": 2000}
    minimum_batch = 2  # the last layers see one pixel, of which a batch of one has no variance

    @classmethod
    def add_options(cls, parser):
        cls.option(parser, "image-size", "pixels of a side; CIFAR-10's 32 are scaled to it", minimum=32)
        cls.option(parser, "images", "how many random images, without --data")
        parser.add_argument("--learning-rate", type=float, default=0.001, help="of SGD with momentum (default: 0.001)")
        parser.add_argument("--data", metavar="DIR", help="holds CIFAR-10's Python version, or its folder cifar-10-batches-py")

    def prepare(self):
        super().prepare()
        # Tensor cores want the channels innermost: convolutions in fp16 and bf16 would rearrange their data each time.
        half = self.dtype != torch.float32
        self.args.memory_format = "channels_last" if half else "contiguous"
        self.memory_format = torch.channels_last if half else torch.contiguous_format
        self.torchvision = import_torchvision()

    def versions(self):
        return {**super().versions(), "torchvision": self.torchvision.__version__}

    def load(self):
        args = self.args
        pixels, labels = self._read(args.data) if args.data else self._invent()
        args.images = len(labels)
        self.pixels = pixels.to(self.torch_device)
        self.labels = labels.to(self.torch_device)
        if args.batch > len(labels):
            raise TenantError("data", "--batch %d is more than the %d images" % (args.batch, len(labels)))
        self.mean = torch.tensor(_MEAN, device=self.torch_device).view(1, 3, 1, 1) * 255
        self.deviation = torch.tensor(_DEVIATION, device=self.torch_device).view(1, 3, 1, 1) * 255
        model = self.torchvision.models.resnet50(num_classes=10)
        self.model = model.to(self.torch_device, memory_format=self.memory_format).train()
        self.optimiser = torch.optim.SGD(self.model.parameters(), lr=args.learning_rate, momentum=0.9)
        self.scaler = self.gradient_scaler()
        self.order_generator = self.generator()
        self.next = len(labels)
        self.loss = None

    def step(self):
        images, labels = self._batch()
        self.optimiser.zero_grad(set_to_none=True)
        with self.autocast():
            loss = torch.nn.functional.cross_entropy(self.model(images), labels)
        self.scaler.scale(loss).backward()
        self.scaler.step(self.optimiser)
        self.scaler.update()
        self.loss = loss.item()  # waits for the GPU
        return len(labels)

    def metrics(self):
        return {"loss": self.loss}

    def _batch(self):
        if self.next + self.args.batch > len(self.labels):
            self.order = torch.randperm(len(self.labels), generator=self.order_generator, device=self.torch_device)
            self.next = 0
        chosen = self.order[self.next : self.next + self.args.batch]
        self.next += self.args.batch
        images = (self.pixels[chosen].float() - self.mean) / self.deviation
        if self.args.image_size != 32:
            images = torch.nn.functional.interpolate(images, size=self.args.image_size)
        return images.contiguous(memory_format=self.memory_format), self.labels[chosen]

    def _invent(self):
        generator = torch.Generator().manual_seed(self.args.seed & (2**63 - 1))
        pixels = torch.randint(0, 256, (self.args.images, 3, 32, 32), dtype=torch.uint8, generator=generator)
        return pixels, torch.randint(0, 10, (self.args.images,), generator=generator)

    @staticmethod
    def _read(folder):
        inner = os.path.join(folder, "cifar-10-batches-py")
        folder = inner if os.path.isdir(inner) else folder
        pixels, labels = [], []
        for name in _FILES:
            path = os.path.join(folder, name)
            try:
                with open(path, "rb") as file:
                    batch = pickle.load(file, encoding="bytes")
                pixels.append(torch.from_numpy(batch[b"data"]).view(-1, 3, 32, 32))
                labels.append(torch.tensor(batch[b"labels"]))
            except OSError as problem:
                raise TenantError("data", "cannot read %s: %s" % (path, problem.strerror)) from None
            except (pickle.UnpicklingError, EOFError, KeyError, TypeError, RuntimeError, AttributeError):
                raise TenantError("data", "%s is not a batch of CIFAR-10's Python version" % path) from None
        return torch.cat(pixels), torch.cat(labels)


if __name__ == "__main__":
    main(ResnetTrain)
