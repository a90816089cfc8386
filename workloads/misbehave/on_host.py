"""The misdeeds that have a counterpart on a CPU, with nothing but Python: they cost it a core and 256 MiB at most."""

import ctypes
import os
import resource
import signal
import time

from deed import BETWEEN_LOOKS_S, Deed
from gpushare_tenant import TenantError

CHUNK_BYTES = 16 << 20
LIMIT_BYTES = 256 << 20


class MemoryHog(Deed):
    """Takes all memory that it can get: of a limit that it sets itself, so that the host never runs out of it."""

    def begin(self):
        self.take()

    def take(self):
        self.chunks = []
        self.allocated_bytes = 0
        self.refused = False
        before = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (_address_bytes() + LIMIT_BYTES, before[1]))
        try:
            while self.allocated_bytes < LIMIT_BYTES:
                self.chunks.append(b"\1" * CHUNK_BYTES)
                self.allocated_bytes += CHUNK_BYTES
        except MemoryError:
            self.refused = True
        finally:
            resource.setrlimit(resource.RLIMIT_AS, before)

    def end(self):
        self.chunks.clear()


class OutOfMemory(MemoryHog):
    """Asks for more than there is, and does not catch what follows."""

    def begin(self):
        self.take()
        raise TenantError("oom", "it asked for more than the %d MiB that it may have" % (LIMIT_BYTES >> 20))


class LaunchStorm(Deed):
    """Calls into the kernel that do nothing, one after another."""

    def step(self):
        for _ in range(10000):
            os.getppid()
        return 10000


class Copies(Deed):
    size_bytes = 0

    def load(self):
        self.source = bytearray(b"\1" * self.size_bytes)
        self.target = bytearray(self.size_bytes)

    def step(self):
        self.target[:] = self.source
        return 1


class BandwidthHog(Copies):
    size_bytes = 64 << 20


class CacheHog(Copies):
    size_bytes = 1 << 20


class IllegalAccess(Deed):
    """Reads from an address that is nobody's: a segmentation fault."""

    def begin(self):
        _leave_no_core()
        ctypes.string_at(16)


class Assertion(Deed):
    """What a failed assertion of C does."""

    def begin(self):
        _leave_no_core()
        os.abort()


class Killed(Deed):
    def begin(self):
        os.kill(os.getpid(), signal.SIGKILL)


class Stopped(Deed):
    def begin(self):
        os.kill(os.getpid(), signal.SIGSTOP)


class EndlessLoop(Deed):
    def begin(self):
        end = time.monotonic() + self.program.args.bound
        while time.monotonic() < end and not self.program.stopped():
            look = time.monotonic() + BETWEEN_LOOKS_S
            while time.monotonic() < look:
                pass


def _address_bytes():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")


def _leave_no_core():
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


DEEDS = {
    "memory-hog": MemoryHog,
    "launch-storm": LaunchStorm,
    "bandwidth-hog": BandwidthHog,
    "l2-hog": CacheHog,
    "out-of-memory": OutOfMemory,
    "illegal-access": IllegalAccess,
    "device-assert": Assertion,
    "killed": Killed,
    "stopped": Stopped,
    "endless-kernel": EndlessLoop,
}
