"""Exports a run as what the program loads: an ONNX file in 8-bit integers, its descriptor and the label map.

    python export.py --run runs/small --version 0.1.0       # writes runs/small/small.{onnx,json} and label_map.json
    python export.py --add-scores runs/small/small.json pens-06.json       # adds figures that the evaluation command wrote

The network is first written in floats (float.onnx), compared with PyTorch, and then quantised to a third of the time and a
quarter of the size. On validation data alone, export fits the temperature to pens, compares label priors for them, and sets the
legibility threshold.
"""

import argparse
import datetime
import json
import shutil
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import CalibrationDataReader, CalibrationMethod, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process

from calibration import LEGIBILITY_OFFSET, Sample, draw_reliability
from classes import CLASSES
from data import BRUSHES, Batches, Pens, Scans, Validation
from metrics import auroc
from model import load

REJECTED = (
    0.006  # share of validation pens below the legibility threshold: refusing a character hurts more than reading a scribble
)
LABEL_MAP = Path(__file__).resolve().parent.parent / "label_map.json"
UNIFORM = torch.full((CLASSES,), 1 / CLASSES)
SCORES = ("top1", "top3", "merged", "calibrationError")


class Exported(torch.nn.Module):
    """The name `network` is part of the weights' names in the file, which `from_onnx.py` reads."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, image):
        return self.network(image)


def write_onnx(network, file: Path) -> None:
    torch.onnx.export(
        Exported(network),
        (torch.rand(2, 1, 28, 28),),
        file,
        input_names=["image"],
        output_names=["logits", "legibility"],
        dynamic_shapes={"image": {0: torch.export.Dim("n")}},
        external_data=False,
        verbose=False,
    )
    onnx.checker.check_model(onnx.load(file), full_check=True)


class CalibrationGlyphs(CalibrationDataReader):
    """Batches of training glyphs, which show the range of the activations."""

    def __init__(self, folder: Path, batches: int = 8):
        training = Batches(folder, 272, batches, 11, 0.3)
        self.batches = iter([training[i][0].numpy() for i in range(batches)])

    def get_next(self):
        images = next(self.batches, None)
        return None if images is None else {"image": images}


def quantise(file: Path, glyphs: CalibrationGlyphs, small: Path) -> None:
    """8-bit weights with one scale per channel, and 8-bit activations.

    The range of the activations leaves out one value in 10,000, since a few outliers would make the steps of all others coarse.
    `reduce_range` uses 7 bits of the weights: processors without VNNI add two products in 16 bits, which would overflow. The
    output layers stay in floats, because quantised logits come in visible steps.
    """
    prepared = file.with_suffix(".prepared")
    quant_pre_process(file, prepared)
    quantize_static(
        prepared,
        small,
        glyphs,
        per_channel=True,
        reduce_range=True,
        activation_type=QuantType.QUInt8,
        weight_type=QuantType.QInt8,
        nodes_to_exclude=output_layers(onnx.load(prepared).graph),
        calibrate_method=CalibrationMethod.Percentile,
        extra_options={"CalibPercentile": 99.99},
    )
    prepared.unlink()
    strip_metadata(small)


def output_layers(graph: onnx.GraphProto) -> list[str]:
    """The names of the dense layers, and of everything that follows them."""
    names, outputs = [], set()
    for node in graph.node:
        if node.op_type == "Gemm" or outputs.intersection(node.input):
            names.append(node.name)
            outputs.update(node.output)
    return names


def strip_metadata(file: Path) -> None:
    """Removes where on this machine the exporter found each operation."""
    model = onnx.load(file)
    graph = model.graph
    for part in (model, graph, *graph.node, *graph.value_info, *graph.input, *graph.output, *graph.initializer):
        del part.metadata_props[:]
        part.doc_string = ""
    onnx.save(model, file)


def outputs_of(file: Path, images, further: dict | None = None) -> tuple[torch.Tensor, torch.Tensor]:
    """Class logits and legibility logits of glyphs [n, 1, 28, 28]. `further` are the inputs after the glyphs."""
    session = onnxruntime.InferenceSession(file)
    parts = [session.run(["logits", "legibility"], {"image": part.numpy()} | (further or {})) for part in images.split(500)]
    return tuple(torch.from_numpy(np.concatenate(output)) for output in zip(*parts))


def largest_difference(network, file: Path, images) -> float:
    with torch.no_grad():
        expected = network(images)
    return max((actual - out).abs().max().item() for actual, out in zip(outputs_of(file, images), expected))


def scan_sample(file: Path, held_out: Validation, further: dict | None = None) -> Sample:
    outputs = outputs_of(file, held_out.scans, further)
    truth = held_out.scan_candidates, held_out.scan_probabilities
    return Sample(*outputs, *truth, held_out.scan_weights, held_out.scan_prior)


def pen_sample(logits, legibility, held_out: Validation, prior, equal_classes: bool = True) -> Sample:
    """The pens of all line widths, weighted so that all classes are equally frequent, or as they are."""
    labels = held_out.pen_labels.repeat(len(BRUSHES))
    frequency = torch.bincount(labels, minlength=CLASSES).clamp(min=1)[labels].float()
    weight = 1 / frequency if equal_classes else torch.ones(len(labels))
    return Sample(logits, legibility, labels[:, None], torch.ones(len(labels), 1), weight, prior)


def report_priors(logits, legibility, held_out: Validation) -> None:
    """How well pens are read with each label prior, to see whether `predict` should have one."""
    for name, prior in {"uniform": UNIFORM, "UNIPEN": held_out.pen_prior, "EMNIST": held_out.scan_prior}.items():
        for kind, equal_classes in {"as they are": False, "all classes equally frequent": True}.items():
            pens = pen_sample(logits, legibility, held_out, prior, equal_classes)
            print(f"pens {kind}, prior {name}: top-1 {100 * pens.top1():.2f} %, merged {100 * pens.merged():.2f} %")


def legibility_threshold(pens, negatives) -> float:
    lowest = torch.quantile(pens, REJECTED)
    threshold = float(torch.sigmoid(lowest + LEGIBILITY_OFFSET))
    rejected = (negatives < lowest).float().mean()
    print(f"legibility: AUROC {auroc(pens, negatives):.4f} on unseen kinds of negatives")
    print(f"threshold {threshold:.3f} rejects {100 * REJECTED:.1f} % of pens and {100 * rejected:.1f} % of negatives")
    return round(threshold, 3)


def training_record(network, saved: dict, data: Path) -> dict:
    """The descriptor's `training`: what a person wants to know of how the model came about."""
    emnist = {
        "name": "EMNIST ByClass, training split",
        "characters": len(Scans(data).train),
        "source": "Cohen et al. 2017, arXiv 1702.05373, from NIST Special Database 19",
        "licence": "none stated by NIST",
    }
    unipen = {
        "name": "UNIPEN train_r01_v07",
        "characters": len(Pens(data).train),
        "source": "International Unipen Foundation, Zenodo record 1195803",
        "licence": "CC BY 4.0",
    }
    scans, pens, traced, pictures, negatives = saved["shares"]
    sources = [emnist] * (scans + traced > 0) + [unipen] * (pens + pictures > 0)
    sources += [{"name": "pictures", "source": "UNIPEN's strokes, rendered by training/pictures.py"}] * (pictures > 0)
    return {
        "date": datetime.date.today().isoformat(),
        "code": "training/train.py and training/export.py of Neural Ink",
        "architecture": saved["architecture"],
        "parameters": sum(p.numel() for p in network.parameters()),
        "data": sources + [{"name": "negatives", "source": "synthesised by training/negatives.py"}] * (negatives > 0),
        "stages": saved["stages"],
    }


