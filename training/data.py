"""Batches: scanned characters (EMNIST), pen strokes drawn afresh (UNIPEN) and junk, each batch made from its own seed.

`strength` in [0, 1] tells how far the characters are bent from what was written.
"""

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from junk import UNSEEN, junk_glyph
from render import glyph_of, plain_glyph, to_unit

BRUSHES = (0.03, 0.06, 0.10, 0.16)      # of the drawn character's size, for validation
SHARES = (0.56, 0.37, 0.07)             # of a batch: scanned, drawn, junk


class Pens:
    """UNIPEN's characters as unit strokes."""

    def __init__(self, folder: Path):
        data = np.load(folder / "unipen.npz")
        self.points, self.strokes, self.characters = data["points"], data["strokes"], data["characters"]
        self.labels, self.writers = data["labels"].astype(np.int64), data["writers"]
        self.train, self.held_out = data["train"], data["held_out"]
        counts = np.bincount(self.labels[self.train], minlength=62)
        self.prior = (counts / counts.sum()).astype(np.float32)

    def __getitem__(self, i: int) -> list[np.ndarray]:
        return to_unit([self.points[self.strokes[s]:self.strokes[s + 1]]
                        for s in range(self.characters[i], self.characters[i + 1])])


class Scans:
    """EMNIST's images, upright, with one label each or two candidates.

    `prior` holds the class frequencies of these images, `official` those of the whole training split; `weight` tells of how
    many official images one of these stands. `lower` is how likely a letter is a small one by `case.py`; where that has
    judged nothing, and for digits, NaN.
    """

    def __init__(self, folder: Path):
        data = np.load(folder / "emnist.npz")
        self.images, self.candidates = data["images"], data["candidates"].astype(np.int64)
        self.prior, self.official, self.exact_share = data["prior"], data["official"], data["exact_share"]
        self.weight = (self.official / self.prior)[self.candidates[:, 0]]
        self.train, self.held_out = np.flatnonzero(~data["held_out"]), np.flatnonzero(data["held_out"])
        judged = folder / "case.npy"
        self.lower = np.load(judged) if judged.exists() else np.full(len(self.images), np.nan, np.float32)


def thicken(x: torch.Tensor, amount: torch.Tensor) -> torch.Tensor:
    """Strokes up to a pixel per side thicker (amount 1) or thinner (amount -1)."""
    grown, shrunk = F.max_pool2d(x, 3, 1, 1), -F.max_pool2d(-x, 3, 1, 1)
    amount = amount.view(-1, 1, 1, 1)
    x = torch.where(amount > 0, x.lerp(grown, amount.clamp(min=0)), x.lerp(shrunk, -amount.clamp(max=0)))
    return x / x.amax((2, 3), keepdim=True).clamp(min=0.2)


def augment(x: torch.Tensor, g: torch.Generator, strength: torch.Tensor) -> torch.Tensor:
    """Turn, slant, scale, shift, bend and thicken glyphs [n, 1, 28, 28]; `strength` [n] in [0, 1]."""
    n = len(x)
    def normal(*shape):
        return torch.randn(n, *shape, generator=g) * strength.view(n, *[1] * len(shape))
    amount = (torch.rand(n, generator=g) * 1.7 - 0.9) * (torch.rand(n, generator=g) < 0.1) * strength
    x = thicken(x, amount)
    turn, slant, size, proportion = (normal() * s for s in (0.10, 0.12, 0.05, 0.06))
    matrix = torch.stack([torch.stack([size.exp() * proportion.exp(), slant + turn], 1),
                          torch.stack([-turn, size.exp() / proportion.exp()], 1)], 1)
    theta = torch.cat([matrix, (normal(2) * 0.05).unsqueeze(2)], 2)
    field = F.affine_grid(theta, x.shape, align_corners=False)
    bend = F.interpolate(normal(2, 4, 4) * 0.05, x.shape[2:], mode="bicubic", align_corners=True)
    return F.grid_sample(x, field + bend.permute(0, 2, 3, 1), align_corners=False).clamp(0, 1)


