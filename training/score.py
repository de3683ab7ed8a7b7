"""Scores an ONNX model on an IDX pair with Python alone, to compare with the Java evaluation command.

    python score.py --images IMAGES --labels LABELS --prior predict
    python score.py --pictures data/pictures-held-out --prior predict

The second form scores what the program has extracted from pictures. A character counts if it is read right on a clean canvas.
It is flagged if no ink was found or the glyph is not legible.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import onnxruntime

from classes import MERGED
from pictures import Pictures
from prepare import parse_idx


class Model:
    """An ONNX model with one of its priors."""

    def __init__(self, descriptor: Path, prior: str):
        self.descriptor = json.loads(descriptor.read_text())
        self.session = onnxruntime.InferenceSession(descriptor.parent / self.descriptor["file"])
        self.log_prior = np.log(np.maximum(self.descriptor["priors"][prior], 1e-12))

    def outputs(self, images: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The classes of each image, the likeliest first, and whether it is legible."""
        glyphs = np.ascontiguousarray(images[:, None] / np.float32(255), np.float32)
        parts = [self.session.run(None, {"image": glyphs[i : i + 512]}) for i in range(0, len(glyphs), 512)]
        by_name = dict(zip((output.name for output in self.session.get_outputs()), map(np.concatenate, zip(*parts))))
        legibility = self.descriptor["legibility"]
        logit = legibility["scale"] * by_name[legibility["output"]] + legibility["offset"]
        logits = by_name[self.descriptor["output"]] / self.descriptor["temperature"] + self.log_prior
        return np.argsort(-logits, axis=1, kind="stable"), 1 / (1 + np.exp(-logit)) >= legibility["threshold"]


def score_labelled(model: Model, images: Path, labels: Path) -> None:
    glyphs, labels = parse_idx(images.read_bytes()).transpose(0, 2, 1), parse_idx(labels.read_bytes())
    ranked, _ = model.outputs(glyphs)
    right = ranked == labels[:, None]
    merged = (MERGED[ranked[:, 0]] == MERGED[labels]).mean()
    print(
        f"{len(labels)} characters: top-1 {100 * right[:, 0].mean():.2f} %, top-3 {100 * right[:, :3].any(1).mean():.2f} %, "
        f"merged cases {100 * merged:.2f} %"
    )


def score_pictures(model: Model, pictures: Pictures) -> None:
    ranked, legible = model.outputs(pictures.glyphs)
    flagged = ~(legible & pictures.glyphs.any((1, 2)))
    right = ~flagged & (ranked[:, 0] == pictures.labels)
    drawn = pictures.clean.any((1, 2))
    counted = drawn & (model.outputs(pictures.clean)[0][:, 0] == pictures.labels)
    for name, members in {
        "all characters": counted,
        "restored": counted & pictures.is_restored,
        "not restored": counted & ~pictures.is_restored,
    }.items():
        counts = (part[members].sum() for part in (right, flagged, ~right & ~flagged))
        print("{}: {} pictures, {} right, {} flagged, {} wrong".format(name, members.sum(), *counts))
    print(f"empty paper: {(~drawn).sum()} pictures, {flagged[~drawn].sum()} flagged")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=Path("../models/emnist-byclass.json"), help="the descriptor")
    parser.add_argument("--prior", default="benchmark", help="which of the descriptor's priors to add")
    parser.add_argument("--images", type=Path)
    parser.add_argument("--labels", type=Path)
    parser.add_argument("--pictures", type=Path, help="or else: the name of the files of pictures, without .npz and .idx")
    args = parser.parse_args()
    model = Model(args.model, args.prior)
    if args.pictures:
        score_pictures(model, Pictures(args.pictures))
    elif args.images and args.labels:
        score_labelled(model, args.images, args.labels)
    else:
        parser.error("name what to score: --images and --labels, or --pictures")


if __name__ == "__main__":
    main()
