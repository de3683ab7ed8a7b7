"""Draws lines as bitmaps: with other hands and pens, and as scans and photographs show them once their ink is extracted."""

import cv2
import numpy as np

from text.sources import Strokes

SHIFT = 4  # OpenCV's fixed-point bits for sub-pixel coordinates
cv2.setNumThreads(1)


def distort(strokes: Strokes, random: np.random.Generator) -> Strokes:
    """Writes the same with another hand.

    Lengths are in heights of the line.
    """
    step = random.choice([1, 1, 1, 2, 3])
    strokes = [coarser(stroke, step) for stroke in strokes] if step > 1 else strokes
    sizes = np.array([len(stroke) for stroke in strokes])
    points = np.concatenate(strokes)
    low, high = points.min(0), points.max(0)
    height = max(float(high[1] - low[1]), 0.15 * float(high[0] - low[0]), 1e-3)
    p = (points - low) / height
    if random.random() < 0.4:
        p = rounder(p, sizes, random.uniform(0, 0.035))
    p = other_proportions(p, random)
    if random.random() < 0.4:  # dots, bars and the parts of letters, each somewhere else
        p = p + np.repeat(random.normal(0, 0.02, (len(sizes), 2)), sizes, 0)
    tremor = random.exponential(0.004)
    if tremor > 0.002:
        p = p + random.normal(0, tremor, p.shape)
    return np.split(p.astype(np.float32), np.cumsum(sizes)[:-1])


def coarser(stroke: np.ndarray, step: int) -> np.ndarray:
    return np.concatenate([stroke[:-1:step], stroke[-1:]]) if len(stroke) > 4 * step else stroke


def rounder(p: np.ndarray, sizes: np.ndarray, radius: float) -> np.ndarray:
    """As a faster pen writes: each point moves towards its neighbours in the stroke, within about the radius."""
    ends = np.cumsum(sizes)
    inner = np.ones(len(p), bool)
    inner[ends - 1] = inner[ends - sizes] = False
    inside = np.flatnonzero(inner)
    if not len(inside):
        return p
    step = np.abs(p[inside] - p[inside - 1]).mean()
    for _ in range(int(min(12, 2 * (radius / max(step, 1e-3)) ** 2))):  # each time adds a variance of half a step squared
        p[inside] = (p[inside - 1] + 2 * p[inside] + p[inside + 1]) / 4
    return p


def other_proportions(p: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Slant, rotation, width, the heights of the line's zones, and a slow warp along the line."""
    y = p[:, 1]
    middle, sides = random.normal(0, [0.05, 0.025])
    p[:, 1] = y + middle * np.sin(np.pi * y) + sides * np.sin(2 * np.pi * y)
    turn, slant, stretch = np.radians(random.normal(0, 1.7)), random.normal(0, 0.22), np.exp(random.normal(0, 0.2))
    matrix = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    p = p @ np.array([[stretch, 0], [slant, 1]]) @ matrix
    size = random.normal(0, 0.028, (3, 3)) * np.exp(random.normal(0, 0.4))
    frequency, phase = random.uniform(0.5, 5, (3, 3)), random.uniform(0, 2 * np.pi, (3, 3))
    x, y, lean = (size[:, :, None] * np.sin(frequency[:, :, None] * p[:, 0] + phase[:, :, None])).sum(1)
    return p + np.stack([x + 2 * lean * (p[:, 1] - 0.5), y], 1)


def draw(strokes: Strokes, height: float, brush: float, antialias: bool = True) -> np.ndarray:
    """Strokes in heights of the line to a bitmap with ink 255 on 0. `height` and `brush` are in pixels."""
    margin = brush / 2 + 3
    points = np.concatenate(strokes)
    low, high = points.min(0), points.max(0)
    width, rows = np.ceil((high - low) * height + 2 * margin).astype(int)
    canvas = np.zeros((rows, width), np.uint8)
    pixels = [np.round(((s - low) * height + margin) * (1 << SHIFT)).astype(np.int32) for s in strokes]
    line, thick = cv2.LINE_AA if antialias else cv2.LINE_8, max(1, round(brush))
    cv2.polylines(canvas, [p.reshape(-1, 1, 2) for p in pixels if len(p) > 1], False, 255, thick, line, SHIFT)
    for p in pixels:  # a single point is a dot as wide as the brush
        if len(p) == 1 or np.ptp(p, 0).max() < thick << SHIFT - 1:
            cv2.circle(canvas, p[0].tolist(), max(thick, 2) << SHIFT - 1, 255, -1, line, SHIFT)
    return canvas


def draw_with_random_pen(strokes: Strokes, random: np.random.Generator) -> np.ndarray:
    height = np.exp(random.uniform(np.log(28), np.log(110)))
    brush = height * np.exp(random.uniform(np.log(0.025), np.log(0.13)))
    brush = max(1, np.floor(brush + random.random()))  # OpenCV wants whole widths; this keeps their mean
    return draw(distort(strokes, random), height, brush, antialias=random.random() < 0.9)


def other_pen(bitmap: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """An outline font's bitmap, slanted, stretched, and with thinner or thicker strokes."""
    height, width = bitmap.shape
    slant, stretch = random.normal(0, 0.15), np.exp(random.normal(0, 0.15))
    scale = np.exp(random.uniform(np.log(0.4), np.log(1.2)))
    lean = abs(slant) * height
    matrix = np.float32([[scale * stretch, scale * slant, scale * lean * (slant < 0) + 4], [0, scale, 4]])
    size = int(scale * (width * stretch + lean)) + 8, int(scale * height) + 8
    bitmap = cv2.warpAffine(bitmap, matrix, size, flags=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    change = random.integers(-1, 4)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (abs(change) + 1,) * 2)
    changed = cv2.dilate(bitmap, kernel) if change > 0 else cv2.erode(bitmap, kernel)
    return changed if changed.any() else bitmap


def degrade(bitmap: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """What a scanner, a camera and the extraction of the ink leave of a line."""
    ink = bitmap.astype(np.float32) / 255
    rows, columns = ink.shape
    kinds = random.random(7)
    if kinds[0] < 0.25:
        ink = cv2.GaussianBlur(ink, (0, 0), random.uniform(0.4, 0.035 * rows + 0.5))
    if kinds[1] < 0.2:  # uneven pressure and light
        field = cv2.resize(random.uniform(0.45, 1, (3, 3 + columns // 60)).astype(np.float32), (columns, rows))
        ink = ink * field
    if kinds[2] < 0.15:  # grain
        ink = ink + random.normal(0, random.uniform(0.02, 0.15), ink.shape).astype(np.float32) * (ink > 0.02)
    if kinds[3] < 0.08:  # a dry pen
        worn = random.random((rows // 2 + 1, columns // 2 + 1)) < random.uniform(0.02, 0.2)
        ink = ink * (1 - cv2.resize(worn.astype(np.float32), (columns, rows)))
    if kinds[4] < 0.06:  # a rule was taken out, and thin strokes along with it
        y, thick = random.integers(rows), random.integers(1, max(2, rows // 25))
        ink[y : y + thick] *= random.random()
    if kinds[5] < 0.15:  # two levels, as a fax
        ink = (ink > random.uniform(0.25, 0.6)).astype(np.float32)
    if kinds[6] < 0.06:  # specks
        for _ in range(random.integers(1, 4)):
            cv2.circle(ink, (int(random.integers(columns)), int(random.integers(rows))), int(random.integers(1, 3)), 0.8, -1)
    ink = np.clip(ink, 0, 1)
    return ink if ink.max() > 0.3 else bitmap.astype(np.float32) / 255
