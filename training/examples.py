"""Reads the examples that people have drawn and labelled on the page: the zip file of "Export for training".

    python examples.py neural-ink-examples.zip --out runs/eval/mine     # writes an IDX pair for score.py
    python prepare.py --examples neural-ink-examples.zip ...            # adds the strokes to those of UNIPEN

The zip holds `examples.json` and a PNG file for each example. An example has a `label`, the `file` of its picture, and
`strokes`, each with the `width` of the brush and `points` [x, y], y pointing down, on a square sheet of side `sheet`. One that
was read from a picture has no strokes; its PNG file shows the ink that was found. The `date`, the `model` and its best
`predictions` tell how the example came about.
"""

import argparse
import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from classes import CHARACTERS
from glyph import normalise
from unipen import LEAST_POINTS

FORMAT, VERSION = "neural-ink-examples", 1


@dataclass
class Example:
    label: int
    strokes: list[np.ndarray]  # [n, 2] each, on the sheet; none if it was read from a picture
    picture: np.ndarray  # [h, w, 4] uint8


def read_examples(source: Path) -> list[Example]:
    """All examples of the 62 characters; reports how many others there are."""
    described = json.loads(file_in(source, "examples.json") or "{}")
    if (described.get("format"), described.get("version")) != (FORMAT, VERSION):
        raise SystemExit(f"{source} is not a file of examples that this version reads")
    known = [e for e in described["examples"] if len(e["label"]) == 1 and e["label"] in CHARACTERS]
    if len(known) < len(described["examples"]):
        print(f"warning: {source}: {len(described['examples']) - len(known)} labels are not of the 62 characters")
    return [
        Example(
            CHARACTERS.index(example["label"]),
            [np.array(stroke["points"], np.float32) for stroke in example["strokes"]],
            np.asarray(Image.open(io.BytesIO(file_in(source, example["file"]))).convert("RGBA")),
        )
        for example in known
    ]


def file_in(source: Path, name: str) -> bytes | None:
    if not zipfile.is_zipfile(source):
        return None
    with zipfile.ZipFile(source) as archive:
        return archive.read(name) if name in archive.namelist() else None


def read_characters(source: Path) -> dict[str, np.ndarray]:
    """The examples that were drawn, in the arrays of `unipen.read_characters`. Their writer is the file."""
    drawn = [example for example in read_examples(source) if example.strokes]
    strokes = [stroke for example in drawn for stroke in example.strokes]
    offsets = np.cumsum([0] + [len(stroke) for stroke in strokes])
    char_offsets = np.cumsum([0] + [len(example.strokes) for example in drawn])
    return {
        "points": np.concatenate([np.zeros((0, 2), np.float32), *strokes]),
        "stroke_offsets": offsets,
        "char_offsets": char_offsets,
        "labels": np.array([example.label for example in drawn], np.uint8),
        "writers": np.array([f"page:{source.stem}"] * len(drawn), dtype=np.str_),
        "dup": np.zeros(len(drawn), bool),  # the page keeps equal drawings once
        "degenerate": np.diff(offsets[char_offsets]) < LEAST_POINTS,
    }


def read_glyphs(source: Path) -> tuple[np.ndarray, np.ndarray]:
    """The glyphs [n, 28, 28] in [0, 1] of all examples, drawn or read from pictures, and their labels."""
    pairs = [(normalise(example.picture), example.label) for example in read_examples(source)]
    inked = [(glyph, label) for glyph, label in pairs if glyph is not None]
    return np.array([glyph for glyph, _ in inked], np.float32), np.array([label for _, label in inked], np.uint8)


def main() -> None:
    from eval_sets import write_pair  # which needs PyTorch

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, help="zip file of the page")
    parser.add_argument("--out", type=Path, required=True, help="the pair's name without -images-idx3-ubyte.gz")
    args = parser.parse_args()
    args.out.parent.mkdir(parents=True, exist_ok=True)
    write_pair(args.out, *read_glyphs(args.source))


if __name__ == "__main__":
    main()
