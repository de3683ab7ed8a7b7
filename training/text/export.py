"""Exports trained weights as ONNX and quantises them to 8-bit integers: a third of the time, a quarter of the size.

    python -m text.export run/text/final.pt --words unipen_words.npz --characters data --out ../models/text.onnx

The first convolution and the output layer stay in floats. The file is compared with PyTorch on words of validation writers.
"""

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import CalibrationDataReader, CalibrationMethod, QuantType, quantize_dynamic, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process

from export import strip_metadata
from text.line import HEIGHT, STEP
from text.model import TextNetwork
from text.train import error_rates, validation_lines

CALIBRATED = 300  # words whose activations show the ranges
COMPARED = 1000
TOLERANCE = 0.003  # of the characters: so many more may be wrong


class CalibrationLines(CalibrationDataReader):
    def __init__(self, lines: list[np.ndarray]):
        self.lines = iter(lines)

    def get_next(self):
        line = next(self.lines, None)
        return None if line is None else {"image": line[None, None]}


class OnnxNetwork:
    """The network of a file, with the interface of PyTorch's."""

    def __init__(self, path: Path):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

    def __call__(self, lines: torch.Tensor) -> torch.Tensor:
        return torch.from_numpy(self.session.run(None, {"image": lines.numpy()})[0])


def export(network: TextNetwork, path: Path) -> None:
    """In floats."""
    network.eval()
    torch.onnx.export(
        network,
        (torch.zeros(1, 1, HEIGHT, 25 * STEP),),
        path,
        input_names=["image"],
        output_names=["logits"],
        dynamic_axes={"image": {0: "lines", 3: "columns"}, "logits": {0: "lines", 1: "frames"}},
        opset_version=17,
        dynamo=False,
    )


def quantise(floats: Path, lines: list[np.ndarray], integers: Path) -> None:
    """8-bit weights with one scale per channel.

    The ranges of the convolutions' activations are measured here, those of the LSTM's are found at run time.
    `reduce_range` uses 7 bits of the weights: processors without VNNI add two products in 16 bits, which would overflow.
    """
    with TemporaryDirectory() as folder:
        prepared, half_way = Path(folder) / "prepared.onnx", Path(folder) / "lstm.onnx"
        quant_pre_process(floats, prepared, skip_symbolic_shape=True)
        quantize_dynamic(
            prepared, half_way, op_types_to_quantize=["LSTM"], per_channel=True, reduce_range=True, weight_type=QuantType.QInt8
        )
        first = next(node.name for node in onnx.load(half_way).graph.node if node.op_type == "Conv")
        quantize_static(
            half_way,
            integers,
            CalibrationLines(lines),
            op_types_to_quantize=["Conv", "Relu", "Add"],
            per_channel=True,
            reduce_range=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=[first],
            calibrate_method=CalibrationMethod.MinMax,
        )
    strip_metadata(integers)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--words", type=Path, required=True)
    parser.add_argument("--characters", type=Path, required=True, help="the folder that prepare.py has written")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    network = TextNetwork()
    network.load_state_dict(torch.load(args.weights, map_location="cpu"))
    words = validation_lines(args.words, args.characters / "unipen.npz", COMPARED + CALIBRATED)
    with TemporaryDirectory() as folder:
        floats = Path(folder) / "floats.onnx"
        export(network, floats)
        quantise(floats, [line for _, line in words[COMPARED:]], args.out)
    expected, actual = (error_rates(read, words[:COMPARED]) for read in (network, OnnxNetwork(args.out)))
    print(f"{args.out}: {args.out.stat().st_size / 1e6:.1f} MB")
    print(f"characters wrong: {expected[0]:.2%} in PyTorch, {actual[0]:.2%} in the file")
    if actual[0] > expected[0] + TOLERANCE:
        raise SystemExit("the exported network reads worse")


if __name__ == "__main__":
    main()
