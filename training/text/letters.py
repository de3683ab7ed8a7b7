"""Cuts printed words into letters: where people lift the pen between letters, each letter has its own columns."""

import numpy as np

from text import sources

OVERLAP = 0.35  # strokes that share this much of the narrower one's columns belong to the same letter


def letters(word: sources.Word) -> list[tuple[str, sources.Strokes]]:
    """Each character of a word with its strokes; none if the word has more or fewer groups of strokes than characters."""
    groups = stroke_groups(word.strokes)
    text = word.text.replace(" ", "")
    return list(zip(text, groups)) if len(groups) == len(text) else []


def stroke_groups(strokes: sources.Strokes) -> list[sources.Strokes]:
    """Strokes that stand above each other, from left to right."""
    groups = []
    for stroke in sorted(strokes, key=lambda stroke: stroke[:, 0].min()):
        if groups and overlap(columns(groups[-1]), columns([stroke])) >= OVERLAP:
            groups[-1].append(stroke)
        else:
            groups.append([stroke])
    return groups


def columns(strokes: sources.Strokes) -> tuple[float, float]:
    xs = np.concatenate(strokes)[:, 0]
    return xs.min(), xs.max()


def overlap(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The columns that two ranges share, by those of the narrower one."""
    return (min(a[1], b[1]) - max(a[0], b[0])) / max(1, min(a[1] - a[0], b[1] - b[0]))
