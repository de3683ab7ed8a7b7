"""Trains a network on scans and pens together; stops and goes on wherever it was.

    python train.py --out runs/ink --arch ink --epochs 20

Each source is trained with its own log class frequencies added to the scores (balanced softmax, arXiv 2007.10740), so
that the network learns scores free of any prior; who uses it adds the prior of the place it is used in.
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
import torch.nn.functional as F
from tqdm import tqdm

from data import BRUSHES, JUNK, SHARES, SOURCES, Batches, bent, validation
from model import ARCHITECTURES, grow, load
from prepare import LETTER

WARM_UP, FALL = 0.04, 0.40              # of the schedule
EASE = 0.3                              # of the bending and mixing is left at its end
FORGET = 0.0005                         # of the average's weights at each step of 272 characters
SAVE_EVERY = 60                         # seconds
MIX = 0.3                               # of the Beta distribution of mixup: mostly a little of the other
MERGED = "CIJKLMOPSUVWXYZ"              # EMNIST ByMerge joins the two cases of these
CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
MERGED_CLASS = torch.tensor([CHARACTERS.index(c.upper()) if c.upper() in MERGED else i for i, c in enumerate(CHARACTERS)])
SETS = {"digits": slice(0, 10), "upper": slice(10, 36), "lower": slice(36, 62)}


def label_loss(scores, candidates, unsure, lower=None):
    """Cross-entropy. Where two labels are possible, of both in the shares that `case.py` gives them (`lower` that of the
    second); where it gives none, of their sum, each weighted by how often it is left open."""
    log_p = scores.log_softmax(1).gather(1, candidates)
    likely = (log_p + unsure[candidates]).logsumexp(1)
    if lower is not None:
        likely = torch.where(lower.isnan(), likely, log_p[:, 0].lerp(log_p[:, 1], lower.nan_to_num()))
    return -torch.where(candidates[:, 0] == candidates[:, 1], log_p[:, 0], likely)


def recased(opinion, candidates, lower):
    """A teacher's opinion, but for the case of the letters that `case.py` has judged: there as `lower` says."""
    judged = ~lower.isnan()[:, None]
    capital = torch.from_numpy(LETTER).to(candidates)[candidates[:, :1]]
    cases = torch.cat([capital, torch.where(judged, capital + 26, capital)], 1)
    shares = torch.stack([1 - lower, lower], 1).nan_to_num()
    said = opinion.gather(1, cases)
    return opinion.scatter(1, cases, torch.where(judged, said.sum(1, keepdim=True) * shares, said))


def mixture(source, share: float, random: np.random.Generator):
    """Mixup (arXiv 1710.09412) of a share of the characters, each with another of its source.

    Gives each one's partner, and how much of each is its own (1 where nothing is mixed in).
    """
    kinds, n = source.numpy(), len(source)
    partner = np.arange(n)
    for of in range(JUNK):
        members = np.flatnonzero(kinds == of)
        partner[members] = random.permutation(members)
    own = random.beta(MIX, MIX, n)
    own = np.where((random.random(n) < share) & (kinds < JUNK), np.maximum(own, 1 - own), 1)
    return torch.from_numpy(partner), torch.from_numpy(own.astype(np.float32))


def opinion_of(teachers, images, source, priors):
    """Class probabilities [n, 62]: the mean of those teachers (network, shares) that have learnt from the image's source; 0 where none has.

    `source` is sorted, so that each teacher is asked about slices of the batch.
    """
    first = np.searchsorted(source.numpy(), np.arange(JUNK + 1))
    total = torch.zeros(len(images), priors.shape[1], device=images.device)
    for network, shares in teachers:
        for of in learnt_together(shares):
            part = slice(first[of.start], first[of.stop])
            if part.start < part.stop:
                total[part] += (network(images[part])[0].float() + priors[source[part]]).softmax(1)
    return total / total.sum(1, keepdim=True).clamp(min=1e-6)


