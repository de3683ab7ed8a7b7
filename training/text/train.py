"""Trains the text network and can be interrupted at any time.

    python -m text.train --words unipen_words.npz --symbols unipen_symbols.npz --characters data --fonts fonts \
        --dictionary words.txt --out run/text --minutes 120 --cooldown 50

The learning rate is constant until the last minutes (`--cooldown`), in which it falls to zero. `stable.pt` is the state before
that. When the command runs again, training goes on from it. `final.pt` is the average of the weights at the end. A GPU is used
if there is one.
"""

import argparse
import copy
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from torch.utils.data import DataLoader

from text import pictures, sources
from text.alphabet import BLANK, decode
from text.line import line_image
from text.loss import text_loss
from text.model import TextNetwork
from text.samples import Samples

RATE, WARM_UP, WEIGHT_DECAY, LARGEST_GRADIENT = 1.5e-3, 500, 1e-2, 2.0
AVERAGED_OVER = 500  # steps of the exponential moving average of the weights
VALIDATIONS = 10  # in a run


def validation_lines(words: Path, prepared: Path, count: int) -> list[tuple[str, np.ndarray]]:
    split = sources.split_writers(words, prepared)
    chosen = [word for word in sources.read_words(words) if split[word.writer] == "val"]
    order = np.random.default_rng(1).permutation(len(chosen))[:count]
    return [(chosen[i].text, line_image(plain(chosen[i].strokes))) for i in order]


def plain(strokes: sources.Strokes) -> np.ndarray:
    """As the page draws: 60 px high, with a line 4 px wide."""
    points = np.concatenate(strokes)
    size = np.ptp(points, 0)
    return pictures.draw([s / max(size[1], 0.15 * size[0], 1) for s in strokes], 60, 4).astype(np.float32)


def distance(a: str, b: str) -> int:
    """Levenshtein's edit distance."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a):
        previous, row[0] = row[0], i + 1
        for j, y in enumerate(b):
            previous, row[j + 1] = row[j + 1], min(previous + (x != y), row[j] + 1, row[j + 1] + 1)
    return row[-1]


def greedy(logits: torch.Tensor) -> str:
    best = torch.unique_consecutive(logits.argmax(-1))
    return decode(best[best != BLANK].tolist())


@torch.no_grad()
def error_rates(
    network: Callable[[torch.Tensor], torch.Tensor], lines: list[tuple[str, np.ndarray]], device: str | torch.device = "cpu"
) -> tuple[float, float]:
    """Characters wrong per character, and words wrong, without any language model. The network must be in evaluation mode."""
    wrong = characters = words = 0
    for text, line in lines:
        read = greedy(network(torch.from_numpy(line)[None, None].to(device))[0].cpu())
        wrong, characters, words = wrong + distance(read, text), characters + len(text), words + (read != text)
    return wrong / characters, words / len(lines)


def update_average(average: TextNetwork, network: TextNetwork, step: int) -> None:
    keep = min(1 - 1 / AVERAGED_OVER, step / (step + 10))
    with torch.no_grad():
        for mean, value in zip(average.state_dict().values(), network.state_dict().values()):
            mean.lerp_(value, 1 - keep) if mean.is_floating_point() else mean.copy_(value)


def compact(state: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Weights in half precision."""
    return {name: value.half() if value.dim() > 1 else value for name, value in state.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=Path, required=True)
    parser.add_argument("--symbols", type=Path, required=True)
    parser.add_argument("--characters", type=Path, required=True, help="the folder that prepare.py has written")
    parser.add_argument("--fonts", type=Path, required=True, help="a folder with .ttf and .svg fonts")
    parser.add_argument("--dictionary", type=Path, required=True, help="a text file with words to compose")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="the final.pt of another run, to start from")
    parser.add_argument("--rate", type=float, default=RATE, help="the highest learning rate")
    parser.add_argument("--columns", type=int, default=6_500, help="of the line images of a batch")
    parser.add_argument("--minutes", type=float, default=120)
    parser.add_argument("--cooldown", type=float, default=50, help="minutes")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    args.out.mkdir(parents=True, exist_ok=True)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")

    network = TextNetwork().to(device, memory_format=torch.channels_last)
    average = copy.deepcopy(network).eval()
    optimizer = torch.optim.AdamW(network.parameters(), args.rate, betas=(0.9, 0.99), weight_decay=WEIGHT_DECAY)
    stable, step = args.out / "stable.pt", 0
    if args.start and not stable.exists():
        network.load_state_dict(torch.load(args.start, map_location=device))
        average.load_state_dict(network.state_dict())
    if stable.exists():
        state = torch.load(stable, map_location=device)
        network.load_state_dict(state["network"])
        average.load_state_dict(state["average"])
        optimizer.load_state_dict(state["optimizer"])
        step = state["step"]

    prepared = args.characters / "unipen.npz"
    samples = Samples(args.words, args.symbols, prepared, args.fonts, args.dictionary, args.columns, seed=step)
    validation = validation_lines(args.words, prepared, 500)
    loader = DataLoader(
        samples,
        batch_size=None,
        num_workers=args.workers,
        prefetch_factor=4 if args.workers else None,
        pin_memory=device.type == "cuda",
    )
    start, seen, losses, validated = time.monotonic(), 0, [], 0
    for batch in loader:
        minutes = (time.monotonic() - start) / 60
        left = args.minutes - minutes
        if left <= 0:
            break
        rate = args.rate * min(1, (step + 1) / WARM_UP, left / args.cooldown)
        for group in optimizer.param_groups:
            group["lr"] = rate
        network.train()
        loss = text_loss(network, *(part.to(device, non_blocking=True) for part in batch))
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), LARGEST_GRADIENT)
        optimizer.step()
        update_average(average, network, step)
        step, seen = step + 1, seen + len(batch[1])
        losses.append(loss.detach())
        if step % 100 == 0:
            mean = torch.stack(losses).mean().item()
            print(f"{minutes:6.1f} min  step {step}  {seen} lines  loss {mean:.3f}  rate {rate:.1e}", flush=True)
            losses.clear()
        if minutes * VALIDATIONS > (validated + 1) * args.minutes:
            validated += 1
            characters, words = error_rates(average, validation, device)
            print(f"    validation: {characters:.2%} of the characters wrong, {words:.2%} of the words", flush=True)
            torch.save(compact(average.state_dict()), args.out / "average.pt")
            if left > args.cooldown:
                state = {"network": network.state_dict(), "average": average.state_dict(), "optimizer": optimizer.state_dict()}
                torch.save(state | {"step": step}, stable)
    torch.save(compact(average.state_dict()), args.out / "final.pt")
    characters, words = error_rates(average, validation_lines(args.words, prepared, 3000), device)
    print(f"final: {characters:.2%} of the characters wrong, {words:.2%} of the words", flush=True)


if __name__ == "__main__":
    main()
