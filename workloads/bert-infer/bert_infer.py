#!/usr/bin/env python3
"""Runs BERT-base over short texts, random weights."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from gpushare_tenant import main  # noqa: E402
from torch_tenant import LanguageProgram, torch  # noqa: E402


class BertInfer(LanguageProgram):
    name = "bert-infer"
    description = __doc__
    gpu_defaults = {"batch": 1, "precision": "fp16", "sequence": 128, "model": "base"}
    cpu_defaults = {"batch": 1, "precision": "fp32", "sequence": 32, "model": "tiny"}
    transformers_network = "BertModel"

    @classmethod
    def add_options(cls, parser):
        cls.option(parser, "sequence", "tokens of a text, at most 512", minimum=2)
        parser.add_argument("--model", choices=("base", "tiny"), help="(default: base; on a CPU tiny)")

    def load(self):
        import bert

        args = self.args
        network = bert.make(args.model, self.transformers, self.transformers_network).network
        self.model = network.to(self.torch_device, self.dtype).eval()
        self.texts = torch.randint(
            1,
            bert.SIZES[args.model]["vocabulary"],
            (args.batch, args.sequence),
            generator=self.generator(),
            device=self.torch_device,
        )

    def step(self):
        with torch.inference_mode():
            self.model(self.texts)
        self.synchronise()
        return self.args.batch


if __name__ == "__main__":
    main(BertInfer)
