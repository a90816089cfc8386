"""The network behind the server, and the images that it takes."""

import time
from concurrent.futures import ThreadPoolExecutor

from torch_tenant import torch


class Classifier:
    """Takes images of 3 × size × size bytes, one colour after the other. One request at a time has the device.

    One thread has it for all of them: a server has a thread for each connection, and cuDNN would prepare itself anew,
    for tens of milliseconds, on each of them.
    """

    def __init__(self, name, size, device, dtype, torchvision):
        self._size = size
        self._device = device
        self._dtype = dtype
        self._worker = ThreadPoolExecutor(1, "classifier")
        network = torchvision.models.resnet50() if name == "resnet50" else _tiny()
        self._network = network.to(device, dtype).eval()

    def classify(self, images):
        """The class and its probability of each, and the seconds that the device took."""
        pixels = torch.frombuffer(bytearray(b"".join(images)), dtype=torch.uint8)
        return self._worker.submit(self._on_device, pixels.view(len(images), 3, self._size, self._size)).result()

    def _on_device(self, pixels):
        with torch.inference_mode():
            begin = time.perf_counter()
            scores = self._network(pixels.to(self._device).to(self._dtype) / 127.5 - 1)
            best = scores.float().softmax(-1).max(-1)
            answers = list(zip(best.indices.tolist(), best.values.tolist()))  # waits for the GPU
            return answers, time.perf_counter() - begin


def _tiny():
    nn = torch.nn
    return nn.Sequential(
        nn.Conv2d(3, 16, 3, stride=2, padding=1),
        nn.ReLU(),
        nn.Conv2d(16, 32, 3, stride=2, padding=1),
        nn.ReLU(),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(32, 10),
    )
