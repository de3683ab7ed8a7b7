"""Writes the golden drawings: one character of each class by writers never trained on, as the page would draw it.

    python golden.py --out ../src/test/resources/golden            # --check compares instead of writing

NAME.png 280x280 black on white, drawings.json with label, brush and strokes in canvas pixels, tensors.json with the
glyph that Python's six steps make of each picture. The Java tests hold their own six steps to these.
"""

import argparse
import json
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from data import Pens
from figures import CHARACTERS
from glyph import normalise
from render import SHIFT, to_unit

CANVAS = 280


def place(strokes, random) -> tuple[list[np.ndarray], float]:
    """Unit strokes → canvas pixels, somewhere on the canvas, with a brush 6 to 10 % of the character's size."""
    side = random.uniform(150, 220)
    brush = round(side * random.uniform(0.06, 0.10), 1)
    centre = CANVAS / 2 + random.uniform(-1, 1, 2) * (CANVAS - side - brush - 8) / 2
    return [np.round(s * side + centre, 1) for s in strokes], brush


def paint(strokes, brush) -> np.ndarray:
    """Strokes in canvas pixels → picture [280, 280] uint8, black on white; four times finer first, for the edges' sake."""
    fine = np.full((CANVAS * 4, CANVAS * 4), 255, np.uint8)
    for stroke in strokes:
        pixels = np.round(stroke * 4 * (1 << SHIFT)).astype(np.int32)
        cv2.polylines(fine, [pixels], False, 0, round(brush * 4), cv2.LINE_AA, SHIFT)
        for end in pixels[[0, -1]]:
            cv2.circle(fine, end, round(brush * 2 * (1 << SHIFT)), 0, -1, cv2.LINE_AA, SHIFT)
    return cv2.resize(fine, (CANVAS, CANVAS), interpolation=cv2.INTER_AREA)


def rgba(picture: np.ndarray) -> np.ndarray:
    return np.dstack([picture] * 3 + [np.full_like(picture, 255)])


def write(pens: Pens, out: Path) -> None:
    random, drawings, tensors = np.random.default_rng(62), [], {}
    out.mkdir(parents=True, exist_ok=True)
    for label, character in enumerate(CHARACTERS):
        chosen = random.choice(pens.held_out[pens.labels[pens.held_out] == label])
        strokes, brush = place(pens[chosen], random)
        kind = "digit" if label < 10 else "upper" if label < 36 else "lower"
        name = f"{kind}-{character.lower()}"
        picture = paint(strokes, brush)
        Image.fromarray(picture).save(out / f"{name}.png", optimize=True)
        drawings.append({"name": name, "label": character, "brush": brush, "writer": str(pens.writers[chosen]),
                         "strokes": [s.astype(float).round(1).tolist() for s in strokes]})
        tensors[name] = [round(float(v), 5) for v in normalise(rgba(picture)).ravel()]
    (out / "drawings.json").write_text("[\n" + ",\n".join(json.dumps(d, separators=(",", ":")) for d in drawings) + "\n]\n")
    (out / "tensors.json").write_text("{\n" + ",\n".join(f'"{n}":{json.dumps(t, separators=(",", ":"))}' for n, t in tensors.items()) + "\n}\n")
    print(f"{len(drawings)} drawings in {out}")


def check(out: Path) -> None:
    worst = 0.0
    for name, tensor in json.loads((out / "tensors.json").read_text()).items():
        glyph = normalise(np.asarray(Image.open(out / f"{name}.png").convert("RGBA")))
        worst = max(worst, float(np.abs(glyph.ravel() - np.array(tensor, np.float32)).max()))
    print(f"largest difference {worst:.1e}")
    if worst > 1e-4:
        raise SystemExit("Python's six steps no longer make the golden tensors")


if __name__ == "__main__":
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--data", type=Path, default=Path("data"))
    ask.add_argument("--out", type=Path, default=Path("../src/test/resources/golden"))
    ask.add_argument("--check", action="store_true")
    given = ask.parse_args()
    check(given.out) if given.check else write(Pens(given.data), given.out)
