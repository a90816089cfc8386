#!/usr/bin/env python3
"""Sums up what every GPU holds, on every GPU: an all-reduce with NCCL over all that this process sees.

With one GPU nothing crosses a link: NCCL copies. On a CPU it is an all-reduce of gloo with itself."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from gpushare_tenant import TenantError, main  # noqa: E402
from torch_tenant import PipelinedProgram, torch  # noqa: E402


class Nccl(PipelinedProgram):
    name = "nccl"
    description = __doc__
    batch_meaning = "calls a step"
    gpu_defaults = {"batch": 1, "precision": "fp32", "size_mib": 256}
    cpu_defaults = {"batch": 1, "precision": "fp32", "size_mib": 4}

    @classmethod
    def add_options(cls, parser):
        cls.option(parser, "size-mib", "MiB on each GPU that are summed")

    def versions(self):
        if not self.on_gpu:
            return super().versions()
        return {**super().versions(), "nccl": ".".join(str(part) for part in torch.cuda.nccl.version())}

    def load(self):
        super().load()
        elements = (self.args.size_mib << 20) // torch.empty((), dtype=self.dtype).element_size()
        count = torch.cuda.device_count() if self.on_gpu else 1
        devices = [torch.device("cuda", number) for number in range(count)] if self.on_gpu else [self.torch_device]
        self.inputs = [torch.ones(elements, device=device, dtype=self.dtype) for device in devices]
        if self.on_gpu:
            # Not in place: with one GPU there would be nothing to do.
            self.outputs = [torch.empty_like(one) for one in self.inputs]
            if not torch.cuda.nccl.is_available(self.inputs):
                raise TenantError("setup", "this PyTorch %s was built without NCCL" % torch.__version__)
        else:
            self._join_alone()

    def _join_alone(self):
        distributed = torch.distributed
        if not distributed.is_available():
            raise TenantError("setup", "this PyTorch %s was built without torch.distributed" % torch.__version__)
        os.environ.setdefault("GLOO_SOCKET_IFNAME", "lo")  # a container has no other
        distributed.init_process_group("gloo", store=distributed.HashStore(), rank=0, world_size=1)

    def call(self):
        if self.on_gpu:
            torch.cuda.nccl.all_reduce(self.inputs, self.outputs)
        else:
            torch.distributed.all_reduce(self.inputs[0])

    def metrics(self):
        ranks = len(self.inputs)
        gib_per_s = self.args.size_mib / 1024 * self.calls_per_second()
        # What each link carries of it, as nccl-tests count it.
        return {"ranks": ranks, "gib_per_s": gib_per_s, "bus_gib_per_s": gib_per_s * 2 * (ranks - 1) / ranks}


if __name__ == "__main__":
    main(Nccl)
