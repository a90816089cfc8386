#!/usr/bin/env python3
"""Fine-tunes BERT-base for text classification on synthetic text, whose label a model can learn."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from gpushare_tenant import main  # noqa: E402
from torch_tenant import LanguageProgram, torch  # noqa: E402

_TEXTS = 4096


class BertTrain(LanguageProgram):
    name = "bert-train"
    description = __doc__
    gpu_defaults = {"batch": 32, "precision": "fp32", "sequence": 128, "model": "base"}
    cpu_defaults = {"batch": 8, "precision": "fp32", "sequence": 32, "model": "tiny"}
    transformers_network = "BertForSequenceClassification"

    @classmethod
    def add_options(cls, parser):
        cls.option(parser, "sequence", "tokens of a text, at most 512", minimum=2)
        parser.add_argument("--model", choices=("base", "tiny"), help="(default: base; on a CPU tiny)")
        parser.add_argument("--learning-rate", type=float, default=5e-5, help="of AdamW (default: 5e-5)")

    def load(self):
        import bert

        args = self.args
        self.model = bert.make(args.model, self.transformers, self.transformers_network)
        self.network = self.model.network.to(self.torch_device).train()
        self.optimiser = torch.optim.AdamW(self.network.parameters(), lr=args.learning_rate, weight_decay=0.01)
        self.scaler = self.gradient_scaler()
        vocabulary = bert.SIZES[args.model]["vocabulary"]
        self.numbers = self.generator()
        self.texts = torch.randint(
            1, vocabulary, (_TEXTS, args.sequence), generator=self.numbers, device=self.torch_device
        )
        # The first word decides: a word of the upper half means the one thing, of the lower the other.
        self.labels = (self.texts[:, 0] >= vocabulary // 2).long()
        self.loss = None

    def step(self):
        chosen = torch.randint(0, _TEXTS, (self.args.batch,), generator=self.numbers, device=self.torch_device)
        self.optimiser.zero_grad(set_to_none=True)
        with self.autocast():
            loss = self.model.loss(self.texts[chosen], self.labels[chosen])
        self.scaler.scale(loss).backward()
        self.scaler.unscale_(self.optimiser)
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.scaler.step(self.optimiser)
        self.scaler.update()
        self.loss = loss.item()  # waits for the GPU
        return self.args.batch

    def metrics(self):
        return {"loss": self.loss}


if __name__ == "__main__":
    main(BertTrain)
