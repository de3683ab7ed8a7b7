"""Three trained networks as one, a `panel`, which learns here to tell scans from pens.

    python panel.py --out runs/panel --both runs/deep --scans runs/scans --pens runs/pens     # a run like any other

The specialists are `fine` and share its first half: the second one was trained with `--learn body.late classes`.
"""

import argparse
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import ConcatDataset, DataLoader
from tqdm import tqdm

from data import JUNK, SCAN, SHARES, Batches, bent, validation
from model import Network, Panel, load

PLAIN = 40                  # batches
STEPS, RATE = 900, 3e-3
STRENGTHS = (0.0, 0.3)      # of the augmentation: it blurs scans, so that many must be left as they are
HAZE = 0.06                 # up to so much of grey, noisy paper, on half of them: it does not make a scan of a drawing


def seat(panel: Panel, both: Network, scans: Network, pens: Network) -> None:
    """Gives the panel the weights of the three; raises ValueError where the specialists' first halves differ."""
    shared = scans.body.early.state_dict()
    if any(not value.equal(shared[name]) for name, value in pens.body.early.state_dict().items()):
        raise ValueError("the specialists do not share their first half: train the second with --learn body.late classes")
    panel.both.load_state_dict(both.state_dict())
    panel.early.load_state_dict(shared)
    for place, specialist in ((panel.scans, scans), (panel.pens, pens)):
        place.body.load_state_dict(specialist.body.late.state_dict())
        place.classes.load_state_dict(specialist.classes.state_dict())


@torch.no_grad()
def see_plain(panel: Panel, folder: Path) -> None:
    """Training bends and blurs scans: from here on the one for scans takes them for what they are. Its normalisations' statistics
    are taken anew, of scans as they were written."""
    batches = Batches(folder, 272, PLAIN, 71, shares=(1, 0, 0, 0))
    for layer in panel.scans.modules():
        if isinstance(layer, nn.BatchNorm2d):
            layer.reset_running_stats()
            layer.momentum = None           # the mean of all batches
    panel.eval()
    panel.scans.body.train()
    for i in range(PLAIN):
        panel.scans.body(panel.early(batches[i][0]))


def hazy(images: torch.Tensor, g: torch.Generator) -> torch.Tensor:
    amount = HAZE * torch.rand(len(images), 1, 1, 1, generator=g) * torch.randint(2, (len(images), 1, 1, 1), generator=g)
    return (images + amount * torch.randn(images.shape, generator=g).abs()).clamp(max=1)


def learn_scanned(panel: Panel, folder: Path) -> None:
    """Trains what tells scans from pens, and nothing else of the panel."""
    part = panel.scanned
    optimiser = torch.optim.AdamW(part.parameters(), RATE)
    schedule = torch.optim.lr_scheduler.LinearLR(optimiser, 1.0, 0.0, STEPS)
    halves = [Batches(folder, 272, STEPS // len(STRENGTHS), 61 + i, strength=s) for i, s in enumerate(STRENGTHS)]
    g = torch.Generator().manual_seed(1)
    order = torch.randperm(STEPS, generator=g).tolist()
    panel.eval()
    part.train()
    loader = DataLoader(ConcatDataset(halves), None, sampler=order, num_workers=1)
    for at, (images, _, _, source) in zip(order, tqdm(loader, total=STEPS, mininterval=10)):
        character = source < JUNK
        images = bent(images, source, halves[at // len(halves[0])].strength, [61, at])
        with torch.no_grad():
            seen = panel.early(hazy(images[character], g))
        optimiser.zero_grad()
        F.binary_cross_entropy_with_logits(part(seen).squeeze(1), (source[character] == SCAN).float()).backward()
        optimiser.step()
        schedule.step()


@torch.no_grad()
def taken_for_scans(panel: Panel, images: torch.Tensor) -> float:
    """Percent."""
    panel.eval()
    return 100 * torch.cat([panel.scanned(panel.early(part)) > 0 for part in images.split(512)]).float().mean().item()


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--data", type=Path, default=Path("data"))
    ask.add_argument("--out", type=Path, required=True)
    for member in ("both", "scans", "pens"):
        ask.add_argument(f"--{member}", type=Path, required=True, help="run of the network that has learnt these")
    given = ask.parse_args()

    members = [load(run / "checkpoint.pt") for run in (given.both, given.scans, given.pens)]
    panel = Panel()
    seat(panel, *(network for network, _ in members))
    see_plain(panel, given.data)
    learn_scanned(panel, given.data)
    held_out = validation(given.data)
    print(f"taken for scans: {taken_for_scans(panel, held_out['scans']):.2f} % of those held out, "
          f"{taken_for_scans(panel, held_out['drawn'].flatten(0, 1)):.2f} % of pens, "
          f"{taken_for_scans(panel, held_out['traced'].flatten(0, 1)):.2f} % of traced scans")
    recipe = "; ".join(f"{name}: {saved['recipe']}" for name, (_, saved) in zip(("both", "scans", "pens"), members))
    given.out.mkdir(parents=True, exist_ok=True)
    torch.save({"arch": "panel", "average": panel.state_dict(), "recipe": f"panel of ({recipe})", "shares": SHARES},
               given.out / "checkpoint.pt")


if __name__ == "__main__":
    main()
