"""Negatives: drawings that are not a character, for the legibility output.

Each kind is a function of a random generator and of `character`, which returns the unit strokes of a random character. It
returns strokes, which are drawn with the same brushes as real characters. The network learns from the kinds in TRAINING. Those
in UNSEEN measure whether it has learnt the idea or the list.
"""

import numpy as np

from render import glyph_of, to_unit


def curve(points, samples: int = 12) -> np.ndarray:
    """A smooth line through the points (Catmull-Rom)."""
    p = np.asarray(points, float)
    p = np.concatenate([2 * p[:1] - p[1:2], p, 2 * p[-1:] - p[-2:-1]])
    t = np.linspace(0, 1, samples, endpoint=False)[:, None]
    parts = [
        0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
        for a, b, c, d in zip(p, p[1:], p[2:], p[3:])
    ]
    return np.concatenate([*parts, p[-2:-1]]).astype(np.float32)


def polygon(corners, random, closed=True) -> np.ndarray:
    p = np.asarray(corners, float) + random.normal(0, 0.03, (len(corners), 2))
    return np.concatenate([p, p[:1]] if closed else [p]).astype(np.float32)


def ring(random, corners=24, roughness=0.0, turns=1.0) -> np.ndarray:
    angle = np.linspace(0, 2 * np.pi * turns, max(4, int(corners * turns)))
    radius = 0.5 + roughness * np.interp(angle, np.linspace(0, angle[-1], 9), random.normal(0, 1, 9))
    return np.stack([np.cos(angle) * radius, np.sin(angle) * radius], 1).astype(np.float32)


def moved(stroke, x, y, size=1.0):
    return (np.asarray(stroke) * size + (x, y)).astype(np.float32)


def scribble(random, character):
    """A pen wandering over itself."""
    return [curve(random.uniform(-0.5, 0.5, (random.integers(8, 28), 2))) for _ in range(random.integers(1, 3))]


def zigzag(random, character):
    """Crossing out, shading, the tail of a signature."""
    n = random.integers(6, 20)
    x = np.linspace(-0.5, 0.5, n) + random.normal(0, 0.03, n)
    y = np.where(np.arange(n) % 2, 1, -1) * random.uniform(0.1, 0.5) * random.uniform(0.5, 1, n)
    line = np.stack([x, y], 1)
    turn = random.uniform(0, np.pi)
    line = line @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    return [curve(line) if random.random() < 0.5 else line.astype(np.float32)]


def strewn_lines(random, character):
    """Straight lines at random."""
    return [random.uniform(-0.5, 0.5, (2, 2)).astype(np.float32) for _ in range(random.integers(4, 11))]


def strewn_arcs(random, character):
    return [
        curve(random.uniform(-0.5, 0.5, (3, 2)) * random.uniform(0.3, 1) + random.uniform(-0.3, 0.3, 2))
        for _ in range(random.integers(3, 8))
    ]


def dots(random, character):
    return [random.uniform(-0.5, 0.5, (1, 2)).astype(np.float32) for _ in range(random.integers(2, 13))]


def beside(left, right, gap: float):
    """Two drawings on one line, `gap` apart."""
    space = np.concatenate(left)[:, 0].max() - np.concatenate(right)[:, 0].min() + gap
    return [*left, *(moved(s, space, 0) for s in right)]


def two_characters(random, character):
    """Two side by side, each of its own size."""
    size, drop = random.uniform(0.7, 1.2), random.normal(0, 0.08)
    return beside(character(), [moved(s, 0, drop, size) for s in character()], random.uniform(0.08, 0.45))


def two_ones(random, character):
    """Two upright strokes, as in 11, ll or II."""
    stroke = np.array([(0, -0.5), (0, 0.5)], np.float32)
    strokes = [stroke + random.normal(0, 0.04, (2, 2)).astype(np.float32) for _ in range(random.integers(2, 4))]
    gap = random.uniform(0.15, 0.7)
    return [moved(s, i * gap, random.normal(0, 0.03)) for i, s in enumerate(strokes)]


def stacked_characters(random, character):
    """One above the other."""
    above, below = character(), character()
    space = np.concatenate(above)[:, 1].max() - np.concatenate(below)[:, 1].min() + random.uniform(0.08, 0.4)
    return [*above, *(moved(s, random.normal(0, 0.1), space) for s in below)]


def overwritten(random, character):
    """One character on top of two others."""
    return [moved(s, *random.normal(0, 0.15, 2), random.uniform(0.7, 1.1)) for _ in range(3) for s in character()]


