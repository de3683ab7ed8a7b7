"""What the text network learns from: people's words, characters and symbols as strokes, and fonts.

Whole writers are held out: "held" is for the final figures, "val" for choosing and tuning, "train" for the rest. A writer who
also wrote characters is held out here exactly if the character network holds them out too.
"""

import re
import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from classes import CHARACTERS
from text import alphabet
from text.alphabet import is_known

SEED = 20
HELD, VALIDATED = 0.125, 0.06  # shares of the writers, and at least one of each site that has three
DAMAGED_SITE = "ibm"  # of the isolated characters: a third of its F, H, K and X have a single stroke
Strokes = list[np.ndarray]  # float arrays [n, 2], x right and y down


@dataclass
class Word:
    text: str
    writer: str
    strokes: Strokes


def split_writers(words: Path, characters: Path) -> dict[str, str]:
    """The writer's name to "train", "val" or "held"."""
    prepared = dict(np.load(characters))
    held = set(prepared["writers"][prepared["held_out"]].tolist())
    trained = set(prepared["writers"][prepared["train"]].tolist())
    split = dict.fromkeys(held, "held") | dict.fromkeys(trained, "train")
    members = defaultdict(list)
    for writer in sorted(set(np.load(words)["writers"].tolist()) - split.keys()):
        members[writer.split(":")[0]].append(writer)
    random = np.random.default_rng(SEED)
    for site in members.values():
        order = random.permutation(site).tolist()
        least = int(len(site) >= 3)
        held_count, validated = max(round(len(site) * HELD), least), max(round(len(site) * VALIDATED), least)
        split |= dict.fromkeys(order[:held_count], "held")
        split |= dict.fromkeys(order[held_count : held_count + validated], "val")
        split |= dict.fromkeys(order[held_count + validated :], "train")
    return split


def read_words(path: Path) -> list[Word]:
    """All words whose labels can be trusted and written with the alphabet."""
    data = dict(np.load(path))
    ends = np.cumsum(data["stroke_lengths"].astype(int))
    starts = ends - data["stroke_lengths"]
    words, first = [], 0
    for text, writer, count in zip(data["texts"].tolist(), data["writers"].tolist(), data["word_strokes"].tolist()):
        base, last = starts[first], first + count
        points = np.cumsum(data["steps"][base : ends[last - 1]].astype(int), 0).astype(np.float32)
        strokes = [points[starts[s] - base : ends[s] - base] for s in range(first, last)]
        first, text = last, text.strip()
        missing_letter = writer.startswith("kai:") and "@" in text
        if text and is_known(text) and not missing_letter:
            words.append(Word(text, writer, strokes))
    return words


@dataclass
class Characters:
    """Isolated characters as strokes, found by writer and character."""

    points: np.ndarray
    strokes: np.ndarray
    characters: np.ndarray
    where: dict[str, dict[str, list[int]]]  # writer, character, numbers

    @classmethod
    def read(cls, prepared: Path, split: str) -> "Characters":
        """`split` is "train" or "held_out"."""
        data = dict(np.load(prepared))
        where = defaultdict(lambda: defaultdict(list))
        for i in data[split].tolist():
            where[str(data["writers"][i])][CHARACTERS[data["labels"][i]]].append(i)
        return cls(data["points"], data["strokes"], data["characters"], {k: dict(v) for k, v in where.items()})

    def __getitem__(self, number: int) -> Strokes:
        first, last = self.characters[number : number + 2]
        return [self.points[self.strokes[s] : self.strokes[s + 1]].astype(np.float32) for s in range(first, last)]


def read_symbols(path: Path, split: dict[str, str]) -> dict[str, list[Strokes]]:
    """The training writers' punctuation and symbols."""
    data = dict(np.load(path))
    found = defaultdict(list)
    for i, (symbol, writer) in enumerate(zip(data["symbols"].tolist(), data["writers"].tolist())):
        if is_known(symbol) and split.get(writer, "train") == "train":
            first, last = data["char_offsets"][i : i + 2]
            ends = data["stroke_offsets"]
            found[symbol].append([data["points"][ends[s] : ends[s + 1]].astype(np.float32) for s in range(first, last)])
    return dict(found)


@dataclass
class StrokeFont:
    """A single-line SVG font. Its glyphs are strokes, y down from the baseline, in units of the x-height."""

    path: Path

    @cached_property
    def glyphs(self) -> dict[str, tuple[Strokes, float]]:
        """Character to its strokes and its advance."""
        font = ElementTree.parse(self.path).getroot().find(".//{*}font")
        glyphs = {}
        for glyph in font.iterfind("{*}glyph"):
            advance = float(glyph.get("horiz-adv-x", font.get("horiz-adv-x", 0)))
            strokes = []
            for command, x, y in re.findall(r"([ML])\s*(-?[\d.]+)[\s,]+(-?[\d.]+)", glyph.get("d", "")):
                strokes += [[]] if command == "M" else []
                strokes[-1].append((float(x), -float(y)))
            glyphs[glyph.get("unicode", "")] = ([np.array(s, np.float32) for s in strokes], advance)
        points = np.concatenate(glyphs["x"][0])
        height = points[:, 1].max() - points[:, 1].min()
        return {c: ([s / height for s in strokes], advance / height) for c, (strokes, advance) in glyphs.items()}


@dataclass
class OutlineFont:
    """A handwriting font with outlines. It writes bitmaps."""

    path: Path
    size: int = 80

    @cached_property
    def font(self) -> ImageFont.FreeTypeFont:
        return ImageFont.truetype(self.path, self.size)

    @cached_property
    def known(self) -> set[str]:
        missing = self.bitmap("\uffff").tobytes()
        return {c for c in alphabet.CHARACTERS if c == " " or (self.bitmap(c).any() and self.bitmap(c).tobytes() != missing)}

    def knows(self, text: str) -> bool:
        return self.known.issuperset(text)

    def bitmap(self, text: str) -> np.ndarray:
        """[h, w] uint8, ink 255 on 0."""
        left, top, right, bottom = self.font.getbbox(text)
        image = Image.new("L", (max(1, round(right - left)) + 8, max(1, round(bottom - top)) + 8))
        ImageDraw.Draw(image).text((4 - left, 4 - top), text, 255, self.font)
        return np.asarray(image)


def fonts(folder: Path) -> tuple[list[StrokeFont], list[OutlineFont]]:
    """The SVG fonts and the TrueType fonts of a folder."""
    return [StrokeFont(p) for p in sorted(folder.glob("*.svg"))], [OutlineFont(p) for p in sorted(folder.glob("*.ttf"))]
