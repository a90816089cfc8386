"""The tenant's side of the gpushare protocol, version 1 (docs/tenant-protocol.md). Needs Python 3.10 and nothing else.

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
import ctypes
import gc
import json
import math
import os
import signal
import sys
import threading
import time

_BUCKETS_PER_E = 1 / math.log(1.005)
_WINDOW_NS = 1_000_000_000
# The witness of the core's speed: some 65 µs of a loop, twenty times a second.
_LOOP = range(5000)
_LOOP_FIRST = range(500)  # not timed: after a step, neither the code nor its data is in the core's caches
_BETWEEN_LOOPS_NS = 50_000_000
# What PyTorch and CUDA say, whose exceptions have changed their types over the years.
_OUT_OF_MEMORY = ("out of memory", "can't allocate memory", "not enough memory", "CUBLAS_STATUS_ALLOC_FAILED")
_CUDA = ("CUDA error", "CUDA driver", "cudaError", "cuDNN", "CUDNN", "CUBLAS")


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
        self._stopped = threading.Event()

    @classmethod
    def add_arguments(cls, parser):
        """Adds the workload's own options. --seed is there already."""

    def prepare(self):
        """Settles, before hello, what the options leave open: may import what is needed, and find the device."""

    def versions(self):
        """Of what matters beside Python."""
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
        """One step, finished when this returns. Returns the units done, or a Step, or None when nothing was done."""
        raise NotImplementedError

    def metrics(self):
        """The workload's own, at its end: a dict of numbers."""
        return {}

    def close(self):
        """Gives back what outlives the process. Comes last whatever happens, also when nothing has been loaded."""

    def sleep(self, seconds):
        """Idles, and returns early when the tenant is told to stop."""
        self._stopped.wait(seconds)


def at_least(minimum, number=int):
    """An option's type: a number that is not smaller."""

    def parse(text):
        value = number(text)
        if not minimum <= value < math.inf:
            raise argparse.ArgumentTypeError("%s is less than %s" % (text, minimum) if value < minimum else text)
        return value

    parse.__name__ = number.__name__
    return parse


def parse_arguments(program_class):
    parser = _Parser(
        prog=program_class.name,
        description=program_class.description,
        epilog="Started by gpushare it follows the tenant protocol on stdin and stdout.",
    )
    parser.add_argument(
        "--alone",
        type=at_least(0, float),
        metavar="SECONDS",
        help="do not wait for instructions: start at once and stop after this time",
    )
    parser.add_argument(
        "--seed", type=int, default=os.environ.get("GPUSHARE_SEED", "0"), help="of everything that is random"
    )
    program_class.add_arguments(parser)
    return parser.parse_args()


def main(program_class):
    """Runs the program as a tenant. Does not return."""
    args = parse_arguments(program_class)
    out = _claim_stdout()
    status = 0
    try:
        _Tenant(program_class(args), args, out).run()
    except KeyboardInterrupt:
        status = 130
    except SystemExit as end:
        status = end.code or 0
    except BaseException as problem:  # whatever it is, the other side must hear of it
        status = 1
        kind, message = _explain(problem)
        if kind not in ("setup", "data") and not isinstance(problem, TenantError):
            sys.excepthook(*sys.exc_info())
        out.say_last("error", kind=kind, message=message)
    # A tenant has ended when its program has: taking down an interpreter with a big library in it lasts longer than that.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


