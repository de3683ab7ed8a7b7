"""The strokes of scanned characters, as a pen would have drawn them: their middle lines, so that they too can be drawn afresh.

What is left of a line thinned to a pixel (Zhang and Suen 1984, by scikit-image) is walked from end or crossing to end or
crossing. On two cores the 161,374 scans take some minutes; `prepare.py` has it done.
"""

from pathlib import Path

import cv2
import numpy as np
from scipy.ndimage import gaussian_filter1d
from skimage.morphology import skeletonize
from tqdm import tqdm

ENLARGED = 4                # times; all lengths below are in enlarged pixels
RIDGE, NEAR = 0.55, 9       # ink is what has so much of the brightest nearby: opens narrow loops, keeps faint strokes
FAINTEST = 90               # of 255
SPUR = 1.3                  # half line widths: a shorter branch is a bump of the line's edge
SMOOTH, APART = 2.5, 3
AROUND = [(-1, 0), (0, -1), (0, 1), (1, 0), (-1, -1), (-1, 1), (1, -1), (1, 1)]


def ink_of(scan: np.ndarray) -> np.ndarray:
    """[28, 28] uint8 → where there is ink, enlarged."""
    large = cv2.resize(scan, None, fx=ENLARGED, fy=ENLARGED, interpolation=cv2.INTER_CUBIC)
    return large >= np.maximum(RIDGE * cv2.dilate(large, np.ones((NEAR, NEAR), np.uint8)), FAINTEST)


def neighbours(line: set) -> dict:
    """What each pixel of a thin line goes on to; diagonally only where there is no way round the corner."""
    def of(y, x):
        for dy, dx in AROUND:
            if (y + dy, x + dx) in line and not (dy and dx and ((y + dy, x) in line or (y, x + dx) in line)):
                yield y + dy, x + dx
    return {pixel: list(of(*pixel)) for pixel in line}


def paths(beside: dict) -> list[list]:
    """A line's parts from end or crossing to end or crossing, its rings, and its dots."""
    found, walked = [], set()
    for rings in (False, True):
        for pixel, around in beside.items():
            for onward in around if rings or len(around) != 2 else ():
                if (pixel, onward) in walked:
                    continue
                path = [pixel, onward]
                while len(beside[path[-1]]) == 2 and path[-1] != pixel:
                    path.append(next(p for p in beside[path[-1]] if p != path[-2]))
                walked.update(zip(path, path[1:]), zip(path[1:], path))
                found.append(path)
    return found + [[pixel] for pixel, around in beside.items() if not around]


def spurs(beside: dict, depth: np.ndarray):
    """The pixels of branches that end, shorter than the line is wide; the crossing stays."""
    for path in paths(beside):
        end, crossing = sorted((path[0], path[-1]), key=lambda pixel: len(beside[pixel]))
        if len(beside[end]) == 1 and len(beside[crossing]) > 2 and len(path) < SPUR * depth[crossing]:
            yield from (pixel for pixel in path if pixel != crossing)


def stroke_of(path: list) -> np.ndarray:
    """A path → points (x, y), smooth and some way apart, its ends where they were."""
    way = np.array(path, np.float32)[:, ::-1]
    if len(way) <= 2:
        return way
    closed = path[0] == path[-1]
    smooth = gaussian_filter1d(way, SMOOTH, 0, mode="wrap" if closed else "nearest")
    smooth[[0, -1]] = smooth[0] if closed else way[[0, -1]]
    return np.concatenate([smooth[:-1:APART], smooth[-1:]])


def strokes_of(scan: np.ndarray) -> list[np.ndarray]:
    """[28, 28] uint8 → strokes [n, 2] of its middle lines, x right and y down."""
    ink = ink_of(scan)
    depth = cv2.distanceTransform(ink.astype(np.uint8), cv2.DIST_L2, 3)
    line = set(zip(*(axis.tolist() for axis in np.nonzero(skeletonize(ink)))))
    line -= set(spurs(neighbours(line), depth))
    return [stroke_of(path) for path in paths(neighbours(line))]


def save_traced(folder: Path) -> None:
    """Traces the folder's scans."""
    traced = [strokes_of(scan) for scan in tqdm(np.load(folder / "emnist.npz")["images"], mininterval=10, desc="tracing")]
    strokes = [stroke for character in traced for stroke in character]
    np.savez(folder / "traced.npz", points=np.concatenate(strokes).astype(np.float32),
             strokes=np.cumsum([0] + [len(stroke) for stroke in strokes]),
             characters=np.cumsum([0] + [len(character) for character in traced]))
