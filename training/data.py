"""Training batches and validation sets, from what `prepare.py` wrote.

A batch mixes five sources: scans (EMNIST), pen strokes drawn afresh (UNIPEN), scans traced and drawn afresh, what the program
extracts from pictures of pen strokes, and negatives, which are drawings of no character. Batch i depends on the seed and i
alone, so a run can resume anywhere.
"""

from pathlib import Path

import numpy as np
import torch

from negatives import UNSEEN, negative_glyph
from pictures import Pictures
from render import glyph_of, plain_glyph, to_unit

SCAN, PEN, TRACED, PICTURE, NEGATIVE = SOURCES = range(5)
SHARES = (0.40, 0.28, 0.25, 0.0, 0.07)  # of a batch, in this order
BRUSHES = (0.03, 0.06, 0.10, 0.16)  # line widths in validation, as a fraction of the character's size
SIGN, SYMBOL, WORD = "sign", "symbol", "word"  # drawn after a font, or by people
RECOMBINED = "recombined"  # strokes of people's characters
SIGNS = 0.8  # share of signs.npz among the negatives
SIGN_SHARES = {SIGN: 0.37, SYMBOL: 0.24, WORD: 0.12, RECOMBINED: 0.27}
PER_WRITER = 120  # characters of one writer in validation, at most
NEGATIVES = 3000  # in validation


class Strokes:
    """Characters as strokes, scaled so that the long side of the bounding box is 1.

    The file holds `points` [n, 2], the index of the first point of each stroke, and of the first stroke of each character.
    """

    def __init__(self, data):
        self.points, self.strokes, self.characters = data["points"], data["strokes"], data["characters"]

    def __getitem__(self, i: int) -> list[np.ndarray]:
        members = range(self.characters[i], self.characters[i + 1])
        return to_unit([self.points[self.strokes[s] : self.strokes[s + 1]] for s in members])


