"""Of scanned letters whose case is not known, how likely each is a small one: data/case.npy, from which `train.py` learns.

    python case.py --start runs/shipped                   # or of several networks: their judgements' mean

EMNIST makes all characters equally large, so that c differs from C by how thick and how soft its strokes have become. Of the
15 letters that differ by little else, our part tells the case of every tenth image: too few for a network that learns all
else besides. Here a trained network goes on to learn the case alone, given the letter. It does so three times, each time
from two thirds of what is known of those letters, and judges the last third, which tells how good it is. All three together
judge the images whose case is not known.

How often a letter is a small one is known of EMNIST as a whole: the judgements of each letter are moved to agree with that.
"""

import argparse
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from tqdm import trange

from data import Scans, augment
from figures import MERGED_CLASS
from model import Network, load
from prepare import LETTER

THIRDS, EPOCHS, BATCH, RATE, STRENGTH = 3, 3, 256, 4e-4, 0.3
ALIKE = MERGED_CLASS[36:] < 36         # of each letter: its two cases are one class in EMNIST ByMerge


class Case(nn.Module):
    """The log odds that a letter [n] 0..25, as seen [n, 1, 28, 28], is a small one; `odds` [26] are those in all of EMNIST."""

    def __init__(self, trained: Network, odds: torch.Tensor):
        super().__init__()
        self.body, self.drop, self.odds = trained.body, nn.Dropout(0.3), odds
        self.small = nn.Linear(trained.classes.in_features, 26)
        with torch.no_grad():
            for own, known in zip(self.small.parameters(), trained.classes.parameters()):
                own.copy_(known[36:] - known[10:36])

    def forward(self, images, letters):
        seen = self.small(self.drop(self.body(images))).float()
        return seen.gather(1, letters[:, None]).squeeze(1) + self.odds[letters]


class Letters:
    """EMNIST's letters, and which of them are small as far as that is known."""

    def __init__(self, scans: Scans):
        first, second = torch.from_numpy(scans.candidates).T
        self.images, self.letter = torch.from_numpy(scans.images), torch.from_numpy(LETTER)[first] - 10
        self.small, self.unknown = (first >= 36).float(), torch.nonzero(first != second).squeeze(1)
        train = torch.from_numpy(scans.train)
        known = train[((first == second) & (first >= 10))[train]]
        alike = ALIKE[self.letter[known]]
        self.plain, self.alike = known[~alike], known[alike]
        frequency = torch.from_numpy(scans.official)
        self.share = frequency[36:] / (frequency[36:] + frequency[10:36])

    def glyphs(self, chosen):
        return self.images[chosen][:, None] / 255


def learn(case: Case, letters: Letters, chosen: torch.Tensor, seed: int) -> None:
    """Trains on the chosen letters, whose case is known."""
    g = torch.Generator().manual_seed(seed)
    optimiser = torch.optim.AdamW(case.parameters(), RATE, weight_decay=0.05)
    per_epoch = len(chosen) // BATCH
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, EPOCHS * per_epoch, pct_start=0.1, anneal_strategy="linear")
    case.train()
    for step in trange(EPOCHS * per_epoch, mininterval=10, desc=f"case {seed}"):
        if step % per_epoch == 0:
            order = chosen[torch.randperm(len(chosen), generator=g)]
        batch = order[step % per_epoch * BATCH:][:BATCH]
        images = augment(letters.glyphs(batch), g, torch.full((BATCH,), STRENGTH))
        with torch.autocast("cpu", torch.bfloat16):
            odds = case(images.contiguous(memory_format=torch.channels_last), letters.letter[batch])
        optimiser.zero_grad(set_to_none=True)
        F.binary_cross_entropy_with_logits(odds, letters.small[batch]).backward()
        nn.utils.clip_grad_norm_(case.parameters(), 2.0)
        optimiser.step()
        schedule.step()


@torch.no_grad()
def judge(case: Case, letters: Letters, chosen: torch.Tensor) -> torch.Tensor:
    """Log odds [n] that each is small."""
    case.eval()
    return torch.cat([case(letters.glyphs(part), letters.letter[part]) for part in chosen.split(1000)])


def shift(odds: torch.Tensor, share: float) -> float:
    """What to add to the log odds so that their mean probability is `share`: by bisection."""
    low, high = -8.0, 8.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if torch.sigmoid(odds + middle).mean() < share else (low, middle)
    return middle


def shifts(odds: torch.Tensor, letters: Letters) -> torch.Tensor:
    """For each letter [26], what moves the log odds of those whose case is unknown to EMNIST's frequency."""
    unknown, moves = letters.letter[letters.unknown], torch.zeros(26)
    for letter in unknown.unique():
        moves[letter] = shift(odds[unknown == letter], letters.share[letter])
    return moves


def rightness(odds: torch.Tensor, truth: torch.Tensor) -> str:
    right = ((odds > 0) == truth.bool()).float().mean()
    return f"{100 * right:.1f} % right, loss {F.binary_cross_entropy_with_logits(odds, truth):.4f}"


def judge_all(start: Path, letters: Letters, third: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Log odds of the letters whose case is known, each by what has not learnt from its third, and of those where it is not."""
    known, judged = torch.zeros(len(letters.alike)), []
    for number in range(THIRDS):
        torch.manual_seed(number)
        case = Case(load(start / "checkpoint.pt")[0], letters.share.logit())
        learn(case, letters, torch.cat([letters.plain, letters.alike[third != number]]), number)
        unknown, mine = judge(case, letters, letters.unknown), letters.alike[third == number]
        moves = shifts(unknown, letters)
        known[third == number] = judge(case, letters, mine) + moves[letters.letter[mine]]
        judged.append(unknown + moves[letters.letter[letters.unknown]])
        print(f"judges its third with {rightness(known[third == number], letters.small[mine])}", flush=True)
    return known, torch.stack(judged).mean(0)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--data", type=Path, default=Path("data"))
    ask.add_argument("--start", type=Path, nargs="+", required=True, help="runs of trained networks, each of which judges")
    given = ask.parse_args()

    letters = Letters(Scans(given.data))
    third = torch.from_numpy(np.random.default_rng(5).integers(0, THIRDS, len(letters.alike)))
    known, judged = (torch.stack(odds).mean(0) for odds in zip(*(judge_all(start, letters, third) for start in given.start)))
    print(f"together {rightness(known, letters.small[letters.alike])}")
    lower = torch.full((len(letters.small),), torch.nan)
    lower[letters.alike], lower[letters.unknown] = torch.sigmoid(known), torch.sigmoid(judged)
    np.save(given.data / "case.npy", lower.numpy())


if __name__ == "__main__":
    main()
