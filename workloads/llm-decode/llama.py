"""LLaMA (Touvron et al., 2023), random weights, with grouped-query attention and a key-value cache.

That of transformers, or one in plain PyTorch of any version.
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
        wide = wide * torch.rsqrt(wide.pow(2).mean(-1, keepdim=True) + 1e-5)
        return self.weight * wide.to(x.dtype)


class Attention(nn.Module):
    def __init__(self, hidden, heads, key_value_heads):
        super().__init__()
        self.width = hidden // heads
        self.groups = heads // key_value_heads
        self.query = nn.Linear(hidden, heads * self.width, bias=False)
        self.key = nn.Linear(hidden, key_value_heads * self.width, bias=False)
        self.value = nn.Linear(hidden, key_value_heads * self.width, bias=False)
        self.out = nn.Linear(heads * self.width, hidden, bias=False)

    def forward(self, x, rotation, cache):
        """Attends to the cache and x. Returns the result and the cache with x."""
        query = _rotate(self._split(self.query(x)), rotation)
        key = _rotate(self._split(self.key(x)), rotation)
        value = self._split(self.value(x))
        if cache is not None:
            key = torch.cat((cache[0], key), dim=2)
            value = torch.cat((cache[1], value), dim=2)
        context = _attend(query, self._repeat(key), self._repeat(value), causal=x.shape[1] > 1)
        return self.out(context.transpose(1, 2).reshape(x.shape[0], x.shape[1], -1)), (key, value)

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

    def forward(self, x, rotation, cache):
        attended, cache = self.attention(self.attention_norm(x), rotation, cache)
        x = x + attended
        y = self.norm(x)
        return x + self.down(functional.silu(self.gate(y)) * self.up(y)), cache


class Llama(nn.Module):
    def __init__(self, vocabulary, layers, hidden, heads, key_value_heads, intermediate):
        super().__init__()
        self.tokens = nn.Embedding(vocabulary, hidden)
        self.layers = nn.ModuleList(Layer(hidden, heads, key_value_heads, intermediate) for _ in range(layers))
        self.norm = RmsNorm(hidden)
        self.head = nn.Linear(hidden, vocabulary, bias=False)
        width = hidden // heads
        self.register_buffer("frequencies", 10000.0 ** (-torch.arange(0, width, 2).float() / width), persistent=False)

    def forward(self, tokens, caches=None):
        """Scores of the next token behind each text, and the caches for the call after. A first call takes the prompt."""
        begin = 0 if caches is None else caches[0][0].shape[2]
        places = torch.arange(begin, begin + tokens.shape[1], device=tokens.device)
        x = self.tokens(tokens)
        angles = places[:, None].float() * self.frequencies.float()[None, :]
        angles = torch.cat((angles, angles), dim=-1)
        rotation = angles.cos().to(x.dtype), angles.sin().to(x.dtype)
        kept = []
        for index, layer in enumerate(self.layers):
            x, cache = layer(x, rotation, None if caches is None else caches[index])
            kept.append(cache)
        return self.head(self.norm(x[:, -1])), kept


def _rotate(x, rotation):
    cosine, sine = rotation
    left, right = x.chunk(2, dim=-1)
    return x * cosine + torch.cat((-right, left), dim=-1) * sine


def _attend(query, key, value, causal):
    if hasattr(functional, "scaled_dot_product_attention"):  # since PyTorch 2.0
        return functional.scaled_dot_product_attention(query, key, value, is_causal=causal)
    scores = query @ key.transpose(-1, -2) * query.shape[-1] ** -0.5
    if causal:
        later = torch.ones(scores.shape[-2:], dtype=torch.bool, device=scores.device).triu(1)
        scores = scores.masked_fill(later, float("-inf"))
    return scores.softmax(-1) @ value


def make(size, transformers):
    """Of the size that is named: that of transformers, or without transformers the plain one."""
    size = SIZES[size]
    return TransformersLlama(size, transformers) if transformers else PlainLlama(size)


class PlainLlama:
    def __init__(self, size):
        self.network = Llama(**size).eval()

    def next(self, tokens, caches):
        """The likeliest token behind each text, and the caches for the call after."""
        scores, caches = self.network(tokens, caches)
        return scores.argmax(-1, keepdim=True), caches


class TransformersLlama:
    def __init__(self, size, transformers):
        config = transformers.LlamaConfig(
            vocab_size=size["vocabulary"],
            num_hidden_layers=size["layers"],
            hidden_size=size["hidden"],
            num_attention_heads=size["heads"],
            num_key_value_heads=size["key_value_heads"],
            intermediate_size=size["intermediate"],
            attn_implementation="eager",
        )
        self.network = transformers.LlamaForCausalLM(config).eval()

    def next(self, tokens, cache):
        """The likeliest token behind each text, and the cache for the call after."""
        said = self.network(tokens, past_key_values=cache, use_cache=True)
        return said.logits[:, -1:].argmax(-1), said.past_key_values
