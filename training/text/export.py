"""Exports trained weights as ONNX, and reads them from there to train on. They are stored in 8-bit integers.

python -m text.export run/text/final.pt --out models/text.onnx
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

INTEGERS, SCALE = "_int8", "_scale"  # end the names of tensors that are stored in integers
LARGE = 1024  # smaller tensors stay in single precision
TOLERANCE = 0.02  # of a probability, on average


def in_integers(model: onnx.ModelProto) -> None:
    """Stores each row of a large tensor as integers from -127 to 127 and their scale.

    The network computes in single precision. ONNX Runtime multiplies with the scale once, when it loads the file.
    """
    for tensor in list(model.graph.initializer):
        values = numpy_helper.to_array(tensor)
        if values.dtype == np.float32 and values.size >= LARGE:
            scale = np.abs(values).max(tuple(range(1, values.ndim)), keepdims=True) / 127
            integers = np.round(values / np.maximum(scale, 1e-12)).astype(np.int8)
            model.graph.initializer.remove(tensor)
            model.graph.initializer.append(numpy_helper.from_array(integers, tensor.name + INTEGERS))
            model.graph.initializer.append(numpy_helper.from_array(scale, tensor.name + SCALE))
            cast = helper.make_node("Cast", [tensor.name + INTEGERS], [tensor.name + "_float"], to=TensorProto.FLOAT)
            multiply = helper.make_node("Mul", [tensor.name + "_float", tensor.name + SCALE], [tensor.name])
            model.graph.node.insert(0, multiply)
            model.graph.node.insert(0, cast)


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
    in_integers(model)
    onnx.checker.check_model(model)
    onnx.save(model, path)


def weights_of(path: Path) -> dict[str, torch.Tensor]:
    """The state of the network that `export` has written."""
    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in onnx.load(path).graph.initializer}
    state = TextNetwork().state_dict()
    for name in state:
        if name in stored:
            state[name] = torch.tensor(stored[name])
        elif name + INTEGERS in stored:
            state[name] = torch.from_numpy(stored[name + INTEGERS] * stored[name + SCALE])
    return state


def mean_difference(network: TextNetwork, path: Path, lines: int = 20) -> float:
    """Between the probabilities of the network and of its file: half the sum over the outputs, the mean over frames."""
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    differences = []
    for columns in (STEP, 20 * STEP, 111 * STEP):
        images = torch.rand(lines, 1, HEIGHT, columns)
        with torch.no_grad():
            expected = network(images).softmax(2)
        found = torch.from_numpy(session.run(None, {"image": images.numpy()})[0]).softmax(2)
        differences.append((found - expected).abs().sum(2).flatten() / 2)
    return float(torch.cat(differences).mean())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    network = TextNetwork()
    network.load_state_dict(torch.load(args.weights, map_location="cpu"))
    export(network, args.out)
    difference = mean_difference(network, args.out)
    print(f"{args.out}: {args.out.stat().st_size / 1e6:.1f} MB, probabilities differ by {difference:.4f} on average")
    if difference > TOLERANCE:
        raise SystemExit("the exported network computes something else")


if __name__ == "__main__":
    main()
