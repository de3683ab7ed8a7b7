"""Exports trained weights as ONNX, and reads them from there to train on. They are stored in half precision.

python -m text.export run/text/final.pt --out models/text.onnx

With `--average` the weights are averaged with those of a network that was trained before (M. Wortsman et al., Model soups, ICML
2022).
"""

import argparse
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper

from text.line import HEIGHT, STEP
from text.model import TextNetwork

HALF = "_half"  # ends the names of tensors that are stored in half precision
LARGE = 1024  # smaller tensors stay in single precision
TOLERANCE = 0.05  # of a logit


def half(model: onnx.ModelProto) -> None:
    """Casts are folded as well, so they cost no time later."""
    for tensor in list(model.graph.initializer):
        values = numpy_helper.to_array(tensor)
        if values.dtype == np.float32 and values.size >= LARGE:
            stored = numpy_helper.from_array(values.astype(np.float16), tensor.name + HALF)
            model.graph.initializer.remove(tensor)
            model.graph.initializer.append(stored)
            model.graph.node.insert(0, helper.make_node("Cast", [stored.name], [tensor.name], to=TensorProto.FLOAT))


def export(network: TextNetwork, path: Path) -> None:
    network.eval()
    width = 25 * STEP
    torch.onnx.export(
        network,
        (torch.zeros(1, 1, HEIGHT, width),),
        path,
        input_names=["image"],
        output_names=["logits"],
        dynamic_axes={"image": {0: "lines", 3: "columns"}, "logits": {0: "lines", 1: "frames"}},
        opset_version=17,
        dynamo=False,
        # The tensors keep their names and values, so that they can be read again. ONNX Runtime folds constants when it loads.
        training=torch.onnx.TrainingMode.PRESERVE,
        do_constant_folding=False,
    )
    model = onnx.load(path)
    half(model)
    onnx.checker.check_model(model)
    onnx.save(model, path)


def weights_of(path: Path) -> dict[str, torch.Tensor]:
    """The state of the network that `export` has written."""
    state = TextNetwork().state_dict()
    for tensor in onnx.load(path).graph.initializer:
        name = tensor.name.removesuffix(HALF)
        if name in state:
            state[name] = torch.from_numpy(numpy_helper.to_array(tensor).astype(np.float32))
    return state


def averaged(new: dict[str, torch.Tensor], old: dict[str, torch.Tensor], share: float) -> dict[str, torch.Tensor]:
    return {name: torch.lerp(old[name], value, share) if value.is_floating_point() else value for name, value in new.items()}


def largest_difference(network: TextNetwork, path: Path) -> float:
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    worst = 0.0
    for columns in (STEP, 20 * STEP, 111 * STEP):
        line = torch.rand(1, 1, HEIGHT, columns)
        with torch.no_grad():
            expected = network(line).numpy()
        worst = max(worst, float(np.abs(session.run(None, {"image": line.numpy()})[0] - expected).max()))
    return worst


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--average", type=Path, help="an ONNX file, such as the one that training has started from")
    parser.add_argument("--share", type=float, default=0.65, help="of the new weights in the average")
    args = parser.parse_args()
    network = TextNetwork()
    network.load_state_dict(torch.load(args.weights))
    if args.average:
        network.load_state_dict(averaged(network.state_dict(), weights_of(args.average), args.share))
    export(network, args.out)
    difference = largest_difference(network, args.out)
    print(f"{args.out}: {args.out.stat().st_size / 1e6:.1f} MB, logits differ by at most {difference:.4f}")
    if difference > TOLERANCE:
        raise SystemExit("the exported network computes something else")


if __name__ == "__main__":
    main()