def struck_out(random, character):
    """A character that has been crossed out."""
    return [*character(), *(moved(s, 0, 0, random.uniform(0.9, 1.2)) for s in zigzag(random, character))]


def framed(random, character):
    """A character in a box or a ring."""
    frame = (
        ring(random, roughness=0.03) * 1.7
        if random.random() < 0.5
        else polygon([(-0.8, -0.8), (0.8, -0.8), (0.8, 0.8), (-0.8, 0.8)], random)
    )
    return [*(moved(s, 0, 0, random.uniform(0.6, 1)) for s in character()), frame]


def box(random, character):
    """A box of a form, empty, ticked or crossed."""
    width, height = 0.5 * random.uniform(0.5, 1, 2)
    sides = polygon([(-width, -height), (width, -height), (width, height), (-width, height)], random)
    tick = [curve([(-0.3, 0), (-0.1, 0.25), (0.4, -0.4)])]
    cross = [polygon([(-0.3, -0.3), (0.3, 0.3)], random, False), polygon([(0.3, -0.3), (-0.3, 0.3)], random, False)]
    return [sides, *([], tick, cross)[random.integers(3)]]


def rules(random, character):
    """Horizontal lines of a sheet."""
    rows = np.arange(random.integers(1, 5)) * random.uniform(0.15, 0.4)
    return [polygon([(-0.5, y), (0.5, y)], random, False) for y in rows]


def star(random, character):
    points, inner = random.integers(4, 9), random.uniform(0.15, 0.3)
    angle = np.arange(2 * points) * np.pi / points + random.uniform(-0.5, 0.5)
    radius = np.where(np.arange(2 * points) % 2, inner, 0.5)
    return [polygon(np.stack([np.cos(angle) * radius, np.sin(angle) * radius], 1), random)]


def house(random, character):
    return [
        polygon([(-0.4, 0.5), (-0.4, -0.1), (0.4, -0.1), (0.4, 0.5)], random),
        polygon([(-0.5, -0.1), (0, -0.5), (0.5, -0.1)], random, False),
        polygon([(-0.1, 0.5), (-0.1, 0.2), (0.1, 0.2), (0.1, 0.5)], random, False),
    ][: random.integers(2, 4)]


def heart(random, character):
    t = np.linspace(0, 2 * np.pi, 40)
    return [
        np.stack([16 * np.sin(t) ** 3, -13 * np.cos(t) + 5 * np.cos(2 * t) + 2 * np.cos(3 * t)], 1).astype(np.float32) / 32
        + random.normal(0, 0.01, (40, 2)).astype(np.float32)
    ]


def spiral(random, character):
    turns = random.uniform(2.2, 5)
    shape = ring(random, 20, 0, turns)
    return [shape * np.linspace(0.1, 1, len(shape))[:, None].astype(np.float32)]


def arrow(random, character):
    turn = random.uniform(0, 2 * np.pi)
    matrix = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    strokes = [polygon([(-0.5, 0), (0.5, 0)], random, False), polygon([(0.2, -0.3), (0.5, 0), (0.2, 0.3)], random, False)]
    if random.random() < 0.4:
        strokes.append(polygon([(-0.2, -0.3), (-0.5, 0), (-0.2, 0.3)], random, False))
    return [s @ matrix.astype(np.float32) for s in strokes]


def waves(random, character):
    x = np.linspace(-0.5, 0.5, 50)
    return [
        np.stack([x, 0.08 * np.sin(x * random.uniform(18, 40) + random.uniform(0, 6)) + row], 1).astype(np.float32)
        for row in np.arange(random.integers(1, 5)) * 0.25
    ]


def blob(random, character):
    """A filled patch, shaded by hand."""
    edge = ring(random, 30, 0.1)
    return [edge * f for f in np.linspace(0.05, 1, 12, dtype=np.float32)]


def grid(random, character):
    n, m = random.integers(2, 6, 2) + 1
    lines = [[(-0.5, y), (0.5, y)] for y in np.linspace(-0.4, 0.4, n)] + [
        [(x, -0.5), (x, 0.5)] for x in np.linspace(-0.4, 0.4, m)
    ]
    return [polygon(line, random, False) for line in lines]


def face(random, character):
    smile = curve([(-0.22, 0.12), (0, random.uniform(-0.1, 0.3)), (0.22, 0.12)])
    return [ring(random, roughness=0.02), moved(np.zeros((1, 2)), -0.17, -0.15), moved(np.zeros((1, 2)), 0.17, -0.15), smile]


