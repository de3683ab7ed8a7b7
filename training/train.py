"""Trains a network on scans and pens together; stops and goes on wherever it was.

    python train.py --out runs/ink --arch ink --epochs 20

The learning rate warms up, stays, and falls linearly to nothing over the last part, so that a run may be given more
epochs until the fall begins; with it falls how far characters are bent and how many are mixed. Validated and saved is the
exponential moving average of the weights.
"""

import argparse
import copy
import csv
import time
from pathlib import Path

import numpy as np
import torch
from torch.utils.data import DataLoader
from tqdm import tqdm

from data import SHARES, SOURCES, Batches, bent, validation
from figures import draw_curves, validate
from lesson import loss_of, taught
from model import ARCHITECTURES, grow, load

WARM_UP, FALL = 0.04, 0.40              # of the schedule
EASE = 0.3                              # of the bending and mixing is left at its end
BATCH = 272                             # characters
FORGET = 0.0005                         # of the average at each step of so many
SAVE_EVERY = 60                         # seconds


def left(progress: float) -> float:
    """1 until the schedule, in [0, 1], has come to its fall, and then linearly to 0."""
    return min(1.0, (1 - progress) / FALL)


def rate(progress: float) -> float:
    """The learning rate's share."""
    return min(progress / WARM_UP, left(progress))


def eased(progress: float) -> float:
    """The share of bending and mixing."""
    return EASE + (1 - EASE) * left(progress)


def options() -> argparse.Namespace:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--data", type=Path, default=Path("data"))
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--arch", choices=ARCHITECTURES, default="ink")
    ask.add_argument("--epochs", type=int, default=20)
    ask.add_argument("--minutes", type=float, default=np.inf, help="end after so many at the latest, the rate fallen to nothing")
    ask.add_argument("--batch", type=int, default=BATCH)
    ask.add_argument("--rate", type=float, default=2e-3)
    ask.add_argument("--decay", type=float, default=0.05)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--workers", type=int, default=1)
    ask.add_argument("--limit-steps", type=int, help="stop each epoch here: for a quick look")
    ask.add_argument("--validate-every", type=int, default=1, help="epochs")
    ask.add_argument("--strength", type=float, default=1.0, help="of the augmentation, 0 to 1")
    ask.add_argument("--start", type=Path, help="checkpoint whose averaged weights to begin with, perhaps of fewer blocks or channels")
    ask.add_argument("--learn", nargs="+", help="the parts of the network that learn, body.late for one; the others stay as they began")
    ask.add_argument("--mix", type=float, default=0.0, help="share of the characters that mixup mixes")
    ask.add_argument("--teacher", type=Path, nargs="+", default=[], help="checkpoints of trained networks to distil from")
    ask.add_argument("--shares", type=float, nargs=len(SOURCES), default=SHARES,
                     help="of a batch: scans, pens, traced scans, junk; what learns from one source alone teaches that alone")
    ask.add_argument("--trust", type=float, default=0.5, help="the teachers' share in the lesson, 0 to 1")
    return ask.parse_args()


def recipe_of(given: argparse.Namespace, judged: bool) -> str:
    """What was done, for the descriptor; `judged` tells whether `case.py` has told letters' case."""
    recipe = f"{given.arch} {given.epochs} epochs" if given.minutes == np.inf else f"{given.arch} {given.minutes:g} minutes"
    recipe += f", strength {given.strength}, mix {given.mix}"
    if tuple(given.shares) != SHARES:
        recipe += ", shares of scans, pens, traced scans and junk " + " ".join(f"{share:g}" for share in given.shares)
    if given.teacher:
        recipe += f", {len(given.teacher)} teacher{'s' * (len(given.teacher) > 1)} trusted {given.trust}"
    return recipe + ", letters' case judged by case.py" * judged