def learnt_together(shares: list[float]) -> list[slice]:
    """The sources of characters that a network has learnt from, neighbours in one slice."""
    known = [0, *(share > 0 for share in shares[:JUNK]), 0]
    edges = np.flatnonzero(np.diff(np.array(known, int)))
    return [slice(start, stop) for start, stop in edges.reshape(-1, 2)]


def taught(checkpoint: Path, device):
    """A network that teaches, and the shares of the sources it has learnt from."""
    network, saved = load(checkpoint, device)
    return network.to(memory_format=torch.channels_last).eval(), saved["shares"]


def loss_of(network, batch, priors, unsure, mix, random, teachers=(), trust=0.5):
    """Of a bent batch, its parts where the network is but for `source`, which is sorted and tells which rows are which."""
    images, candidates, lower, source = batch
    characters = int((source < JUNK).sum())         # junk comes last
    if mix:
        partner, own = (part.to(images.device) for part in mixture(source, mix, random))
        images = torch.lerp(images[partner], images, own.view(-1, 1, 1, 1))
    images = images.contiguous(memory_format=torch.channels_last)
    scores, legible = network(images)
    source, given, judged = source[:characters], candidates[:characters], lower[:characters]
    posed = scores[:characters].float() + priors[source]
    losses = label_loss(posed, given, unsure, judged)
    if mix:
        own, partner = own[:characters], partner[:characters]
        losses = own * losses + (1 - own) * label_loss(posed, candidates[partner], unsure, lower[partner])
    if teachers:                            # a part of the lesson is the teachers' whole opinion
        with torch.no_grad():
            opinion = recased(opinion_of(teachers, images[:characters], source, priors), given, judged)
        trusted = trust * opinion.sum(1)
        losses = (1 - trusted) * losses - trust * (opinion * posed.log_softmax(1)).sum(1)
    legible = legible.float()
    return losses.mean() + 0.3 * F.binary_cross_entropy_with_logits(legible, (torch.arange(len(legible), device=legible.device) < characters).float())


@torch.no_grad()
def follow(average, network, forget: float) -> None:
    """Moves the average a little towards the network."""
    pairs = list(zip(average.state_dict().values(), network.state_dict().values()))
    torch._foreach_lerp_(*map(list, zip(*(pair for pair in pairs if pair[0].is_floating_point()))), forget)
    for mean, now in pairs:
        if not mean.is_floating_point():
            mean.copy_(now)


def rate(progress: float) -> float:
    return max(0.0, min(progress / WARM_UP, 1.0, (1 - progress) / FALL))


def eased(progress: float) -> float:
    return EASE + (1 - EASE) * min(1.0, (1 - progress) / FALL)


def auroc(positive, negative) -> float:
    order = torch.cat([negative, positive]).argsort().argsort().double() + 1
    ranks = order[len(negative):].sum() - len(positive) * (len(positive) + 1) / 2
    return float(ranks / (len(positive) * len(negative)))


def scores_of(network, images, device):
    parts = [network(part.to(device)) for part in images.split(512)]
    return torch.cat([p[0] for p in parts]).float().cpu(), torch.cat([p[1] for p in parts]).float().cpu()


