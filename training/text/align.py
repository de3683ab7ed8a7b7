"""Finds the letters of a word. CTC's most probable alignment says where each is, and so which strokes are its own."""

from itertools import pairwise

import numpy as np
import torch

from text import pictures, sources
from text.alphabet import BLANK, encode
from text.line import MARGIN, line_image
from text.model import TextNetwork

DRAWN_HEIGHT, PEN = 60, 4  # pixels


def forced_alignment(log_probabilities: np.ndarray, text: list[int]) -> np.ndarray:
    """[T, outputs] to the middle frame of each character on the best path that spells the text (Viterbi)."""
    states = [BLANK] + [s for c in text for s in (c, BLANK)]
    emitted = log_probabilities[:, states]
    skips = np.array([i > 1 and s != BLANK and s != states[i - 2] for i, s in enumerate(states)])
    score = np.full(len(states), -np.inf)
    score[:2] = emitted[0, :2]
    came_from = np.zeros(emitted.shape, int)
    for t in range(1, len(emitted)):
        step = np.concatenate([[-np.inf], score[:-1]])
        skip = np.where(skips, np.concatenate([[-np.inf, -np.inf], score[:-2]]), -np.inf)
        choices = np.stack([score, step, skip])
        came_from[t] = choices.argmax(0)
        score = choices.max(0) + emitted[t]
    state = len(states) - 1 if score[-1] > score[-2] else len(states) - 2
    frames = [[] for _ in text]
    for t in range(len(emitted) - 1, -1, -1):
        if state % 2:
            frames[state // 2].append(t)
        state -= came_from[t, state]
    return np.array([np.mean(f) for f in frames])


@torch.no_grad()
def letter_positions(network: TextNetwork, word: sources.Word) -> np.ndarray | None:
    """The x coordinate of each character's middle, in units of the strokes; None if the picture is too narrow for the text."""
    points = np.concatenate(word.strokes)
    low, size = points.min(0), np.ptp(points, 0)
    unit = max(size[1], 0.15 * size[0], 1)
    ink = pictures.draw([s / unit for s in word.strokes], DRAWN_HEIGHT, PEN)
    line = line_image(ink.astype(np.float32))
    text = encode(word.text)
    log_probabilities = network(torch.from_numpy(line)[None, None])[0].log_softmax(1).numpy()
    if len(text) + sum(a == b for a, b in pairwise(text)) > len(log_probabilities):
        return None
    columns = 2 * forced_alignment(log_probabilities, text) + 1 - MARGIN
    inked = np.flatnonzero(line.any(0))
    return low[0] + columns / max(inked[-1] + 1 - MARGIN, 1) * size[0]


def letters(network: TextNetwork, word: sources.Word) -> list[tuple[str, sources.Strokes]]:
    """Those characters of a word that share no stroke with a neighbour, with their strokes."""
    middles = letter_positions(network, word)
    if middles is None:
        return []
    own = [[] for _ in middles]
    joined = np.zeros(len(middles), bool)
    for stroke in word.strokes:
        left, right = stroke[:, 0].min(), stroke[:, 0].max()
        inside = np.flatnonzero((middles > left) & (middles < right))
        if len(inside) > 1:
            joined[inside] = True
        nearest = inside[0] if len(inside) else int(np.abs(middles - (left + right) / 2).argmin())
        own[nearest].append(stroke)
    return [(c, strokes) for c, strokes, shared in zip(word.text, own, joined) if strokes and not shared]
