"""A small U-Net that is told how noisy its image is: three levels with skips between them, attention at the lowest."""

import math

import torch
from torch import nn
from torch.nn import functional

CHANNELS = 4  # as latent images have
_GROUPS = 8
_HEADS = 4


def make(width):
    return UNet((width, 2 * width, 4 * width))


class UNet(nn.Module):
    def __init__(self, widths):
        super().__init__()
        self.told = nn.Sequential(nn.Linear(widths[0], widths[-1]), nn.SiLU(), nn.Linear(widths[-1], widths[-1]))
        self.first = nn.Conv2d(CHANNELS, widths[0], 3, padding=1)
        pairs = list(zip(widths, widths[1:]))
        self.down = nn.ModuleList(Block(narrow, narrow, widths[-1]) for narrow, _ in pairs)
        self.shrink = nn.ModuleList(nn.Conv2d(narrow, wide, 3, stride=2, padding=1) for narrow, wide in pairs)
        self.lowest = nn.ModuleList(Block(widths[-1], widths[-1], widths[-1]) for _ in range(2))
        self.attention = Attention(widths[-1])
        self.grow = nn.ModuleList(nn.Conv2d(wide, narrow, 3, padding=1) for narrow, wide in reversed(pairs))
        self.up = nn.ModuleList(Block(2 * narrow, narrow, widths[-1]) for narrow, _ in reversed(pairs))
        self.last = nn.Conv2d(widths[0], CHANNELS, 3, padding=1)
        self.frequencies = widths[0] // 2

    def forward(self, image, kept):
        told = self.told(self._waves(kept))
        image = self.first(image)
        skipped = []
        for block, shrink in zip(self.down, self.shrink):
            image = block(image, told)
            skipped.append(image)
            image = shrink(image)
        image = self.lowest[1](self.attention(self.lowest[0](image, told)), told)
        for grow, block in zip(self.grow, self.up):
            image = grow(functional.interpolate(image, scale_factor=2.0, mode="nearest"))
            image = block(torch.cat((image, skipped.pop()), dim=1), told)
        return self.last(image)

    def _waves(self, kept):
        """A number as sines and cosines of it, which a network tells apart better."""
        speeds = torch.arange(self.frequencies, device=kept.device, dtype=torch.float32)
        angles = 1000 * kept.float()[:, None] * torch.exp(-math.log(10000) * speeds / self.frequencies)
        return torch.cat((angles.sin(), angles.cos()), dim=1).to(kept.dtype)


class Block(nn.Module):
    def __init__(self, before, after, told):
        super().__init__()
        self.norms = nn.ModuleList((nn.GroupNorm(_GROUPS, before), nn.GroupNorm(_GROUPS, after)))
        self.convolutions = nn.ModuleList(nn.Conv2d(width, after, 3, padding=1) for width in (before, after))
        self.told = nn.Linear(told, after)
        self.past = nn.Conv2d(before, after, 1) if before != after else nn.Identity()

    def forward(self, image, told):
        inner = self.convolutions[0](functional.silu(self.norms[0](image)))
        inner = inner + self.told(told)[:, :, None, None]
        return self.past(image) + self.convolutions[1](functional.silu(self.norms[1](inner)))


class Attention(nn.Module):
    """Of every place to every other."""

    def __init__(self, width):
        super().__init__()
        self.norm = nn.GroupNorm(_GROUPS, width)
        self.three = nn.Conv2d(width, 3 * width, 1)
        self.out = nn.Conv2d(width, width, 1)

    def forward(self, image):
        batch, width, height, breadth = image.shape
        inner = self.three(self.norm(image)).reshape(batch, 3, _HEADS, width // _HEADS, height * breadth)
        query, key, value = inner.transpose(-1, -2).unbind(1)
        weights = torch.softmax(query @ key.transpose(-1, -2) / math.sqrt(width // _HEADS), dim=-1)
        mixed = (weights @ value).transpose(-1, -2).reshape(batch, width, height, breadth)
        return image + self.out(mixed)
