"""Combines three trained networks into a mixture of experts, and trains its gate.

    python mixture.py --out runs/mixture --generalist runs/deep --scan-expert runs/scans --pen-expert runs/pens

The generalist is a `deep`. The experts are `full` and share their early layers, so the second one must start from the first
with train_only = ["body.late", "classes"].
"""

import argparse
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import ConcatDataset, DataLoader
from tqdm import tqdm

from augment import augmented
from data import NEGATIVE, SCAN, SHARES, Batches, Validation
from model import MixtureOfExperts, Network, load, save

BATCH = 272
PLAIN_BATCHES = 40
STEPS, LEARNING_RATE = 900, 3e-3
STRENGTHS = (0.0, 0.3)  # of the augmentation: it blurs scans, so half of the batches are left as they are
HAZE = 0.06  # of grey, noisy paper at most, on half of the glyphs: paper does not make a scan of a drawing


def assemble(generalist: Network, scan_expert: Network, pen_expert: Network) -> MixtureOfExperts:
    mixture, early = MixtureOfExperts(), scan_expert.body.early.state_dict()
    if any(not value.equal(early[name]) for name, value in pen_expert.body.early.state_dict().items()):
        raise SystemExit('the experts have different early layers: train the second with train_only = ["body.late", "classes"]')
    mixture.generalist.load_state_dict(generalist.state_dict())
    mixture.early.load_state_dict(early)
    for place, expert in ((mixture.scan_expert, scan_expert), (mixture.pen_expert, pen_expert)):
        place.body.load_state_dict(expert.body.late.state_dict())
        place.classes.load_state_dict(expert.classes.state_dict())
    return mixture


@torch.no_grad()
def recalibrate_scan_expert(mixture: MixtureOfExperts, folder: Path) -> None:
    """Takes the batch norm statistics of the scan expert anew on scans as they are. Those of training are of blurred scans."""
    batches = Batches(folder, BATCH, PLAIN_BATCHES, 71, 0.0, (1, 0, 0, 0, 0))
    for layer in mixture.scan_expert.modules():
        if isinstance(layer, nn.BatchNorm2d):
            layer.reset_running_stats()
            layer.momentum = None  # the mean of all batches
    mixture.eval()
    mixture.scan_expert.body.train()
    for i in range(PLAIN_BATCHES):
        mixture.scan_expert.body(mixture.early(batches[i][0]))


def hazy(images: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    shape = (len(images), 1, 1, 1)
    amount = HAZE * torch.rand(shape, generator=generator) * torch.randint(2, shape, generator=generator)
    return (images + amount * torch.randn(images.shape, generator=generator).abs()).clamp(max=1)


def train_gate(mixture: MixtureOfExperts, folder: Path) -> None:
    """Trains the gate alone, to tell scans from drawings."""
    gate = mixture.gate
    optimiser = torch.optim.AdamW(gate.parameters(), LEARNING_RATE)
    schedule = torch.optim.lr_scheduler.LinearLR(optimiser, 1.0, 0.0, STEPS)
    parts = [Batches(folder, BATCH, STEPS // len(STRENGTHS), 61 + i, strength) for i, strength in enumerate(STRENGTHS)]
    generator = torch.Generator().manual_seed(1)
    order = torch.randperm(STEPS, generator=generator).tolist()
    mixture.eval()
    gate.train()
    loader = DataLoader(ConcatDataset(parts), None, sampler=order, num_workers=1)
    for at, (images, _, _, source) in zip(order, tqdm(loader, total=STEPS, mininterval=10)):
        character = source < NEGATIVE
        images = augmented(images, source == SCAN, parts[at // len(parts[0])].strength, [61, at])
        with torch.no_grad():
            shared = mixture.early(hazy(images[character], generator))
        optimiser.zero_grad()
        is_scan = (source[character] == SCAN).float()
        F.binary_cross_entropy_with_logits(gate(shared).squeeze(1), is_scan).backward()
        optimiser.step()
        schedule.step()


@torch.no_grad()
def taken_for_scans(mixture: MixtureOfExperts, images: torch.Tensor) -> float:
    """Percent of the images for which the gate's p(scan) exceeds one half."""
    mixture.eval()
    return 100 * torch.cat([mixture.gate(mixture.early(part)) > 0 for part in images.split(512)]).float().mean().item()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("data"))
    parser.add_argument("--out", type=Path, required=True)
    for member in ("generalist", "scan-expert", "pen-expert"):
        parser.add_argument(f"--{member}", type=Path, required=True, help="run of the trained network")
    args = parser.parse_args()
    networks, saved = zip(*(load(run) for run in (args.generalist, args.scan_expert, args.pen_expert)))
    mixture = assemble(*networks)
    recalibrate_scan_expert(mixture, args.data)
    train_gate(mixture, args.data)
    held_out = Validation(args.data)
    for name in ("scans", "pens", "traced"):
        percent = taken_for_scans(mixture, getattr(held_out, name).reshape(-1, 1, 28, 28))
        print(f"taken for scans: {percent:.2f} % of held-out {name}")
    stages = [dict(zip(("generalist", "scan_expert", "pen_expert"), (one["stages"] for one in saved)))]
    save(args.out, "mixture", mixture.state_dict(), stages, SHARES)


if __name__ == "__main__":
    main()
