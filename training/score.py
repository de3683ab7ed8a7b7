"""Scores an ONNX model on an IDX pair with Python alone, to compare with the Java evaluation command.

python score.py --images runs/eval/pens-06-images-idx3-ubyte.gz --labels runs/eval/pens-06-labels-idx1-ubyte.gz --prior predict
"""

import argparse
import json
from pathlib import Path

import numpy as np
import onnxruntime

from classes import MERGED
from prepare import parse_idx


def logits_of(model: Path, images: np.ndarray) -> np.ndarray:
    session = onnxruntime.InferenceSession(model)
    glyphs = np.ascontiguousarray(images[:, None] / np.float32(255), np.float32)
    return np.concatenate([session.run(["logits"], {"image": glyphs[i : i + 512]})[0] for i in range(0, len(glyphs), 512)])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=Path("../models/emnist-byclass.json"), help="the descriptor")
    parser.add_argument("--images", type=Path, required=True)
    parser.add_argument("--labels", type=Path, required=True)
    parser.add_argument("--prior", default="benchmark", help="which of the descriptor's priors to add")
    args = parser.parse_args()
    descriptor = json.loads(args.model.read_text())
    images, labels = parse_idx(args.images.read_bytes()).transpose(0, 2, 1), parse_idx(args.labels.read_bytes())
    log_prior = np.log(np.maximum(descriptor["priors"][args.prior], 1e-12))
    logits = logits_of(args.model.parent / descriptor["file"], images) / descriptor["temperature"] + log_prior
    ranked = np.argsort(-logits, axis=1, kind="stable")
    right = ranked == labels[:, None]
    merged = (MERGED[ranked[:, 0]] == MERGED[labels]).mean()
    print(
        f"{len(labels)} characters: top-1 {100 * right[:, 0].mean():.2f} %, top-3 {100 * right[:, :3].any(1).mean():.2f} %, "
        f"merged cases {100 * merged:.2f} %"
    )


if __name__ == "__main__":
    main()