def appended(first: dict[str, np.ndarray], second: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Two files of characters as if they were one."""
    joined = {name: np.concatenate([first[name], second[name]]) for name in ("points", "labels", "writers")}
    for index in ("strokes", "characters"):
        joined[index] = np.concatenate([first[index], first[index][-1] + second[index][1:]])
    return joined


class Pens(Strokes):
    """UNIPEN's characters with their labels and writers, and the indices of both splits.

    The characters of letters.npz, if there are any (`text/letters.py`), are more characters to train on.
    """

    def __init__(self, folder: Path):
        data = dict(np.load(folder / "unipen.npz"))
        self.train, self.held_out = data["train"], data["held_out"]
        if (letters := folder / "letters.npz").exists():
            unipen = len(data["labels"])
            data = appended(data, dict(np.load(letters)))
            self.train = np.concatenate([self.train, np.arange(unipen, len(data["labels"]))])
        super().__init__(data)
        self.labels, self.writers = data["labels"].astype(np.int64), data["writers"]
        counts = np.bincount(self.labels[self.train], minlength=62)
        self.prior = (counts / counts.sum()).astype(np.float32)


class Signs(Strokes):
    """Drawings of no letter and no digit, as `signs.py` wrote them.

    Within a source, all kinds are equally frequent, but drawings that seem legible come up more often.
    """

    LEAST = 0.1  # a drawing of legibility 0 comes up so often, where one of legibility 1 comes up 1.1 times

    def __init__(self, folder: Path):
        data = np.load(folder / "signs.npz")
        super().__init__(data)
        self.kinds, self.sources, self.held_out = data["kinds"], data["sources"], data["held_out"]
        self.cumulated = np.cumsum(self.frequencies(data["legibility"]))

    def frequencies(self, legibility: np.ndarray) -> np.ndarray:
        """The share of each drawing in training."""
        source_kinds = np.char.add(self.sources, self.kinds)
        _, kind, counts = np.unique(source_kinds[~self.held_out], return_inverse=True, return_counts=True)
        frequencies = np.zeros(len(self.kinds))
        frequencies[~self.held_out] = (self.LEAST + legibility[~self.held_out]) / counts[kind]
        for source, share in SIGN_SHARES.items():
            members = self.sources == source
            frequencies[members] *= share / frequencies[members].sum()
        return frequencies

    def random(self, random: np.random.Generator) -> list[np.ndarray]:
        """The unit strokes of a random drawing to train on."""
        return self[np.searchsorted(self.cumulated, random.random() * self.cumulated[-1], side="right")]


class Scans:
    """EMNIST's images, upright, each with two candidate labels, which are equal where the label is known.

    `prior` holds the class frequencies of these images and `official` those of the whole training split; `weight` corrects
    the difference in validation. `exact_share` is the share of each class whose label is known. `p_lower` is the probability
    that a letter is lower case, by `pseudo_label.py`, and NaN where there is none. `traced` are the images' centre lines.
    """

    def __init__(self, folder: Path):
        data = np.load(folder / "emnist.npz")
        self.images, self.candidates = data["images"], data["candidates"].astype(np.int64)
        self.prior, self.official, self.exact_share = data["prior"], data["official"], data["exact_share"]
        self.weight = (self.official / self.prior)[self.candidates[:, 0]]
        self.train, self.held_out = np.flatnonzero(~data["held_out"]), np.flatnonzero(data["held_out"])
        self.traced = Strokes(np.load(folder / "traced.npz"))
        pseudo_labels = folder / "p_lower.npy"
        self.has_pseudo_labels = pseudo_labels.exists()
        self.p_lower = np.load(pseudo_labels) if self.has_pseudo_labels else np.full(len(self.images), np.nan, np.float32)

    def candidate_probabilities(self, members: np.ndarray) -> np.ndarray:
        """The probability of each candidate label [n, 2]: by the pseudo-labels, or else by how often each case is left open."""
        left_open = (self.official * (1 - self.exact_share)).clip(1e-6)[self.candidates[members]]
        known = self.p_lower[members]
        second = np.where(np.isnan(known), left_open[:, 1] / left_open.sum(1), known)
        return np.stack([1 - second, second], 1).astype(np.float32)


class Batches(torch.utils.data.Dataset):
    """Item i is batch i of the schedule: (images, candidates [n, 2], p_lower [n], source [n]), ordered by source.

    A picture whose character could not be restored counts as a negative. Drawn glyphs come distorted by `strength`, the others
    as they are. The caller augments the whole batch (`augment.augmented`).
    """

    def __init__(self, folder: Path, size: int, steps: int, seed: int, strength: float, shares=SHARES):
        self.scans, self.pens, self.pictures = Scans(folder), Pens(folder), Pictures(folder / "pictures")
        self.signs = Signs(folder) if (folder / "signs.npz").exists() else None
        if shares[PICTURE] and not len(self.pictures.inked):
            raise SystemExit(f"{folder} holds no extracted pictures: pictures.py says how to make them")
        self.counts = [round(size * share) for share in shares[:NEGATIVE]]
        self.counts.append(size - sum(self.counts))
        self.first, self.steps = 0, steps
        self.seed, self.strength, self.orders = seed, strength, {}

    @property
    def priors(self) -> np.ndarray:
        """Class frequencies of each source of characters [4, 62]."""
        return np.stack([self.scans.prior, self.pens.prior, self.scans.prior, self.pens.prior])

    def __len__(self) -> int:
        return self.steps - self.first

    def members(self, source: int, step: int) -> np.ndarray:
        """The members of a source in this step. Each comes once a round, and every round has its own order."""
        count = self.counts[source]
        pool = (self.scans.train, self.pens.train, self.scans.train, self.pictures.inked)[source]
        at = np.arange(step * count, (step + 1) * count)
        return np.array([self.order(source, pool, turn)[i] for turn, i in zip(at // len(pool), at % len(pool))], np.int64)

    def order(self, source: int, pool: np.ndarray, turn: int) -> np.ndarray:
        """The order of one round. The latest is kept, since it serves about a thousand steps."""
        known = self.orders.get(source)
        if known is None or known[0] != turn:
            known = turn, np.random.default_rng([self.seed, source, turn]).permutation(pool)
            self.orders[source] = known
        return known[1]

    def __getitem__(self, i: int):
        step = self.first + i
        random = np.random.default_rng([self.seed, step])
        scans, pens, traced, pictures = (self.members(source, step) for source in range(NEGATIVE))
        is_restored = self.pictures.is_restored[pictures]
        restored, lost = pictures[is_restored], pictures[~is_restored]
        counts = [*self.counts[:PICTURE], len(restored), len(lost) + self.counts[NEGATIVE]]

        def any_character():
            return self.pens[self.pens.train[random.integers(len(self.pens.train))]]

        drawn = [glyph_of(self.pens[c], random, self.strength) for c in pens]
        drawn += [glyph_of(self.scans.traced[c], random, self.strength) for c in traced]
        drawn += [self.pictures.glyphs[c] / np.float32(255) for c in (*restored, *lost)]
        drawn += [self.negative(random, any_character) for _ in range(self.counts[NEGATIVE])]
        drawn = np.array(drawn, np.float32).reshape(-1, 28, 28)
        images = torch.from_numpy(np.concatenate([self.scans.images[scans] / np.float32(255), drawn]))[:, None]
        source = torch.repeat_interleave(torch.tensor(SOURCES), torch.tensor(counts))
        pen_labels, picture_labels = (
            np.repeat(labels, 2).reshape(-1, 2) for labels in (self.pens.labels[pens], self.pictures.labels[restored])
        )
        no_labels = np.zeros((counts[NEGATIVE], 2), np.int64)
        candidates = [self.scans.candidates[scans], pen_labels, self.scans.candidates[traced], picture_labels, no_labels]
        p_lower = np.full(len(images), np.nan, np.float32)
        p_lower[source == SCAN], p_lower[source == TRACED] = self.scans.p_lower[scans], self.scans.p_lower[traced]
        return images, torch.from_numpy(np.concatenate(candidates)), torch.from_numpy(p_lower), source

    def negative(self, random: np.random.Generator, any_character) -> np.ndarray:
        """A glyph that is no character: a synthesised drawing, or what people and fonts show, if there is a signs.npz."""
        if self.signs and random.random() < SIGNS:
            return glyph_of(self.signs.random(random), random, self.strength)
        return negative_glyph(random, any_character)


class Validation:
    """What training never sees: held-out scans, these traced, pens of held-out writers, and negatives of unseen kinds.

    `pens` and `traced` are [brush, n, 1, 28, 28]: the same characters drawn with each of BRUSHES.
    """

    def __init__(self, folder: Path):
        scans, pens = Scans(folder), Pens(folder)
        random = np.random.default_rng(1)
        self.scans = torch.from_numpy(scans.images[scans.held_out] / np.float32(255))[:, None]
        self.scan_candidates = torch.from_numpy(scans.candidates[scans.held_out])
        self.scan_probabilities = torch.from_numpy(scans.candidate_probabilities(scans.held_out))
        weights = torch.from_numpy(scans.weight[scans.held_out])
        self.scan_weights, self.scan_prior = weights / weights.sum(), torch.from_numpy(scans.official)
        by_writer = [pens.held_out[pens.writers[pens.held_out] == w] for w in np.unique(pens.writers[pens.held_out])]
        chosen = np.concatenate([random.permutation(members)[:PER_WRITER] for members in by_writer])
        chosen = np.array([c for c in chosen if plain_glyph(pens[c], 0.1) is not None])
        self.pen_labels, self.pen_prior = torch.from_numpy(pens.labels[chosen]), torch.from_numpy(pens.prior)
        self.pens = self.drawn(pens, chosen)
        self.traced = self.drawn(scans.traced, scans.held_out)
        negatives = [negative_glyph(random, lambda: pens[random.choice(pens.held_out)], UNSEEN) for _ in range(NEGATIVES)]
        self.negatives = torch.from_numpy(np.array(negatives, np.float32))[:, None]

    @staticmethod
    def drawn(strokes: Strokes, members: np.ndarray) -> torch.Tensor:
        glyphs = [[plain_glyph(strokes[c], brush) for c in members] for brush in BRUSHES]
        return torch.from_numpy(np.array(glyphs, np.float32))[:, :, None]
