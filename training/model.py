"""The networks. Each maps glyphs [n, 1, 28, 28] to class logits [n, 62] and legibility logits [n].

The class logits carry no prior: training adds the label prior of each source to them, and whoever uses the network adds the
prior of the place where it is used.
"""

from collections import OrderedDict
from itertools import pairwise
from pathlib import Path

import torch
from torch import nn

from classes import CLASSES


def conv_block(inputs: int, outputs: int, kernel: int = 3, **options) -> nn.Sequential:
    convolution = nn.Conv2d(inputs, outputs, kernel, bias=False, **options)
    return nn.Sequential(convolution, nn.BatchNorm2d(outputs), nn.ReLU(inplace=True))


class Residual(nn.Module):
    """The basic block of ResNet (He et al. 2015). The second batch norm starts at zero, so the block starts as identity."""

    def __init__(self, channels: int):
        super().__init__()
        self.change = nn.Sequential(
            conv_block(channels, channels, padding=1),
            nn.Conv2d(channels, channels, 3, padding=1, bias=False),
            nn.BatchNorm2d(channels),
        )
        nn.init.zeros_(self.change[-1].weight)

    def forward(self, x):
        return torch.relu_(x + self.change(x))


def residuals(channels: int, count: int) -> list[Residual]:
    return [Residual(channels) for _ in range(count)]


class GlobalDepthwise(nn.Conv2d):
    """A depth-wise convolution with a kernel as large as its input: one weighted sum per channel.

    MobileFaceNets (arXiv 1804.07573) use it in place of global average pooling. Each feature learns where it matters, which
    separates characters that differ only by position, at a tenth of the cost of a dense layer.
    """

    def __init__(self, channels: int, side: int):
        super().__init__(channels, channels, side, groups=channels, bias=False)

    def forward(self, x):
        if self.training:  # the same sum, written so that its gradient is fast
            pixels = x.permute(0, 2, 3, 1).flatten(1, 2)
            return (pixels * self.weight.flatten(1).t().to(x.dtype)).sum(1)[..., None, None]
        return super().forward(x)


class Network(nn.Module):
    """A body that computes features [n, features], and the two outputs."""

    def __init__(self, body: nn.Module, features: int, dropout: float):
        super().__init__()
        self.body, self.drop = body, nn.Dropout(dropout)
        self.classes, self.legible = nn.Linear(features, CLASSES), nn.Linear(features, 1)

    def forward(self, x):
        features = self.drop(self.body(x))
        return self.classes(features), self.legible(features).squeeze(1)


def baseline() -> Network:
    """A plain CNN to compare with: three convolutions with pooling and a dense layer."""
    widths = [1, 32, 64, 128]
    pooled = [nn.Sequential(conv_block(a, b, padding=1), nn.MaxPool2d(2)) for a, b in pairwise(widths)]
    return Network(nn.Sequential(*pooled, nn.Flatten(), nn.Linear(128 * 3 * 3, 256), nn.ReLU()), 256, 0.5)


def strided(width: int, blocks: tuple[int, int]) -> Network:
    """A ResNet whose first layer, 6x6 with stride 2, halves the glyph at once. Nothing is computed at 28x28."""
    wide, features = 2 * width, 4 * width
    body = OrderedDict(
        first=conv_block(1, width, 6, stride=2, padding=2),
        fine=nn.Sequential(*residuals(width, blocks[0])),
        halved=nn.MaxPool2d(2),
        wider=conv_block(width, wide, padding=1),
        coarse=nn.Sequential(*residuals(wide, blocks[1])),
        features=conv_block(wide, features, 1),
        whole=GlobalDepthwise(features, 7),
        norm=nn.BatchNorm2d(features),
        flat=nn.Flatten(),
    )
    return Network(nn.Sequential(body), features, 0.2)


def early_layers(width: int, blocks: tuple[int, int]) -> nn.Sequential:
    """The first half of `full_resolution`, from the glyph to 2 * width channels of 7x7. Its first layer works at 28x28."""
    wide = 2 * width
    return nn.Sequential(
        conv_block(1, width, padding=1),
        *residuals(width, blocks[0]),
        nn.MaxPool2d(2),
        conv_block(width, wide, padding=1),
        *residuals(wide, blocks[1]),
        nn.MaxPool2d(2),
    )


