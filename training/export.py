"""From a trained network to what the program loads: an ONNX file, checked against the framework, and its descriptor.

    python export.py --run runs/ink --version 1.0.0        # writes ../models/emnist-byclass.{onnx,json}, runs/ink/reliability.png
    python export.py --scores test.json pens-06.json       # keeps what the evaluation command's --json wrote with the model

The network is first written as it is (runs/ink/float.onnx), then in 8-bit integers: a third of the time, a quarter of the
bytes. The figures are those of the latter, the file that is shipped. On held-out data only, it fits the temperature
(Guo et al., arXiv 1706.04599) to pens, whose people read the confidences, weighs the priors for /predict, and sets the
legibility below which a drawing is called no character.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import CalibrationDataReader, CalibrationMethod, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process

from data import BRUSHES, Batches, Pens, validation
from figures import MERGED_CLASS, auroc
from model import load

REJECTED = 0.005            # share of held-out pen characters below the threshold: a character refused hurts more than a scribble read


class Exported(torch.nn.Module):
    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, image):
        return self.network(image)


def write_onnx(network, file: Path) -> None:
    torch.onnx.export(Exported(network), (torch.rand(2, 1, 28, 28),), file, input_names=["image"],
                      output_names=["logits", "legibility"], dynamic_shapes={"image": {0: torch.export.Dim("n")}},
                      external_data=False, verbose=False)
    onnx.checker.check_model(onnx.load(file), full_check=True)


class Seen(CalibrationDataReader):
    """Some batches of training glyphs, which show how far the numbers inside the network reach."""

    def __init__(self, folder: Path, batches: int = 8):
        training = Batches(folder, 272, batches, seed=11, strength=0.3)
        self.batches = iter([training[i][0].numpy() for i in range(batches)])

    def get_next(self):
        images = next(self.batches, None)
        return None if images is None else {"image": images}


def quantise(file: Path, seen: Seen, small: Path) -> None:
    """8-bit weights, a scale a channel, and 8-bit activations, whose range leaves out one number in 10,000: a few very large
    ones would make the steps of all others coarse. One bit of the weights is left out (`reduce_range`): older processors,
    without VNNI, add up two products in 16 bits, which would overflow. Scores stay in floats: steps show in them."""
    prepared = file.with_suffix(".prepared")
    quant_pre_process(file, prepared)
    quantize_static(prepared, small, seen, per_channel=True, reduce_range=True, activation_type=QuantType.QUInt8,
                    weight_type=QuantType.QInt8, nodes_to_exclude=scoring(onnx.load(prepared).graph),
                    calibrate_method=CalibrationMethod.Percentile, extra_options={"CalibPercentile": 99.99})
    prepared.unlink()
    strip(small)


def scoring(graph: onnx.GraphProto) -> list[str]:
    """The names of the last operations: from features to scores, and what becomes of scores."""
    names, scores = [], set()
    for node in graph.node:
        if node.op_type == "Gemm" or scores.intersection(node.input):
            names.append(node.name)
            scores.update(node.output)
    return names


def strip(file: Path) -> None:
    """Forgets where on this machine the exporter found each operation."""
    model = onnx.load(file)
    for part in (model, model.graph, *model.graph.node, *model.graph.value_info, *model.graph.input, *model.graph.output,
                 *model.graph.initializer):
        del part.metadata_props[:]
        part.doc_string = ""
    onnx.save(model, file)


def scores_of(file: Path, images) -> tuple[torch.Tensor, torch.Tensor]:
    """What the file says of glyphs [n, 1, 28, 28]: class scores, and legibility logits."""
    session = onnxruntime.InferenceSession(file)
    parts = [session.run(["logits", "legibility"], {"image": part.numpy()}) for part in images.split(500)]
    return tuple(torch.from_numpy(np.concatenate(output)) for output in zip(*parts))


def largest_difference(network, file: Path, images) -> float:
    with torch.no_grad():
        ours = network(images)
    return max((theirs - mine).abs().max().item() for theirs, mine in zip(scores_of(file, images), ours))


class Sample:
    """Held-out scores with a weight for each and the truth, under one prior: labels that may be [n, k], each as likely as `odds` say."""

    def __init__(self, scores, truth, odds, weight, prior):
        self.scores, self.truth, self.odds = scores, truth, odds
        self.weight, self.log_prior = weight / weight.sum(), prior.clamp(min=1e-8).log()

    def probabilities(self, temperature: float):
        return (self.scores / temperature + self.log_prior).softmax(1)

    def loss(self, temperature: float) -> float:
        log_p = self.probabilities(temperature).gather(1, self.truth).clamp(min=1e-12).log()
        return -(self.weight * (self.odds * log_p).sum(1)).sum().item()

    def right(self, guess):
        """How likely each guess [n] is right."""
        return (self.odds * (guess[:, None] == self.truth)).sum(1)

    def bins(self, temperature: float, count: int = 15):
        """Per confidence bin: mean confidence, accuracy, share of the sample."""
        confidence, guess = self.probabilities(temperature).max(1)
        right = self.right(guess)
        place = (confidence * count).long().clamp(max=count - 1)
        for b in range(count):
            here = place == b
            share = self.weight[here].sum().item()
            if share > 0:
                yield ((self.weight[here] * confidence[here]).sum().item() / share,
                       (self.weight[here] * right[here]).sum().item() / share, share)

    def calibration_error(self, temperature: float) -> float:
        return sum(share * abs(confidence - accuracy) for confidence, accuracy, share in self.bins(temperature))

    def top1(self) -> float:
        return (self.weight * self.right(self.probabilities(1).argmax(1))).sum().item()

    def merged(self) -> float:
        return (self.weight * (MERGED_CLASS[self.probabilities(1).argmax(1)] == MERGED_CLASS[self.truth[:, 0]])).sum().item()


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
        axis.set(title=f"{name}: calibration error {100 * sample.calibration_error(temperature):.2f} %",
                 xlabel="confidence", ylabel="accuracy", xlim=(0, 1), ylim=(0, 1))
    figure.tight_layout()
    figure.savefig(file, dpi=110)


def keep_scores(descriptor: Path, figures: list[Path]) -> None:
    """Puts the main figures of each file into the descriptor, under the file's name."""
    model = json.loads(descriptor.read_text())
    for file in figures:
        values = json.loads(file.read_text())
        for name in ("top1", "top3", "merged", "calibrationError"):
            model["scores"][f"{file.stem}_{name}"] = round(values[name], 4)
    descriptor.write_text(json.dumps(model, indent=2) + "\n")


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--data", type=Path, default=Path("data"))
    ask.add_argument("--run", type=Path)
    ask.add_argument("--out", type=Path, default=Path("../models"))
    ask.add_argument("--name", default="emnist-byclass")
    ask.add_argument("--version", default="1.0.0")
    ask.add_argument("--scores", type=Path, nargs="+", help="figures of the evaluation command, to keep in the descriptor")
    given = ask.parse_args()
    if given.scores:
        keep_scores(given.out / f"{given.name}.json", given.scores)
        return
    if not given.run:
        ask.error("name the run to export, or the scores to keep")

    network, saved = load(given.run / "checkpoint.pt")
    network.eval()
    file = given.out / f"{given.name}.onnx"
    given.out.mkdir(parents=True, exist_ok=True)
    plain = given.run / "float.onnx"
    write_onnx(network, plain)
    held_out = validation(given.data)
    difference = largest_difference(network, plain, held_out["scans"][:512])
    print(f"{plain.name}: differs from the framework by at most {difference:.1e}")
    if difference > 1e-3:
        raise SystemExit("the exported file does not compute what the network does")
    quantise(plain, Seen(given.data), file)

    pens = Pens(given.data)
    emnist, uniform = held_out["scan_prior"], torch.full((62,), 1 / 62)
    scan_scores, _ = scores_of(file, held_out["scans"])
    drawn = [scores_of(file, images) for images in held_out["drawn"]]
    junk = scores_of(file, held_out["junk"])[1]
    of_scans = held_out["scan_candidates"], held_out["scan_odds"], held_out["scan_weights"], emnist
    scan, whole = Sample(scan_scores, *of_scans), Sample(scores_of(plain, held_out["scans"])[0], *of_scans)
    pen_truth = held_out["drawn_labels"].repeat(len(BRUSHES))
    balanced = 1 / torch.bincount(pen_truth, minlength=62).clamp(min=1)[pen_truth].float()
    pen_scores, known = torch.cat([d[0] for d in drawn]), (pen_truth[:, None], torch.ones(len(pen_truth), 1))
    print(f"{file.name}: {file.stat().st_size / 1e6:.2f} MB; scans top-1 {100 * scan.top1():.2f} % (in floats {100 * whole.top1():.2f} %), "
          f"loss {scan.loss(1):.4f} ({whole.loss(1):.4f})")

    for name, prior in {"uniform": uniform, "UNIPEN": torch.from_numpy(pens.prior), "EMNIST": emnist}.items():
        natural, even = (Sample(pen_scores, *known, w, prior) for w in (torch.ones(len(pen_truth)), balanced))
        print(f"pens, prior {name:8}: top-1 {100 * natural.top1():.2f} merged {100 * natural.merged():.2f}; "
              f"all classes alike: top-1 {100 * even.top1():.2f} merged {100 * even.merged():.2f}")
    pen = Sample(pen_scores, *known, balanced, uniform)
    fit_scan, temperature = (float(min(np.arange(0.5, 2.5, 0.01), key=sample.loss).round(2)) for sample in (scan, pen))
    print(f"temperature {temperature:.2f}, fitted on pens: calibration error scans {100 * scan.calibration_error(temperature):.2f} %, "
          f"pens {100 * pen.calibration_error(temperature):.2f} %; scans alone want {fit_scan:.2f}")
    draw_reliability({"scans": scan, "pens": pen}, temperature, given.run / "reliability.png")

    clear = torch.cat([drawn[1][1], drawn[2][1]])
    threshold = float(torch.sigmoid(torch.quantile(clear, REJECTED)))
    print(f"legibility: AUROC {auroc(clear, junk):.4f} on unseen junk; threshold {threshold:.3f} rejects "
          f"{100 * REJECTED:.1f} % of pen characters and {100 * (torch.sigmoid(junk) < threshold).float().mean():.1f} % of the junk")

    descriptor = {
        "name": given.name, "version": given.version, "file": file.name, "labels": "label_map.json",
        "size": 28, "box": 24, "fit": "aspect", "orientation": "upright",
        "output": "logits", "temperature": temperature,
        "priors": {"predict": [round(1 / 62, 8)] * 62, "benchmark": [round(float(p), 8) for p in emnist]},
        "legibility": {"output": "legibility", "threshold": round(threshold, 3), "scale": 1.0, "offset": 0.0},
        "training": f"{saved['recipe']}, on EMNIST ByClass (Cohen et al. 2017, from NIST Special Database 19) "
                    "and UNIPEN train_r01_v07 (International Unipen Foundation, CC BY 4.0, Zenodo 1195803)",
        "scores": {},
    }
    (given.out / f"{given.name}.json").write_text(json.dumps(descriptor, indent=2) + "\n")


if __name__ == "__main__":
    main()
