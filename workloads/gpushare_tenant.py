"""The tenant's side of the gpushare protocol, version 1 (docs/tenant-protocol.md). Needs Python 3.9 and nothing else.

A program describes itself with a subclass of Program and calls main():

    class Spin(Program):
        name = "spin"
        def step(self):
            ...
            return 1          # units done

    if __name__ == "__main__":
        main(Spin)
"""

import argparse
import gc
import json
import math
import os
import platform
import sys
import threading
import time

_LN_GAMMA = math.log(1.005)
_WINDOW_NS = 1_000_000_000


class TenantError(Exception):
    """A failure that a person can act on. `kind` is one of the protocol's: oom, cuda, setup, gpu, data, internal."""

    def __init__(self, kind, message):
        super().__init__(message)
        self.kind = kind


class Step:
    """What one step did, where that is not just a number of units that took as long as the call."""

    __slots__ = ("units", "latency_ns", "active_ns")

    def __init__(self, units, latency_ns=None, active_ns=None):
        self.units = units
        self.latency_ns = latency_ns
        self.active_ns = active_ns


class Program:
    """What a workload does. One instance lives as long as the tenant; `self.args` holds its options."""

    name = ""
    description = ""

    def __init__(self, args):
        self.args = args

    @classmethod
    def add_arguments(cls, parser):
        """Adds the workload's own options. --seed is there already."""

    def versions(self):
        """Of what matters beside Python. May import it, and find the device."""
        return {}

    def device(self):
        """name, uuid, sm_count, memory_bytes as the program sees them, or None without a GPU."""
        return None

    def load(self):
        """Builds what is needed."""

    def warm_up(self):
        """Works until steps take their usual time."""
        self.step()

    def step(self):
        """One step, finished when this returns. Returns the units done, or a Step."""
        raise NotImplementedError

    def metrics(self):
        """The workload's own, at its end: a dict of numbers."""
        return {}

    def close(self):
        """Gives back what outlives the process."""


def main(program_class):
    parser = argparse.ArgumentParser(
        prog=program_class.name,
        description=program_class.description,
        epilog="Started by gpushare it follows the tenant protocol on stdin and stdout.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    parser.add_argument(
        "--alone", type=float, metavar="SECONDS", help="do not wait for instructions: start at once and stop after this time"
    )
    parser.add_argument(
        "--seed", type=int, default=int(os.environ.get("GPUSHARE_SEED", "0")), help="of everything that is random"
    )
    program_class.add_arguments(parser)
    args = parser.parse_args()
    out = _claim_stdout()
    try:
        _Tenant(program_class(args), args, out).run()
    except BaseException as problem:  # whatever it is, the other side must hear of it
        if isinstance(problem, KeyboardInterrupt):
            sys.exit(130)
        kind, message = _explain(problem)
        out.say("error", kind=kind, message=message)
        if kind == "internal":
            raise
        sys.exit(1)


class _Out:
    """Messages to the real stdout. A library that prints, even in C, must not get between: its output goes to stderr."""

    def __init__(self, fd):
        self._fd = fd

    def say(self, message_type, **fields):
        line = '{"gpushare":1,"type":"%s",%s\n' % (message_type, json.dumps(fields, separators=(",", ":"))[1:])
        data = line.encode()
        try:
            while data:
                data = data[os.write(self._fd, data):]
        except BrokenPipeError:
            os._exit(1)  # nobody listens any more


def _claim_stdout():
    sys.stdout.flush()
    own = os.dup(1)
    os.dup2(2, 1)
    return _Out(own)


