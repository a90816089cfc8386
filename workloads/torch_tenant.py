"""What the PyTorch workloads share: the device, the precision, seeds and sizes. Runs on PyTorch 1.13 and later."""

import contextlib
import ctypes
import os
import sys
import time
import uuid
from collections import deque

from gpushare_tenant import Program, TenantError, at_least

try:
    import torch
except ImportError as problem:  # told when it is needed: --help works without
    torch = None
    _import_problem = problem


class TorchProgram(Program):
    """A program on one GPU, or on the CPU in a smaller size.

    Options that are not given take their value from `gpu_defaults` or `cpu_defaults`, which name the same options.
    """

    gpu_defaults = {}
    cpu_defaults = {}
    batch_meaning = "samples a step"
    minimum_batch = 1

    @classmethod
    def add_arguments(cls, parser):
        parser.add_argument(
            "--device", choices=("auto", "cpu", "cuda"), default="auto", help="auto is the GPU where there is one"
        )
        cls.option(parser, "batch", cls.batch_meaning, cls.minimum_batch)
        parser.add_argument(
            "--precision",
            choices=("fp32", "fp16", "bf16"),
            help="of the arithmetic (default: %s; on a CPU %s)" % (cls.gpu_defaults["precision"], cls.cpu_defaults["precision"]),
        )
        cls.add_options(parser)

    @classmethod
    def add_options(cls, parser):
        """The workload's own."""

    @classmethod
    def option(cls, parser, name, meaning, minimum=1, number=int):
        key = name.replace("-", "_")
        gpu, cpu = cls.gpu_defaults[key], cls.cpu_defaults[key]
        default = "default: %s" % gpu if gpu == cpu else "default: %s; on a CPU %s" % (gpu, cpu)
        parser.add_argument("--" + name, type=at_least(minimum, number), help="%s (%s)" % (meaning, default))

    def prepare(self):
        if torch is None:
            raise TenantError("setup", cannot_import("PyTorch", _import_problem, "torch"))
        args = self.args
        usable = args.device != "cpu" and torch.cuda.is_available()
        if not usable and (args.device == "cuda" or args.device == "auto" and _assigned_gpu()):
            raise TenantError("gpu", "PyTorch %s finds no usable GPU" % torch.__version__)
        args.device = "cuda" if usable else "cpu"
        for name, value in (self.gpu_defaults if usable else self.cpu_defaults).items():
            if getattr(args, name) is None:
                setattr(args, name, value)
        if args.precision == "fp16" and not usable:
            raise TenantError("setup", "--precision fp16 needs a GPU: take bf16 or fp32")
        self.on_gpu = usable
        self.torch_device = torch.device(args.device)
        self.dtype = {"fp32": torch.float32, "fp16": torch.float16, "bf16": torch.bfloat16}[args.precision]
        torch.manual_seed(args.seed & (2**63 - 1))

    def versions(self):
        versions = {"torch": torch.__version__}
        if self.on_gpu:
            versions["cuda"] = torch.version.cuda
            if torch.backends.cudnn.is_available():
                versions["cudnn"] = str(torch.backends.cudnn.version())
        return versions

    def device(self):
        if not self.on_gpu:
            return None
        properties = torch.cuda.get_device_properties(0)
        device = {
            "name": properties.name,
            "sm_count": properties.multi_processor_count,
            "memory_bytes": properties.total_memory,
        }
        free = torch.cuda.mem_get_info(0)[0]  # a limit of MPS shows here, and only here
        device["memory_free_bytes"] = free
        seen = _uuid(properties)
        if seen:
            device["uuid"] = seen
        return device

    def autocast(self):
        """The context of a training step: the master weights stay fp32."""
        if self.dtype == torch.float32:
            return contextlib.nullcontext()
        return torch.autocast(self.torch_device.type, dtype=self.dtype)

    def gradient_scaler(self):
        """Gradients in fp16 would vanish without it; bf16 has the range of fp32."""
        enabled = self.dtype == torch.float16
        if hasattr(torch.amp, "GradScaler"):  # since PyTorch 2.3
            return torch.amp.GradScaler(self.torch_device.type, enabled=enabled)
        return torch.cuda.amp.GradScaler(enabled=enabled)

    def generator(self):
        """Random numbers of the program's seed, drawn where they are needed."""
        generator = torch.Generator(self.torch_device)
        generator.manual_seed(self.args.seed & (2**63 - 1))
        return generator

    def synchronise(self):
        if self.on_gpu:
            torch.cuda.synchronize()

    def warm_up(self):
        for _ in range(10 if self.on_gpu else 1):
            self.step()


