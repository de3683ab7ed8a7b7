"""Golden drawings: one character of each class by held-out writers, drawn as the page draws them.

    python golden.py --check        # does Python make the golden tensors? needs numpy and pillow; exit code 0 if so, 1 if not
    python golden.py                # writes them anew; needs requirements.txt and the data

The folder ../src/test/resources/golden holds NAME.png, 280x280 black on white; drawings.json with label, brush and strokes in
canvas pixels; and tensors.json with the glyph that Python's six steps make of each PNG. The Java tests compare with these too.
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np
from PIL import Image

from classes import CHARACTERS
from glyph import normalise

FOLDER = Path(__file__).resolve().parent.parent / "src/test/resources/golden"
CANVAS = 280
FINER = 4  # the strokes are drawn so many times larger, and reduced, for smooth edges
TOLERANCE = 1e-4


def name_of(label: int) -> str:
    kind = "digit" if label < 10 else "upper" if label < 36 else "lower"
    return f"{kind}-{CHARACTERS[label].lower()}"


def place(strokes, random) -> tuple[list[np.ndarray], float]:
    """Unit strokes to canvas pixels, somewhere on the canvas, with a brush 6 to 10 % of the character's size."""
    side = random.uniform(150, 220)
    brush = round(side * random.uniform(0.06, 0.10), 1)
    centre = CANVAS / 2 + random.uniform(-1, 1, 2) * (CANVAS - side - brush - 8) / 2
    return [np.round(s * side + centre, 1) for s in strokes], brush


def paint(strokes, brush) -> np.ndarray:
    """Strokes in canvas pixels to picture [280, 280] uint8, black on white."""
    import cv2

    from render import SHIFT

    fine = np.full((CANVAS * FINER, CANVAS * FINER), 255, np.uint8)
    for stroke in strokes:
        pixels = np.round(stroke * FINER * (1 << SHIFT)).astype(np.int32)
        cv2.polylines(fine, [pixels], False, 0, round(brush * FINER), cv2.LINE_AA, SHIFT)
        for end in pixels[[0, -1]]:
            cv2.circle(fine, end, round(brush * FINER / 2 * (1 << SHIFT)), 0, -1, cv2.LINE_AA, SHIFT)
    return cv2.resize(fine, (CANVAS, CANVAS), interpolation=cv2.INTER_AREA)


def tensor_of(file: Path) -> np.ndarray:
    return normalise(np.asarray(Image.open(file).convert("RGBA"))).ravel()


def write_json(file: Path, entries: list[str], brackets: str) -> None:
    file.write_text(brackets[0] + "\n" + ",\n".join(entries) + "\n" + brackets[1] + "\n")


def write(data: Path) -> None:
    from data import Pens  # not needed for --check

    pens, random, drawings, tensors = Pens(data), np.random.default_rng(62), [], []
    for label, character in enumerate(CHARACTERS):
        chosen = random.choice(pens.held_out[pens.labels[pens.held_out] == label])
        strokes, brush = place(pens[chosen], random)
        file = FOLDER / f"{name_of(label)}.png"
        Image.fromarray(paint(strokes, brush)).save(file, optimize=True)
        drawing = {
            "name": file.stem,
            "label": character,
            "brush": brush,
            "writer": str(pens.writers[chosen]),
            "strokes": [s.astype(float).round(1).tolist() for s in strokes],
        }
        drawings.append(json.dumps(drawing, separators=(",", ":")))
        tensor = [round(float(v), 5) for v in tensor_of(file)]
        tensors.append(f'"{file.stem}":{json.dumps(tensor, separators=(",", ":"))}')
    write_json(FOLDER / "drawings.json", drawings, "[]")
    write_json(FOLDER / "tensors.json", tensors, "{}")
    print(f"{len(drawings)} drawings in {FOLDER}")


def check() -> bool:
    """Whether Python makes all 62 golden tensors, to a tolerance."""
    tensors = json.loads((FOLDER / "tensors.json").read_text())
    if sorted(tensors) != sorted(map(name_of, range(len(CHARACTERS)))):
        print("FAILED: tensors.json does not hold one tensor per class")
        return False
    differences = {
        name: float(np.abs(tensor_of(FOLDER / f"{name}.png") - np.array(tensor, np.float32)).max())
        for name, tensor in tensors.items()
    }
    worst = max(differences, key=differences.get)
    passed = differences[worst] <= TOLERANCE
    print(f"{'passed' if passed else 'FAILED'}: {len(tensors)} tensors, largest difference {differences[worst]:.1e} ({worst})")
    return passed


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    parser.add_argument("--data", type=Path, default=Path("data"), help="folder that prepare.py wrote")
    args = parser.parse_args()
    if args.check:
        sys.exit(0 if check() else 1)
    write(args.data)
