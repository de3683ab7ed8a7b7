"""Pseudo-labels for the case of scanned letters whose case is not known: data/p_lower.npy, which `train.py` learns from.

    python pseudo_label.py runs/first               # or several runs: the mean of their log odds

Only a partial EMNIST needs this (`prepare.py --emnist-part`); in the official files every label is known. EMNIST scales all
characters to the same size, so c differs from C only by how thick and how soft its strokes are. A trained network is fine-tuned
to predict the case of a given letter, in three folds: each is trained without one third of the known letters and validated on
that third. The mean of the three folds labels the unknown ones. Their log odds are shifted, letter by letter, until the mean
probability of lower case is that of EMNIST as a whole.
"""

import argparse
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from tqdm import trange

from augment import augment
from classes import CAPITAL, MERGED
from data import Scans
from model import Network, load

FOLDS, EPOCHS, BATCH, LEARNING_RATE, AUGMENTATION = 3, 3, 256, 4e-4, 0.3
MERGED_CASES = torch.from_numpy(MERGED[36:] < 36)  # for each letter: its two cases look alike


class CaseClassifier(nn.Module):
    """Log odds that a letter [n], 0 to 25, seen as [n, 1, 28, 28], is lower case; `prior` [26] are those in all of EMNIST."""

    def __init__(self, trained: Network, prior: torch.Tensor):
        super().__init__()
        self.body, self.drop, self.prior = trained.body, nn.Dropout(0.3), prior
        self.lower = nn.Linear(trained.classes.in_features, 26)
        with torch.no_grad():
            for own, trained_parameter in zip(self.lower.parameters(), trained.classes.parameters()):
                own.copy_(trained_parameter[36:] - trained_parameter[10:36])

    def forward(self, images, letters):
        logits = self.lower(self.drop(self.body(images))).float()
        return logits.gather(1, letters[:, None]).squeeze(1) + self.prior[letters]


class Letters:
    """EMNIST's letters: `distinct` and `alike` index those of known case, `unknown` the others."""

    def __init__(self, scans: Scans):
        first, second = torch.from_numpy(scans.candidates).T
        self.images, self.letter = torch.from_numpy(scans.images), torch.from_numpy(CAPITAL)[first] - 10
        self.is_lower, self.unknown = (first >= 36).float(), torch.nonzero(first != second).squeeze(1)
        train = torch.from_numpy(scans.train)
        known = train[((first == second) & (first >= 10))[train]]
        alike = MERGED_CASES[self.letter[known]]
        self.distinct, self.alike = known[~alike], known[alike]
        frequency = torch.from_numpy(scans.official)
        self.p_lower = frequency[36:] / (frequency[36:] + frequency[10:36])

    def glyphs(self, members):
        return self.images[members][:, None] / 255


def train(classifier: CaseClassifier, letters: Letters, members: torch.Tensor, seed: int) -> None:
    generator = torch.Generator().manual_seed(seed)
    optimiser = torch.optim.AdamW(classifier.parameters(), LEARNING_RATE, weight_decay=0.05)
    steps = len(members) // BATCH
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, LEARNING_RATE, EPOCHS * steps, pct_start=0.1, anneal_strategy="linear"
    )
    classifier.train()
    for step in trange(EPOCHS * steps, mininterval=10, desc=f"fold {seed}"):
        if step % steps == 0:
            order = members[torch.randperm(len(members), generator=generator)]
        batch = order[step % steps * BATCH :][:BATCH]
        images = augment(letters.glyphs(batch), generator, torch.full((BATCH,), AUGMENTATION))
        with torch.autocast("cpu", torch.bfloat16):
            odds = classifier(images.contiguous(memory_format=torch.channels_last), letters.letter[batch])
        optimiser.zero_grad(set_to_none=True)
        F.binary_cross_entropy_with_logits(odds, letters.is_lower[batch]).backward()
        nn.utils.clip_grad_norm_(classifier.parameters(), 2.0)
        optimiser.step()
        schedule.step()


@torch.no_grad()
def log_odds(classifier: CaseClassifier, letters: Letters, members: torch.Tensor) -> torch.Tensor:
    classifier.eval()
    return torch.cat([classifier(letters.glyphs(part), letters.letter[part]) for part in members.split(1000)])


def shift_to(odds: torch.Tensor, p: float) -> float:
    """What to add to the log odds so that their mean probability is p, by bisection."""
    low, high = -8.0, 8.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if torch.sigmoid(odds + middle).mean() < p else (low, middle)
    return middle


def shifts(odds: torch.Tensor, letters: Letters) -> torch.Tensor:
    """For each letter [26], the shift that brings those of unknown case to EMNIST's frequency."""
    unknown, shift = letters.letter[letters.unknown], torch.zeros(26)
    for letter in unknown.unique():
        shift[letter] = shift_to(odds[unknown == letter], letters.p_lower[letter])
    return shift


def quality(odds: torch.Tensor, truth: torch.Tensor) -> str:
    accuracy = ((odds > 0) == truth.bool()).float().mean()
    return f"accuracy {100 * accuracy:.1f} %, loss {F.binary_cross_entropy_with_logits(odds, truth):.4f}"


def cross_label(run: Path, letters: Letters, fold_of: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Log odds of the known letters, each by the fold that was not trained on it, and of the unknown ones, by all folds."""
    known, unknown = torch.zeros(len(letters.alike)), []
    for fold in range(FOLDS):
        torch.manual_seed(fold)
        classifier = CaseClassifier(load(run)[0], letters.p_lower.logit())
        train(classifier, letters, torch.cat([letters.distinct, letters.alike[fold_of != fold]]), fold)
        odds, validation = log_odds(classifier, letters, letters.unknown), letters.alike[fold_of == fold]
        shift = shifts(odds, letters)
        known[fold_of == fold] = log_odds(classifier, letters, validation) + shift[letters.letter[validation]]
        unknown.append(odds + shift[letters.letter[letters.unknown]])
        print(f"fold {fold}: {quality(known[fold_of == fold], letters.is_lower[validation])}", flush=True)
    return known, torch.stack(unknown).mean(0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runs", type=Path, nargs="+", help="runs of trained networks")
    parser.add_argument("--data", type=Path, default=Path("data"))
    args = parser.parse_args()
    letters = Letters(Scans(args.data))
    if not len(letters.unknown):
        raise SystemExit("the case of every letter is known: there is nothing to label")
    fold_of = torch.from_numpy(np.random.default_rng(5).integers(0, FOLDS, len(letters.alike)))
    labelled = [cross_label(run, letters, fold_of) for run in args.runs]
    known, unknown = (torch.stack(odds).mean(0) for odds in zip(*labelled))
    print(f"all folds: {quality(known, letters.is_lower[letters.alike])}")
    p_lower = torch.full((len(letters.is_lower),), torch.nan)
    p_lower[letters.alike], p_lower[letters.unknown] = torch.sigmoid(known), torch.sigmoid(unknown)
    np.save(args.data / "p_lower.npy", p_lower.numpy())


if __name__ == "__main__":
    main()
