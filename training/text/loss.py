"""The loss of the text network: CTC on two views of each line, which must agree.

Each view has other columns masked, so the network also learns to tell a character from its neighbours. The method is CR-CTC
(Z. Yao et al., Consistency regularization on CTC, ICLR 2025).
"""

import torch
from torch.nn.functional import ctc_loss

from text.model import TextNetwork

BANDS, BAND, COLUMNS_PER_BAND = 12, (2, 14), 60  # at most; columns of a band from, to; columns of a line for each band
CONSISTENCY = 0.2  # weight of the divergence between the views, from the paper
SHORTCUT = 0.2  # weight of the logits that are made without context


def masked(lines: torch.Tensor, frames: torch.Tensor) -> torch.Tensor:
    """Lines of which random bands of columns are grey."""
    count, device = len(lines), lines.device
    widths = (2 * frames)[:, None]  # in columns
    band = (count, BANDS)
    starts = torch.rand(band, device=device) * widths
    ends = starts + torch.empty(band, device=device).uniform_(*BAND)
    used = torch.rand(band, device=device) < torch.rand(count, 1, device=device) * 2 * widths / COLUMNS_PER_BAND / BANDS
    columns = torch.arange(lines.shape[3], device=device)[:, None, None]
    hidden = ((columns >= starts) & (columns < ends) & used).any(2).T
    grey = torch.rand(count, 1, 1, 1, device=device)
    return torch.where(hidden[:, None, None, :], grey, lines)


def divergence(log_p: torch.Tensor, log_q: torch.Tensor, frames: torch.Tensor) -> torch.Tensor:
    """The Kullback-Leibler divergence of q from p, summed over the frames of each line. p is a constant."""
    log_p = log_p.detach()
    inside = torch.arange(log_p.shape[1], device=log_p.device) < frames[:, None]
    return ((log_p.exp() * (log_p - log_q)).sum(2) * inside).sum()


def text_loss(network: TextNetwork, lines, frames, texts, lengths) -> torch.Tensor:
    """Per character, in nats."""

    def ctc(logits: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        log_probabilities = logits.float().log_softmax(2)
        steps = log_probabilities.transpose(0, 1)
        return ctc_loss(steps, all_texts, all_frames, all_lengths, reduction="sum", zero_infinity=True), log_probabilities

    all_frames, all_texts, all_lengths = frames.repeat(2), texts.repeat(2), lengths.repeat(2)
    with torch.autocast(lines.device.type, torch.bfloat16):
        columns = network.see(torch.cat([masked(lines, frames), masked(lines, frames)]))
        logits, without_context = network.read(columns), network.read_without_context(columns)
    loss, log_probabilities = ctc(logits)
    first, second = log_probabilities.chunk(2)
    consistency = divergence(first, second, frames) + divergence(second, first, frames)
    return (loss + SHORTCUT * ctc(without_context)[0] + CONSISTENCY * consistency) / (2 * len(texts))
