"""LLaMA (Touvron et al., 2023) with random weights, and a cache with a row for each request of the batch.

In plain PyTorch of any version since 1.13.
"""

import torch
from torch import nn
from torch.nn import functional

# TinyLlama's shape, 1.1 billion parameters, and one small enough for a CPU.
SIZES = {
    "1b": dict(vocabulary=32000, layers=22, hidden=2048, heads=32, key_value_heads=4, intermediate=5632),
    "tiny": dict(vocabulary=2048, layers=4, hidden=256, heads=8, key_value_heads=2, intermediate=704),
}


class RmsNorm(nn.Module):
    def __init__(self, hidden):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(hidden))

    def forward(self, x):
        wide = x.float()
        return self.weight * (wide * torch.rsqrt(wide.pow(2).mean(-1, keepdim=True) + 1e-5)).to(x.dtype)


class Attention(nn.Module):
    def __init__(self, hidden, heads, key_value_heads):
        super().__init__()
        self.width = hidden // heads
        self.groups = heads // key_value_heads
        self.query = nn.Linear(hidden, heads * self.width, bias=False)
        self.key = nn.Linear(hidden, key_value_heads * self.width, bias=False)
        self.value = nn.Linear(hidden, key_value_heads * self.width, bias=False)
        self.out = nn.Linear(heads * self.width, hidden, bias=False)

    def forward(self, x, rotation, cache, first, places, mask):
        """Writes keys and values of x into the cache, from its row `first` on, and attends to what the mask leaves."""
        query = _rotate(self._split(self.query(x)), rotation)
        keys, values = cache
        end = first + x.shape[0]
        rows = torch.arange(first, end, device=x.device)[:, None]
        keys[rows, places] = _rotate(self._split(self.key(x)), rotation).transpose(1, 2)
        values[rows, places] = self._split(self.value(x)).transpose(1, 2)
        length = mask.shape[-1]
        key, value = (self._repeat(one[first:end, :length].transpose(1, 2)) for one in (keys, values))
        scores = query @ key.transpose(-1, -2) * self.width**-0.5
        weights = scores.masked_fill(~mask[:, None], float("-inf")).softmax(-1)
        return self.out((weights @ value).transpose(1, 2).reshape(x.shape[0], x.shape[1], -1))

    def _split(self, x):
        return x.view(x.shape[0], x.shape[1], -1, self.width).transpose(1, 2)

    def _repeat(self, x):
        batch, heads, length, width = x.shape
        return x[:, :, None].expand(batch, heads, self.groups, length, width).reshape(batch, -1, length, width)


class Layer(nn.Module):
    def __init__(self, hidden, heads, key_value_heads, intermediate):
        super().__init__()
        self.attention_norm = RmsNorm(hidden)
        self.attention = Attention(hidden, heads, key_value_heads)
        self.norm = RmsNorm(hidden)
        self.gate = nn.Linear(hidden, intermediate, bias=False)
        self.up = nn.Linear(hidden, intermediate, bias=False)
        self.down = nn.Linear(intermediate, hidden, bias=False)

    def forward(self, x, *where):
        x = x + self.attention(self.attention_norm(x), *where)
        y = self.norm(x)
        return x + self.down(functional.silu(self.gate(y)) * self.up(y))


class Llama(nn.Module):
    def __init__(self, vocabulary, layers, hidden, heads, key_value_heads, intermediate):
        super().__init__()
        self.tokens = nn.Embedding(vocabulary, hidden)
        self.layers = nn.ModuleList(Layer(hidden, heads, key_value_heads, intermediate) for _ in range(layers))
        self.norm = RmsNorm(hidden)
        self.head = nn.Linear(hidden, vocabulary, bias=False)
        width = hidden // heads
        self.cache_shape = (key_value_heads, width)
        self.register_buffer("frequencies", 10000.0 ** (-torch.arange(0, width, 2).float() / width), persistent=False)

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
        angles = places[:, :, None].float() * self.frequencies.float()
        angles = torch.cat((angles, angles), dim=-1)[:, None]
        rotation = angles.cos().to(x.dtype), angles.sin().to(x.dtype)
        known = torch.arange(int(places.max()) + 1, device=tokens.device)
        mask = known[None, None, :] <= places[:, :, None]
        for layer, own in zip(self.layers, cache):
            x = layer(x, rotation, own, first, places, mask)
        return self.head(self.norm(x[:, -1])).argmax(-1)


def _rotate(x, rotation):
    cosine, sine = rotation
    left, right = x.chunk(2, dim=-1)
    return x * cosine + torch.cat((-right, left), dim=-1) * sine
