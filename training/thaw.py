"""From the shipped file back to a network that trains on: a run as `train.py --start` and `soup.py` take it.

    python thaw.py --out runs/shipped

Export has merged each normalisation into the convolution before it. Here it gets a normalisation again, with the statistics
of training batches, such that the network still computes the same (but for the 8-bit steps of what passes between layers).
"""

import argparse
import json
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from torch import nn

from data import SHARES, SOURCES, Batches
from model import ARCHITECTURES

BATCHES = 16


def weights_in(file: Path) -> dict[str, torch.Tensor]:
    """The file's weights and biases by their names in the network, in floats whether it keeps them in integers or not."""
    graph = onnx.load(file).graph
    held = {part.name: torch.from_numpy(numpy_helper.to_array(part).copy()) for part in graph.initializer}
    found = {name: value for name, value in held.items() if value.is_floating_point()}
    for node in graph.node:
        if node.op_type == "DequantizeLinear" and node.input[0] in held:
            whole, scale, zero = (held[name] for name in node.input)
            shape = (-1, *[1] * (whole.ndim - 1)) if scale.ndim else ()
            found[node.input[0].removesuffix("_quantized")] = (whole.float() - zero.view(shape)) * scale.view(shape)
    return {name.removeprefix("network."): value for name, value in found.items() if name.startswith("network.")}


def layers(network: nn.Module) -> list[tuple[str, nn.Conv2d, nn.BatchNorm2d]]:
    """Each convolution's name and itself, with the normalisation that follows it."""
    known = [(name, part) for name, part in network.named_modules() if isinstance(part, (nn.Conv2d, nn.BatchNorm2d))]
    return [(name, part, after) for (name, part), (_, after) in zip(known[::2], known[1::2], strict=True)]


@torch.no_grad()
def thaw(network: nn.Module, weights: dict[str, torch.Tensor], batches: Batches) -> None:
    """Gives the network the file's weights, and its normalisations the statistics of the batches."""
    seen, hooks = {}, []
    for name, convolution, norm in layers(network):
        convolution.weight.copy_(weights[f"{name}.weight"])
        norm.running_var.fill_(1 - norm.eps)
        norm.bias.copy_(weights[f"{name}.weight_bias"])
        norm.weight.fill_(1)
        hooks.append(norm.register_forward_pre_hook(lambda layer, given: seen.setdefault(layer, []).append(
            torch.stack([given[0].mean((0, 2, 3)), given[0].square().mean((0, 2, 3))]))))
    for name, part in network.named_modules():
        if isinstance(part, nn.Linear):
            part.weight.copy_(weights[f"{name}.weight"])
            part.bias.copy_(weights[f"{name}.bias"])
    network.eval()
    for i in range(len(batches)):
        network(batches[i][0])
    for layer, moments in seen.items():
        mean, square = torch.stack(moments).mean(0)
        layer.running_mean.copy_(mean)
        layer.running_var.copy_(square - mean ** 2)
        layer.weight.copy_((layer.running_var + layer.eps).sqrt())
        layer.bias.add_(mean)
    for hook in hooks:
        hook.remove()


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--file", type=Path, default=Path("../models/emnist-byclass.onnx"))
    ask.add_argument("--arch", choices=ARCHITECTURES, default="broad")
    ask.add_argument("--data", type=Path, default=Path("data"))
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--shares", type=float, nargs=len(SOURCES), default=SHARES,
                     help="of scans, pens, traced scans and junk in what the file's network has learnt: that it may teach")
    given = ask.parse_args()
    network = ARCHITECTURES[given.arch]()
    thaw(network, weights_in(given.file), Batches(given.data, 272, BATCHES, seed=77, strength=0.3))
    given.out.mkdir(parents=True, exist_ok=True)
    recipe = json.loads(given.file.with_suffix(".json").read_text())["training"].split(", on EMNIST")[0]
    torch.save({"arch": given.arch, "average": network.state_dict(), "recipe": recipe, "shares": given.shares},
               given.out / "checkpoint.pt")


if __name__ == "__main__":
    main()
