"""The text network: convolutions, a bidirectional LSTM, and CTC outputs for two frames per step."""

import torch
from torch import nn

from text.alphabet import OUTPUTS


def convolution(inputs: int, outputs: int, kernel=3, stride=1, padding=1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, padding, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)
    )


class Residual(nn.Module):
    """Two convolutions whose result is added to their input."""

    def __init__(self, channels: int):
        super().__init__()
        self.first = convolution(channels, channels)
        self.second = nn.Sequential(nn.Conv2d(channels, channels, 3, 1, 1, bias=False), nn.BatchNorm2d(channels))

    def forward(self, planes: torch.Tensor) -> torch.Tensor:
        return torch.relu(planes + self.second(self.first(planes)))


class TextNetwork(nn.Module):
    """A line image [N, 1, 40, W] to logits [N, W / 2, outputs].

    The LSTM makes a step every four columns of pixels, which is cheap. CTC needs a frame for each character and one between two
    equal ones, and narrow letters are closer than that. So each step has outputs for two frames.
    """

    FRAMES_PER_STEP = 2

    def __init__(self, widths=(32, 64, 128, 192, 288), hidden=256, layers=3, dropout=0.2):
        super().__init__()
        a, b, c, d, e = widths
        self.columns = nn.Sequential(
            convolution(1, a, 5, 2, 2),  # 20 x W/2
            convolution(a, b),
            convolution(b, c, 3, 2),  # 10 x W/4
            Residual(c),
            convolution(c, d, 3, (2, 1)),  # 5 x W/4
            Residual(d),
            convolution(d, e, (5, 3), 1, (0, 1)),  # 1 x W/4
            nn.Dropout(dropout),
        )
        self.context = nn.LSTM(e, hidden, num_layers=layers, bidirectional=True, batch_first=True, dropout=dropout)
        self.outputs = nn.Linear(2 * hidden, self.FRAMES_PER_STEP * OUTPUTS)
        self.shortcut = nn.Linear(e, self.FRAMES_PER_STEP * OUTPUTS)

    def forward(self, lines: torch.Tensor) -> torch.Tensor:
        return self.read(self.see(lines))

    def see(self, lines: torch.Tensor) -> torch.Tensor:
        """What the convolutions see at each step, [N, W / 4, e]."""
        return self.columns(lines).squeeze(2).transpose(1, 2)

    def read(self, columns: torch.Tensor) -> torch.Tensor:
        context, _ = self.context(columns)
        return self.frames(self.outputs(context))

    def read_without_context(self, columns: torch.Tensor) -> torch.Tensor:
        """Logits without the LSTM, of use in training alone: the convolutions learn sooner (G. Retsinas et al., DAS 2022)."""
        return self.frames(self.shortcut(columns))

    def frames(self, steps: torch.Tensor) -> torch.Tensor:
        return steps.unflatten(2, (self.FRAMES_PER_STEP, OUTPUTS)).flatten(1, 2)
