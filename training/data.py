"""Batches: scanned characters (EMNIST), pen strokes drawn afresh (UNIPEN), scans traced and drawn afresh, and junk; each batch
is made from its own seed, and then bent (`bent`) where the network is: on the GPU, if there is one.

`strength` in [0, 1] tells how far the characters are bent from what was written.
"""

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from junk import UNSEEN, junk_glyph
from render import glyph_of, plain_glyph, to_unit

BRUSHES = (0.03, 0.06, 0.10, 0.16)      # of the drawn character's size, for validation
SCAN, PEN, TRACED, JUNK = SOURCES = range(4)
SHARES = (0.40, 0.28, 0.25, 0.07)       # of a batch, in this order
AS_WRITTEN = 0.2                        # of a batch: what is read later is not bent


class Strokes:
    """Characters as unit strokes: those of a file with `points` [n, 2], where each stroke begins in these, and each character in the strokes."""

    def __init__(self, data):
        self.points, self.strokes, self.characters = data["points"], data["strokes"], data["characters"]

    def __getitem__(self, i: int) -> list[np.ndarray]:
        return to_unit([self.points[self.strokes[s]:self.strokes[s + 1]]
                        for s in range(self.characters[i], self.characters[i + 1])])


class Pens(Strokes):
    """UNIPEN's characters."""

    def __init__(self, folder: Path):
        data = np.load(folder / "unipen.npz")
        super().__init__(data)
        self.labels, self.writers = data["labels"].astype(np.int64), data["writers"]
        self.train, self.held_out = data["train"], data["held_out"]
        counts = np.bincount(self.labels[self.train], minlength=62)
        self.prior = (counts / counts.sum()).astype(np.float32)


class Scans:
    """EMNIST's images, upright, with one label each or two candidates.

    `prior` holds the class frequencies of these images, `official` those of the whole training split; `weight` tells of how
    many official images one of these stands. `lower` is how likely a letter is a small one by `case.py`; where that has
    judged nothing, and for digits, NaN. `traced` are their middle lines, by `tracing.py`.
    """

    def __init__(self, folder: Path):
        data = np.load(folder / "emnist.npz")
        self.images, self.candidates = data["images"], data["candidates"].astype(np.int64)
        self.prior, self.official, self.exact_share = data["prior"], data["official"], data["exact_share"]
        self.weight = (self.official / self.prior)[self.candidates[:, 0]]
        self.train, self.held_out = np.flatnonzero(~data["held_out"]), np.flatnonzero(data["held_out"])
        self.traced = Strokes(np.load(folder / "traced.npz"))
        judged = folder / "case.npy"
        self.lower = np.load(judged) if judged.exists() else np.full(len(self.images), np.nan, np.float32)

    def odds(self, members: np.ndarray) -> np.ndarray:
        """How likely each of their candidates is [n, 2]: by `case.py`, or by how often each is left open where that has judged nothing."""
        left_open = (self.official * (1 - self.exact_share)).clip(1e-6)[self.candidates[members]]
        second = np.where(np.isnan(self.lower[members]), left_open[:, 1] / left_open.sum(1), self.lower[members])
        return np.stack([1 - second, second], 1).astype(np.float32)


def thicken(x: torch.Tensor, amount: torch.Tensor) -> torch.Tensor:
    """Strokes up to a pixel per side thicker (amount 1) or thinner (amount -1)."""
    grown, shrunk = F.max_pool2d(x, 3, 1, 1), -F.max_pool2d(-x, 3, 1, 1)
    amount = amount.view(-1, 1, 1, 1)
    x = torch.where(amount > 0, x.lerp(grown, amount.clamp(min=0)), x.lerp(shrunk, -amount.clamp(max=0)))
    return x / x.amax((2, 3), keepdim=True).clamp(min=0.2)


def augment(x: torch.Tensor, g: torch.Generator, strength: torch.Tensor) -> torch.Tensor:
    """Turn, slant, scale, shift, bend and thicken glyphs [n, 1, 28, 28]; `strength` [n] in [0, 1].

    Cubic sampling, for a linear one blurs, and how soft a line is tells small letters from capitals.
    """
    n = len(x)
    def normal(*shape):
        return torch.randn(n, *shape, generator=g, device=x.device) * strength.view(n, *[1] * len(shape))
    def uniform():
        return torch.rand(n, generator=g, device=x.device)
    amount = (uniform() * 1.7 - 0.9) * (uniform() < 0.1) * strength
    x = thicken(x, amount)
    turn, slant, size, proportion = (normal() * s for s in (0.10, 0.12, 0.05, 0.06))
    matrix = torch.stack([torch.stack([size.exp() * proportion.exp(), slant + turn], 1),
                          torch.stack([-turn, size.exp() / proportion.exp()], 1)], 1)
    theta = torch.cat([matrix, (normal(2) * 0.05).unsqueeze(2)], 2)
    field = F.affine_grid(theta, x.shape, align_corners=False)
    bend = F.interpolate(normal(2, 4, 4) * 0.05, x.shape[2:], mode="bicubic", align_corners=True)
    return F.grid_sample(x, field + bend.permute(0, 2, 3, 1), "bicubic", align_corners=False).clamp(0, 1)


