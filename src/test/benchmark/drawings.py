"""Renders 200 UNIPEN characters as a browser's canvas would send them, for the server benchmark.

    python drawings.py unipen_train_r01_v07.npz OUT

Writes each drawing as NAME.png and as the request NAME.json to OUT/280-white, OUT/280-clear, OUT/560-white and
OUT/560-clear: 280x280 and 560x560 pixels, on a white and on a transparent background. Like those of Chromium's
`toDataURL`, the PNG files are RGBA, with filter Sub on every row and zlib level 3.
"""

import base64
import json
import struct
import sys
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

COUNT, SUPERSAMPLING = 200, 4


def characters(file: str) -> list[list[np.ndarray]]:
    """COUNT random characters as lists of strokes [n, 2], without duplicates and degenerate ones."""
    data = np.load(file)
    points, strokes, chars = data["points"], data["stroke_offsets"], data["char_offsets"]
    good = np.flatnonzero(~(data["dup"].astype(bool) | data["degenerate"].astype(bool)))
    chosen = np.random.default_rng(280).choice(good, COUNT, replace=False)
    return [[points[strokes[s]:strokes[s + 1]] for s in range(chars[c], chars[c + 1])] for c in chosen]


def paint(strokes: list[np.ndarray], canvas: int, random: np.random.Generator) -> np.ndarray:
    """Strokes → antialiased ink [canvas, canvas] uint8 at a random position, with a brush of 6 to 10 % of the character."""
    points = np.concatenate(strokes)
    low, high = points.min(0), points.max(0)
    side = random.uniform(0.5, 0.8) * canvas
    brush = side * random.uniform(0.06, 0.10)
    centre = canvas / 2 + random.uniform(-1, 1, 2) * (canvas - side - brush - 8) / 2
    scale = side / max(float((high - low).max()), 1e-6)
    fine = Image.new("L", (canvas * SUPERSAMPLING, canvas * SUPERSAMPLING))
    pen, radius = ImageDraw.Draw(fine), brush * SUPERSAMPLING / 2
    for stroke in strokes:
        line = [tuple(p) for p in (((stroke - (low + high) / 2) * scale + centre) * SUPERSAMPLING).tolist()]
        pen.line(line, 255, round(2 * radius))
        for x, y in line:
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), 255)
    return np.asarray(fine.resize((canvas, canvas), Image.Resampling.BOX))


def png(rgba: np.ndarray) -> bytes:
    """RGBA pixels [h, w, 4] uint8 → a PNG file like those of Chromium's canvas."""
    height, width = rgba.shape[:2]
    rows = rgba.copy()
    rows[:, 1:] -= rgba[:, :-1]
    filtered = np.concatenate([np.ones((height, 1), np.uint8), rows.reshape(height, -1)], 1)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(filtered.tobytes(), 3))
            + chunk(b"IEND", b""))


def write(name: str, ink: np.ndarray, folder: Path) -> None:
    white = np.dstack([255 - ink] * 3 + [np.full_like(ink, 255)])
    clear = np.dstack([np.zeros_like(ink)] * 3 + [ink])
    for background, rgba in (("white", white), ("clear", clear)):
        out = folder / f"{len(ink)}-{background}"
        out.mkdir(parents=True, exist_ok=True)
        file = png(rgba)
        (out / f"{name}.png").write_bytes(file)
        url = "data:image/png;base64," + base64.b64encode(file).decode()
        (out / f"{name}.json").write_text(json.dumps({"image": url}))


def main(data: str, out: str) -> None:
    for i, strokes in enumerate(characters(data)):
        for canvas in (280, 560):
            write(f"{i:03}", paint(strokes, canvas, np.random.default_rng(i)), Path(out))


if __name__ == "__main__":
    main(*sys.argv[1:])
