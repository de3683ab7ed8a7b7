"""Confidence on validation data: temperature scaling, expected calibration error, reliability diagrams."""

from pathlib import Path

import numpy as np
import torch

from classes import CLASSES, MERGED

BINS = 15
TEMPERATURES = np.arange(0.5, 2.5, 0.01)
# Added to the logit of legibility. The higher it is, the better characters are calibrated, and the surer the model is of signs.
LEGIBILITY_OFFSET = 0.8


class Sample:
    """Logits [n, 62] and legibility logits [n] under one prior [62].

    Each glyph has candidate labels [n, k], their probabilities [n, k] and a weight [n].
    """

    def __init__(self, logits, legibility, candidates, probabilities, weight, prior):
        self.logits, self.legible = logits, (legibility + LEGIBILITY_OFFSET).sigmoid()[:, None]
        self.candidates, self.candidate_p = candidates, probabilities
        self.weight, self.log_prior = weight / weight.sum(), prior.clamp(min=1e-8).log()

    def probabilities(self, temperature: float = 1.0):
        """What the program answers: the softmax, mixed with the uniform distribution as far as a glyph is not legible."""
        softmax = (self.logits / temperature + self.log_prior).softmax(1)
        return self.legible * softmax + (1 - self.legible) / CLASSES

    def mean(self, values) -> float:
        return (self.weight * values).sum().item()

    def loss(self, temperature: float = 1.0) -> float:
        log_p = self.probabilities(temperature).gather(1, self.candidates).clamp(min=1e-12).log()
        return -self.mean((self.candidate_p * log_p).sum(1))

    def p_right(self, guess):
        """The probability [n] that each guess [n] is right."""
        return (self.candidate_p * (guess[:, None] == self.candidates)).sum(1)

    def top1(self) -> float:
        return self.mean(self.p_right(self.probabilities().argmax(1)))

    def merged(self) -> float:
        merged = torch.from_numpy(MERGED)
        return self.mean(merged[self.probabilities().argmax(1)] == merged[self.candidates[:, 0]])

    def fit_temperature(self) -> float:
        """The temperature of least loss (Guo et al., arXiv 1706.04599)."""
        return round(float(min(TEMPERATURES, key=self.loss)), 2)

    def bins(self, temperature: float):
        """For each confidence bin that is not empty: mean confidence, accuracy, share of the sample."""
        confidence, guess = self.probabilities(temperature).max(1)
        right = self.p_right(guess)
        place = (confidence * BINS).long().clamp(max=BINS - 1)
        for b in range(BINS):
            here = place == b
            share = self.weight[here].sum().item()
            if share > 0:
                mean = ((self.weight[here] * values[here]).sum().item() / share for values in (confidence, right))
                yield *mean, share

    def calibration_error(self, temperature: float) -> float:
        """The expected calibration error: the mean distance of confidence and accuracy over the bins."""
        return sum(share * abs(confidence - accuracy) for confidence, accuracy, share in self.bins(temperature))


def draw_reliability(samples: dict[str, Sample], temperature: float, file: Path) -> None:
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(1, len(samples), figsize=(4.2 * len(samples), 4))
    for axis, (name, sample) in zip(axes, samples.items()):
        confidence, accuracy, share = map(np.array, zip(*sample.bins(temperature)))
        axis.plot([0, 1], [0, 1], "--", color="grey", lw=1)
        axis.bar(confidence, accuracy, width=0.05, alpha=0.75)
        axis.scatter(confidence, accuracy, s=600 * share, color="tab:red", alpha=0.5)
        error = 100 * sample.calibration_error(temperature)
        axis.set(
            title=f"{name}: calibration error {error:.2f} %", xlabel="confidence", ylabel="accuracy", xlim=(0, 1), ylim=(0, 1)
        )
    figure.tight_layout()
    figure.savefig(file, dpi=110)
