"""Normalisation of a drawing with Pillow, without a loop over pixels in Python."""

import base64
import io

import numpy as np
from PIL import Image, ImageChops

SIZE, BOX, SHARE, FAINTEST = 28, 24, 0.2, 16
CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def glyph_of(url: str) -> np.ndarray | None:
    """A data URL → the upright glyph [28, 28] in [0, 1], or None for an empty drawing."""
    picture = Image.open(io.BytesIO(base64.b64decode(url[url.index(",") + 1:])))
    if picture.mode == "RGBA":
        grey = Image.new("L", picture.size, 255)
        grey.paste(picture.convert("L"), mask=picture.getchannel("A"))
    else:
        grey = picture.convert("L")
    luma = np.asarray(grey)
    paper = int(np.median(np.concatenate([luma[0], luma[-1], luma[:, 0], luma[:, -1]])))
    background = Image.new("L", grey.size, paper)
    ink = ImageChops.subtract(background, grey) if paper > 127 else ImageChops.subtract(grey, background)
    darkest = ink.getextrema()[1]
    if darkest < FAINTEST:
        return None
    ink = ink.crop(ink.point(lambda v: 255 if v >= SHARE * darkest else 0).getbbox())
    scale = BOX / max(ink.size)
    width, height = (max(1, int(side * scale + 0.5)) for side in ink.size)
    glyph = np.zeros((SIZE, SIZE), np.float32)
    left, top = (SIZE - width) // 2, (SIZE - height) // 2
    glyph[top:top + height, left:left + width] = ink.convert("F").resize((width, height), Image.Resampling.BILINEAR)
    return glyph / glyph.max()


def answer(probabilities: np.ndarray) -> dict:
    """Probabilities [62] → the answer with the three most probable characters."""
    best = np.argsort(probabilities)[:-4:-1]
    return {"predictions": [{"label": CHARACTERS[i], "confidence": round(float(probabilities[i]), 6)} for i in best]}
