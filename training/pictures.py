"""Renders pictures of characters as people photograph and save them, from which the program then extracts the glyphs.

    python pictures.py --out data/pictures                                  # of the writers that training may see
    python pictures.py --out data/pictures-held-out --held-out --count 2000
    (cd .. && mvn -q test-compile exec:java@extract -Dexec.args="training/data/pictures.zip training/data/pictures.idx")

This writes pictures.zip, and pictures.npz with the labels and the glyphs of the same drawings on a clean canvas. Some pictures
show empty paper. `Pictures` tells from the extracted glyphs which characters have been restored.
"""

import argparse
import zipfile
from pathlib import Path

import cv2
import numpy as np
from tqdm import tqdm

from glyph import normalise_ink
from prepare import parse_idx
from render import distort, draw, to_unit

EMPTY = 0.04  # share of the pictures
RESTORED = 0.75  # least likeness of a glyph to the clean one; README.md says why
BLUR = 1.0  # before glyphs are compared, in pixels: a line may be softer or thicker, or lie half a pixel beside


def likeness(glyphs: np.ndarray, clean: np.ndarray) -> np.ndarray:
    """The correlation of each glyph [n, 28, 28] with the clean one, both slightly blurred; 0 where either is blank."""

    def blurred(images):
        soft = np.array([cv2.GaussianBlur(image.astype(np.float32), (0, 0), BLUR) for image in images]).reshape(-1, 28, 28)
        return soft - soft.mean((1, 2), keepdims=True)

    a, b = blurred(glyphs), blurred(clean)
    return (a * b).sum((1, 2)) / np.sqrt((a * a).sum((1, 2)) * (b * b).sum((1, 2))).clip(1e-6)


class Pictures:
    """The glyphs [n, 28, 28] uint8 that the program extracts from pictures, with their labels.

    `clean` are the glyphs of the same drawings on a clean canvas, blank for empty paper. `is_restored` tells which glyphs look
    like them. `inked` are the indices of those that are not blank; the program answers the others without the network.
    """

    def __init__(self, stem: Path):
        extracted = stem.with_suffix(".idx")
        self.labels, self.clean, self.glyphs = np.zeros(0, np.int64), *np.zeros((2, 0, 28, 28), np.uint8)
        if extracted.exists():
            drawn = np.load(stem.with_suffix(".npz"))
            self.labels, self.clean = drawn["labels"].astype(np.int64), drawn["clean"]
            self.glyphs = parse_idx(extracted.read_bytes())
        if len(self.glyphs) != len(self.labels):
            raise SystemExit(f"{extracted} is not of these {len(self.labels)} pictures: extract their ink again")
        self.is_restored = likeness(self.glyphs, self.clean) >= RESTORED
        self.inked = np.flatnonzero(self.glyphs.any((1, 2)))


def chance(random: np.random.Generator, share: float) -> bool:
    return random.random() < share


def smooth_noise(shape: tuple[int, int], cells: int, random: np.random.Generator) -> np.ndarray:
    """Noise [h, w, 1] of standard deviation 1 that changes over about a `cells`-th of the picture."""
    coarse = random.normal(size=(cells, cells)).astype(np.float32)
    return cv2.resize(coarse, shape[::-1], interpolation=cv2.INTER_CUBIC)[..., None]


def paper(shape: tuple[int, int], random: np.random.Generator) -> np.ndarray:
    """Mostly white or pale, else of any colour, with some grain. A picture is [h, w, 3] from 0 to 255 from here on."""
    colour = random.uniform(225, 256, 3) if chance(random, 0.5) else random.uniform(0, 256, 3)
    grain = random.exponential(1.5) * smooth_noise(shape, 40, random) + random.exponential(2) * smooth_noise(shape, 5, random)
    return colour.astype(np.float32) + grain


