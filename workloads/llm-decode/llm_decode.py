#!/usr/bin/env python3
"""Generates text with a LLaMA of 1.1 billion random weights: requests of a prompt, then token after token."""

import os
import statistics
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from gpushare_tenant import main  # noqa: E402
from torch_tenant import LanguageProgram, torch  # noqa: E402


class LlmDecode(LanguageProgram):
    name = "llm-decode"
    description = __doc__
    batch_meaning = "requests at a time"
    gpu_defaults = {"batch": 1, "precision": "bf16", "prompt": 256, "new_tokens": 64, "model": "1b"}
    cpu_defaults = {"batch": 1, "precision": "fp32", "prompt": 32, "new_tokens": 16, "model": "tiny"}
    transformers_network = "LlamaForCausalLM"

    @classmethod
    def add_options(cls, parser):
        cls.option(parser, "prompt", "tokens of a prompt")
        cls.option(parser, "new-tokens", "tokens that a request generates")
        parser.add_argument("--model", choices=("1b", "tiny"), help="(default: 1b; on a CPU tiny)")

    def load(self):
        import llama

        self.model = llama.make(self.args.model, self.transformers, self.torch_device, self.dtype)
        self.vocabulary = llama.SIZES[self.args.model]["vocabulary"]
        self.numbers = self.generator()
        self._forget()

    def warm_up(self):
        for _ in range(min(self.args.new_tokens, 20 if self.on_gpu else 2)):
            self.step()
        self._forget()

    def step(self):
        begin = time.perf_counter_ns()
        first = self.left == 0
        with torch.inference_mode():
            if first:
                self.cache = None
                self.left = self.args.new_tokens
                self.tokens = torch.randint(
                    0,
                    self.vocabulary,
                    (self.args.batch, self.args.prompt),
                    generator=self.numbers,
                    device=self.torch_device,
                )
            self.tokens, self.cache = self.model.next(self.tokens, self.cache)
            self.tokens[0, 0].item()  # a server looks at each token for the end of the text; waits for the GPU
        self.left -= 1
        took = time.perf_counter_ns() - begin
        if first:
            self.first_token_ns.append(took)
        else:
            self.later_tokens_ns += took
            self.later_tokens += 1
        return self.args.batch

    def metrics(self):
        firsts = sorted(self.first_token_ns)
        metrics = {"requests": len(firsts) * self.args.batch}
        if firsts:
            metrics["ttft_p50_ms"] = statistics.median(firsts) / 1e6
            metrics["ttft_p99_ms"] = firsts[-(-99 * len(firsts) // 100) - 1] / 1e6
        if self.later_tokens:
            metrics["tpot_mean_ms"] = self.later_tokens_ns / self.later_tokens / 1e6
        return metrics

    def _forget(self):
        self.left = 0
        self.cache = None
        self.first_token_ns = []
        self.later_tokens_ns = 0
        self.later_tokens = 0


if __name__ == "__main__":
    main(LlmDecode)
