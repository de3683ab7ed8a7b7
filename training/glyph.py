"""From a drawing to the 28x28 glyph the network knows: the same six steps as `ink.neural.glyph` in Java.

Both are held to the same golden tensors (`golden.py` writes them, the Java tests and `check.py` compare with them).
"""

import numpy as np
from PIL import Image

SIZE, BOX = 28, 24          # EMNIST as measured: ink box 24, aspect kept, centred in 28x28
CROP_AT = 0.2               # of the darkest ink: keeps anti-aliased edges, drops their faint rim
FAINTEST = 16               # of 255: below this nothing was drawn


def grey(rgba: np.ndarray) -> np.ndarray:
    """[h, w, 4] uint8 → [h, w] luma 0..255, composited on white."""
    alpha = rgba[..., 3:] / np.float32(255)
    rgb = rgba[..., :3] * alpha + 255 * (1 - alpha)
    return (rgb @ np.array([0.299, 0.587, 0.114], np.float32)).astype(np.float32)


def ink_of(luma: np.ndarray) -> np.ndarray:
    """Ink positive, background 0, judged by the median of the 1-pixel border."""
    border = np.sort(np.concatenate([luma[0], luma[-1], luma[1:-1, 0], luma[1:-1, -1]]))
    background = border[len(border) // 2]
    return np.maximum(0, background - luma if background > 127.5 else luma - background)


def crop(ink: np.ndarray) -> np.ndarray | None:
    """The tight box around the ink, or None where nothing was drawn."""
    peak = ink.max(initial=0)
    if peak < FAINTEST:
        return None
    there = ink >= CROP_AT * peak
    rows, columns = np.flatnonzero(there.any(1)), np.flatnonzero(there.any(0))
    return ink[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1]


def fit(ink: np.ndarray, box: int = BOX) -> np.ndarray:
    """Aspect kept, long side `box`, centred in 28x28; anti-aliased triangle filter."""
    height, width = ink.shape
    scale = box / max(height, width)
    w, h = (max(1, int(side * scale + 0.5)) for side in (width, height))
    small = Image.fromarray(np.ascontiguousarray(ink, np.float32)).resize((w, h), Image.Resampling.BILINEAR)
    glyph = np.zeros((SIZE, SIZE), np.float32)
    top, left = (SIZE - h) // 2, (SIZE - w) // 2
    glyph[top:top + h, left:left + w] = small
    return glyph


def normalise_ink(ink: np.ndarray) -> np.ndarray | None:
    """Ink on background 0 → glyph [28, 28] in [0, 1], upright; None where nothing was drawn."""
    cropped = crop(ink)
    if cropped is None:
        return None
    glyph = fit(cropped)
    return glyph / glyph.max()


def normalise(rgba: np.ndarray) -> np.ndarray | None:
    """A drawing [h, w, 4] uint8 → glyph [28, 28] in [0, 1], upright; None where nothing was drawn."""
    return normalise_ink(ink_of(grey(rgba)))
