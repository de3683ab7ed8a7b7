"""Learns where on the line each character stands, for the guides of the character network.

    python -m text.guides --words unipen_words.npz --characters data --descriptor emnist-byclass.json

Heights count upwards from the baseline: 0 is the baseline, 1 the x-height and 2 the height of capitals. In between they are
linear. The lines of a word are not known, so two steps alternate: the lines are fitted to the word's characters, and the usual
places of the characters are learnt from all words.
"""

import argparse
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from classes import CHARACTERS
from text import sources
from text.letters import letters

LEAST_LETTERS = 3  # of a word whose lines can be fitted
TURNS = 5
USUAL_CAPHEIGHT = 1.65  # in units of the x-height
LEAST_EXAMPLES = 30  # of a character; fewer are completed with those of its shape
OUTLIERS = 0.05  # share of the characters that stand anywhere
SHAPES = ("acemnorsuvwxz", "bdfhkl", "gpqy", "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", "t", "i", "j")


@dataclass
class Line:
    """The characters of a word, the y coordinates of their ink, y down, and the lines they stand on."""

    characters: str
    tops: np.ndarray
    bottoms: np.ndarray
    baseline: float = 0
    x_height: float = 1
    cap_height: float = USUAL_CAPHEIGHT

    def normalised(self) -> np.ndarray:
        """[n, 2]: top and bottom of each character between the lines."""
        heights = (self.baseline - np.stack([self.tops, self.bottoms], 1)) / self.x_height
        return np.where(heights <= 1, heights, 1 + (heights - 1) / (self.cap_height / self.x_height - 1))

    def fit(self, places: dict[str, np.ndarray]) -> None:
        """Baseline and x-height by least squares, outliers set aside; the height of capitals as is usual."""
        ratio = USUAL_CAPHEIGHT
        expected = np.array([places[c] for c in self.characters])
        heights = np.where(expected <= 1, expected, 1 + (expected - 1) * (ratio - 1)).ravel()
        ys = np.stack([self.tops, self.bottoms], 1).ravel()
        weights = np.ones(len(ys))
        for _ in range(4):
            a = np.stack([np.ones(len(ys)), -heights], 1) * weights[:, None]
            baseline, unit = np.linalg.lstsq(a, ys * weights, rcond=None)[0]
            unit = max(unit, 1e-3)
            residual = np.abs(ys - baseline + heights * unit) / unit
            weights = 1 / (1 + (residual / 0.25) ** 2)
        self.baseline, self.x_height, self.cap_height = baseline, unit, ratio * unit


def usual_places() -> dict[str, np.ndarray]:
    """Top and bottom of each character before anything is learnt."""
    places = dict.fromkeys(CHARACTERS, (2, 0))
    places |= dict.fromkeys("acemnorsuvwxz", (1, 0)) | dict.fromkeys("gpqy", (1, -0.65))
    places |= {"t": (1.75, 0), "i": (1.75, 0), "j": (1.75, -0.65)}
    return {c: np.array(place, float) for c, place in places.items()}


def bounds_of(strokes: sources.Strokes) -> tuple[float, float]:
    """Top and bottom of the ink."""
    ys = np.concatenate(strokes)[:, 1]
    return ys.min(), ys.max()


def lines_of(words: list[sources.Word]) -> list[Line]:
    lines = []
    for word in words:
        found = [(c, strokes) for c, strokes in letters(word) if c in CHARACTERS]
        if len(found) >= LEAST_LETTERS:
            lines.append(Line("".join(c for c, _ in found), *np.array([bounds_of(s) for _, s in found], float).T))
    return lines


def learn(lines: list[Line]) -> dict[str, np.ndarray]:
    """Examples [n, 2] of each character's place."""
    places = usual_places()
    for _ in range(TURNS):
        examples = defaultdict(list)
        for line in lines:
            line.fit(places)
            for character, place in zip(line.characters, line.normalised()):
                examples[character].append(place)
        examples = {c: np.array(e) for c, e in examples.items()}
        places = {c: median(c, examples) for c in CHARACTERS}
    return examples


def median(character: str, examples: dict[str, np.ndarray]) -> np.ndarray:
    return np.median(with_shape(character, examples), 0)


def with_shape(character: str, examples: dict[str, np.ndarray]) -> np.ndarray:
    own = examples.get(character, np.zeros((0, 2)))
    if len(own) >= LEAST_EXAMPLES:
        return own
    shape = next(s for s in SHAPES if character in s)
    return np.concatenate([own, *(examples[c] for c in shape if c in examples and c != character)])


def gaussian(places: np.ndarray) -> dict:
    """Mean and covariance without the outliers, which have a part of their own in the mixture."""
    distance = np.abs(places - np.median(places, 0)).max(1)
    kept = places[distance <= max(np.quantile(distance, 0.9), 0.3)]
    covariance = np.cov(kept.T) + 0.03**2 * np.eye(2)
    return {"mean": np.round(kept.mean(0), 3).tolist(), "covariance": np.round(covariance, 4).tolist()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=Path, required=True)
    parser.add_argument("--characters", type=Path, required=True, help="the folder that prepare.py has written")
    parser.add_argument("--descriptor", type=Path, required=True, help="of the character network; receives the result")
    args = parser.parse_args()
    split = sources.split_writers(args.words, args.characters / "unipen.npz")
    words = [word for word in sources.read_words(args.words) if split[word.writer] == "train"]
    examples = learn(lines_of(words))
    labels = {c: gaussian(with_shape(c, examples)) for c in CHARACTERS}
    descriptor = json.loads(args.descriptor.read_text())
    descriptor["guides"] = {"capheight": USUAL_CAPHEIGHT, "outliers": OUTLIERS, "labels": labels}
    args.descriptor.write_text(json.dumps(descriptor, indent=2) + "\n")
    print(f"learnt from {sum(map(len, examples.values()))} characters")


if __name__ == "__main__":
    main()
