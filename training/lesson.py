"""What a batch teaches: the loss of its labels, and of what trained networks say of the same images.

Each source is trained with its own log class frequencies added to the scores (balanced softmax, arXiv 2007.10740), so
that the network learns scores free of any prior; who uses it adds the prior of the place it is used in.
"""

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from data import JUNK
from model import load
from prepare import LETTER

MIX = 0.3                               # of the Beta distribution of mixup: mostly a little of the other
LEGIBLE = 0.3                           # weight of telling characters from junk


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
    """Class probabilities [n, 62]: the mean of those teachers (network, shares) that have learnt from the image's source; 0 where none has."""
    total = torch.zeros(len(images), priors.shape[1], device=images.device)
    for network, shares in teachers:
        asked = torch.nonzero(shares[source]).squeeze(1)
        here = asked.to(images.device)
        total[here] += (network(images[here])[0].float() + priors[source[asked]]).softmax(1)
    return total / total.sum(1, keepdim=True).clamp(min=1e-6)


def taught(checkpoint: Path, device):
    """A network that teaches, and the shares of the sources it has learnt from."""
    network, saved = load(checkpoint, device)
    return network.to(memory_format=torch.channels_last).eval(), torch.tensor(saved["shares"])


def loss_of(network, batch, priors, unsure, mix, random, teachers=(), trust=0.5):
    """The loss of a batch whose images are bent already. Its `source` stays on the CPU, where it costs no waiting to see which rows are which."""
    images, candidates, lower, source = batch
    characters = int((source < JUNK).sum())         # junk comes last
    if mix:
        partner, own = (part.to(images.device) for part in mixture(source, mix, random))
        images = torch.lerp(images[partner], images, own.view(-1, 1, 1, 1))
    images = images.contiguous(memory_format=torch.channels_last)
    scores, legible = network(images)
    source, labels, judged = source[:characters], candidates[:characters], lower[:characters]
    posed = scores[:characters].float() + priors[source]
    losses = label_loss(posed, labels, unsure, judged)
    if mix:
        own, partner = own[:characters], partner[:characters]
        losses = own * losses + (1 - own) * label_loss(posed, candidates[partner], unsure, lower[partner])
    if teachers:                            # a part of the lesson is the teachers' whole opinion
        with torch.no_grad():
            opinion = recased(opinion_of(teachers, images[:characters], source, priors), labels, judged)
        trusted = trust * opinion.sum(1)
        losses = (1 - trusted) * losses - trust * (opinion * posed.log_softmax(1)).sum(1)
    is_character = (torch.arange(len(images), device=images.device) < characters).float()
    return losses.mean() + LEGIBLE * F.binary_cross_entropy_with_logits(legible.float(), is_character)
