#!/usr/bin/env python3
"""A person at a notebook: bursts of training steps of a small network, and pauses to think.

A burst is a number of training steps, not a time: it takes longer beside busy neighbours, and that is what is measured."""

import os
import random
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from gpushare_tenant import Step, at_least, main  # noqa: E402
from torch_tenant import TorchProgram, torch  # noqa: E402


class Notebook(TorchProgram):
    name = "notebook"
    description = __doc__
    batch_meaning = "samples of a training step"
    gpu_defaults = {"batch": 512, "precision": "fp32", "hidden": 2048, "burst_steps": 100}
    cpu_defaults = {"batch": 32, "precision": "fp32", "hidden": 128, "burst_steps": 20}

    @classmethod
    def add_options(cls, parser):
        cls.option(parser, "hidden", "width of the network")
        cls.option(parser, "burst-steps", "training steps of a burst, in the mean")
        parser.add_argument(
            "--idle-ms", type=at_least(0, float), default=300.0, help="pause after a burst, in the mean (default: 300)"
        )

    def load(self):
        hidden = self.args.hidden
        nn = torch.nn
        layers = [nn.Linear(hidden, hidden), nn.ReLU(), nn.Linear(hidden, hidden), nn.ReLU(), nn.Linear(hidden, 10)]
        self.model = nn.Sequential(*layers).to(self.torch_device)
        self.optimiser = torch.optim.SGD(self.model.parameters(), lr=0.01)
        self.scaler = self.gradient_scaler()
        generator = self.generator()
        self.inputs = torch.randn((self.args.batch, hidden), generator=generator, device=self.torch_device)
        self.labels = torch.randint(0, 10, (self.args.batch,), generator=generator, device=self.torch_device)
        self.person = random.Random(self.args.seed)
        self.begin_ns = None
        self.active_ns = 0

    def warm_up(self):
        self._burst(10 if self.on_gpu else 2)

    def step(self):
        begin = time.monotonic_ns()
        if self.begin_ns is None:
            self.begin_ns = begin
        self._burst(1 + round(self._about(self.args.burst_steps - 1)))
        active = time.monotonic_ns() - begin
        self.active_ns += active
        self.sleep(self._about(self.args.idle_ms) / 1000)
        return Step(1, latency_ns=active, active_ns=active)

    def metrics(self):
        if self.begin_ns is None:
            return {}
        return {"active_fraction": self.active_ns / (time.monotonic_ns() - self.begin_ns)}

    def _about(self, mean):
        """Mostly short, sometimes long, never endless."""
        return min(self.person.expovariate(1), 5.0) * mean

    def _burst(self, steps):
        for _ in range(steps):
            self.optimiser.zero_grad(set_to_none=True)
            with self.autocast():
                loss = torch.nn.functional.cross_entropy(self.model(self.inputs), self.labels)
            self.scaler.scale(loss).backward()
            self.scaler.step(self.optimiser)
            self.scaler.update()
        self.synchronise()


if __name__ == "__main__":
    main(Notebook)
