"""Writes texts with people's isolated characters, with their words, and with stroke fonts.

Coordinates of a line: x right, y down, the baseline at 0, one unit is the x-height.
"""

import numpy as np

from text.alphabet import CHARACTERS
from text.sources import Characters, StrokeFont, Strokes, Word
from text.texts import pick

CAPITAL, ASCENDER, DESCENDER = 1.65, 1.75, 0.65  # usual heights of handwriting in units of the x-height
TOP_AND_BOTTOM = (  # of characters above and below the baseline, where they are not those of a capital
    ("acemnorsuvwxz", 1, 0),
    ("bdfhkl", ASCENDER, 0),
    ("gpqy", 1, DESCENDER),
    ("j", 1.5, DESCENDER),
    ("i", 1.5, 0),
    ("t", 1.45, 0),
    (".", 0.12, 0),
    (",", 0.15, 0.3),
    ("'", CAPITAL, -1.15),
    ('"', CAPITAL, -1.15),
    ("-", 0.6, -0.5),
    (":", 0.9, 0),
    (";", 0.9, 0.3),
    ("()/", CAPITAL + 0.1, 0.25),
    ("+", 1.1, -0.1),
    ("=", 0.85, -0.25),
    ("*", CAPITAL, -0.7),
    ("$", CAPITAL + 0.15, 0.15),
    ("@", CAPITAL, 0.2),
)
PLACES = dict.fromkeys(CHARACTERS, (CAPITAL, 0)) | {c: (top, bottom) for some, top, bottom in TOP_AND_BOTTOM for c in some}
BORROWED = 0.5  # the most that a character's size may differ from the usual one, as a factor of e


def bounds(strokes: Strokes) -> tuple[np.ndarray, np.ndarray]:
    points = np.concatenate(strokes)
    return points.min(0), points.max(0)


def x_height(word: Word) -> tuple[float, float]:
    """The x-height and the baseline of a word, from its height and its letters."""
    top = max(PLACES[c][0] for c in word.text)
    bottom = max(PLACES[c][1] for c in word.text)
    low, high = bounds(word.strokes)
    unit = max(float(high[1] - low[1]), 1) / max(top + bottom, 0.2)
    return unit, float(high[1]) - bottom * unit


def place_word(word: Word) -> Strokes:
    unit, baseline = x_height(word)
    left = bounds(word.strokes)[0][0]
    return [(s - [left, baseline]) / unit for s in word.strokes]


def beside(parts: list[Strokes], gaps: np.ndarray) -> Strokes:
    """Parts one beside the other; `gaps` precede them."""
    line, x = [], 0.0
    for part, gap in zip(parts, gaps):
        low, high = bounds(part)
        x += gap
        line += [s + [x - low[0], 0] for s in part]
        x += float(high[0] - low[0])
    return [s.astype(np.float32) for s in line]


def join_words(words: list[Word], random: np.random.Generator) -> tuple[str, Strokes]:
    """Words of one writer with a space between them, as far as their sizes can be told."""
    parts = [place_word(word) for word in words]
    scales = np.exp(random.normal(0, 0.08, len(parts)))
    shifts = random.normal(0, 0.08, len(parts))
    moved = [[s * scale + [0, shift] for s in part] for part, scale, shift in zip(parts, scales, shifts)]
    return " ".join(word.text for word in words), beside(moved, random.uniform(0.7, 2.5) + random.uniform(0, 0.6, len(parts)))


class Hand:
    """Writes any text with one person's isolated characters, and borrows those that the person has not written."""

    def __init__(self, people: Characters, symbols: dict[str, list[Strokes]]):
        self.people = people
        self.symbols = symbols
        self.anyone = {}
        for writer, characters in people.where.items():
            for character in characters:
                self.anyone.setdefault(character, []).append(writer)
        self.scales = {writer: self.scale(characters) for writer, characters in people.where.items()}

    def scale(self, characters: dict[str, list[int]]) -> float:
        """How many units of the tablet this writer's x-height has: the median over some characters."""
        units = []
        for character, numbers in characters.items():
            top, bottom = PLACES[character]
            for number in numbers[:3]:
                low, high = bounds(self.people[number])
                units.append((high[1] - low[1]) / (top + bottom))
        return max(float(np.median(units)), 1e-3)

    def write(self, text: str, writer: str, random: np.random.Generator) -> Strokes:
        return self.line(text, self.characters(text, writer, random), random)

    def characters(self, text: str, writer: str, random: np.random.Generator) -> list[Strokes]:
        """The strokes of each character that is not a space, on the baseline."""
        natural = random.random() < 0.6  # sizes as the person wrote them, and otherwise as is usual
        return [self.character(c, writer, natural, random) for c in text if c != " "]

    @staticmethod
    def line(text: str, characters: list[Strokes], random: np.random.Generator) -> Strokes:
        """The characters one beside the other, on a baseline that is neither level nor straight."""
        slope, tightness = random.normal(0, 0.02), random.gamma(4, 0.07)
        words = text.split()
        gaps = tightness + random.normal(0, 0.08, len(characters))
        starts = np.cumsum([len(word) for word in words[:-1]], dtype=int)
        gaps[starts] += random.uniform(0.7, 2, len(starts))
        x, parts = 0.0, []
        for gap, strokes in zip(gaps, characters):
            parts.append([s + [0, slope * x + random.normal(0, 0.05)] for s in strokes])
            x += gap + float(np.ptp(np.concatenate(strokes)[:, 0]))
        return beside(parts, gaps)

    def character(self, character: str, writer: str, natural: bool, random: np.random.Generator) -> Strokes:
        own = self.people.where[writer].get(character)
        if own is None and character in self.anyone:
            own = self.people.where[pick(self.anyone[character], random)][character]
        strokes = self.people[pick(own, random)] if own else pick(self.symbols[character], random)
        low, high = bounds(strokes)
        top, bottom = PLACES[character]
        usual = top + bottom
        size = max(float(high[1] - low[1]), 1e-3)
        if character in "-.":  # flat characters are as wide as usual, not as high
            unit = max(float(max(high - low)), 1e-3) / (0.6 if character == "-" else 0.12)
        elif natural and own and abs(np.log(size / self.scales[writer] / usual)) < BORROWED:
            unit = self.scales[writer]
        else:
            unit = size / usual * np.exp(random.normal(0, 0.08))
        lift = (high[1] + low[1]) / 2 - unit * (bottom - top) / 2 if character in "-." else high[1] - bottom * unit
        return [(s - [low[0], lift]) / unit for s in strokes]


def write_with_font(text: str, font: StrokeFont, random: np.random.Generator) -> Strokes:
    """Each glyph a little different, so that no two are alike."""
    line, x, spacing = [], 0.0, random.uniform(0.9, 1.2)
    for character in text:
        strokes, advance = font.glyphs[character]
        size, shift = np.exp(random.normal(0, 0.05)), random.normal(0, 0.04, 2)
        line += [(s * size + [x, 0] + shift).astype(np.float32) for s in strokes]
        x += advance * spacing
    return line
