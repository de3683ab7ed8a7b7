"""The networks, and how a trained one is read back. Each turns glyphs [n, 1, 28, 28] into 62 class scores without prior, and one score for legibility."""

from collections import OrderedDict
from pathlib import Path

import torch
from torch import nn

CLASSES = 62


def convolution(inputs: int, outputs: int, kernel: int = 3, **options) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(inputs, outputs, kernel, bias=False, **options), nn.BatchNorm2d(outputs),
                         nn.ReLU(inplace=True))


class Residual(nn.Module):
    """He et al. 2015, the basic block; the second normalisation starts at zero so that the block starts as identity."""

    def __init__(self, channels: int):
        super().__init__()
        self.change = nn.Sequential(convolution(channels, channels, padding=1),
                                    nn.Conv2d(channels, channels, 3, padding=1, bias=False), nn.BatchNorm2d(channels))
        nn.init.zeros_(self.change[-1].weight)

    def forward(self, x):
        return torch.relu_(x + self.change(x))


class WholePicture(nn.Conv2d):
    """A depth-wise convolution as large as its input [n, channels, side, side]: one weighted sum a channel."""

    def __init__(self, channels: int, side: int):
        super().__init__(channels, channels, side, groups=channels, bias=False)

    def forward(self, x):
        if self.training:       # the same sum; frameworks are slow at this convolution's gradient
            pixels = x.permute(0, 2, 3, 1).flatten(1, 2)
            return (pixels * self.weight.flatten(1).t().to(x.dtype)).sum(1)[..., None, None]
        return super().forward(x)


class Network(nn.Module):
    """A body that gives [n, features], then the two outputs."""

    def __init__(self, body: nn.Module, features: int, dropout: float):
        super().__init__()
        self.body, self.drop = body, nn.Dropout(dropout)
        self.classes, self.legible = nn.Linear(features, CLASSES), nn.Linear(features, 1)

    def forward(self, x):
        features = self.drop(self.body(x))
        return self.classes(features), self.legible(features).squeeze(1)


def original() -> Network:
    """The CNN of the program this one replaces: Conv 32-64-128 with pooling, Dense 256, Dropout 0.5."""
    return Network(nn.Sequential(convolution(1, 32, padding=1), nn.MaxPool2d(2), convolution(32, 64, padding=1), nn.MaxPool2d(2),
                                 convolution(64, 128, padding=1), nn.MaxPool2d(2), nn.Flatten(),
                                 nn.Linear(128 * 3 * 3, 256), nn.ReLU()), 256, 0.5)


def ink(width: int = 64, blocks: tuple[int, int] = (1, 2)) -> Network:
    """Ours. Its first layer sees 6x6 pixels and halves the picture at once: small pictures need no work at full size.

    A depth-wise 7x7 convolution ends it (MobileFaceNets, arXiv 1804.07573): every feature learns where it matters, which
    tells apart characters that differ by position alone, and costs a tenth of a dense layer.
    """
    wide, features = 2 * width, 4 * width
    return Network(nn.Sequential(OrderedDict(
        first=convolution(1, width, 6, stride=2, padding=2),
        fine=nn.Sequential(*[Residual(width) for _ in range(blocks[0])]),
        halved=nn.MaxPool2d(2),
        wider=convolution(width, wide, padding=1),
        coarse=nn.Sequential(*[Residual(wide) for _ in range(blocks[1])]),
        features=convolution(wide, features, 1),
        whole=WholePicture(features, 7),
        norm=nn.BatchNorm2d(features),
        flat=nn.Flatten())), features, 0.2)


def small() -> Network:
    """`ink` with a block less: trained first, for it is faster to train. `ink` then starts from it (see `grow`)."""
    return ink(blocks=(1, 1))


def deep() -> Network:
    """`ink` with two blocks more, which starts from it: in 8-bit integers still far below a millisecond."""
    return ink(blocks=(2, 3))


def wide() -> Network:
    """`deep` with half as many channels again, which starts from it: 2.25 times the work."""
    return ink(96, (2, 3))


