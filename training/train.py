"""Trains a network as a config file says, and resumes wherever it was stopped.

    python train.py --config configs/small.toml --out runs/small
    python train.py --config configs/small.toml --out runs/small --resume

The learning rate warms up, stays, and falls linearly to zero. Augmentation and mixup fall with it. Validated and exported is
the exponential moving average (EMA) of the weights.
"""

import argparse
import copy
import csv
import dataclasses
import time
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import torch
from torch.utils.data import DataLoader
from tqdm import tqdm

from augment import augmented
from data import SCAN, SHARES, Batches, Validation
from loss import Priors, batch_loss, load_teacher
from metrics import draw_curves, validate
from model import ARCHITECTURES, grow, load, save

WARM_UP, DECAY = 0.04, 0.40  # parts of the schedule
LEAST_AUGMENTATION = 0.3  # share of augmentation and mixup that is left at the end
EMA_RATE = 0.0005 / 272  # per character
SAVE_EVERY = 60  # seconds


@dataclass(frozen=True)
class Config:
    """What a config file may say. Whatever it leaves out has the value given here."""

    architecture: str  # a key of model.ARCHITECTURES
    steps: int  # batches
    batch: int = 272  # glyphs
    validate_every: int = 1000  # steps
    learning_rate: float = 2e-3
    weight_decay: float = 0.05
    augmentation: float = 1.0  # strength, 0 to 1
    mixup: float = 0.0  # share of the characters that are mixed with another one
    shares: tuple[float, ...] = SHARES  # of scans, pens, traced scans, pictures and negatives in a batch
    seed: int = 1
    start: str = ""  # run whose weights to start from; its network may have fewer blocks or channels
    train_only: tuple[str, ...] = ()  # modules to train, for example "body.late"; the others stay as they are
    teachers: tuple[str, ...] = ()  # runs to distil from
    distill_weight: float = 0.5  # weight of the teachers' probabilities in the loss, 0 to 1

    @staticmethod
    def read(file: Path) -> "Config":
        values = tomllib.loads(file.read_text())
        fields = {field.name for field in dataclasses.fields(Config)}
        if unknown := values.keys() - fields:
            raise SystemExit(f"{file}: unknown settings {', '.join(sorted(unknown))}; known are {', '.join(sorted(fields))}")
        if missing := {"architecture", "steps"} - values.keys():
            raise SystemExit(f"{file}: {', '.join(sorted(missing))} missing")
        config = Config(**{name: tuple(value) if isinstance(value, list) else value for name, value in values.items()})
        if config.architecture not in ARCHITECTURES:
            raise SystemExit(f"{file}: architecture must be one of {', '.join(ARCHITECTURES)}")
        if len(config.shares) != len(SHARES) or abs(sum(config.shares) - 1) > 1e-6:
            raise SystemExit(f"{file}: shares must be {len(SHARES)} numbers that add up to 1")
        return config

    def stage(self) -> dict:
        """The settings as plain values, for the checkpoint and the descriptor."""
        return {name: list(v) if isinstance(v, tuple) else v for name, v in dataclasses.asdict(self).items()}


def remaining(progress: float) -> float:
    """1 until the decay starts, then linearly down to 0; `progress` lies in [0, 1]."""
    return min(1.0, (1 - progress) / DECAY)