def stick_figure(random, character):
    limbs = [[(0, -0.25), (0, 0.15)], [(-0.25, -0.1), (0.25, -0.1)], [(0, 0.15), (-0.2, 0.5)], [(0, 0.15), (0.2, 0.5)]]
    return [moved(ring(random), 0, -0.37, 0.25), *(polygon(limb, random, False) for limb in limbs)]


def word(random, character):
    """Three to five characters in a row."""
    return [moved(s, 0.75 * i, random.normal(0, 0.04), 0.9) for i in range(random.integers(3, 6)) for s in character()]


def flower(random, character):
    petals = random.integers(4, 8)
    angle = np.linspace(0, 2 * np.pi, 80)
    radius = 0.3 + 0.2 * np.cos(petals * angle)
    return [np.stack([np.cos(angle) * radius, np.sin(angle) * radius], 1).astype(np.float32), ring(random, 12) * 0.2]


def punctuation(random, character):
    """Punctuation, which is not among the 62 classes."""
    kinds = {
        "#": [[(-0.2, -0.5), (-0.3, 0.5)], [(0.3, -0.5), (0.2, 0.5)], [(-0.5, -0.2), (0.5, -0.2)], [(-0.5, 0.2), (0.5, 0.2)]],
        "%": [[(0.4, -0.5), (-0.4, 0.5)], moved(ring(random, 10), -0.3, -0.3, 0.3), moved(ring(random, 10), 0.3, 0.3, 0.3)],
        "&": [curve([(0.4, 0.5), (-0.2, -0.2), (0, -0.5), (0.2, -0.25), (-0.35, 0.2), (-0.1, 0.5), (0.4, 0.1)])],
        "@": [
            moved(ring(random, 16), 0, 0, 0.4),
            curve([(0.2, -0.2), (0.22, 0.2), (0.45, 0.1), (0.4, -0.3), (0, -0.5), (-0.5, 0), (0, 0.5), (0.4, 0.4)]),
        ],
        "?": [curve([(-0.25, -0.3), (0, -0.5), (0.25, -0.3), (0, 0), (0, 0.2)]), moved(np.zeros((1, 2)), 0, 0.5)],
        "!": [[(0, -0.5), (0, 0.2)], moved(np.zeros((1, 2)), 0, 0.5)],
        "*": [[(0, -0.5), (0, 0.5)], [(-0.43, -0.25), (0.43, 0.25)], [(-0.43, 0.25), (0.43, -0.25)]],
        "=": [[(-0.5, -0.15), (0.5, -0.15)], [(-0.5, 0.15), (0.5, 0.15)]],
        ":=": [
            moved(np.zeros((1, 2)), -0.5, -0.2),
            moved(np.zeros((1, 2)), -0.5, 0.2),
            [(-0.1, -0.1), (0.5, -0.1)],
            [(-0.1, 0.1), (0.5, 0.1)],
        ],
        "+-": [[(0, -0.5), (0, 0.3)], [(-0.4, -0.1), (0.4, -0.1)], [(-0.4, 0.5), (0.4, 0.5)]],
        "[]": [[(-0.1, -0.5), (-0.4, -0.5), (-0.4, 0.5), (-0.1, 0.5)], [(0.1, -0.5), (0.4, -0.5), (0.4, 0.5), (0.1, 0.5)]],
    }
    shape = list(kinds.values())[random.integers(len(kinds))]
    return [np.asarray(s, np.float32) + random.normal(0, 0.015, (len(s), 2)).astype(np.float32) for s in shape]


# fmt: off
TRAINING = [scribble, scribble, zigzag, strewn_lines, strewn_arcs, dots, two_characters, two_characters, two_characters,
            two_ones, stacked_characters, overwritten, struck_out, framed, box, rules, star, house, heart, spiral, arrow, waves,
            blob]
# fmt: on
UNSEEN = [grid, face, stick_figure, word, flower, punctuation]


def noise(random: np.random.Generator) -> np.ndarray:
    """A texture [28, 28] in [0, 1] without any strokes."""
    coarse = random.random((random.integers(3, 29),) * 2, dtype=np.float32)
    step = np.linspace(0, len(coarse) - 1, 28).round().astype(int)
    texture = coarse[np.ix_(step, step)]
    if random.random() < 0.5:
        texture = (texture > random.uniform(0.4, 0.9)).astype(np.float32)
    return texture / max(float(texture.max()), 1e-6)


def negative_glyph(random: np.random.Generator, character, kinds=TRAINING) -> np.ndarray:
    """One negative as a glyph [28, 28]. In training some are mere noise."""
    if kinds is TRAINING and random.random() < 0.06:
        return noise(random)
    return glyph_of(to_unit(kinds[random.integers(len(kinds))](random, character)), random)