def late_layers(inputs: int, width: int, blocks: int) -> nn.Sequential:
    """The second half, from `inputs` channels of 7x7 to 2 * width features."""
    features = 2 * width
    return nn.Sequential(
        conv_block(inputs, width, padding=1),
        *residuals(width, blocks),
        conv_block(width, features, 1),
        GlobalDepthwise(features, 7),
        nn.BatchNorm2d(features),
        nn.Flatten(),
    )


def full_resolution(width: int = 32, blocks: tuple[int, int, int] = (1, 2, 2)) -> Network:
    """A ResNet that starts at 28x28. It makes other mistakes than `strided`, so the two are better together."""
    body = OrderedDict(early=early_layers(width, blocks[:2]), late=late_layers(2 * width, 4 * width, blocks[2]))
    return Network(nn.Sequential(body), 8 * width, 0.2)


class MixtureOfExperts(nn.Module):
    """A generalist, and two experts weighted by a gate (Jacobs et al. 1991).

    The scan expert has learnt scans only, the pen expert drawings only. They share their early layers. The gate estimates
    p(scan) and weights the scan expert by p and the pen expert by 1 - p.
    """

    GENERALIST = 0.6  # weight of the generalist's logits

    def __init__(self, width: int = 64, expert_width: int = 128):
        super().__init__()
        self.generalist, self.early = strided(width, (2, 3)), early_layers(32, (1, 2))
        self.scan_expert, self.pen_expert = self.expert(expert_width), self.expert(expert_width)
        self.gate = nn.Sequential(
            conv_block(64, 64, padding=1), GlobalDepthwise(64, 7), nn.BatchNorm2d(64), nn.Flatten(), nn.Linear(64, 1)
        )

    @staticmethod
    def expert(width: int) -> nn.Sequential:
        parts = OrderedDict(body=late_layers(64, width, 2), drop=nn.Dropout(0.2), classes=nn.Linear(2 * width, CLASSES))
        return nn.Sequential(parts)

    def forward(self, x):
        logits, legible = self.generalist(x)
        shared = self.early(x)
        p = torch.sigmoid(self.gate(shared))
        experts = p * self.scan_expert(shared) + (1 - p) * self.pen_expert(shared)
        return self.GENERALIST * logits + (1 - self.GENERALIST) * experts, legible


ARCHITECTURES = {
    "baseline": baseline,
    "small": lambda: strided(64, (1, 1)),
    "medium": lambda: strided(64, (1, 2)),
    "deep": lambda: strided(64, (2, 3)),
    "large": lambda: strided(128, (3, 4)),  # a teacher: five times the work of deep
    "full": full_resolution,
    "full-large": lambda: full_resolution(64, (1, 3, 3)),  # a teacher: five times the work of full
    "mixture": MixtureOfExperts,
    "mixture-wide": lambda: MixtureOfExperts(80, 160),  # model 1.8.0
}


@torch.no_grad()
def grow(network: nn.Module, trained: nn.Module) -> None:
    """Copies the weights of a trained network with fewer blocks or channels; `network` then computes the same function.

    New blocks start as identity. New channels start with random inputs, and no existing channel reads them yet.
    """
    own = network.state_dict()
    for name, value in trained.state_dict().items():
        if name not in own or any(small > large for small, large in zip(value.shape, own[name].shape, strict=True)):
            raise ValueError(f"the trained network is not a smaller one of the same kind: {name} does not fit")
        corner = tuple(slice(size) for size in value.shape)
        own[name][corner[:1]] = 0
        own[name][corner] = value


def load(run: Path, device="cpu") -> tuple[nn.Module, dict]:
    """The averaged network of a run, and everything in its checkpoint."""
    saved = torch.load(run / "checkpoint.pt", weights_only=True, map_location=device)
    network = ARCHITECTURES[saved["architecture"]]().to(device)
    network.load_state_dict(saved["ema"])
    return network, saved


def save(run: Path, architecture: str, ema: dict, stages: list, shares: list[float], **more) -> None:
    """Writes a run's checkpoint. `stages` records how the weights came about, `shares` what they were trained on."""
    run.mkdir(parents=True, exist_ok=True)
    saved = {"architecture": architecture, "ema": ema, "stages": stages, "shares": list(shares), **more}
    torch.save(saved, run / "checkpoint.new")
    (run / "checkpoint.new").rename(run / "checkpoint.pt")
