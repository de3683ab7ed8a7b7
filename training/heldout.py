"""Writes the held-out pen characters as EMNIST-like IDX pairs, one a brush width, for the evaluation command.

    python heldout.py --out runs/pens       # pens-03-images-idx3-ubyte.gz, pens-03-labels-idx1-ubyte.gz, ... 06, 10, 16

Characters of UNIPEN writers never trained on, at most 120 of a writer; the number is the brush's width in percent of the
character's size. The images lie as EMNIST's published files do (transposed).
"""

import argparse
import gzip
from pathlib import Path

import numpy as np

from data import BRUSHES, validation


def write_idx(file: Path, values: np.ndarray) -> None:
    header = bytes([0, 0, 8, values.ndim]) + b"".join(side.to_bytes(4, "big") for side in values.shape)
    file.write_bytes(gzip.compress(header + values.astype(np.uint8).tobytes(), mtime=0))


if __name__ == "__main__":
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--data", type=Path, default=Path("data"))
    ask.add_argument("--out", type=Path, default=Path("runs/pens"))
    given = ask.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    held_out = validation(given.data)
    for brush, images in zip(BRUSHES, held_out["drawn"]):
        name = f"pens-{round(100 * brush):02d}"
        pixels = (images[:, 0].numpy() * 255).round().transpose(0, 2, 1)
        write_idx(given.out / f"{name}-images-idx3-ubyte.gz", pixels)
        write_idx(given.out / f"{name}-labels-idx1-ubyte.gz", held_out["drawn_labels"].numpy())
        print(f"{name}: {len(pixels)} characters")