class Batches(torch.utils.data.Dataset):
    """Item i is the i-th batch of the whole schedule: (images, candidates [n, 2], lower [n], source [n]); source 0 scan, 1 pen, 2 junk."""

    def __init__(self, folder: Path, size: int, steps: int, seed: int, start: int = 0, strength: float = 1.0,
                 shares: tuple[float, float, float] = SHARES):
        self.scans, self.pens = Scans(folder), Pens(folder)
        self.counts = [round(size * share) for share in shares[:2]]
        self.counts.append(size - sum(self.counts))
        self.steps, self.seed, self.start = steps, seed, start
        self.strength, self.orders = strength, {}

    @property
    def epoch_steps(self) -> int:
        """So many that each scan comes once; each pen character, where there are no scans."""
        scans, pens, _ = self.counts
        return len(self.scans.train) // scans if scans else len(self.pens.train) // pens

    def __len__(self) -> int:
        return self.steps - self.start

    def members(self, source: np.ndarray, count: int, step: int) -> np.ndarray:
        """The step's members of a source, of which each comes once a round, in an order of its own each round."""
        at = np.arange(step * count, (step + 1) * count)
        return np.array([self.order(source, turn)[i] for turn, i in zip(at // len(source), at % len(source))], np.int64)

    def order(self, source: np.ndarray, turn: int) -> np.ndarray:
        """A round's order; the last one is remembered, for it serves a thousand steps."""
        known = self.orders.get(len(source))
        if known is None or known[0] != turn:
            known = turn, np.random.default_rng([self.seed, len(source), turn]).permutation(source)
            self.orders[len(source)] = known
        return known[1]

    def __getitem__(self, i: int):
        step = self.start + i
        random = np.random.default_rng([self.seed, step])
        scans = self.members(self.scans.train, self.counts[0], step)
        pens = self.members(self.pens.train, self.counts[1], step)
        def character():
            return self.pens[self.pens.train[random.integers(len(self.pens.train))]]
        drawn = [glyph_of(self.pens[c], random, self.strength) for c in pens]
        junk = [junk_glyph(random, character) for _ in range(self.counts[2])]
        drawn, junk = (np.array(of, np.float32).reshape(-1, 28, 28) for of in (drawn, junk))
        images = torch.from_numpy(np.concatenate([self.scans.images[scans] / np.float32(255), drawn, junk]))[:, None]
        g = torch.Generator().manual_seed(int(random.integers(2 ** 62)))
        source = torch.repeat_interleave(torch.arange(3), torch.tensor(self.counts))
        images = augment(images, g, torch.where(source == 0, 1.0, 0.5) * self.strength)
        labels = np.repeat(self.pens.labels[pens], 2).reshape(-1, 2)
        candidates = np.concatenate([self.scans.candidates[scans], labels, np.zeros((self.counts[2], 2), np.int64)])
        lower = np.concatenate([self.scans.lower[scans], np.full(len(images) - len(scans), np.nan, np.float32)])
        return images, torch.from_numpy(candidates), torch.from_numpy(lower), source


def validation(folder: Path, per_writer: int = 120):
    """What training never sees: scans, pens at four brush widths (at most `per_writer` of a writer), unseen junk."""
    scans, pens = Scans(folder), Pens(folder)
    random = np.random.default_rng(1)
    kept = np.concatenate([random.permutation(of)[:per_writer] for of in
                           (pens.held_out[pens.writers[pens.held_out] == w] for w in np.unique(pens.writers[pens.held_out]))])
    kept = np.array([c for c in kept if plain_glyph(pens[c], 0.1) is not None])
    drawn = np.array([[plain_glyph(pens[c], brush) for c in kept] for brush in BRUSHES], np.float32)
    junk = np.array([junk_glyph(random, lambda: pens[random.choice(pens.held_out)], UNSEEN) for _ in range(3000)])
    return {"scans": torch.from_numpy(scans.images[scans.held_out] / np.float32(255))[:, None],
            "scan_candidates": torch.from_numpy(scans.candidates[scans.held_out]),
            "scan_weights": torch.from_numpy(scans.weight[scans.held_out]), "scan_prior": torch.from_numpy(scans.official),
            "drawn": torch.from_numpy(drawn)[:, :, None], "drawn_labels": torch.from_numpy(pens.labels[kept]),
            "junk": torch.from_numpy(junk)[:, None]}