class _Tenant:
    def __init__(self, program, args, out):
        self.program = program
        self.args = args
        self.out = out
        self.start_at_unix_ns = None
        self.instructed = threading.Event()
        self.stopping = False

    def run(self):
        begin = time.monotonic()
        self._hello()
        self.program.load()
        loaded = time.monotonic()
        self.program.warm_up()
        # Nothing that was loaded is looked at by the collector again while time is taken.
        gc.collect()
        gc.freeze()
        self.out.say("ready", load_s=round(loaded - begin, 6), warmup_s=round(time.monotonic() - loaded, 6))
        try:
            origin = self._wait_for_the_start()
            if origin is not None:
                self._work(origin)
        finally:
            self.program.close()

    def _hello(self):
        versions = {"python": platform.python_version()}
        versions.update(self.program.versions())
        settings = {k: str(v) for k, v in sorted(vars(self.args).items()) if v is not None and k != "alone"}
        self.out.say(
            "hello",
            workload=self.program.name,
            versions=versions,
            pid=os.getpid(),
            settings=settings,
            device=self.program.device(),
        )

    def _wait_for_the_start(self):
        """The start instant on the monotonic clock, or None when there is nothing to do."""
        if self.args.alone is not None:
            timer = threading.Timer(self.args.alone, self._stop)
            timer.daemon = True
            timer.start()
            self.start_at_unix_ns = time.time_ns()
        else:
            threading.Thread(target=self._listen, daemon=True, name="instructions").start()
            self.instructed.wait()
            if self.start_at_unix_ns is None:
                return None
        _wake_precisely()
        origin = time.monotonic_ns() + self.start_at_unix_ns - time.time_ns()
        while True:
            left = origin - time.monotonic_ns()
            if left <= 0:
                break
            time.sleep(left / 1e9)
        late = time.monotonic_ns() - origin
        self.out.say("started", late_ns=max(0, late))
        return origin

    def _listen(self):
        for line in sys.stdin.buffer:
            try:
                message = json.loads(line)
                kind = message["type"]
            except (ValueError, KeyError, TypeError):
                print("not an instruction: %r" % line[:200], file=sys.stderr)
                continue
            if kind == "start":
                self.start_at_unix_ns = int(message["at_unix_ns"])
                self.instructed.set()
            elif kind == "stop":
                break
        self._stop()

    def _stop(self):
        self.stopping = True
        self.instructed.set()

    def _work(self, origin):
        step = self.program.step
        clock = time.monotonic_ns
        index = 0
        total_units = 0
        total_steps = 0
        window_from = 0
        before = clock() - origin
        while not self.stopping:
            units = 0
            steps = 0
            active = 0
            interactive = False
            latency = {}
            while True:
                done = step()
                now = clock() - origin
                took = now - before
                before = now
                if isinstance(done, Step):
                    took = took if done.latency_ns is None else done.latency_ns
                    if done.active_ns is not None:
                        interactive = True
                        active += done.active_ns
                    done = done.units
                units += done
                steps += 1
                bucket = 0 if took <= 1 else math.ceil(math.log(took) / _LN_GAMMA)
                latency[bucket] = latency.get(bucket, 0) + 1
                if now - window_from >= _WINDOW_NS or self.stopping:
                    break
            fields = {"index": index, "from_ns": window_from, "until_ns": now, "units": units, "steps": steps}
            if interactive:
                fields["active_ns"] = active
            self.out.say("window", latency=latency, **fields)
            total_units += units
            total_steps += steps
            index += 1
            window_from = now
        metrics = {k: v for k, v in self.program.metrics().items() if v is not None and math.isfinite(v)}
        self.out.say("result", units=total_units, steps=total_steps, metrics=metrics)


def _wake_precisely():
    """The kernel may wake sleepers up to 50 µs late to save power: not us."""
    try:
        with open("/proc/self/timerslack_ns", "w") as slack:
            slack.write("1")
    except OSError:
        pass


def _explain(problem):
    """The protocol's kind, and a sentence."""
    words = str(problem).strip().split("\n")[0] or type(problem).__name__
    if isinstance(problem, TenantError):
        return problem.kind, words
    if isinstance(problem, ModuleNotFoundError):
        return "setup", "the Python module %s is not installed" % problem.name
    if isinstance(problem, MemoryError):
        return "oom", "the host has not enough memory"
    if type(problem).__name__ == "OutOfMemoryError" or "out of memory" in words:
        return "oom", words
    if "CUDA" in words or "cuda" in words:
        return "cuda", words
    return "internal", "%s: %s" % (type(problem).__name__, words)