class Training:
    """A network that learns, the average of its weights, and how far the schedule has come; a run's folder keeps all of it."""

    def __init__(self, given: argparse.Namespace, device: torch.device):
        self.given, self.device = given, device
        self.batches = Batches(given.data, given.batch, 0, given.seed, strength=given.strength, shares=given.shares)
        self.per_epoch = min(self.batches.epoch_steps, given.limit_steps or self.batches.epoch_steps)
        self.steps = self.per_epoch * given.epochs
        self.recipe = recipe_of(given, not np.isnan(self.batches.scans.lower).all())
        self.priors = torch.from_numpy(self.batches.priors).clamp(min=1e-8).log().to(device)
        self.unsure = torch.from_numpy(1 - self.batches.scans.exact_share).clamp(min=1e-3).log().to(device)
        self.network = ARCHITECTURES[given.arch]().to(device, memory_format=torch.channels_last)
        if given.start:
            trained, history = load(given.start, device)
            grow(self.network, trained)
            self.recipe = f"{history['recipe']}; then {self.recipe}"
        self.average = copy.deepcopy(self.network)
        self.teachers = [taught(of, device) for of in given.teacher]
        self.optimiser = self.optimiser_of([self.network.get_submodule(part) for part in given.learn or [""]])
        self.step, self.spent, self.losses, self.rows = 0, 0.0, [], []
        self.checkpoint, self.table = given.out / "checkpoint.pt", given.out / "curves.csv"

    def optimiser_of(self, learning: list[torch.nn.Module]) -> torch.optim.Optimizer:
        """For the parts that learn; all else keeps still. Biases and normalisations do not decay."""
        self.network.requires_grad_(False).eval()
        for part in learning:
            part.requires_grad_().train()
        parameters = [p for part in learning for p in part.parameters()]
        groups = [{"params": [p for p in parameters if p.ndim >= 2], "weight_decay": self.given.decay},
                  {"params": [p for p in parameters if p.ndim < 2], "weight_decay": 0.0}]
        return torch.optim.AdamW(groups, self.given.rate, fused=True)

    def go_on(self) -> None:
        """From where the run's folder has it."""
        saved = torch.load(self.checkpoint, weights_only=True, map_location=self.device)
        self.network.load_state_dict(saved["network"])
        self.average.load_state_dict(saved["average"])
        self.optimiser.load_state_dict(saved["optimiser"])
        self.step, self.spent = saved["step"], saved["spent"]
        if self.table.exists():
            self.rows = list(csv.DictReader(self.table.open()))
        print(f"going on from step {self.step}")

    def save(self) -> None:
        torch.save({"arch": self.given.arch, "recipe": self.recipe, "network": self.network.state_dict(),
                    "average": self.average.state_dict(), "optimiser": self.optimiser.state_dict(), "step": self.step,
                    "spent": self.spent, "epochs": self.given.epochs, "shares": self.given.shares},
                   self.checkpoint.with_suffix(".new"))
        self.checkpoint.with_suffix(".new").rename(self.checkpoint)

    @property
    def progress(self) -> float:
        """How much of the schedule the next step ends, by steps or by the clock."""
        return min(1.0, max((self.step + 1) / self.steps, self.spent / 60 / self.given.minutes))

    def learn(self, images, candidates, lower, source) -> None:
        given, progress = self.given, self.progress
        for group in self.optimiser.param_groups:
            group["lr"] = given.rate * rate(progress)
        images, candidates, lower = (part.to(self.device, non_blocking=True) for part in (images, candidates, lower))
        images = bent(images, source, given.strength * eased(progress), [given.seed, self.step])
        mixing = np.random.default_rng([given.seed, self.step, 1])
        with torch.autocast(self.device.type, torch.bfloat16):
            loss = loss_of(self.network, (images, candidates, lower, source), self.priors, self.unsure,
                           given.mix * eased(progress), mixing, self.teachers, given.trust)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 2.0)
        self.optimiser.step()
        self.step += 1
        self.follow(max(FORGET * given.batch / BATCH, 9 / (self.step + 10)))
        self.losses.append(loss.detach())               # to read it here would be to wait for the GPU

    @torch.no_grad()
    def follow(self, forget: float) -> None:
        """Moves the average a little towards the network."""
        pairs = list(zip(self.average.state_dict().values(), self.network.state_dict().values()))
        torch._foreach_lerp_(*map(list, zip(*(pair for pair in pairs if pair[0].is_floating_point()))), forget)
        for mean, now in pairs:
            if not mean.is_floating_point():
                mean.copy_(now)

    def mean_loss(self, steps: int) -> float:
        return torch.stack(self.losses[-steps:]).mean().item()

    def report(self, held_out) -> None:
        """Validates, and adds a row to the curves."""
        row = {"epoch": self.step / self.per_epoch, "minutes": self.spent / 60, "train_loss": self.mean_loss(self.per_epoch)}
        row |= validate(self.average, held_out, self.unsure, self.device)
        self.rows.append({name: f"{value:.4f}" for name, value in row.items()})
        with self.table.open("w", newline="") as out:
            writer = csv.DictWriter(out, self.rows[-1].keys())
            writer.writeheader()
            writer.writerows(self.rows)
        draw_curves(self.rows, self.given.out / "curves.png")
        print({k: v for k, v in self.rows[-1].items() if "0.03" not in k and "0.06" not in k}, flush=True)

    def run(self) -> None:
        """To the schedule's end."""
        given, held_out = self.given, validation(self.given.data)
        self.batches.steps, self.batches.start = self.steps, self.step
        loader = DataLoader(self.batches, batch_size=None, num_workers=given.workers, pin_memory=self.device.type == "cuda",
                            prefetch_factor=4 if given.workers else None)
        bar = tqdm(loader, total=self.steps, initial=self.step, mininterval=20, desc=given.arch)
        started, kept = time.time() - self.spent, time.time()
        for batch in bar:
            self.spent = time.time() - started
            ends = self.progress >= 1
            self.learn(*batch)
            if time.time() - kept > SAVE_EVERY:
                self.save()
                kept = time.time()
                bar.set_postfix(loss=f"{self.mean_loss(250):.3f}")
            if self.step % (given.validate_every * self.per_epoch) == 0 or ends:
                self.report(held_out)
                self.save()
            if ends:
                break


def main() -> None:
    given = options()
    given.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(given.seed)
    torch.backends.cudnn.benchmark = True
    training = Training(given, torch.device("cuda" if torch.cuda.is_available() else "cpu"))
    if training.checkpoint.exists():
        training.go_on()
    training.run()


if __name__ == "__main__":
    main()