def fit_to_validation(file: Path, held_out: Validation, diagram: Path, further: dict[str, dict]) -> dict:
    """The descriptor's temperature, priors and legibility; reports the figures that they rest on.

    `further` has the inputs after the glyphs by the name of the prior.
    """
    scans = scan_sample(file, held_out, further.get("benchmark"))
    print(f"scans, integers: top-1 {100 * scans.top1():.2f} %, loss {scans.loss():.4f}")
    outputs = [outputs_of(file, images, further.get("predict")) for images in held_out.pens]
    logits, legibility = map(torch.cat, zip(*outputs))
    report_priors(logits, legibility, held_out)
    pens = pen_sample(logits, legibility, held_out, UNIFORM)
    temperature = pens.fit_temperature()
    print(f"temperature {temperature:.2f}, fitted to pens; scans alone would want {scans.fit_temperature():.2f}")
    for kind, sample in {"scans": scans, "pens": pens}.items():
        print(f"calibration error of {kind}: {100 * sample.calibration_error(temperature):.2f} %")
    draw_reliability({"scans": scans, "pens": pens}, temperature, diagram)
    medium_lines = torch.cat([legibility for _, legibility in outputs[1:3]])
    threshold = legibility_threshold(medium_lines, outputs_of(file, held_out.negatives, further.get("predict"))[1])
    priors = {"predict": UNIFORM, "benchmark": held_out.scan_prior}
    return {
        "temperature": temperature,
        "priors": {purpose: [round(float(p), 8) for p in prior] for purpose, prior in priors.items()},
        "legibility": {"output": "legibility", "threshold": threshold, "scale": 1.0, "offset": LEGIBILITY_OFFSET},
    }


