"""The training loss: cross-entropy with the labels, distillation from teachers, and telling characters from negatives.

The label prior of each source (the log of its class frequencies) is added to the logits before the softmax (balanced softmax,
arXiv 2007.10740), so the network learns logits without a prior.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from classes import CAPITAL
from data import NEGATIVE
from model import load

MIXUP_BETA = 0.3  # parameter of mixup's Beta distribution: mostly a little of the other glyph
LEGIBILITY_WEIGHT = 0.3


@dataclass
class Priors:
    """Log probabilities of the classes: in each source [4, 62], and that the case of a scan is not labelled [62]."""

    source: torch.Tensor
    left_open: torch.Tensor


def label_loss(logits, candidates, left_open, p_lower=None):
    """Cross-entropy with labels [n, 2], of which the second equals the first where the label is known.

    Elsewhere the two are the cases of one letter. If a pseudo-label gives the probability of the second (`p_lower`), the loss
    is the cross-entropy with both; if not (NaN), it is that of their summed probability, each weighted by how often its case
    is left open.
    """
    log_p = logits.log_softmax(1).gather(1, candidates)
    either = (log_p + left_open[candidates]).logsumexp(1)
    if p_lower is not None:
        either = torch.where(p_lower.isnan(), either, log_p[:, 0].lerp(log_p[:, 1], p_lower.nan_to_num()))
    return -torch.where(candidates[:, 0] == candidates[:, 1], log_p[:, 0], either)


def mixup_partners(source, share: float, random: np.random.Generator):
    """Mixup (arXiv 1710.09412) of a share of the characters, each with another of the same source.

    Returns each one's partner and the weight of its own glyph, which is 1 where nothing is mixed in.
    """
    sources, n = source.numpy(), len(source)
    partner = np.arange(n)
    for kind in range(NEGATIVE):
        members = np.flatnonzero(sources == kind)
        partner[members] = random.permutation(members)
    own = random.beta(MIXUP_BETA, MIXUP_BETA, n)
    own = np.where((random.random(n) < share) & (sources < NEGATIVE), np.maximum(own, 1 - own), 1)
    return torch.from_numpy(partner), torch.from_numpy(own.astype(np.float32))


def load_teacher(run: Path, device) -> tuple[nn.Module, torch.Tensor]:
    """A teacher, and the shares of the sources it has learnt from."""
    network, saved = load(run, device)
    return network.to(memory_format=torch.channels_last).eval(), torch.tensor(saved["shares"])


def teacher_probabilities(teachers, images, source, priors):
    """The mean class probabilities [n, 62] of the teachers that have learnt from each image's source; 0 where none has."""
    total = torch.zeros(len(images), priors.shape[1], device=images.device)
    for network, shares in teachers:
        asked = torch.nonzero(shares[source]).squeeze(1)
        here = asked.to(images.device)
        total[here] += (network(images[here])[0].float() + priors[source[asked]]).softmax(1)
    return total / total.sum(1, keepdim=True).clamp(min=1e-6)


def with_pseudo_case(probabilities, candidates, p_lower):
    """A teacher's probabilities, with those of a letter's two cases shared out as its pseudo-label says, where it has one."""
    labelled = ~p_lower.isnan()[:, None]
    capital = torch.from_numpy(CAPITAL).to(candidates)[candidates[:, :1]]
    cases = torch.cat([capital, torch.where(labelled, capital + 26, capital)], 1)
    both = probabilities.gather(1, cases)
    shared = both.sum(1, keepdim=True) * torch.stack([1 - p_lower, p_lower], 1).nan_to_num()
    return probabilities.scatter(1, cases, torch.where(labelled, shared, both))


def batch_loss(network, batch, priors: Priors, mixup: float, random: np.random.Generator, teachers=(), distill_weight=0.0):
    """The mean loss of an augmented batch. Its `source` stays on the CPU, so that masks by source need no wait for the GPU."""
    images, candidates, p_lower, source = batch
    n = int((source < NEGATIVE).sum())  # negatives come last
    partner, own = (part.to(images.device) for part in mixup_partners(source, mixup, random))
    images = torch.lerp(images[partner], images, own.view(-1, 1, 1, 1)).contiguous(memory_format=torch.channels_last)
    logits, legibility = network(images)
    with_prior = logits[:n].float() + priors.source[source[:n]]
    own, partner = own[:n], partner[:n]
    losses = own * label_loss(with_prior, candidates[:n], priors.left_open, p_lower[:n])
    losses += (1 - own) * label_loss(with_prior, candidates[partner], priors.left_open, p_lower[partner])
    if teachers:
        with torch.no_grad():
            targets = teacher_probabilities(teachers, images[:n], source[:n], priors.source)
            targets = with_pseudo_case(targets, candidates[:n], p_lower[:n])
        weight = distill_weight * targets.sum(1)  # 0 where no teacher has learnt from the source
        losses = (1 - weight) * losses - distill_weight * (targets * with_prior.log_softmax(1)).sum(1)
    is_character = (torch.arange(len(images), device=images.device) < n).float()
    return losses.mean() + LEGIBILITY_WEIGHT * F.binary_cross_entropy_with_logits(legibility.float(), is_character)
