"""How good a network is on the validation sets."""

import numpy as np
import torch

from classes import MERGED, SUBSETS
from data import BRUSHES, Validation
from loss import label_loss

MERGED = torch.from_numpy(MERGED)


def auroc(positive: torch.Tensor, negative: torch.Tensor) -> float:
    """The probability that a positive scores higher than a negative."""
    ranks = torch.cat([negative, positive]).argsort().argsort().double() + 1
    wins = ranks[len(negative) :].sum() - len(positive) * (len(positive) + 1) / 2
    return float(wins / (len(positive) * len(negative)))


def predict(network, images: torch.Tensor, device) -> tuple[torch.Tensor, torch.Tensor]:
    """Class logits and legibility logits, in floats on the CPU."""
    parts = [network(part.to(device)) for part in images.split(512)]
    return torch.cat([p[0] for p in parts]).float().cpu(), torch.cat([p[1] for p in parts]).float().cpu()


@torch.no_grad()
def validate(network, held_out: Validation, left_open: torch.Tensor, device) -> dict[str, float]:
    """Accuracies in percent; `merged` counts the two cases of 15 letters as one class.

    Scans are weighted to EMNIST's class frequencies and scored with EMNIST's prior, pens without a prior.
    """
    network.eval()
    candidates, weights = held_out.scan_candidates, held_out.scan_weights
    log_prior = held_out.scan_prior.log()

    def scans_merged(logits):
        return 100 * (weights * (MERGED[logits.argmax(1)] == MERGED[candidates[:, 0]])).sum().item()

    scan = predict(network, held_out.scans, device)[0] + log_prior
    exact = candidates[:, 0] == candidates[:, 1]
    row = {
        "scan_loss": (weights * label_loss(scan, candidates, left_open.cpu())).sum().item(),
        "scan_merged": scans_merged(scan),
        "scan_top1_exact": 100 * (scan.argmax(1) == candidates[:, 0])[exact].float().mean().item(),
        "traced_merged": np.mean([scans_merged(predict(network, images, device)[0]) for images in held_out.traced]),
    }
    labels, legibility = held_out.pen_labels, []
    for brush, images in zip(BRUSHES, held_out.pens):
        pen, legible = predict(network, images, device)
        legibility.append(legible)
        top1 = pen.argmax(1)
        row[f"pen{brush:.2f}_top1"] = 100 * (top1 == labels).float().mean().item()
        row[f"pen{brush:.2f}_top3"] = 100 * (pen.topk(3).indices == labels[:, None]).any(1).float().mean().item()
        row[f"pen{brush:.2f}_merged"] = 100 * (MERGED[top1] == MERGED[labels]).float().mean().item()
        for name, part in SUBSETS.items():
            here = (labels >= part.start) & (labels < part.stop)
            right = pen[here, part].argmax(1) + part.start == labels[here]
            row[f"pen{brush:.2f}_{name}"] = 100 * right.float().mean().item()
    row["legibility_auroc"] = auroc(torch.cat(legibility[1:3]), predict(network, held_out.negatives, device)[1])
    return row


def draw_curves(rows: list[dict], file) -> None:
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(11, 4))
    steps = [int(r["step"]) for r in rows]
    for name in ("train_loss", "scan_loss"):
        left.plot(steps, [float(r[name]) for r in rows], label=name)
    for name in ("scan_merged", "traced_merged", "pen0.03_merged", "pen0.10_merged", "pen0.16_merged", "pen0.10_top1"):
        right.plot(steps, [float(r[name]) for r in rows], label=name)
    for axes, title in ((left, "loss"), (right, "accuracy, %")):
        axes.set(xlabel="step", title=title)
        axes.grid(alpha=0.3)
        axes.legend()
    figure.tight_layout()
    figure.savefig(file, dpi=110)
    plt.close(figure)