class Training:
    """The state of a run: the network, its EMA, the optimiser and the position in the schedule."""

    def __init__(self, config: Config, out: Path, data: Path, limit_steps: int | None):
        self.config, self.out, self.data = config, out, data
        self.device = device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.steps = min(config.steps, limit_steps or config.steps)
        self.batches = Batches(data, config.batch, self.steps, config.seed, config.augmentation, config.shares)
        self.priors = Priors(
            torch.from_numpy(self.batches.priors).clamp(min=1e-8).log().to(device),
            torch.from_numpy(1 - self.batches.scans.exact_share).clamp(min=1e-3).log().to(device),
        )
        self.network = ARCHITECTURES[config.architecture]().to(device, memory_format=torch.channels_last)
        self.stages = [config.stage() | {"steps": self.steps, "pseudo_labels": self.batches.scans.has_pseudo_labels}]
        if config.start:
            trained, saved = load(Path(config.start), device)
            grow(self.network, trained)
            self.stages = saved["stages"] + self.stages
        self.ema = copy.deepcopy(self.network)
        self.teachers = [load_teacher(Path(run), device) for run in config.teachers]
        self.optimiser = self.make_optimiser([self.network.get_submodule(name) for name in config.train_only or [""]])
        self.step, self.seconds, self.losses, self.rows = 0, 0.0, [], []

    def make_optimiser(self, trained: list[torch.nn.Module]) -> torch.optim.Optimizer:
        """For these modules; all others are frozen. Biases and batch norms get no weight decay."""
        self.network.requires_grad_(False).eval()
        for module in trained:
            module.requires_grad_().train()
        parameters = [p for module in trained for p in module.parameters()]
        groups = [
            {"params": [p for p in parameters if p.ndim >= 2], "weight_decay": self.config.weight_decay},
            {"params": [p for p in parameters if p.ndim < 2], "weight_decay": 0.0},
        ]
        return torch.optim.AdamW(groups, self.config.learning_rate, fused=True)

    def resume(self) -> None:
        _, saved = load(self.out, self.device)
        if saved["stages"] != self.stages:
            raise SystemExit(f"{self.out} was trained with other settings: train into another folder")
        self.network.load_state_dict(saved["network"])
        self.ema.load_state_dict(saved["ema"])
        self.optimiser.load_state_dict(saved["optimiser"])
        self.step, self.seconds = saved["step"], saved["seconds"]
        curves = self.out / "curves.csv"
        if curves.exists():
            with curves.open() as rows:
                self.rows = list(csv.DictReader(rows))
        print(f"resuming at step {self.step} of {self.steps}")

    def save(self) -> None:
        save(
            self.out,
            self.config.architecture,
            self.ema.state_dict(),
            self.stages,
            self.config.shares,
            network=self.network.state_dict(),
            optimiser=self.optimiser.state_dict(),
            step=self.step,
            seconds=self.seconds,
        )

    def train_step(self, images, candidates, p_lower, source) -> None:
        config, progress = self.config, (self.step + 1) / self.steps
        ease = LEAST_AUGMENTATION + (1 - LEAST_AUGMENTATION) * remaining(progress)
        for group in self.optimiser.param_groups:
            group["lr"] = config.learning_rate * min(progress / WARM_UP, remaining(progress))
        images, candidates, p_lower = (part.to(self.device, non_blocking=True) for part in (images, candidates, p_lower))
        torch.manual_seed(config.seed * 1_000_003 + self.step)  # for dropout, so that a resumed run is the same as a whole one
        images = augmented(images, source == SCAN, config.augmentation * ease, [config.seed, self.step])
        batch, random = (images, candidates, p_lower, source), np.random.default_rng([config.seed, self.step, 1])
        with torch.autocast(self.device.type, torch.bfloat16):
            loss = batch_loss(
                self.network, batch, self.priors, config.mixup * ease, random, self.teachers, config.distill_weight
            )
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 2.0)
        self.optimiser.step()
        self.step += 1
        self.update_ema(max(EMA_RATE * config.batch, 9 / (self.step + 10)))
        self.losses.append(loss.detach())  # reading the value here would wait for the GPU

    @torch.no_grad()
    def update_ema(self, rate: float) -> None:
        """Moves the average towards the network by `rate`; counters are copied."""
        pairs = list(zip(self.ema.state_dict().values(), self.network.state_dict().values()))
        averaged, current = zip(*(pair for pair in pairs if pair[0].is_floating_point()))
        torch._foreach_lerp_(list(averaged), list(current), rate)
        for average, now in pairs:
            if not average.is_floating_point():
                average.copy_(now)

    def mean_loss(self, steps: int) -> float:
        return torch.stack(self.losses[-steps:]).mean().item()

    @cached_property
    def held_out(self) -> Validation:
        return Validation(self.data)

    def report(self) -> None:
        """Validates, and adds a row to curves.csv and curves.png."""
        row = {"minutes": self.seconds / 60, "train_loss": self.mean_loss(self.config.validate_every)}
        row |= validate(self.ema, self.held_out, self.priors.left_open, self.device)
        self.rows.append({"step": str(self.step)} | {name: f"{value:.4f}" for name, value in row.items()})
        with (self.out / "curves.csv").open("w", newline="") as out:
            writer = csv.DictWriter(out, self.rows[-1].keys())
            writer.writeheader()
            writer.writerows(self.rows)
        draw_curves(self.rows, self.out / "curves.png")
        print({name: value for name, value in self.rows[-1].items() if "pen" not in name or "pen0.10" in name}, flush=True)

    def run(self, workers: int) -> None:
        self.batches.first = self.step
        loader = DataLoader(
            self.batches,
            batch_size=None,
            num_workers=workers,
            pin_memory=self.device.type == "cuda",
            prefetch_factor=4 if workers else None,
        )
        bar = tqdm(loader, total=self.steps, initial=self.step, mininterval=20, desc=self.config.architecture)
        started, saved = time.time() - self.seconds, time.time()
        for batch in bar:
            self.train_step(*batch)
            self.seconds = time.time() - started
            if time.time() - saved > SAVE_EVERY:
                self.save()
                saved = time.time()
                bar.set_postfix(loss=f"{self.mean_loss(250):.3f}")
            if self.step % self.config.validate_every == 0 or self.step == self.steps:
                self.save()
                self.report()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="folder of the run: checkpoint.pt, curves.csv, curves.png")
    parser.add_argument("--data", type=Path, default=Path("data"), help="folder that prepare.py wrote")
    parser.add_argument("--resume", action="store_true", help="continue from the run's checkpoint")
    parser.add_argument("--workers", type=int, default=1, help="processes that draw batches")
    parser.add_argument("--limit-steps", type=int, help="end after so many steps, for a smoke run")
    args = parser.parse_args()

    config = Config.read(args.config)
    if (args.out / "checkpoint.pt").exists() != args.resume:
        wrong = "there is no checkpoint to resume" if args.resume else "there is a checkpoint: add --resume to continue from it"
        raise SystemExit(f"{args.out}: {wrong}")
    args.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(config.seed)
    torch.backends.cudnn.benchmark = True
    training = Training(config, args.out, args.data, args.limit_steps)
    if args.resume:
        training.resume()
    training.run(args.workers)


if __name__ == "__main__":
    main()