def ruled(image: np.ndarray, spacing: float, random: np.random.Generator) -> np.ndarray:
    """With lines, squares or a single line to write on, which the character may touch."""
    height, width = image.shape[:2]
    colour = np.median(image, (0, 1)) * random.uniform(0.3, 0.85) + random.uniform(0, 40, 3)
    lines, thickness, kind = np.zeros((height, width), np.uint8), int(random.integers(1, 4)), random.integers(3)
    for y in np.arange(random.uniform(0, spacing), height, spacing) if kind < 2 else [random.uniform(0.5, 0.95) * height]:
        cv2.line(lines, (0, int(y)), (width, int(y + random.normal(0, 0.01) * width)), 255, thickness, cv2.LINE_AA)
    for x in np.arange(random.uniform(0, spacing), width, spacing) if kind == 1 else []:
        cv2.line(lines, (int(x), 0), (int(x), height), 255, thickness, cv2.LINE_AA)
    return blend(image, lines / np.float32(255), colour)


def blend(image: np.ndarray, coverage: np.ndarray, colour) -> np.ndarray:
    coverage = coverage[..., None]
    return image * (1 - coverage) + coverage * np.asarray(colour, np.float32)


def ink_colour(paper_colour: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Of any colour that differs from the paper's by some 30 levels at least in one channel."""
    while True:
        plain = 235 if paper_colour.mean() < 110 else 25
        colour = random.uniform(0, 256, 3) if chance(random, 0.4) else np.full(3, plain)
        colour = paper_colour + (colour - paper_colour) * random.uniform(0.2, 1)
        if np.abs(colour - paper_colour).max() > 30:
            return colour


def pencilled(coverage: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """A line with the grain of the paper in it."""
    grain = cv2.GaussianBlur(random.random(coverage.shape, dtype=np.float32), (0, 0), 0.7)
    return coverage * np.clip(random.uniform(0.5, 1) + 4 * (grain - 0.5), 0.2, 1)


def lit(image: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Under light from one side, in a shadow with an edge, or taken with too short an exposure."""
    height, width = image.shape[:2]
    turn = random.uniform(0, 2 * np.pi)
    y, x = np.mgrid[-0.5 : 0.5 : height * 1j, -0.5 : 0.5 : width * 1j].astype(np.float32)
    across = x * np.cos(turn) + y * np.sin(turn) + 0.05 * smooth_noise((height, width), 4, random)[..., 0]
    light = 1 + random.uniform(0, 0.9) * across
    if chance(random, 0.4):
        edge = np.clip((across - random.uniform(-0.3, 0.3)) / random.uniform(0.02, 0.4) + 0.5, 0, 1)
        light *= 1 - random.uniform(0.2, 0.6) * edge
    if chance(random, 0.3):
        light *= 2 ** -random.uniform(0, 2)
    return image * light[..., None]


def dusty(image: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """With specks of dust on up to a hundredth of the pixels."""
    specks = (random.random(image.shape[:2]) < np.exp(random.uniform(np.log(1e-5), np.log(0.01)))).astype(np.uint8)
    if chance(random, 0.3):
        specks = cv2.dilate(specks, np.ones((2, 2), np.uint8))
    return blend(image, specks * np.float32(random.uniform(0.3, 1)), random.uniform(0, 256, 3))


def framed(image: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """With a frame, or on a table that shows around it."""
    sides = random.integers(1, 4, 4) if chance(random, 0.5) else (random.uniform(0.05, 0.3, 4) * max(image.shape)).astype(int)
    wide = cv2.copyMakeBorder(image, *sides.tolist(), cv2.BORDER_CONSTANT, value=random.uniform(0, 256, 3).tolist())
    table = 2 * smooth_noise(wide.shape[:2], 12, random) * (max(sides) > 3)
    table[sides[0] : len(wide) - sides[1], sides[2] : wide.shape[1] - sides[3]] = 0
    return wide + table


def photographed(image: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """A little out of focus, with the noise of a sensor."""
    blurred = cv2.GaussianBlur(image, (0, 0), random.uniform(0.3, 1.8))
    return blurred + random.exponential(4) * random.standard_normal(image.shape, np.float32)


def placed(ink: np.ndarray, side: float, random: np.random.Generator) -> np.ndarray:
    """Ink with paper around it, or, in one picture of ten, with a side or two cut off."""
    margins = side * random.uniform(0.05, 0.9, 4)
    if chance(random, 0.1):
        margins[random.integers(4, size=2)] = side * random.uniform(-0.15, 0.03)
    top, bottom, left, right = np.round(margins).astype(int)
    ink = ink[max(-top, 0) : len(ink) + min(bottom, 0), max(-left, 0) : ink.shape[1] + min(right, 0)]
    return cv2.copyMakeBorder(ink, *np.maximum((top, bottom, left, right), 0).tolist(), cv2.BORDER_CONSTANT)


def encode(image: np.ndarray, kind: str, *settings: int) -> bytes:
    return cv2.imencode(kind, np.clip(image, 0, 255).round().astype(np.uint8), settings)[1].tobytes()


def picture(strokes: list[np.ndarray], random: np.random.Generator) -> tuple[bytes, np.ndarray]:
    """Unit strokes to a picture in a PNG or JPEG file, and to the glyph [28, 28] uint8 of the same on a clean canvas."""
    side = np.exp(random.uniform(np.log(36), np.log(160)))
    ink = draw(to_unit(distort(strokes, random, 0.5)), side, side * np.exp(random.uniform(np.log(0.025), np.log(0.2))))
    if chance(random, EMPTY):
        ink[:] = 0
    clean = normalise_ink(ink)
    coverage = placed(ink, side, random) / np.float32(255)
    if chance(random, 0.25):
        coverage = pencilled(coverage, random)
    if chance(random, 0.05):  # a transparent canvas
        colour = np.broadcast_to(random.uniform(0, 256, 3), (*coverage.shape, 3))
        return encode(np.dstack([colour, 255 * coverage]), ".png"), scaled(clean)
    image = paper(coverage.shape, random)
    background = np.median(image, (0, 1))
    if chance(random, 0.25):
        image = ruled(image, side * random.uniform(0.15, 1.2), random)
    image = blend(image, coverage, ink_colour(background, random))
    for change, share in ((lit, 0.5), (dusty, 0.25), (framed, 0.15), (photographed, 0.6)):
        if chance(random, share):
            image = change(image, random)
    jpeg = (".jpg", cv2.IMWRITE_JPEG_QUALITY, int(random.integers(35, 96)))
    return encode(image, *(jpeg if chance(random, 0.5) else (".png",))), scaled(clean)


def scaled(clean: np.ndarray | None) -> np.ndarray:
    return np.zeros((28, 28), np.uint8) if clean is None else (255 * clean).round().astype(np.uint8)


def main() -> None:
    from data import Pens  # which imports this module

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("data"), help="folder that prepare.py wrote")
    parser.add_argument("--out", type=Path, default=Path("data/pictures"), help="the files' name without .zip and .npz")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--held-out", action="store_true", help="characters of held-out writers, for validation alone")
    args = parser.parse_args()
    pens = Pens(args.data)
    members = np.random.default_rng(args.held_out).permutation(pens.held_out if args.held_out else pens.train)[: args.count]
    clean = []
    with zipfile.ZipFile(args.out.with_suffix(".zip"), "w") as archive:
        for i, member in enumerate(tqdm(members, mininterval=10)):
            file, glyph = picture(pens[member], np.random.default_rng([args.held_out, i]))
            archive.writestr(f"{i:06d}", file)
            clean.append(glyph)
    np.savez_compressed(args.out.with_suffix(".npz"), labels=pens.labels[members].astype(np.uint8), clean=np.array(clean))


if __name__ == "__main__":
    main()