class LanguageProgram(TorchProgram):
    """A program whose model is that of transformers where it can be imported, and else a plain one that comes along."""

    transformers_network = ""  # the name of its class: nothing else is imported

    @classmethod
    def add_arguments(cls, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--implementation",
            choices=("auto", "transformers", "plain"),
            default="auto",
            help="of the model (default: auto, which is transformers where it can be imported, else plain)",
        )

    def prepare(self):
        super().prepare()
        self.transformers = None
        if self.args.implementation != "plain":
            try:
                self.transformers = _import_transformers(self.transformers_network)
            except Exception as problem:  # one that does not suit its PyTorch breaks in many ways
                if self.args.implementation == "transformers":
                    words = cannot_import("transformers", problem, "transformers")
                    raise TenantError("setup", words + ", or take --implementation plain") from None
                print("takes the plain model: %s" % problem, file=sys.stderr)
        self.args.implementation = "transformers" if self.transformers else "plain"

    def versions(self):
        if self.transformers is None:
            return super().versions()
        return {**super().versions(), "transformers": self.transformers.__version__}


class PipelinedProgram(TorchProgram):
    """Does one call after another, and keeps a GPU from idling between: a step is queued behind the one waited for."""

    def load(self):
        self._ends = deque()
        self._calls = 0
        self._begin = None

    def call(self):
        """Queues one unit of work."""
        raise NotImplementedError

    def warm_up(self):
        super().warm_up()
        self._calls = 0
        self._begin = None

    def step(self):
        if self._begin is None:
            self._begin = time.monotonic()
        if self.on_gpu:
            while len(self._ends) < 2:
                self._queue()
            self._ends.popleft().synchronize()
        else:
            self._call()
        self._calls += self.args.batch
        return self.args.batch

    def calls_per_second(self):
        """Since the start."""
        return self._calls / (time.monotonic() - self._begin) if self._calls else 0.0

    def _queue(self):
        self._call()
        end = torch.cuda.Event()
        end.record()
        self._ends.append(end)

    def _call(self):
        for _ in range(self.args.batch):
            self.call()


def cannot_import(what, problem, package):
    """A machine has more than one Python: names the one that runs here."""
    python = sys.executable or "this Python"
    return "%s cannot be imported by %s (%s): install %s for it, as with %s -m pip install %s" % (
        what,
        python,
        problem,
        package,
        python,
        package,
    )


def import_torchvision():
    try:
        import torchvision
    except ImportError as problem:
        raise TenantError("setup", cannot_import("torchvision", problem, "torchvision")) from None
    return torchvision


def _import_transformers(network):
    os.environ["HF_HUB_OFFLINE"] = "1"  # looked at by the import; nothing is to be downloaded
    import transformers

    # Imported when it is first asked for. With a PyTorch that is too old it is there, but empty.
    if not issubclass(getattr(transformers, network), torch.nn.Module):
        raise ImportError("version %s does not work with PyTorch %s" % (transformers.__version__, torch.__version__))
    return transformers


def _assigned_gpu():
    """The GPU or MIG device that this tenant was told to use, or None: to run elsewhere would be a wrong result."""
    chosen = os.environ.get("CUDA_VISIBLE_DEVICES", "").split(",")[0].strip()
    return chosen if chosen and chosen != "-1" and chosen.lower() not in ("none", "void", "nodevfiles") else None


def _uuid(properties):
    """As NVIDIA's tools write it. The number is the driver's own: what the environment asks for would prove nothing."""
    chosen = _assigned_gpu() or ""
    number = _driver_uuid() or getattr(properties, "uuid", None)
    if number is None:
        return None
    return "%s-%s" % ("MIG" if chosen.startswith("MIG-") else "GPU", str(number).removeprefix("GPU-"))


def _driver_uuid():
    """Of the GPU, or of the MIG device that this process is confined to. None where the driver is too old to tell."""
    try:
        driver = ctypes.CDLL("libcuda.so.1")
        device, number = ctypes.c_int(), (ctypes.c_ubyte * 16)()
        if driver.cuDeviceGet(ctypes.byref(device), 0) or driver.cuDeviceGetUuid_v2(number, device):
            return None
        return uuid.UUID(bytes=bytes(number))
    except (OSError, AttributeError):
        return None