def early(width: int, blocks: tuple[int, int]) -> nn.Sequential:
    """The first half of `fine`, which sees single pixels, unlike `ink`: to twice `width` channels of 7x7."""
    wide = 2 * width
    return nn.Sequential(convolution(1, width, padding=1), *[Residual(width) for _ in range(blocks[0])], nn.MaxPool2d(2),
                         convolution(width, wide, padding=1), *[Residual(wide) for _ in range(blocks[1])], nn.MaxPool2d(2))


def late(seen: int, wide: int, blocks: int) -> nn.Sequential:
    """The second half: from `seen` channels to twice `wide` features."""
    features = 2 * wide
    return nn.Sequential(convolution(seen, wide, padding=1), *[Residual(wide) for _ in range(blocks)], convolution(wide, features, 1),
                         WholePicture(features, 7), nn.BatchNorm2d(features), nn.Flatten())


def fine(width: int = 32, blocks: tuple[int, int, int] = (1, 2, 2)) -> Network:
    """As good as `deep` and nearly as fast, and begun apart from it, so that the two do not make the same mistakes."""
    body = OrderedDict(early=early(width, blocks[:2]), late=late(2 * width, 4 * width, blocks[2]))
    return Network(nn.Sequential(body), 8 * width, 0.2)


class Panel(nn.Module):
    """Three opinions of each glyph: of an `ink`, which has learnt scans and pens, and of two second halves of `fine`, which
    have learnt one source each and read it the better for that. The latter two count as much as the glyph looks like a
    scan, or does not.
    """

    SHARE = 0.6             # of the first one in the scores; half of them would read pens as well as it alone does, not better

    def __init__(self, width: int = 64, wide: int = 128):
        super().__init__()
        self.both, self.early = ink(width, (2, 3)), early(32, (1, 2))
        self.scans, self.pens = (nn.Sequential(OrderedDict(body=late(64, wide, 2), drop=nn.Dropout(0.2),
                                                           classes=nn.Linear(2 * wide, CLASSES))) for _ in range(2))
        self.scanned = nn.Sequential(convolution(64, 64, padding=1), WholePicture(64, 7), nn.BatchNorm2d(64), nn.Flatten(),
                                     nn.Linear(64, 1))

    def forward(self, x):
        scores, legible = self.both(x)
        seen = self.early(x)
        scanned = torch.sigmoid(self.scanned(seen))
        special = scanned * self.scans(seen) + (1 - scanned) * self.pens(seen)
        return self.SHARE * scores + (1 - self.SHARE) * special, legible


def broad() -> Panel:
    """A `panel` a quarter wider, which starts from it."""
    return Panel(80, 160)


def teacher() -> Network:
    """A wide and deep `ink` to distil from, five times the work of `deep`; for a GPU."""
    return ink(128, (3, 4))


def tutor() -> Network:
    """A wide and deep `fine` to distil from, five times its work; for a GPU."""
    return fine(64, (1, 3, 3))


ARCHITECTURES = {"original": original, "small": small, "ink": ink, "deep": deep, "wide": wide, "fine": fine, "panel": Panel,
                 "broad": broad, "teacher": teacher, "tutor": tutor}


@torch.no_grad()
def grow(network: Network, trained: Network) -> None:
    """Gives a network the weights of a trained one with fewer blocks or channels: it then computes the same.

    New blocks start as identity; what a new channel sees is random, and nothing that was there before listens to it yet.
    """
    own = network.state_dict()
    for name, value in trained.state_dict().items():
        if name not in own:
            raise ValueError(f"not a smaller network of the same kind: it has {name}")
        corner = tuple(slice(size) for size in value.shape)
        own[name][corner[:1]] = 0
        own[name][corner] = value


def load(checkpoint: Path, device="cpu") -> tuple[Network, dict]:
    """The averaged network of a checkpoint of `train.py`, and all that the checkpoint holds."""
    saved = torch.load(checkpoint, weights_only=True, map_location=device)
    network = ARCHITECTURES[saved["arch"]]().to(device)
    network.load_state_dict(saved["average"])
    return network, saved
