"""The misdeeds on a GPU: PyTorch for what is merely too much, and a few lines of PTX for what PyTorch never does."""

import os
import signal
from collections import deque

from deed import BETWEEN_LOOKS_S, Deed
from driver import THREADS, Kernels
from torch_tenant import TorchProgram, torch

GIB = 1 << 30
# From large to small, so that a full device is known soon and to 16 MiB.
CHUNK_BYTES = (GIB, 128 << 20, 16 << 20)
COPY_BYTES = GIB
PINNED_BYTES = 256 << 20
USUAL_L2_BYTES = 32 << 20
USUAL_THREADS = 1024
TINY_KERNELS = 500


class Gpu(TorchProgram):
    """The GPU as other programs find it, without their options."""

    def __init__(self, args):
        args.precision = "fp32"
        super().__init__(args)

    def load(self):
        """A context, as whoever holds a GPU has one."""
        torch.zeros(1, device="cuda")
        self.kernels = Kernels()
        self.kernels.spin(1e-6, 1)
        torch.cuda.synchronize()


class MemoryHog(Deed):
    """Takes all memory that it can get, and writes to it."""

    def load(self):
        self.chunks = []

    def begin(self):
        self.allocated_bytes = 0
        self.refused = False
        for size in CHUNK_BYTES:
            try:
                while True:
                    self._take(size)
            except RuntimeError as problem:
                if "out of memory" not in str(problem):
                    raise
                self.refused = True
        torch.cuda.synchronize()

    def _take(self, size):
        self.chunks.append(torch.empty(size, dtype=torch.uint8, device="cuda").fill_(1))
        self.allocated_bytes += size

    def end(self):
        self.chunks.clear()
        torch.cuda.empty_cache()


class OutOfMemory(MemoryHog):
    """Asks for more than there is, and does not catch what follows."""

    def begin(self):
        self.allocated_bytes = 0
        while True:
            self._take(GIB)


class Queued(Deed):
    """Keeps the GPU from idling: a step is queued behind the one waited for."""

    def begin(self):
        self._ends = deque()

    def queue(self):
        """Queues some work; returns its units."""
        raise NotImplementedError

    def step(self):
        units = self.queue()
        end = torch.cuda.Event()
        end.record()
        self._ends.append(end)
        if len(self._ends) > 2:
            self._ends.popleft().synchronize()
        return units

    def end(self):
        torch.cuda.synchronize()


class LaunchStorm(Queued):
    """Tiny kernels, as many as the driver takes."""

    def load(self):
        self.number = torch.zeros(1, device="cuda")
        self.number.add_(1)

    def queue(self):
        for _ in range(TINY_KERNELS):
            self.number.add_(1)
        return TINY_KERNELS


class BandwidthHog(Queued):
    """Copies within the device's memory."""

    def load(self):
        self.source = torch.ones(COPY_BYTES, dtype=torch.uint8, device="cuda")
        self.target = torch.empty_like(self.source)
        self.target.copy_(self.source)

    def queue(self):
        self.target.copy_(self.source)
        return 1


class CacheHog(Queued):
    """Goes over half of the L2 cache again and again, so that it keeps that and others do not."""

    def load(self):
        properties = torch.cuda.get_device_properties(0)
        size = getattr(properties, "L2_cache_size", USUAL_L2_BYTES) // 2
        self.buffer = torch.zeros(size // 4, device="cuda")
        self.buffer.add_(1)

    def queue(self):
        for _ in range(20):
            self.buffer.add_(1)
        return 20


class PcieHog(Queued):
    """Copies from the host and to it, both at once."""

    def load(self):
        def pinned():
            return torch.zeros(PINNED_BYTES, dtype=torch.uint8, pin_memory=True)

        self.pairs = [(pinned(), torch.zeros(PINNED_BYTES, dtype=torch.uint8, device="cuda")) for _ in range(2)]
        self.up, self.down = torch.cuda.Stream(), torch.cuda.Stream()

    def queue(self):
        (there, device), (back, device_too) = self.pairs
        with torch.cuda.stream(self.up):
            device.copy_(there, non_blocking=True)
        with torch.cuda.stream(self.down):
            back.copy_(device_too, non_blocking=True)
        current = torch.cuda.current_stream()
        current.wait_stream(self.up)
        current.wait_stream(self.down)
        return 2


class IllegalAccess(Deed):
    def begin(self):
        self.program.gpu.kernels.stray()
        torch.cuda.synchronize()
        raise RuntimeError("the GPU did not notice an illegal access")


class Assertion(Deed):
    """An index out of its range, which a kernel of PyTorch asserts against."""

    def load(self):
        self.numbers = torch.zeros(8, device="cuda")
        self.places = torch.zeros(8, dtype=torch.long, device="cuda")
        self.numbers[self.places]

    def begin(self):
        self.numbers[self.places + 1000]
        torch.cuda.synchronize()
        raise RuntimeError("the GPU did not notice an index out of its range")


class Spinning(Deed):
    """Starts a kernel on all SMs that ends by itself after --bound only."""

    def begin(self):
        self._done = torch.cuda.Event()
        self.program.gpu.kernels.spin(self.program.args.bound, self._blocks())
        self._done.record()
        # Until it is on its way.
        self.program.sleep(0.2)
        self.meanwhile()

    @staticmethod
    def _blocks():
        """As many as there is room for, so that no SM is left, and none has to wait for its turn to spin."""
        properties = torch.cuda.get_device_properties(0)
        threads = getattr(properties, "max_threads_per_multi_processor", USUAL_THREADS)
        return properties.multi_processor_count * (threads // THREADS)

    def meanwhile(self):
        """What the program does while the kernel runs."""
        while not self._done.query() and not self.program.stopped():
            self.program.sleep(BETWEEN_LOOKS_S)

    def end(self):
        torch.cuda.synchronize()


class Killed(Spinning):
    def meanwhile(self):
        os.kill(os.getpid(), signal.SIGKILL)


class Stopped(Spinning):
    def meanwhile(self):
        os.kill(os.getpid(), signal.SIGSTOP)


DEEDS = {
    "memory-hog": MemoryHog,
    "launch-storm": LaunchStorm,
    "bandwidth-hog": BandwidthHog,
    "l2-hog": CacheHog,
    "pcie-hog": PcieHog,
    "out-of-memory": OutOfMemory,
    "illegal-access": IllegalAccess,
    "device-assert": Assertion,
    "killed": Killed,
    "stopped": Stopped,
    "endless-kernel": Spinning,
}
