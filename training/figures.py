"""How good a network is on what it has never seen."""

from pathlib import Path

import numpy as np
import torch

from data import BRUSHES
from lesson import label_loss

MERGED = "CIJKLMOPSUVWXYZ"              # EMNIST ByMerge joins the two cases of these
CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
MERGED_CLASS = torch.tensor([CHARACTERS.index(c.upper()) if c.upper() in MERGED else i for i, c in enumerate(CHARACTERS)])
SETS = {"digits": slice(0, 10), "upper": slice(10, 36), "lower": slice(36, 62)}


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
    scan, _ = scores_of(network, held_out["scans"], device)
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
