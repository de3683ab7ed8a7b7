"""Traces scanned characters: their centre lines become strokes, so that scans too can be drawn afresh with another pen.

The ink is thinned to a line of single pixels (Zhang and Suen 1984, by scikit-image). The line is walked from end or junction to
end or junction, its spurs are pruned, and each path is smoothed.
"""

from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
from scipy.ndimage import gaussian_filter1d
from skimage.morphology import skeletonize
from tqdm import tqdm

SCALE = 4  # enlargement; all lengths below are in enlarged pixels
LOCAL_THRESHOLD, WINDOW = (
    0.55,
    9,
)  # ink is what reaches this share of the local maximum: opens narrow loops, keeps faint strokes
FAINTEST = 90  # of 255
SPUR = 1.3  # a branch shorter than this many half line widths is a bump of the edge
SIGMA, SPACING = 2.5, 3  # of the smoothed path
NEIGHBOURS = [(-1, 0), (0, -1), (0, 1), (1, 0), (-1, -1), (-1, 1), (1, -1), (1, 1)]


def ink_mask(scan: np.ndarray) -> np.ndarray:
    """Where there is ink [112, 112], from a scan [28, 28] uint8."""
    large = cv2.resize(scan, None, fx=SCALE, fy=SCALE, interpolation=cv2.INTER_CUBIC)
    brightest = cv2.dilate(large, np.ones((WINDOW, WINDOW), np.uint8))
    return large >= np.maximum(LOCAL_THRESHOLD * brightest, FAINTEST)


def neighbour_graph(line: set) -> dict:
    """The neighbours of each pixel of a thin line. Diagonal ones count only where there is no way around the corner."""

    def of(y, x):
        for dy, dx in NEIGHBOURS:
            corner = dy and dx and ((y + dy, x) in line or (y, x + dx) in line)
            if (y + dy, x + dx) in line and not corner:
                yield y + dy, x + dx

    return {pixel: list(of(*pixel)) for pixel in line}


def paths(graph: dict) -> list[list]:
    """The line's paths from end or junction to end or junction, then its rings, then its dots."""
    found, walked = [], set()
    for rings in (False, True):
        for pixel, around in graph.items():
            for onward in around if rings or len(around) != 2 else ():
                if (pixel, onward) in walked:
                    continue
                path = [pixel, onward]
                while len(graph[path[-1]]) == 2 and path[-1] != pixel:
                    path.append(next(p for p in graph[path[-1]] if p != path[-2]))
                walked.update(pairwise(path), pairwise(reversed(path)))
                found.append(path)
    return found + [[pixel] for pixel, around in graph.items() if not around]


def spurs(graph: dict, depth: np.ndarray):
    """The pixels of branches that end and are shorter than the line is wide, without the junction."""
    for path in paths(graph):
        end, junction = sorted((path[0], path[-1]), key=lambda pixel: len(graph[pixel]))
        if len(graph[end]) == 1 and len(graph[junction]) > 2 and len(path) < SPUR * depth[junction]:
            yield from (pixel for pixel in path if pixel != junction)


def smooth_stroke(path: list) -> np.ndarray:
    """A path of pixels as smooth points (x, y), some way apart. Its ends stay where they were."""
    points = np.array(path, np.float32)[:, ::-1]
    if len(points) <= 2:
        return points
    closed = path[0] == path[-1]
    smooth = gaussian_filter1d(points, SIGMA, 0, mode="wrap" if closed else "nearest")
    smooth[[0, -1]] = smooth[0] if closed else points[[0, -1]]
    return np.concatenate([smooth[:-1:SPACING], smooth[-1:]])


def trace(scan: np.ndarray) -> list[np.ndarray]:
    """The centre lines of a scan [28, 28] uint8 as strokes [n, 2], x right and y down, in enlarged pixels."""
    ink = ink_mask(scan)
    depth = cv2.distanceTransform(ink.astype(np.uint8), cv2.DIST_L2, 3)
    line = set(zip(*(axis.tolist() for axis in np.nonzero(skeletonize(ink)))))
    line -= set(spurs(neighbour_graph(line), depth))
    return [smooth_stroke(path) for path in paths(neighbour_graph(line))]


def packed(drawings: list[list[np.ndarray]]) -> dict[str, np.ndarray]:
    """Drawings, each a list of strokes, as the arrays that `data.Strokes` reads."""
    strokes = [stroke for drawing in drawings for stroke in drawing]
    return {
        "points": np.concatenate(strokes).astype(np.float32),
        "strokes": np.cumsum([0] + [len(stroke) for stroke in strokes]),
        "characters": np.cumsum([0] + [len(drawing) for drawing in drawings]),
    }


def trace_scans(folder: Path) -> None:
    """Traces the images of the folder's emnist.npz into traced.npz."""
    images = np.load(folder / "emnist.npz")["images"]
    traced = [trace(scan) for scan in tqdm(images, mininterval=10, desc="tracing")]
    np.savez(folder / "traced.npz", **packed(traced))
