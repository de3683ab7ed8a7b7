"""Fits the legibility of text: how likely it is that some ink is text at all, given how sure the network is of its reading.

    python -m text.legibility ../models/text.onnx --words unipen_words.npz --characters data --descriptor ../models/text.json

Words of the validation writers are text, rows of drawings are none. CHECKED tells whether kinds that are not in FITTED are
refused too. Scale and offset are those of Platt's scaling (J. Platt, Probabilistic Outputs for Support Vector Machines, 1999).
"""

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import torch

import negatives
from negatives import arrow, blob, heart, house, scribble, spiral, star, strewn_arcs, strewn_lines, waves, zigzag
from text import pictures
from text.alphabet import BLANK
from text.export import OnnxNetwork
from text.line import line_image
from text.train import validation_lines

FITTED = (scribble, zigzag, strewn_lines, strewn_arcs, star, house, heart, spiral, arrow, waves, blob)
CHECKED = (negatives.grid, negatives.face, negatives.stick_figure, negatives.flower)
COUNT = 1500
ACCEPTED_TEXT = 0.98  # of the words; the threshold follows from it


def row_of_drawings(kinds: tuple, random: np.random.Generator) -> np.ndarray:
    """One to four drawings side by side, as a line image."""
    strokes = []
    for place in range(random.integers(1, 5)):
        strokes += [stroke + (1.2 * place, 0) for stroke in kinds[random.integers(len(kinds))](random, None)]
    return line_image(pictures.draw_with_random_pen([s.astype(np.float32) for s in strokes], random).astype(np.float32))


def certainty(network: OnnxNetwork, temperature: float, line: np.ndarray) -> float:
    """The mean log probability of the characters on the most likely path, as `BestPath` in Java computes it."""
    logits = network(torch.from_numpy(line)[None, None])[0]
    best, symbols = (logits / temperature).log_softmax(1).max(1)
    collapsed = torch.unique_consecutive(symbols)
    return best.sum().item() / max(1, int((collapsed != BLANK).sum()))


def fit(text: np.ndarray, other: np.ndarray) -> tuple[float, float]:
    """Scale and offset of the logistic regression, by Newton's method, with both kinds equally frequent."""
    x = np.concatenate([text, other])
    y = np.concatenate([np.ones(len(text)), np.zeros(len(other))])
    weight = np.where(y == 1, 0.5 / len(text), 0.5 / len(other))
    features, beta = np.stack([x, np.ones(len(x))], 1), np.zeros(2)
    for _ in range(50):
        p = 1 / (1 + np.exp(-features @ beta))
        gradient = features.T @ (weight * (p - y))
        hessian = (features * (weight * p * (1 - p))[:, None]).T @ features + 1e-9 * np.eye(2)
        beta -= np.linalg.solve(hessian, gradient)
    return float(beta[0]), float(beta[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("network", type=Path, help="its ONNX file")
    parser.add_argument("--words", type=Path, required=True)
    parser.add_argument("--characters", type=Path, required=True, help="the folder that prepare.py has written")
    parser.add_argument("--descriptor", type=Path, required=True, help="of the text network; receives the result")
    args = parser.parse_args()
    torch.set_num_threads(1)
    network = OnnxNetwork(args.network)
    descriptor = json.loads(args.descriptor.read_text())
    random = np.random.default_rng(1)

    def certainties(lines: Iterable[np.ndarray]) -> np.ndarray:
        return np.array([certainty(network, descriptor["temperature"], line) for line in lines])

    words = certainties(line for _, line in validation_lines(args.words, args.characters / "unipen.npz", COUNT))
    fitted, checked = (certainties(row_of_drawings(kinds, random) for _ in range(COUNT)) for kinds in (FITTED, CHECKED))
    scale, offset = fit(words, fitted)

    def legibility(x: np.ndarray) -> np.ndarray:
        return 1 / (1 + np.exp(-(scale * x + offset)))

    threshold = round(float(np.quantile(legibility(words), 1 - ACCEPTED_TEXT)), 3)
    descriptor["legibility"] = {"threshold": threshold, "scale": round(scale, 4), "offset": round(offset, 4)}
    args.descriptor.write_text(json.dumps(descriptor, indent=2) + "\n")
    for name, drawings in ("drawings", fitted), ("drawings of other kinds", checked):
        print(f"{name} below the threshold of {threshold}: {np.mean(legibility(drawings) < threshold):.1%}")


if __name__ == "__main__":
    main()
