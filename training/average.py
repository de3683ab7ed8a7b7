"""Averages the weights of several runs (model soups, Wortsman et al., arXiv 2203.05482).

    python average.py --out runs/average runs/first runs/second
    python average.py --out runs/average runs/first runs/second --weights 0.2 0.8

The runs must have the same architecture and a common start. The statistics of the batch norms are averaged like the weights.
The result is a run that `export.py`, `start` and `teachers` accept.
"""

import argparse
from pathlib import Path

import torch

from model import load, save


def mean(states: list[dict[str, torch.Tensor]], weights: list[float]) -> dict[str, torch.Tensor]:
    return {
        name: sum(weight * state[name].float() for weight, state in zip(weights, states)).to(value.dtype)
        for name, value in states[0].items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runs", type=Path, nargs="+")
    parser.add_argument("--weights", type=float, nargs="+", help="of the runs, which add up to 1; if not given, all are equal")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    saved = [load(run)[1] for run in args.runs]
    architectures = {one["architecture"] for one in saved}
    if len(architectures) > 1:
        raise SystemExit(f"the runs have different architectures: {', '.join(sorted(architectures))}")
    weights = args.weights or [1 / len(saved)] * len(saved)
    if len(weights) != len(saved) or abs(sum(weights) - 1) > 1e-6:
        parser.error("give one weight for each run; the weights must add up to 1")
    stages = [{"average_of": [one["stages"] for one in saved], "weights": weights}]
    shares = torch.tensor([one["shares"] for one in saved]).mean(0).tolist()
    save(args.out, architectures.pop(), mean([one["ema"] for one in saved], weights), stages, shares)


if __name__ == "__main__":
    main()