def write_small(network, run: Path, data: Path) -> Path:
    """Writes the run's network in floats, compares it with PyTorch, and quantises it."""
    network.eval()
    floats, integers = run / "float.onnx", run / "integers.onnx"
    write_onnx(network, floats)
    difference = largest_difference(network, floats, Batches(data, 512, 1, 12, 0.3)[0][0])
    print(f"{floats.name}: differs from PyTorch by at most {difference:.1e}")
    if difference > 1e-3:
        raise SystemExit("the exported file does not compute what the network does")
    quantise(floats, CalibrationGlyphs(data), integers)
    return integers


def write_descriptor(
    file: Path, version: str, held_out: Validation, diagram: Path, more: dict, training: dict, further: dict | None = None
) -> None:
    """Writes the descriptor of an ONNX file, and the label map, beside it. `further` is that of `fit_to_validation`."""
    print(f"{file.name}: {file.stat().st_size / 1e6:.2f} MB")
    glyph = {"size": 28, "box": 24, "fit": "aspect", "orientation": "upright"}
    descriptor = (
        {"name": file.stem, "version": version, "file": file.name, "labels": LABEL_MAP.name, **glyph, "output": "logits"}
        | fit_to_validation(file, held_out, diagram, further or {})
        | more
        | {"training": training, "scores": {}}
    )
    write_json(file.with_suffix(".json"), descriptor)
    if LABEL_MAP.parent != file.parent:
        shutil.copy(LABEL_MAP, file.parent)


def export(run: Path, out: Path, name: str, version: str, data: Path) -> None:
    network, saved = load(run)
    out.mkdir(parents=True, exist_ok=True)
    file = out / f"{name}.onnx"
    shutil.copy(write_small(network, run, data), file)
    held_out = Validation(data)
    floats = scan_sample(run / "float.onnx", held_out)
    print(f"scans, floats: top-1 {100 * floats.top1():.2f} %, loss {floats.loss():.4f}")
    write_descriptor(file, version, held_out, run / "reliability.png", {}, training_record(network, saved, data))


def add_scores(descriptor: Path, results: list[Path]) -> None:
    """Adds the main figures of each result to the descriptor, under the name of the result's file."""
    model = json.loads(descriptor.read_text())
    for file in results:
        values = json.loads(file.read_text())
        model["scores"] |= {f"{file.stem}_{name}": round(values[name], 4) for name in SCORES}
    write_json(descriptor, model)


def write_json(file: Path, value: dict) -> None:
    file.write_text(json.dumps(value, indent=2) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", type=Path)
    parser.add_argument("--version", default="0.1.0")
    parser.add_argument("--name", help="the name of the run's folder, if not given")
    parser.add_argument("--out", type=Path, help="the run's folder, if not given")
    parser.add_argument("--data", type=Path, default=Path("data"))
    parser.add_argument(
        "--add-scores", type=Path, nargs="+", metavar="JSON", help="a descriptor, and results of the evaluation command"
    )
    args = parser.parse_args()
    if args.add_scores:
        add_scores(args.add_scores[0], args.add_scores[1:])
    elif args.run:
        export(args.run, args.out or args.run, args.name or args.run.resolve().name, args.version, args.data)
    else:
        parser.error("name the run to export, or the scores to add")


if __name__ == "__main__":
    main()
