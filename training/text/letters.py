"""Cuts printed words into letters: where people lift the pen between letters, each letter has its own columns.

    python -m text.letters --words unipen_words.npz --fonts fonts --data data

Writes data/letters.npz, more drawings for the character network: such letters of the training writers, and the characters of
handwriting fonts, each font being a writer.
"""

import argparse
from collections import Counter
from pathlib import Path

import numpy as np

from classes import CHARACTERS
from glyph import normalise_ink
from text import sources
from tracing import packed, trace

OVERLAP = 0.35  # strokes that share this much of the narrower one's columns belong to the same letter
MOST_OF_A_LETTER = 12  # by one writer: words hold more of e than all writers together of Q


def letters(word: sources.Word) -> list[tuple[str, sources.Strokes]]:
    """Each character of a word with its strokes; none if the word has more or fewer groups of strokes than characters."""
    groups = stroke_groups(word.strokes)
    text = word.text.replace(" ", "")
    return list(zip(text, groups)) if len(groups) == len(text) else []


def stroke_groups(strokes: sources.Strokes) -> list[sources.Strokes]:
    """Strokes that stand above each other, from left to right."""
    groups = []
    for stroke in sorted(strokes, key=lambda stroke: stroke[:, 0].min()):
        if groups and overlap(columns(groups[-1]), columns([stroke])) >= OVERLAP:
            groups[-1].append(stroke)
        else:
            groups.append([stroke])
    return groups


def columns(strokes: sources.Strokes) -> tuple[float, float]:
    xs = np.concatenate(strokes)[:, 0]
    return xs.min(), xs.max()


def overlap(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The columns that two ranges share, by those of the narrower one."""
    return (min(a[1], b[1]) - max(a[0], b[0])) / max(1, min(a[1] - a[0], b[1] - b[0]))


def written(words: Path, characters: Path):
    """Each letter of the training writers' words: its character, its writer and its strokes."""
    split, count = sources.split_writers(words, characters), Counter()
    for word in sources.read_words(words):
        for character, strokes in letters(word) if split[word.writer] == "train" else ():
            known = character in CHARACTERS
            count[word.writer, character] += known
            if known and count[word.writer, character] <= MOST_OF_A_LETTER:
                yield character, word.writer, strokes


def printed(folder: Path):
    """The same for the fonts of a folder."""
    stroke_fonts, outline_fonts = sources.fonts(folder)
    for font in stroke_fonts:
        yield from ((c, font.path.stem, font.glyphs[c][0]) for c in CHARACTERS if c in font.glyphs)
    for font in outline_fonts:
        for character in sorted(font.known & set(CHARACTERS)):
            glyph = normalise_ink(font.bitmap(character))
            yield character, font.path.stem, trace(np.round(255 * glyph).astype(np.uint8))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=Path, required=True, help="words as pen strokes, like unipen_words.npz")
    parser.add_argument("--fonts", type=Path, required=True, help="folder of handwriting fonts")
    parser.add_argument("--data", type=Path, default=Path("data"), help="folder that prepare.py wrote")
    args = parser.parse_args()
    found = [one for one in (*written(args.words, args.data / "unipen.npz"), *printed(args.fonts)) if one[2]]
    labels, writers, drawings = zip(*found)
    np.savez(
        args.data / "letters.npz",
        **packed(drawings),
        labels=np.array([CHARACTERS.index(label) for label in labels], np.uint8),
        writers=np.array(writers),
    )
    print(f"{len(found)} characters by {len(set(writers))} writers and fonts")


if __name__ == "__main__":
    main()
