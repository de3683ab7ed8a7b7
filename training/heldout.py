"""Writes pen characters as EMNIST-like IDX pairs, one a brush width, for the evaluation command.

    python heldout.py --out runs/pens       # pens-03-images-idx3-ubyte.gz, pens-03-labels-idx1-ubyte.gz, ... 06, 10, 16
    python heldout.py --out runs/pens --scans emnist-byclass-test-images-idx3-ubyte.gz --labels emnist-byclass-test-labels-idx1-ubyte.gz

Characters of UNIPEN writers never trained on, at most 120 of a writer; or, as traced-03 and so on, all scans of a file, traced
and drawn anew by a pen. The number is the brush's width in percent of the character's size. The images lie as EMNIST's
published files do (transposed).
"""

import argparse
import gzip
from pathlib import Path

import numpy as np
from tqdm import tqdm

from data import BRUSHES, validation
from prepare import idx
from render import plain_glyph, to_unit
from tracing import strokes_of


def write_idx(file: Path, values: np.ndarray) -> None:
    header = bytes([0, 0, 8, values.ndim]) + b"".join(side.to_bytes(4, "big") for side in values.shape)
    file.write_bytes(gzip.compress(header + values.astype(np.uint8).tobytes(), 6, mtime=0))


def write_pair(stem: Path, glyphs: np.ndarray, labels: np.ndarray) -> None:
    """Glyphs [n, 28, 28] in [0, 1], upright, and their classes."""
    write_idx(stem.with_name(f"{stem.name}-images-idx3-ubyte.gz"), (glyphs * 255).round().transpose(0, 2, 1))
    write_idx(stem.with_name(f"{stem.name}-labels-idx1-ubyte.gz"), labels)
    print(f"{stem.name}: {len(glyphs)} characters")


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--data", type=Path, default=Path("data"))
    ask.add_argument("--out", type=Path, default=Path("runs/pens"))
    ask.add_argument("--scans", type=Path, help="IDX file of scans, as EMNIST publishes them")
    ask.add_argument("--labels", type=Path, help="and of their classes")
    given = ask.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    if given.scans:
        scans = np.ascontiguousarray(idx(given.scans.read_bytes()).transpose(0, 2, 1))
        name, labels = "traced", idx(given.labels.read_bytes())
        traced = [to_unit(strokes_of(scan)) for scan in tqdm(scans, mininterval=10)]
        drawn = (np.array([plain_glyph(strokes, brush) for strokes in traced], np.float32) for brush in BRUSHES)
    else:
        held_out = validation(given.data)
        name, labels, drawn = "pens", held_out["drawn_labels"].numpy(), held_out["drawn"][:, :, 0].numpy()
    for brush, glyphs in zip(BRUSHES, drawn):
        write_pair(given.out / f"{name}-{round(100 * brush):02d}", glyphs, labels)


if __name__ == "__main__":
    main()
