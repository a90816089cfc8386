"""A LLaMA that continues one batch of texts: that of transformers, or one in plain PyTorch."""

import torch
from torch.nn import functional

from llama_layers import SIZES, Heads, Network, made


class Attention(Heads):
    def forward(self, x, rotation, cache):
        """Attends to x and to what is in the cache, a list of keys and values, and puts in those of x."""
        query, key, value = self.project(x, rotation)
        if cache:
            key = torch.cat((cache[0], key), dim=2)
            value = torch.cat((cache[1], value), dim=2)
        cache[:] = key, value
        return self.join(_attend(query, self.repeat(key), self.repeat(value), causal=x.shape[1] > 1))


class Llama(Network):
    def __init__(self, **size):
        super().__init__(Attention, **size)

    def forward(self, tokens, caches=None):
        """Scores of the next token behind each text, and the caches for the call after. A first call takes the prompt."""
        caches = caches or [[] for _ in self.layers]
        begin = caches[0][0].shape[2] if caches[0] else 0
        x = self.tokens(tokens)
        rotation = self.rotation(torch.arange(begin, begin + tokens.shape[1], device=tokens.device), x.dtype)
        for layer, own in zip(self.layers, caches):
            x = layer(x, rotation, own)
        return self.scores(x), caches


def _attend(query, key, value, causal):
    if hasattr(functional, "scaled_dot_product_attention"):  # since PyTorch 2.0
        return functional.scaled_dot_product_attention(query, key, value, is_causal=causal)
    scores = query @ key.transpose(-1, -2) * query.shape[-1] ** -0.5
    if causal:
        later = torch.ones(scores.shape[-2:], dtype=torch.bool, device=scores.device).triu(1)
        scores = scores.masked_fill(later, float("-inf"))
    return scores.softmax(-1) @ value


def make(size, transformers, device, dtype):
    """Of the size that is named: that of transformers, or without transformers the plain one."""
    size = SIZES[size]
    if transformers:
        return TransformersLlama(made(lambda: transformers.LlamaForCausalLM(_configuration(size, transformers)), device, dtype))
    return PlainLlama(made(lambda: Llama(**size), device, dtype))


class PlainLlama:
    def __init__(self, network):
        self.network = network

    def next(self, tokens, caches):
        """The likeliest token behind each text, and the caches for the call after."""
        scores, caches = self.network(tokens, caches)
        return scores.argmax(-1, keepdim=True), caches


class TransformersLlama:
    def __init__(self, network):
        self.network = network

    def next(self, tokens, cache):
        """The likeliest token behind each text, and the cache for the call after."""
        said = self.network(tokens, past_key_values=cache, use_cache=True)
        return said.logits[:, -1:].argmax(-1), said.past_key_values


def _configuration(size, transformers):
    return transformers.LlamaConfig(
        vocab_size=size["vocabulary"],
        num_hidden_layers=size["layers"],
        hidden_size=size["hidden"],
        num_attention_heads=size["heads"],
        num_key_value_heads=size["key_value_heads"],
        intermediate_size=size["intermediate"],
        attn_implementation="eager",
    )
