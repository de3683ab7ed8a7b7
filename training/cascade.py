"""Joins two networks into a cascade: a small one reads every glyph, and a large one those that the small one is unsure of.

    python cascade.py --first runs/cascade --second large.json --version 2.0.0 --out ../models

Unsure means that the log probabilities of the two likeliest classes differ by less than a threshold. They depend on the prior.
So the file has two more inputs, `log_prior` [62] and `threshold` [1]. In a batch, only the unsure glyphs run through the second
network, whose logits replace those of the first. The file has a third output, `routed`, which is 1 for each glyph that the
second network has seen. All constants are fitted on validation data alone.
"""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, compose, helper, numpy_helper

import export
from calibration import Sample
from data import BRUSHES, Validation
from model import load

# Share of validation glyphs for the second network. It decides how much faster the cascade is than that network.
ROUTED = 0.10


@dataclass
class Parameters:
    """What the cascade does with the logits of its networks. Each scale makes them calibrated at temperature 1."""

    thresholds: dict[str, float]  # by the name of the prior
    first_scale: float
    second_scale: float


def constant(name: str, values, kind=np.float32) -> onnx.TensorProto:
    return numpy_helper.from_array(np.array(values, kind), name)


def join(first: onnx.ModelProto, second: onnx.ModelProto, parameters: Parameters) -> onnx.ModelProto:
    """Both networks in one graph."""
    graph = compose.add_prefix(first, "first.").graph
    rename(graph, {"first.image": "image", "first.legibility": "legibility"})
    nodes = [
        helper.make_node("Add", ["first.logits", "log_prior"], ["log_posterior"]),
        helper.make_node("TopK", ["log_posterior", "two"], ["highest", "their_classes"]),
        helper.make_node("MatMul", ["highest", "difference"], ["margins"]),
        helper.make_node("Less", ["margins", "threshold"], ["is_unsure"]),
        helper.make_node("Cast", ["is_unsure"], ["unsure"], to=TensorProto.FLOAT),
        helper.make_node("Squeeze", ["unsure", "last"], ["routed"]),
        helper.make_node("Mul", ["first.logits", "first_scale"], ["first_scores"]),
        helper.make_node("ReduceMax", ["routed"], ["any_unsure"], keepdims=0),
        helper.make_node("Cast", ["any_unsure"], ["is_any_unsure"], to=TensorProto.BOOL),
        helper.make_node(
            "If", ["is_any_unsure"], ["logits"], then_branch=ask_second(second, parameters), else_branch=keep_first()
        ),
    ]
    constants = [
        constant("two", [2], np.int64),
        constant("last", [1], np.int64),
        constant("difference", [[1], [-1]]),
        constant("first_scale", parameters.first_scale),
    ]
    joined = helper.make_graph(
        [*graph.node, *nodes],
        "cascade",
        [*graph.input, tensor("log_prior", 62), tensor("threshold", 1)],
        [tensor("logits", "n", 62), tensor("legibility", "n"), tensor("routed", "n")],
        [*graph.initializer, *constants],
    )
    model = helper.make_model(joined, opset_imports=first.opset_import, ir_version=first.ir_version)
    onnx.checker.check_model(model, full_check=True)
    return model


def ask_second(second: onnx.ModelProto, parameters: Parameters) -> onnx.GraphProto:
    """Replaces the scores of unsure glyphs."""
    graph = compose.add_prefix(second, "second.").graph
    nodes = [
        helper.make_node("NonZero", ["routed"], ["places"]),
        helper.make_node("Transpose", ["places"], ["unsure_glyphs"], perm=[1, 0]),
        helper.make_node("GatherND", ["image", "unsure_glyphs"], ["second.image"]),
        *graph.node,
        helper.make_node("Mul", ["second.logits", "second_scale"], ["second_scores"]),
        helper.make_node("ScatterND", ["first_scores", "unsure_glyphs", "second_scores"], ["corrected_scores"]),
    ]
    constants = [*graph.initializer, constant("second_scale", parameters.second_scale)]
    return helper.make_graph(nodes, "ask_second", [], [tensor("corrected_scores", "n", 62)], constants)


def keep_first() -> onnx.GraphProto:
    keep = helper.make_node("Identity", ["first_scores"], ["kept_scores"])
    return helper.make_graph([keep], "keep_first", [], [tensor("kept_scores", "n", 62)])


def tensor(name: str, *shape) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)


def rename(graph: onnx.GraphProto, names: dict[str, str]) -> None:
    for node in graph.node:
        for values in (node.input, node.output):
            values[:] = [names.get(name, name) for name in values]
    for value in (*graph.input, *graph.output):
        value.name = names.get(value.name, value.name)


def margins(logits: torch.Tensor) -> torch.Tensor:
    highest = logits.topk(2, 1).values
    return highest[:, 0] - highest[:, 1]


def log(prior: torch.Tensor) -> torch.Tensor:
    return prior.clamp(min=1e-12).log()


def fit(first: Path, second: Path, held_out: Validation) -> Parameters:
    """Chooses the threshold by the share of glyphs to route, and the scales by the confidences on drawings."""
    images = [held_out.scans, *held_out.pens, *held_out.traced]
    (one, legibility), (two, _) = (zip(*(export.outputs_of(file, part) for part in images)) for file in (first, second))
    thresholds = {
        "predict": float(torch.cat([margins(part) for part in one[1:]]).quantile(ROUTED)),
        "benchmark": float(margins(one[0] + log(held_out.scan_prior)).quantile(ROUTED)),
    }
    pens = slice(1, 1 + len(BRUSHES))
    first_logits, second_logits, legible = (torch.cat(outputs[pens]) for outputs in (one, two, legibility))
    unsure = margins(first_logits) < thresholds["predict"]
    labels = held_out.pen_labels.repeat(len(BRUSHES))
    weight = 1 / torch.bincount(labels).clamp(min=1)[labels].float()
    scales = []
    for logits, members in ((first_logits, ~unsure), (second_logits, unsure)):
        truth = labels[members, None], torch.ones(int(members.sum()), 1)
        scales.append(1 / Sample(logits[members], legible[members], *truth, weight[members], export.UNIFORM).fit_temperature())
    return Parameters(thresholds, *scales)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--first", type=Path, required=True, help="run of the small network")
    parser.add_argument("--second", type=Path, required=True, help="descriptor of the large network")
    parser.add_argument("--version", default="0.1.0")
    parser.add_argument("--name", default="emnist-byclass")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--data", type=Path, default=Path("data"))
    args = parser.parse_args()
    network, saved = load(args.first)
    second = json.loads(args.second.read_text())
    held_out = Validation(args.data)
    small, large = export.write_small(network, args.first, args.data), args.second.parent / second["file"]
    parameters = fit(small, large, held_out)
    args.out.mkdir(parents=True, exist_ok=True)
    file = args.out / f"{args.name}.onnx"
    onnx.save(join(onnx.load(small), onnx.load(large), parameters), file)
    record = export.training_record(network, saved, args.data) | {"second": second["training"]}
    record["parameters"] += second["training"]["parameters"]
    thresholds = {prior: round(threshold, 4) for prior, threshold in parameters.thresholds.items()}
    more = {"cascade": {"output": "routed", "thresholds": thresholds}}
    priors = {"predict": export.UNIFORM, "benchmark": held_out.scan_prior}
    inputs = {
        name: {"log_prior": log(priors[name]).numpy(), "threshold": np.array([threshold], np.float32)}
        for name, threshold in thresholds.items()
    }
    export.write_descriptor(file, args.version, held_out, args.first / "reliability.png", more, record, inputs)


if __name__ == "__main__":
    main()
