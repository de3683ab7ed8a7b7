"""Turns the shipped ONNX file back into a run that trains on.

    python from_onnx.py --prefix first. --architecture medium --out runs/shipped     # the first network of the cascade

Export has folded each batch norm into the convolution before it. Here the convolution gets a batch norm again, with the
statistics of training batches, such that the network computes the same except for the 8-bit rounding between layers.
"""

import argparse
import json
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from torch import nn

from data import SHARES, SOURCES, Batches
from model import ARCHITECTURES, save

BATCHES = 16
NAMES_OF_1_8_0 = {"both": "generalist", "scans": "scan_expert", "pens": "pen_expert", "scanned": "gate"}


def current_name(name: str) -> str:
    first, _, rest = name.removeprefix("network.").partition(".")
    return f"{NAMES_OF_1_8_0.get(first, first)}.{rest}"


def read_weights(file: Path, prefix: str) -> dict[str, torch.Tensor]:
    """The file's weights and biases as floats, by their names in the network, which have a prefix in a cascade."""
    graph = onnx.load(file).graph
    tensors = {part.name: torch.from_numpy(numpy_helper.to_array(part).copy()) for part in graph.initializer}
    weights = {name: value for name, value in tensors.items() if value.is_floating_point()}
    for node in graph.node:
        if node.op_type == "DequantizeLinear" and node.input[0] in tensors:
            integers, scale, zero = (tensors[name] for name in node.input)
            shape = (-1, *[1] * (integers.ndim - 1)) if scale.ndim else ()
            weights[node.input[0].removesuffix("_quantized")] = (integers.float() - zero.view(shape)) * scale.view(shape)
    own = {name.removeprefix(prefix): value for name, value in weights.items() if name.startswith(f"{prefix}network.")}
    return {current_name(name): value for name, value in own.items()}


def convolutions(network: nn.Module) -> list[tuple[str, nn.Conv2d, nn.BatchNorm2d]]:
    """Each convolution with its name and the batch norm that follows it."""
    layers = [(name, layer) for name, layer in network.named_modules() if isinstance(layer, (nn.Conv2d, nn.BatchNorm2d))]
    return [(name, layer, norm) for (name, layer), (_, norm) in zip(layers[::2], layers[1::2], strict=True)]


@torch.no_grad()
def restore(network: nn.Module, weights: dict[str, torch.Tensor], batches: Batches) -> None:
    """Loads the weights, with batch norms that do nothing; then gives these the batches' statistics and undoes their effect."""
    moments, hooks = {}, []

    def record(norm, inputs):
        x = inputs[0]
        moments.setdefault(norm, []).append(torch.stack([x.mean((0, 2, 3)), x.square().mean((0, 2, 3))]))

    for name, convolution, norm in convolutions(network):
        convolution.weight.copy_(weights[f"{name}.weight"])
        norm.running_var.fill_(1 - norm.eps)
        norm.bias.copy_(weights[f"{name}.weight_bias"])
        norm.weight.fill_(1)
        hooks.append(norm.register_forward_pre_hook(record))
    for name, layer in network.named_modules():
        if isinstance(layer, nn.Linear):
            layer.weight.copy_(weights[f"{name}.weight"])
            layer.bias.copy_(weights[f"{name}.bias"])
    network.eval()
    for i in range(len(batches)):
        network(batches[i][0])
    for norm, values in moments.items():
        mean, square = torch.stack(values).mean(0)
        norm.running_mean.copy_(mean)
        norm.running_var.copy_(square - mean**2)
        norm.weight.copy_((norm.running_var + norm.eps).sqrt())
        norm.bias.add_(mean)
    for hook in hooks:
        hook.remove()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--file", type=Path, default=Path("../models/emnist-byclass.onnx"))
    parser.add_argument("--architecture", choices=ARCHITECTURES, default="mixture-wide")
    parser.add_argument("--prefix", default="", help="of the names of a cascade's network: first. or second.")
    parser.add_argument("--data", type=Path, default=Path("data"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--shares", type=float, nargs=len(SOURCES), default=SHARES, help="what the network has learnt and so may teach"
    )
    args = parser.parse_args()
    network = ARCHITECTURES[args.architecture]()
    restore(network, read_weights(args.file, args.prefix), Batches(args.data, 272, BATCHES, 77, 0.3))
    descriptor = json.loads(args.file.with_suffix(".json").read_text())
    stages = [{"from_onnx": f"{descriptor['name']} {descriptor['version']}"}]
    save(args.out, args.architecture, network.state_dict(), stages, args.shares)


if __name__ == "__main__":
    main()
