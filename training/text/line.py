"""From the ink of a line of text to the line image that the network reads, as in the Java package `ink.neural.text`."""

import numpy as np
from PIL import Image

HEIGHT = 40  # of the line image
INK_HEIGHT = 32  # to which the ink is scaled
MARGIN = 4  # left and right of the ink
MAX_STROKE_WIDTH = 5  # limits the scale: a dash or a full stop is not blown up to the height of a letter
CROP_AT = 0.2  # of the peak density, as in glyph.py
STEP = 4  # the width of a line image is a multiple of this


def crop(ink: np.ndarray) -> np.ndarray:
    inked = ink >= CROP_AT * ink.max()
    rows, columns = np.flatnonzero(inked.any(1)), np.flatnonzero(inked.any(0))
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def stroke_width(ink: np.ndarray) -> float:
    """A stroke of length l and width w has the area lw and, beside its ends, the perimeter 2l.

    The perimeter is the number of transitions between ink and paper. For strokes of all directions, this is 4/π too long.
    """
    inked = np.pad(ink >= 0.5 * ink.max(), 1)
    transitions = (inked[1:] != inked[:-1]).sum() + (inked[:, 1:] != inked[:, :-1]).sum()
    return 2 * inked.sum() / (transitions * np.pi / 4)


def line_image(ink: np.ndarray) -> np.ndarray:
    """Ink density [h, w] on paper 0 to a line image [40, W] in [0, 1]."""
    ink = crop(ink).astype(np.float32)
    height, width = ink.shape
    scale = min(INK_HEIGHT / height, MAX_STROKE_WIDTH / stroke_width(ink))
    w, h = (max(1, int(side * scale + 0.5)) for side in (width, height))
    small = np.asarray(Image.fromarray(np.ascontiguousarray(ink)).resize((w, h), Image.Resampling.BILINEAR))
    top = (HEIGHT - h) // 2
    line = np.zeros((HEIGHT, -(-(w + 2 * MARGIN) // STEP) * STEP), np.float32)
    line[top : top + h, MARGIN : MARGIN + w] = small
    return line / line.max()