@torch.no_grad()
def validate(network, held_out, unsure, device) -> dict[str, float]:
    """Accuracies in percent. Scans as frequent as in all of EMNIST and with its prior, pens with none; `merged` counts the two cases of 15 letters as one."""
    network.eval()
    merged = MERGED_CLASS
    scan, scan_legible = scores_of(network, held_out["scans"], device)
    scan, truth = scan + held_out["scan_prior"].log(), held_out["scan_candidates"]
    weights = held_out["scan_weights"] / held_out["scan_weights"].sum()
    def scans_merged(scores):
        return 100 * (weights * (merged[scores.argmax(1)] == merged[truth[:, 0]])).sum().item()
    row = {"scan_loss": (weights * label_loss(scan, truth, unsure.cpu())).sum().item(),
           "scan_merged": scans_merged(scan)}
    sure = truth[:, 0] == truth[:, 1]
    row["scan_top1_one_label"] = 100 * (scan.argmax(1) == truth[:, 0])[sure].float().mean().item()
    row["traced_merged"] = np.mean([scans_merged(scores_of(network, images, device)[0]) for images in held_out["traced"]])
    labels, legible = held_out["drawn_labels"], []
    for brush, images in zip(BRUSHES, held_out["drawn"]):
        pen, clear = scores_of(network, images, device)
        legible.append(clear)
        row[f"pen{brush:.2f}_top1"] = 100 * (pen.argmax(1) == labels).float().mean().item()
        row[f"pen{brush:.2f}_top3"] = 100 * (pen.topk(3).indices == labels[:, None]).any(1).float().mean().item()
        row[f"pen{brush:.2f}_merged"] = 100 * (merged[pen.argmax(1)] == merged[labels]).float().mean().item()
        for name, part in SETS.items():
            of = (labels >= part.start) & (labels < part.stop)
            row[f"pen{brush:.2f}_{name}"] = 100 * (pen[of, part].argmax(1) + part.start == labels[of]).float().mean().item()
    row["legible_auroc"] = auroc(torch.cat(legible[1:3]), scores_of(network, held_out["junk"], device)[1])
    return row


