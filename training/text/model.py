"""The text network: convolutions, a bidirectional LSTM, and CTC outputs for two frames per step."""

import torch
from torch import nn

from text.alphabet import OUTPUTS


def convolution(inputs: int, outputs: int, kernel=3, stride=1, padding=1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, padding, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)
    )


class TextNetwork(nn.Module):
    """A line image [N, 1, 40, W] to logits [N, W / 2, outputs].

    The LSTM makes a step every four columns of pixels, which is cheap. CTC needs a frame for each character and one between two
    equal ones, and narrow letters are closer than that. So each step has outputs for two frames.
    """

    FRAMES_PER_STEP = 2

    def __init__(self, widths=(32, 64, 128, 128, 192, 256), hidden=224, dropout=0.1):
        super().__init__()
        a, b, c, d, e, f = widths
        self.columns = nn.Sequential(
            convolution(1, a, 5, 2, 2),  # 20 x W/2
            convolution(a, b),
            convolution(b, c, 3, 2),  # 10 x W/4
            convolution(c, d),
            convolution(d, e, 3, (2, 1)),  # 5 x W/4
            convolution(e, f, (5, 3), 1, (0, 1)),  # 1 x W/4
            nn.Dropout(dropout),
        )
        self.context = nn.LSTM(f, hidden, num_layers=2, bidirectional=True, batch_first=True, dropout=dropout)
        self.outputs = nn.Linear(2 * hidden, self.FRAMES_PER_STEP * OUTPUTS)

    def forward(self, lines: torch.Tensor) -> torch.Tensor:
        columns = self.columns(lines).squeeze(2).transpose(1, 2)
        context, _ = self.context(columns)
        return self.outputs(context).unflatten(2, (self.FRAMES_PER_STEP, OUTPUTS)).flatten(1, 2)