def bent(images: torch.Tensor, source: torch.Tensor, strength: float, seed: list[int]) -> torch.Tensor:
    """A batch's images, augmented: a part of them (`AS_WRITTEN`) not at all, and what was drawn by another hand already half as far as scans."""
    g = torch.Generator(images.device).manual_seed(int(np.random.default_rng(seed).integers(2 ** 62)))
    each = strength * torch.where(source.to(images.device) == SCAN, 1.0, 0.5)
    each *= torch.rand(len(images), generator=g, device=images.device) >= AS_WRITTEN
    return augment(images, g, each)


class Batches(torch.utils.data.Dataset):
    """Item i is the i-th batch of the whole schedule: (images, candidates [n, 2], lower [n], source [n]), the sources in their order.

    The images are as they were scanned, or drawn by another hand: not yet `bent`.
    """

    def __init__(self, folder: Path, size: int, steps: int, seed: int, start: int = 0, strength: float = 1.0,
                 shares: tuple[float, float, float, float] = SHARES):
        self.scans, self.pens = Scans(folder), Pens(folder)
        self.counts = [round(size * share) for share in shares[:JUNK]]
        self.counts.append(size - sum(self.counts))
        self.steps, self.seed, self.start = steps, seed, start
        self.strength, self.orders = strength, {}

    @property
    def epoch_steps(self) -> int:
        """So many that each scan comes once; each pen character, where there are no scans; each traced scan, where there is neither."""
        sources = zip((self.scans.train, self.pens.train, self.scans.train), self.counts)
        return next(len(of) // count for of, count in sources if count)

    @property
    def priors(self) -> np.ndarray:
        """Class frequencies of each source of characters [3, 62]."""
        return np.stack([self.scans.prior, self.pens.prior, self.scans.prior])

    def __len__(self) -> int:
        return self.steps - self.start

    def members(self, kind: int, step: int) -> np.ndarray:
        """The step's members of a source, of which each comes once a round, in an order of its own each round."""
        count, of = self.counts[kind], (self.pens if kind == PEN else self.scans).train
        at = np.arange(step * count, (step + 1) * count)
        return np.array([self.order(kind, of, turn)[i] for turn, i in zip(at // len(of), at % len(of))], np.int64)

    def order(self, kind: int, of: np.ndarray, turn: int) -> np.ndarray:
        """A round's order; the last one is remembered, for it serves a thousand steps."""
        known = self.orders.get(kind)
        if known is None or known[0] != turn:
            known = turn, np.random.default_rng([self.seed, kind, turn]).permutation(of)
            self.orders[kind] = known
        return known[1]

    def __getitem__(self, i: int):
        step = self.start + i
        random = np.random.default_rng([self.seed, step])
        scans, pens, traced = (self.members(kind, step) for kind in (SCAN, PEN, TRACED))
        def character():
            return self.pens[self.pens.train[random.integers(len(self.pens.train))]]
        drawn = [glyph_of(of[c], random, self.strength) for of, chosen in ((self.pens, pens), (self.scans.traced, traced)) for c in chosen]
        junk = [junk_glyph(random, character) for _ in range(self.counts[JUNK])]
        drawn = np.array(drawn + junk, np.float32).reshape(-1, 28, 28)
        images = torch.from_numpy(np.concatenate([self.scans.images[scans] / np.float32(255), drawn]))[:, None]
        source = torch.repeat_interleave(torch.tensor(SOURCES), torch.tensor(self.counts))
        labels = np.repeat(self.pens.labels[pens], 2).reshape(-1, 2)
        candidates = np.concatenate([self.scans.candidates[scans], labels, self.scans.candidates[traced],
                                     np.zeros((self.counts[JUNK], 2), np.int64)])
        lower = np.full(len(images), np.nan, np.float32)
        lower[source == SCAN], lower[source == TRACED] = self.scans.lower[scans], self.scans.lower[traced]
        return images, torch.from_numpy(candidates), torch.from_numpy(lower), source


def validation(folder: Path, per_writer: int = 120):
    """What training never sees: scans, and those traced, pens at four brush widths (at most `per_writer` of a writer), unseen junk."""
    scans, pens = Scans(folder), Pens(folder)
    random = np.random.default_rng(1)
    kept = np.concatenate([random.permutation(of)[:per_writer] for of in
                           (pens.held_out[pens.writers[pens.held_out] == w] for w in np.unique(pens.writers[pens.held_out]))])
    kept = np.array([c for c in kept if plain_glyph(pens[c], 0.1) is not None])
    drawn = np.array([[plain_glyph(pens[c], brush) for c in kept] for brush in BRUSHES], np.float32)
    traced = np.array([[plain_glyph(scans.traced[c], brush) for c in scans.held_out] for brush in BRUSHES], np.float32)
    junk = np.array([junk_glyph(random, lambda: pens[random.choice(pens.held_out)], UNSEEN) for _ in range(3000)])
    return {"scans": torch.from_numpy(scans.images[scans.held_out] / np.float32(255))[:, None],
            "scan_candidates": torch.from_numpy(scans.candidates[scans.held_out]),
            "scan_odds": torch.from_numpy(scans.odds(scans.held_out)),
            "scan_weights": torch.from_numpy(scans.weight[scans.held_out]), "scan_prior": torch.from_numpy(scans.official),
            "traced": torch.from_numpy(traced)[:, :, None],
            "drawn": torch.from_numpy(drawn)[:, :, None], "drawn_labels": torch.from_numpy(pens.labels[kept]),
            "junk": torch.from_numpy(junk)[:, None]}