def draw_curves(rows: list[dict], file: Path) -> None:
    import matplotlib
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    figure, (left, right) = plt.subplots(1, 2, figsize=(11, 4))
    epochs = [float(r["epoch"]) for r in rows]
    for name in ("train_loss", "scan_loss"):
        left.plot(epochs, [float(r[name]) for r in rows], label=name)
    for name in ("scan_merged", "pen0.03_merged", "pen0.10_merged", "pen0.16_merged", "pen0.10_top1"):
        right.plot(epochs, [float(r[name]) for r in rows], label=name)
    for axes, title in ((left, "loss"), (right, "accuracy, %")):
        axes.set(xlabel="epoch", title=title)
        axes.grid(alpha=0.3)
        axes.legend()
    figure.tight_layout()
    figure.savefig(file, dpi=110)
    plt.close(figure)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--data", type=Path, default=Path("data"))
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--arch", choices=ARCHITECTURES, default="ink")
    ask.add_argument("--epochs", type=int, default=20)
    ask.add_argument("--minutes", type=float, default=np.inf, help="end after so many at the latest, the rate fallen to nothing")
    ask.add_argument("--batch", type=int, default=272)
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
    given = ask.parse_args()

    given.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(given.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.backends.cudnn.benchmark = True
    batches = Batches(given.data, given.batch, 0, given.seed, strength=given.strength, shares=given.shares)
    per_epoch = min(batches.epoch_steps, given.limit_steps or batches.epoch_steps)
    steps = per_epoch * given.epochs
    layout = torch.channels_last
    network = ARCHITECTURES[given.arch]().to(device, memory_format=layout)
    recipe = f"{given.arch} {given.epochs} epochs" if given.minutes == np.inf else f"{given.arch} {given.minutes:g} minutes"
    recipe += f", strength {given.strength}, mix {given.mix}"
    if tuple(given.shares) != SHARES:
        recipe += ", shares of scans, pens, traced scans and junk " + " ".join(f"{share:g}" for share in given.shares)
    if given.teacher:
        recipe += f", {len(given.teacher)} teacher{'s' * (len(given.teacher) > 1)} trusted {given.trust}"
    if not np.isnan(batches.scans.lower).all():
        recipe += ", letters' case judged by case.py"
    if given.start:
        trained, history = load(given.start, device)
        grow(network, trained)
        recipe = f"{history['recipe']}; then {recipe}"
    average = copy.deepcopy(network)
    teachers = [taught(of, device) for of in given.teacher]
    learning = [network.get_submodule(part) for part in given.learn] if given.learn else [network]
    network.requires_grad_(False).eval()
    for part in learning:
        part.requires_grad_().train()
    parameters = [p for part in learning for p in part.parameters()]
    plain = [p for p in parameters if p.ndim < 2]
    weights = [p for p in parameters if p.ndim >= 2]
    optimiser = torch.optim.AdamW([{"params": weights, "weight_decay": given.decay}, {"params": plain, "weight_decay": 0.0}],
                                  given.rate, fused=True)
    checkpoint, table = given.out / "checkpoint.pt", given.out / "curves.csv"
    step, spent, rows = 0, 0.0, []
    if checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=True, map_location=device)
        network.load_state_dict(saved["network"])
        average.load_state_dict(saved["average"])
        optimiser.load_state_dict(saved["optimiser"])
        step, spent = saved["step"], saved["spent"]
        if table.exists():
            rows = list(csv.DictReader(table.open()))
        print(f"going on from step {step}")
    batches.steps, batches.start = steps, step
    priors = torch.from_numpy(batches.priors).clamp(min=1e-8).log().to(device)
    unsure = torch.from_numpy(1 - batches.scans.exact_share).clamp(min=1e-3).log().to(device)
    held_out = validation(given.data)

    def save():
        torch.save({"arch": given.arch, "recipe": recipe, "network": network.state_dict(), "average": average.state_dict(),
                    "optimiser": optimiser.state_dict(), "step": step, "spent": spent, "epochs": given.epochs, "shares": given.shares},
                   checkpoint.with_suffix(".new"))
        checkpoint.with_suffix(".new").rename(checkpoint)

    loader = torch.utils.data.DataLoader(batches, batch_size=None, shuffle=False, num_workers=given.workers,
                                         prefetch_factor=4 if given.workers else None, pin_memory=device.type == "cuda")
    started, kept, losses = time.time() - spent, time.time(), []
    bar = tqdm(loader, total=steps, initial=step, mininterval=20, desc=given.arch)
    for images, candidates, lower, source in bar:
        spent = time.time() - started
        progress = min(1.0, max((step + 1) / steps, spent / 60 / given.minutes))
        for group in optimiser.param_groups:
            group["lr"] = given.rate * rate(progress)
        images, candidates, lower = (part.to(device, non_blocking=True) for part in (images, candidates, lower))
        images = bent(images, source, given.strength * eased(progress), [given.seed, step])
        mixing = np.random.default_rng([given.seed, step, 1])
        with torch.autocast(device.type, torch.bfloat16):
            loss = loss_of(network, (images, candidates, lower, source), priors, unsure, given.mix * eased(progress), mixing, teachers, given.trust)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 2.0)
        optimiser.step()
        step += 1
        follow(average, network, max(FORGET * given.batch / 272, 9 / (step + 10)))
        losses.append(loss.detach())
        ends = step == steps or progress >= 1
        if time.time() - kept > SAVE_EVERY:
            save()
            kept = time.time()
            bar.set_postfix(loss=f"{torch.stack(losses[-250:]).mean():.3f}")
        if step % (given.validate_every * per_epoch) == 0 or ends:
            row = {"epoch": step / per_epoch, "minutes": spent / 60, "train_loss": torch.stack(losses[-per_epoch:]).mean().item()}
            row |= validate(average, held_out, unsure, device)
            rows.append({name: f"{value:.4f}" if isinstance(value, float) else value for name, value in row.items()})
            with table.open("w", newline="") as out:
                writer = csv.DictWriter(out, rows[-1].keys())
                writer.writeheader()
                writer.writerows(rows)
            draw_curves(rows, given.out / "curves.png")
            save()
            print({k: v for k, v in rows[-1].items() if "0.03" not in k and "0.06" not in k}, flush=True)
        if ends:
            break


if __name__ == "__main__":
    main()
