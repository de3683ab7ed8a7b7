"""Draws strokes as bitmaps: as a canvas page does, and as other hands and brushes would.

Strokes are lists of float arrays [n, 2], x right and y down. Ink is white on black, uint8. "Unit strokes" have a bounding box
whose long side is 1 and whose centre is the origin.
"""

import cv2
import numpy as np

from glyph import normalise_ink

SHIFT = 4  # OpenCV's fixed-point bits for sub-pixel coordinates
cv2.setNumThreads(1)  # the callers run in parallel already


def to_unit(strokes: list[np.ndarray]) -> list[np.ndarray]:
    points = np.concatenate(strokes)
    low, high = points.min(0), points.max(0)
    side = max(float((high - low).max()), 1e-6)
    return [((s - (low + high) / 2) / side).astype(np.float32) for s in strokes]


def draw(
    strokes: list[np.ndarray], side: float, brush: float, antialias: bool = True, widths: np.ndarray | None = None
) -> np.ndarray:
    """Unit strokes to bitmap. `side`, the character's long side, and `brush`, its line width, are in pixels.

    `widths` holds a factor of the line width for each point, in the order of the strokes.
    """
    margin = brush / 2 + 3
    low = np.min([s.min(0) for s in strokes], axis=0)
    high = np.max([s.max(0) for s in strokes], axis=0)
    width, height = np.ceil((high - low) * side + 2 * margin).astype(int)
    canvas = np.zeros((height, width), np.uint8)
    pixels = [np.round(((s - low) * side + margin) * (1 << SHIFT)).astype(np.int32) for s in strokes]
    line = cv2.LINE_AA if antialias else cv2.LINE_8
    thick = max(1, round(brush))
    if widths is None:
        cv2.polylines(canvas, pixels, False, 255, thick, line, SHIFT)
    else:
        at = 0
        for stroke in pixels:
            for i in range(len(stroke)):
                thickness = max(1, round(brush * widths[at + i]))
                cv2.line(canvas, stroke[max(i - 1, 0)], stroke[i], 255, thickness, line, SHIFT)
            at += len(stroke)
    for stroke in pixels:  # a single point is a dot as wide as the brush
        if len(stroke) == 1:
            cv2.circle(canvas, stroke[0], thick << SHIFT - 1, 255, -1, line, SHIFT)
    return canvas


def flat_nib(strokes: list[np.ndarray], side: float, nib: float, angle: float) -> np.ndarray:
    """Unit strokes to bitmap, drawn with a nib `nib` pixels wide and two thick, held at `angle` to the baseline."""
    reach = int(np.ceil(nib / 2))
    edge = np.zeros((2 * reach + 1,) * 2, np.uint8)
    direction = np.round(reach * np.array([np.cos(angle), np.sin(angle)])).astype(int)
    cv2.line(edge, (reach + direction).tolist(), (reach - direction).tolist(), 1)
    return cv2.dilate(cv2.copyMakeBorder(draw(strokes, side, 2), *[reach] * 4, cv2.BORDER_CONSTANT), edge)


def distort(strokes: list[np.ndarray], random: np.random.Generator, strength: float) -> list[np.ndarray]:
    """Writes the same with another hand: slant, rotation, proportions, a slow warp, tremor, and a coarser sampling."""
    tilted = random.random() < 0.1  # a person or a tablet at an angle, whatever the strength
    turn = np.radians(random.normal(0, 15 if tilted else 6 * strength))
    slant = random.normal(0, 0.15 * strength)
    stretch = np.exp(random.normal(0, 0.14 * strength) * np.array([0.5, -0.5]))
    matrix = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    matrix = (np.array([[1, 0], [slant, 1]]) * stretch) @ matrix
    warp, phase = random.normal(0, 0.02 * strength, (2, 2)), random.uniform(0, 2 * np.pi, (2, 2))
    frequency = random.uniform(2, 6, (2, 2))
    tremor = random.exponential(0.004 * strength)
    keep = random.choice([1, 1, 1, 1, 2, 3, 4, 6, 8])  # a slow device samples fewer points
    written = []
    for stroke in strokes:
        if keep > 1 and len(stroke) > 3 * keep:
            stroke = np.concatenate([stroke[:-1:keep], stroke[-1:]])
        p = stroke @ matrix
        along_y = warp[:, :1] * np.sin(p[:, 1] * frequency[:, :1] + phase[:, :1])
        along_x = warp[:, 1:] * np.sin(p[:, 0] * frequency[:, 1:] + phase[:, 1:])
        p = p + (along_y + along_x).T
        if tremor > 0.002:
            p = p + random.normal(0, tremor, p.shape)
        written.append(p.astype(np.float32))
    if random.random() < 0.15 * strength and len(written) > 1:  # strokes do not always meet
        written = [s + random.normal(0, 0.03, 2).astype(np.float32) for s in written]
    return written


def draw_with_random_brush(strokes: list[np.ndarray], random: np.random.Generator) -> np.ndarray:
    """Unit strokes to bitmap with a random brush of one of several kinds, 2.5 to 25 % of the character's size wide."""
    side = random.uniform(70, 140)
    brush = side * np.exp(random.uniform(np.log(0.025), np.log(0.25)))
    brush = np.floor(brush + random.random())  # OpenCV wants whole widths; this keeps their mean
    kind, widths = random.random(), None
    if kind < 0.15:  # pressure
        n = sum(map(len, strokes))
        knots = random.uniform(0.5, 1.4, 6)
        widths = np.interp(np.linspace(0, 5, n), np.arange(6), knots)
    ink = draw(strokes, side, brush, antialias=kind < 0.9, widths=widths)
    if 0.30 < kind < 0.38:  # a flat nib
        ink = flat_nib(strokes, side, 1.3 * brush, random.uniform(0, np.pi))
    if 0.15 < kind < 0.25:  # a soft brush
        ink = cv2.GaussianBlur(ink, (0, 0), random.uniform(0.5, 0.35 * max(brush, 3)))
    if 0.25 < kind < 0.30:  # a dry brush
        ink = np.where(random.random(ink.shape, dtype=np.float32) < random.uniform(0.03, 0.5), 0, ink).astype(np.uint8)
    if 0.38 < kind < 0.40:  # an outline
        hollow = cv2.erode(ink, np.ones((3, 3), np.uint8), iterations=max(1, round(brush * random.uniform(0.15, 0.35))))
        ink = ink - hollow
    return with_speck(ink, random) if random.random() < 0.06 else ink


def with_speck(ink: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """The bitmap with a stray touch of the pen, beside the character or on it."""
    margin = round(0.25 * max(ink.shape))
    ink = cv2.copyMakeBorder(ink, *[margin] * 4, cv2.BORDER_CONSTANT)
    at = (random.random(2) * ink.shape[::-1]).astype(int)
    return cv2.circle(ink, at.tolist(), random.integers(1, 4), 255, -1)


def glyph_of(strokes: list[np.ndarray], random: np.random.Generator, strength: float = 1.0) -> np.ndarray:
    """Unit strokes to glyph [28, 28] in [0, 1], written by another hand, as different as `strength`, with another brush."""
    glyph = normalise_ink(draw_with_random_brush(to_unit(distort(strokes, random, strength)), random))
    return np.zeros((28, 28), np.float32) if glyph is None else glyph


def plain_glyph(strokes: list[np.ndarray], brush: float) -> np.ndarray:
    """Unit strokes to glyph [28, 28], undistorted: 200 px large, with a line `brush` times as wide as that."""
    return normalise_ink(draw(strokes, 200, 200 * brush))
