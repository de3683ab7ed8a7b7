"""Writes evaluation sets for the text evaluation command: one JSON object per line, with a picture, its text and its group.

    python -m text.eval_sets --words unipen_words.npz --characters data --out runs/text

`val-words` is for choosing and tuning. `held-words`, `held-digits` and `held-codes` are for the final figures. Words are drawn
as the page draws them. Digits and codes are composed from one person's isolated characters, equally many of each person.
"""

import argparse
import base64
import gzip
import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import cv2
import numpy as np

from text import compose, pictures, sources, texts
from text.guides import LEAST_LETTERS, Line, bounds_of
from text.letters import letters

PRINTED = 0.8  # pen strokes per letter, the median over a writer's words; below, the writer joins letters
PER_WRITER = 40  # composed texts
INK_HEIGHT, PAPER = 60, 8  # pixels, and those around the ink
LEAST_X_HEIGHT = 0.15  # in heights of the word
SEED = 21
CHARSETS = {"D": "digits", "C": "upper"}  # the program's names


def png(strokes: sources.Strokes, brush: float = 4) -> str:
    """As the page draws: ink of some 60 px, black on white."""
    points = np.concatenate(strokes)
    size = np.ptp(points, 0)
    ink = pictures.draw([s / max(size[1], 0.15 * size[0], 1e-3) for s in strokes], INK_HEIGHT, brush)
    paper = 255 - cv2.copyMakeBorder(ink, *[PAPER] * 4, cv2.BORDER_CONSTANT)
    return "data:image/png;base64," + base64.b64encode(cv2.imencode(".png", paper)[1]).decode()


def row_of(y: float, strokes: sources.Strokes, brush: float = 4) -> float:
    """The row of pixels, in the picture that `png` makes, of a coordinate of the strokes."""
    points = np.concatenate(strokes)
    size = np.ptp(points, 0)
    return (y - points[:, 1].min()) / max(size[1], 0.15 * size[0], 1e-3) * INK_HEIGHT + brush / 2 + 3 + PAPER


def words_of(words: list[sources.Word]) -> Iterable[dict]:
    strokes_per_letter = defaultdict(list)
    for word in words:
        strokes_per_letter[word.writer].append(len(word.strokes) / len(word.text.replace(" ", "")))
    for word in words:
        group = "print" if np.median(strokes_per_letter[word.writer]) >= PRINTED else "cursive"
        yield {"text": word.text, "group": group, "writer": word.writer, "image": png(word.strokes)}


def composed(people: sources.Characters, form: str, pattern: str) -> Iterable[dict]:
    """Texts of a form of digits and capitals, by everyone who has written enough of each."""
    random = np.random.default_rng(SEED)
    hand = compose.Hand(people, {})
    for writer in sorted(people.where):
        own = people.where[writer]
        pools = {c: [x for x in texts.POOLS[c] if x in own] for c in set(form)}
        if all(len(pool) >= 8 for pool in pools.values()):
            for _ in range(PER_WRITER):
                text = "".join(texts.pick(pools[c], random) for c in form)
                parts = hand.characters(text, writer, random)
                glyphs = [{"charset": CHARSETS[c], "image": png(part)} for c, part in zip(form, parts)]
                line = {"text": text, "group": "composed", "writer": writer, "pattern": pattern}
                yield line | {"image": png(hand.line(text, parts, random)), "glyphs": glyphs}


def letters_on_lines(words: list[sources.Word], descriptor: Path) -> Iterable[dict]:
    """Letters cut out of words, with the lines on which the word's other letters stand."""
    learnt = json.loads(descriptor.read_text())["guides"]["labels"]
    places = {c: np.array(place["mean"]) for c, place in learnt.items()}
    for word in words:
        found = [(c, strokes) for c, strokes in letters(word) if c in places]
        edges = np.array([bounds_of(strokes) for _, strokes in found])
        for i, (character, strokes) in enumerate(found):
            others = [j for j in range(len(found)) if j != i]
            if len(others) >= LEAST_LETTERS:
                line = Line("".join(found[j][0] for j in others), *edges[others].T)
                line.fit(places)
                if line.x_height < LEAST_X_HEIGHT * np.ptp(edges):
                    continue  # the other letters do not tell where the lines are
                lines = {"baseline": line.baseline, "xheight": line.baseline - line.x_height}
                lines["capheight"] = line.baseline - line.cap_height
                guides = {name: round(row_of(y, strokes), 2) for name, y in lines.items()}
                yield {"text": character, "group": "letters", "writer": word.writer, "guides": guides, "image": png(strokes)}


def write(path: Path, items: Iterable[dict]) -> None:
    count, writers = 0, set()
    with gzip.open(path, "wt", 6) as file:
        for item in items:
            file.write(json.dumps(item) + "\n")
            count, writers = count + 1, writers | {item["writer"]}
    print(f"{path.name}: {count} texts by {len(writers)} people")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=Path, required=True)
    parser.add_argument("--characters", type=Path, required=True, help="the folder that prepare.py has written")
    parser.add_argument("--descriptor", type=Path, required=True, help="of the character network, with guides")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    prepared = args.characters / "unipen.npz"
    split = sources.split_writers(args.words, prepared)
    words = sources.read_words(args.words)
    for name in ("val", "held"):
        write(args.out / f"{name}-words.jsonl.gz", words_of([word for word in words if split[word.writer] == name]))
    held_words = [word for word in words if split[word.writer] == "held"]
    write(args.out / "held-letters.jsonl.gz", letters_on_lines(held_words, args.descriptor))
    held = sources.Characters.read(prepared, "held_out")
    write(args.out / "held-digits.jsonl.gz", composed(held, "DDDDD", "[0-9]{5}"))
    write(args.out / "held-codes.jsonl.gz", composed(held, "CCDDDD", "[A-Z]{2}[0-9]{4}"))


if __name__ == "__main__":
    main()
