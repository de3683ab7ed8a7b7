"""Writes validation sets as IDX pairs like EMNIST's, for `score.py` and the evaluation command.

    python eval_sets.py --out runs/eval             # held-out scans, and pens-03, pens-06, pens-10, pens-16 of held-out writers
    python eval_sets.py --out runs/eval --trace IMAGES LABELS
    python eval_sets.py --out runs/eval --negatives # drawings of no character, for the refusal command

The second form writes traced-03 and so on: every scan of an IDX pair, traced and drawn again by a pen. The number is the line
width in percent of the character's size. Images lie as in EMNIST's published files, transposed. Held-out scans of unknown case
are left out. The third form numbers the kinds of negatives, and negatives.tsv has the group and the name of each.
"""

import argparse
import gzip
from pathlib import Path

import numpy as np
from tqdm import tqdm

from data import BRUSHES, SIGN, SYMBOL, WORD, Pens, Signs, Validation
from negatives import UNSEEN, two_characters, two_ones
from prepare import parse_idx
from render import plain_glyph, to_unit
from signs import block
from tracing import trace

OF_A_KIND = 400  # synthesised negatives


def write_idx(file: Path, values: np.ndarray) -> None:
    header = bytes([0, 0, 8, values.ndim]) + b"".join(side.to_bytes(4, "big") for side in values.shape)
    file.write_bytes(gzip.compress(header + values.astype(np.uint8).tobytes(), 6, mtime=0))


def write_pair(stem: Path, glyphs: np.ndarray, labels: np.ndarray) -> None:
    """Upright glyphs [n, 28, 28] in [0, 1] and their classes."""
    write_idx(stem.with_name(f"{stem.name}-images-idx3-ubyte.gz"), (glyphs * 255).round().transpose(0, 2, 1))
    write_idx(stem.with_name(f"{stem.name}-labels-idx1-ubyte.gz"), labels)
    print(f"{stem.name}: {len(glyphs)} drawings")


def write_traced(out: Path, images: Path, labels: Path) -> None:
    scans = np.ascontiguousarray(parse_idx(images.read_bytes()).transpose(0, 2, 1))
    traced = [to_unit(trace(scan)) for scan in tqdm(scans, mininterval=10)]
    for brush in BRUSHES:
        glyphs = np.array([plain_glyph(strokes, brush) for strokes in traced], np.float32)
        write_pair(out / f"traced-{round(100 * brush):02d}", glyphs, parse_idx(labels.read_bytes()))


def write_validation(out: Path, data: Path) -> None:
    held_out = Validation(data)
    exact = held_out.scan_candidates[:, 0] == held_out.scan_candidates[:, 1]
    write_pair(out / "scans", held_out.scans[exact][:, 0].numpy(), held_out.scan_candidates[exact, 0].numpy())
    for brush, glyphs in zip(BRUSHES, held_out.pens[:, :, 0].numpy()):
        write_pair(out / f"pens-{round(100 * brush):02d}", glyphs, held_out.pen_labels.numpy())


def negatives(data: Path):
    """Held-out drawings of no character: the group, the kind and the unit strokes of each."""
    signs, pens, random = Signs(data), Pens(data), np.random.default_rng(3)
    trained = set(signs.kinds[~signs.held_out & (signs.sources == SYMBOL)])
    for i in np.flatnonzero(signs.held_out):
        source, kind = signs.sources[i], str(signs.kinds[i])
        if source == WORD:
            yield "words of new writers", kind, signs[i]
        elif source == SIGN:
            yield "signs of fonts, of new kinds", block(kind), signs[i]
        elif source == SYMBOL:
            yield "symbols of new writers" if kind in trained else "symbols of new kinds", kind, signs[i]
    for kind in (two_characters, two_ones, *UNSEEN):
        group = "two characters at once" if kind in (two_characters, two_ones) else "synthesised drawings of new kinds"
        for _ in range(OF_A_KIND):
            yield group, kind.__name__.replace("_", " "), to_unit(kind(random, lambda: pens[random.choice(pens.held_out)]))


def write_negatives(out: Path, data: Path) -> None:
    found = [
        (group, kind, glyph)
        for i, (group, kind, strokes) in enumerate(negatives(data))
        if (glyph := plain_glyph(strokes, BRUSHES[i % len(BRUSHES)])) is not None
    ]
    kinds = sorted({(group, kind) for group, kind, _ in found})
    labels = np.array([kinds.index((group, kind)) for group, kind, _ in found])
    write_pair(out / "negatives", np.array([glyph for *_, glyph in found], np.float32), labels)
    (out / "negatives.tsv").write_text("".join(f"{group}\t{kind}\n" for group, kind in kinds))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("data"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--trace", type=Path, nargs=2, metavar=("IMAGES", "LABELS"), help="IDX pair of scans to trace")
    parser.add_argument("--negatives", action="store_true", help="drawings of no character; signs.npz must be there")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    if args.trace:
        write_traced(args.out, *args.trace)
    elif args.negatives:
        write_negatives(args.out, args.data)
    else:
        write_validation(args.out, args.data)


if __name__ == "__main__":
    main()
