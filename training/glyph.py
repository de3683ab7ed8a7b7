"""The six steps from a drawing to the 28x28 glyph that the network reads, the same as in the Java package `ink.neural.glyph`.

The golden tensors hold both to the same result: `golden.py` writes and checks them, and so do the Java tests.
"""

import numpy as np
from PIL import Image

SIZE, BOX = 28, 24  # as measured on EMNIST: the long side of the ink is 24 px, its aspect is kept, and it is centred in 28x28
CROP_AT = 0.2  # of the darkest ink: keeps anti-aliased edges and drops their faint rim
FAINTEST = 16  # of 255: with less ink, nothing was drawn


def to_luma(rgba: np.ndarray) -> np.ndarray:
    """[h, w, 4] uint8 to luma [h, w] in 0..255, composited on white."""
    alpha = rgba[..., 3:] / np.float32(255)
    rgb = rgba[..., :3] * alpha + 255 * (1 - alpha)
    return (rgb @ np.array([0.299, 0.587, 0.114], np.float32)).astype(np.float32)


def to_ink(luma: np.ndarray) -> np.ndarray:
    """Ink positive on background 0. The median of the outermost pixels tells whether the background is light."""
    border = np.sort(np.concatenate([luma[0], luma[-1], luma[1:-1, 0], luma[1:-1, -1]]))
    background = border[len(border) // 2]
    return np.maximum(0, background - luma if background > 127.5 else luma - background)


def crop(ink: np.ndarray) -> np.ndarray | None:
    """The bounding box of the ink, or None if nothing was drawn."""
    peak = ink.max(initial=0)
    if peak < FAINTEST:
        return None
    inked = ink >= CROP_AT * peak
    rows, columns = np.flatnonzero(inked.any(1)), np.flatnonzero(inked.any(0))
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def fit(ink: np.ndarray) -> np.ndarray:
    """Scales the long side to BOX, keeping the aspect, and centres in 28x28. The filter is an anti-aliased triangle."""
    height, width = ink.shape
    scale = BOX / max(height, width)
    w, h = (max(1, int(side * scale + 0.5)) for side in (width, height))
    small = Image.fromarray(np.ascontiguousarray(ink, np.float32)).resize((w, h), Image.Resampling.BILINEAR)
    glyph = np.zeros((SIZE, SIZE), np.float32)
    top, left = (SIZE - h) // 2, (SIZE - w) // 2
    glyph[top : top + h, left : left + w] = small
    return glyph


def normalise_ink(ink: np.ndarray) -> np.ndarray | None:
    """Ink on background 0 to an upright glyph [28, 28] in [0, 1], or None if nothing was drawn."""
    cropped = crop(ink)
    if cropped is None:
        return None
    glyph = fit(cropped)
    return glyph / glyph.max()


def normalise(rgba: np.ndarray) -> np.ndarray | None:
    """A drawing [h, w, 4] uint8 to an upright glyph [28, 28] in [0, 1], or None if nothing was drawn."""
    return normalise_ink(to_ink(to_luma(rgba)))