class _Parser(argparse.ArgumentParser):
    """A usage mistake is news for the other side as well."""

    def error(self, message):
        if not os.isatty(1):
            _Out(1).say_last("error", kind="setup", message="%s: %s" % (self.prog, message))
        super().error(message)


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
            raise SystemExit(1) from None  # nobody listens any more

    def say_last(self, message_type, **fields):
        try:
            self.say(message_type, **fields)
        except SystemExit:
            pass


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
        self.getting_ready = True

    def run(self):
        signal.signal(signal.SIGTERM, self._terminate)
        if self.args.alone is None:
            threading.Thread(target=self._listen, daemon=True, name="instructions").start()
        try:
            self._get_ready()
            origin = self._wait_for_the_start()
            if origin is not None:
                self._work(origin)
        finally:
            self.program.close()

    def _get_ready(self):
        begin = _process_start()
        self.program.prepare()
        self._hello()
        self.program.load()
        loaded = time.monotonic()
        self.program.warm_up()
        # Nothing that was loaded is looked at by the collector again while time is taken.
        gc.collect()
        gc.freeze()
        _wake_precisely()
        self.getting_ready = False
        self.out.say("ready", load_s=round(loaded - begin, 6), warmup_s=round(time.monotonic() - loaded, 6))

    def _hello(self):
        versions = {"python": "%d.%d.%d" % sys.version_info[:3]}
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
            self.instructed.wait()
            if self.stopping or self.start_at_unix_ns is None:
                return None
        origin = _on_the_monotonic_clock(self.start_at_unix_ns)
        far = origin - time.monotonic_ns() - 50_000_000
        if far > 0:
            self.program.sleep(far / 1e9)
            if self.stopping:
                return None
        late = _wake_at(origin)
        self.out.say("started", late_ns=max(0, late))
        return origin

    def _listen(self):
        for line in _lines(0):
            try:
                message = json.loads(line)
                kind = message["type"]
                at_unix_ns = int(message["at_unix_ns"]) if kind == "start" else None
            except (ValueError, KeyError, TypeError):
                print("not an instruction: %r" % line[:200], file=sys.stderr)
                continue
            if kind == "start":
                self.start_at_unix_ns = at_unix_ns
                self.instructed.set()
            elif kind == "stop":
                break
        self._stop()

    def _stop(self):
        self.stopping = True
        self.program._stopped.set()
        self.instructed.set()
        if self.getting_ready:
            # A real signal, as it has to end what the main thread waits for.
            signal.pthread_kill(threading.main_thread().ident, signal.SIGTERM)

    def _terminate(self, number, _frame):
        """SIGTERM ends the program where it is; so does `stop` while it gets ready, and that is a good end."""
        if not self.stopping:
            raise SystemExit(128 + number)
        if self.getting_ready:
            raise SystemExit(0)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)  # it is about to end by itself

    def _work(self, origin):
        step = self.program.step
        clock = time.monotonic_ns
        log = math.log
        ceil = math.ceil
        core = _core()
        index = 0
        total_units = 0
        total_steps = 0
        window_from = 0
        loop_due = 0
        before = clock() - origin
        while not self.stopping:
            units = 0
            steps = 0
            active = 0
            interactive = False
            latency = {}
            loops = []
            until = window_from + _WINDOW_NS
            while True:
                done = step()
                now = clock() - origin
                if done is not None:
                    took = now - before
                    if done.__class__ is Step:
                        if done.latency_ns is not None:
                            took = done.latency_ns
                        if done.active_ns is not None:
                            interactive = True
                            active += done.active_ns
                        done = done.units
                    units += done
                    steps += 1
                    bucket = ceil(log(took) * _BUCKETS_PER_E) if took > 1 else 0
                    latency[bucket] = latency.get(bucket, 0) + 1
                before = now
                if now >= loop_due:
                    # Here, on this thread: the loop has to run on the core on which the steps do.
                    loops.append(_time_loop(clock))
                    loop_due = now + _BETWEEN_LOOPS_NS
                    before = clock() - origin
                if now >= until or self.stopping:
                    break
            fields = {"index": index, "from_ns": window_from, "until_ns": now, "units": units, "steps": steps}
            if interactive:
                fields["active_ns"] = active
            if loops:
                fields["core"] = {"cpu": core(), "loops_ns": loops}
            self.out.say("window", latency=latency, **fields)
            total_units += units
            total_steps += steps
            index += 1
            window_from = now
        metrics = {k: v for k, v in self.program.metrics().items() if v is not None and math.isfinite(v)}
        self.out.say("result", units=total_units, steps=total_steps, metrics=metrics)


def _time_loop(clock):
    """How long a fixed piece of work takes on the core that this thread runs on."""
    for _ in _LOOP_FIRST:
        pass
    begin = clock()
    for _ in _LOOP:
        pass
    return clock() - begin


def _core():
    """A function that tells the number of the core, or None where the system does not tell."""
    try:
        return ctypes.CDLL(None).sched_getcpu
    except (OSError, AttributeError):
        return lambda: None


def _lines(fd):
    """Lines as they come, without sys.stdin: its lock would be held by whoever waits for the next line."""
    rest = b""
    while True:
        try:
            data = os.read(fd, 65536)
        except OSError:
            return
        if not data:
            return
        *lines, rest = (rest + data).split(b"\n")
        yield from lines


def _on_the_monotonic_clock(unix_ns):
    """Reads both clocks between two looks at one of them, until nothing came in between."""
    closest = None
    for _ in range(20):
        before = time.monotonic_ns()
        unix = time.time_ns()
        after = time.monotonic_ns()
        if closest is None or after - before < closest:
            closest = after - before
            origin = (before + after) // 2 + unix_ns - unix
        if closest < 2000:
            break
    return origin


def _wake_at(origin):
    """Sleeps until the instant and returns how late it woke.

    All tenants of a core wake at once, and the first would keep the others waiting by going to work: a real-time priority
    for the moment of waking, where that is allowed, or else a short pause, lets each take its time first.
    """
    usual = os.sched_getscheduler(0), os.sched_getparam(0)
    try:
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
        urgent = True
    except OSError:
        urgent = False
    try:
        while True:
            left = origin - time.monotonic_ns()
            if left <= 0:
                break
            time.sleep(left / 1e9)
        late = time.monotonic_ns() - origin
    finally:
        if urgent:
            os.sched_setscheduler(0, *usual)
    if not urgent:
        time.sleep(0.0005)
    return late


def _process_start():
    """When this process began, on the monotonic clock: starting Python and importing PyTorch is loading too."""
    try:
        with open("/proc/self/stat") as stat:
            ticks = int(stat.read().rpartition(")")[2].split()[19])
        age = time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK")
        return time.monotonic() - max(0.0, age)
    except (OSError, ValueError, IndexError, AttributeError):
        return time.monotonic()


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
    if type(problem).__name__ == "OutOfMemoryError" or any(sign in words for sign in _OUT_OF_MEMORY):
        return "oom", words
    if any(sign in words for sign in _CUDA):
        return "cuda", words
    return "internal", "%s: %s" % (type(problem).__name__, words)
