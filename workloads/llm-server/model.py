"""A LLaMA whose cache has a row for each request of the batch."""

import os
import sys

import torch

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from llama_layers import Heads, Network  # noqa: E402


class Attention(Heads):
    def forward(self, x, rotation, cache, first, places, mask):
        """Writes keys and values of x into the cache, from its row `first` on, and attends to what the mask leaves."""
        query, key, value = self.project(x, rotation)
        keys, values = cache
        end = first + x.shape[0]
        rows = torch.arange(first, end, device=x.device)[:, None]
        keys[rows, places] = key.transpose(1, 2)
        values[rows, places] = value.transpose(1, 2)
        length = mask.shape[-1]
        key, value = (self.repeat(one[first:end, :length].transpose(1, 2)) for one in (keys, values))
        scores = query @ key.transpose(-1, -2) * self.width**-0.5
        weights = scores.masked_fill(~mask[:, None], float("-inf")).softmax(-1)
        return self.join(weights @ value)


class Llama(Network):
    def __init__(self, **size):
        super().__init__(Attention, **size)
        self.cache_shape = (size["key_value_heads"], size["hidden"] // size["heads"])

    def make_cache(self, rows, length):
        """Keys and values of each layer: rows × length × heads × width."""
        weight = self.head.weight
        shape = (rows, length) + self.cache_shape
        return [tuple(torch.zeros(shape, dtype=weight.dtype, device=weight.device) for _ in "kv") for _ in self.layers]

    def forward(self, tokens, first, places, cache):
        """The likeliest token behind each text, whose cache is in the rows from `first` on.

        tokens, places: rows × new tokens; places are where in its text each stands.
        """
        x = self.tokens(tokens)
        rotation = self.rotation(places[:, None], x.dtype)
        known = torch.arange(int(places.max()) + 1, device=tokens.device)
        mask = known[None, None, :] <= places[:, :, None]
        for layer, own in zip(self.layers, cache):
            x = layer(x, rotation, own, first, places, mask)
        return self.scores(x).argmax(-1)
