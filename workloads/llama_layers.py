"""What LLaMAs (Touvron et al., 2023) in plain PyTorch of any version since 1.13 are made of, with random weights.

How a network keeps keys and values is its own affair.
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


class Heads(nn.Module):
    """The projections of grouped-query attention. What attends is of the class below."""

    def __init__(self, hidden, heads, key_value_heads):
        super().__init__()
        self.width = hidden // heads
        self.groups = heads // key_value_heads
        self.query = nn.Linear(hidden, heads * self.width, bias=False)
        self.key = nn.Linear(hidden, key_value_heads * self.width, bias=False)
        self.value = nn.Linear(hidden, key_value_heads * self.width, bias=False)
        self.out = nn.Linear(heads * self.width, hidden, bias=False)

    def project(self, x, rotation):
        """Query, key and value, each batch × heads × length × width."""
        return rotate(self._split(self.query(x)), rotation), rotate(self._split(self.key(x)), rotation), self._split(self.value(x))

    def join(self, context):
        batch, _, length, _ = context.shape
        return self.out(context.transpose(1, 2).reshape(batch, length, -1))

    def repeat(self, x):
        """Each head of keys or values once for every head of the queries that it serves."""
        batch, heads, length, width = x.shape
        return x[:, :, None].expand(batch, heads, self.groups, length, width).reshape(batch, -1, length, width)

    def _split(self, x):
        return x.view(x.shape[0], x.shape[1], -1, self.width).transpose(1, 2)


class Layer(nn.Module):
    """Attention of the given class, whose arguments after x are its own, and the feed-forward part."""

    def __init__(self, attention, hidden, heads, key_value_heads, intermediate):
        super().__init__()
        self.attention_norm = RmsNorm(hidden)
        self.attention = attention(hidden, heads, key_value_heads)
        self.norm = RmsNorm(hidden)
        self.gate = nn.Linear(hidden, intermediate, bias=False)
        self.up = nn.Linear(hidden, intermediate, bias=False)
        self.down = nn.Linear(intermediate, hidden, bias=False)

    def forward(self, x, *where):
        x = x + self.attention(self.attention_norm(x), *where)
        y = self.norm(x)
        return x + self.down(functional.silu(self.gate(y)) * self.up(y))


class Network(nn.Module):
    """All but how the layers are called."""

    def __init__(self, attention, vocabulary, layers, hidden, heads, key_value_heads, intermediate):
        super().__init__()
        self.tokens = nn.Embedding(vocabulary, hidden)
        self.layers = nn.ModuleList(Layer(attention, hidden, heads, key_value_heads, intermediate) for _ in range(layers))
        self.norm = RmsNorm(hidden)
        self.head = nn.Linear(hidden, vocabulary, bias=False)
        width = hidden // heads
        self.register_buffer("frequencies", 10000.0 ** (-torch.arange(0, width, 2).float() / width), persistent=False)

    def rotation(self, places, dtype):
        """Of tokens at these places in their texts."""
        angles = places[..., None].float() * self.frequencies.float()
        angles = torch.cat((angles, angles), dim=-1)
        return angles.cos().to(dtype), angles.sin().to(dtype)

    def scores(self, x):
        """Of each word to come next, behind each text."""
        return self.head(self.norm(x[:, -1]))


def rotate(x, rotation):
    cosine, sine = rotation
    left, right = x.chunk(2, dim=-1)
    return x * cosine + torch.cat((-right, left), dim=-1) * sine


def made(make, device, dtype):
    """A network with random weights, made where it is used: a billion random numbers take a CPU a quarter of a minute."""
    usual = torch.get_default_dtype()
    torch.set_default_dtype(dtype)
    try:
        with torch.no_grad():
            if hasattr(torch, "set_default_device"):  # since PyTorch 2.0
                with device:
                    return make().eval()
            return make().eval().to(device)
    finally:
        torch.set_default_dtype(usual)
