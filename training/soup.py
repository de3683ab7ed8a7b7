"""The mean of several trained networks' weights, of which each began where another stood: better than any of them.

    python soup.py --out runs/soup runs/gentle runs/grown       # a run like any other: export.py and --start take it

Model soups, Wortsman et al., arXiv 2203.05482. The statistics of the normalisations are averaged like the weights: taken
anew on training batches, they read fewer scans (README.md).
"""

import argparse
from pathlib import Path

import torch
from torch import nn

from model import ARCHITECTURES, grow, load


def mean(networks: list[nn.Module]) -> dict[str, torch.Tensor]:
    states = [network.state_dict() for network in networks]
    return {name: torch.stack([state[name].float() for state in states]).mean(0).to(value.dtype)
            for name, value in states[0].items()}


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("runs", type=Path, nargs="+")
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--arch", choices=ARCHITECTURES, default="ink")
    given = ask.parse_args()

    networks, recipes, shares = [], [], []
    for run in given.runs:
        trained, saved = load(run / "checkpoint.pt")
        networks.append(ARCHITECTURES[given.arch]())
        grow(networks[-1], trained)
        recipes.append(saved["recipe"])
        shares.append(saved["shares"])
    longest = max(recipes, key=len)
    recipe = (f"{longest}; then the mean with its start{'s' * (len(recipes) > 2)}" if all(longest.startswith(r) for r in recipes)
              else "mean of (" + ") and (".join(recipes) + ")")
    soup = ARCHITECTURES[given.arch]()
    soup.load_state_dict(mean(networks))
    given.out.mkdir(parents=True, exist_ok=True)
    torch.save({"arch": given.arch, "average": soup.state_dict(), "recipe": recipe,
                "shares": torch.tensor(shares).mean(0).tolist()}, given.out / "checkpoint.pt")


if __name__ == "__main__":
    main()
