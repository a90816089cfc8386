"""BERT, random weights: that of transformers, or a plain one as in Devlin et al., 2018, for any version of PyTorch."""

import torch
from torch import nn
from torch.nn import functional


class Layer(nn.Module):
    def __init__(self, hidden, heads, intermediate, dropout):
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(hidden, hidden)
        self.key = nn.Linear(hidden, hidden)
        self.value = nn.Linear(hidden, hidden)
        self.attended = nn.Linear(hidden, hidden)
        self.attention_norm = nn.LayerNorm(hidden, eps=1e-12)
        self.wide = nn.Linear(hidden, intermediate)
        self.narrow = nn.Linear(intermediate, hidden)
        self.norm = nn.LayerNorm(hidden, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x):
        context = self._attend(self._split(self.query(x)), self._split(self.key(x)), self._split(self.value(x)))
        context = context.transpose(1, 2).reshape(x.shape)
        x = self.attention_norm(x + self.dropout(self.attended(context)))
        return self.norm(x + self.dropout(self.narrow(functional.gelu(self.wide(x)))))

    def _split(self, x):
        return x.view(x.shape[0], x.shape[1], self.heads, -1).transpose(1, 2)

    def _attend(self, query, key, value):
        dropout = self.dropout.p if self.training else 0.0
        if hasattr(functional, "scaled_dot_product_attention"):  # since PyTorch 2.0
            return functional.scaled_dot_product_attention(query, key, value, dropout_p=dropout)
        scores = query @ key.transpose(-1, -2) * query.shape[-1] ** -0.5
        return self.dropout(scores.softmax(-1)) @ value


class Bert(nn.Module):
    def __init__(self, layers, hidden, heads, intermediate, vocabulary, positions=512, labels=2, dropout=0.1):
        super().__init__()
        self.tokens = nn.Embedding(vocabulary, hidden, padding_idx=0)
        self.positions = nn.Embedding(positions, hidden)
        self.segments = nn.Embedding(2, hidden)
        self.norm = nn.LayerNorm(hidden, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(hidden, heads, intermediate, dropout) for _ in range(layers))
        self.pooler = nn.Linear(hidden, hidden)
        self.classifier = nn.Linear(hidden, labels)
        self.apply(_initialise)

    def forward(self, tokens):
        """Scores of the labels, for tokens of one segment and no padding."""
        places = torch.arange(tokens.shape[1], device=tokens.device)
        x = self.tokens(tokens) + self.positions(places) + self.segments(torch.zeros_like(tokens))
        x = self.dropout(self.norm(x))
        for layer in self.layers:
            x = layer(x)
        return self.classifier(self.dropout(torch.tanh(self.pooler(x[:, 0]))))


# BERT-base, and one small enough for a CPU.
SIZES = {
    "base": dict(layers=12, hidden=768, heads=12, intermediate=3072, vocabulary=30522),
    "tiny": dict(layers=2, hidden=128, heads=2, intermediate=512, vocabulary=2048),
}


def make(size, transformers, network_class):
    """Of the size that is named: the class of transformers, or without transformers the plain one."""
    size = SIZES[size]
    return TransformersBert(size, transformers, network_class) if transformers else PlainBert(size)


class PlainBert:
    def __init__(self, size):
        self.network = Bert(**size)

    def loss(self, texts, labels):
        return functional.cross_entropy(self.network(texts), labels)


class TransformersBert:
    def __init__(self, size, transformers, network_class):
        config = transformers.BertConfig(
            num_hidden_layers=size["layers"],
            hidden_size=size["hidden"],
            num_attention_heads=size["heads"],
            intermediate_size=size["intermediate"],
            vocab_size=size["vocabulary"],
            attn_implementation="sdpa",
        )
        self.network = getattr(transformers, network_class)(config)

    def loss(self, texts, labels):
        return self.network(texts, labels=labels).loss


def _initialise(module):
    if isinstance(module, (nn.Linear, nn.Embedding)):
        nn.init.normal_(module.weight, std=0.02)
    if isinstance(module, nn.Linear):
        nn.init.zeros_(module.bias)
