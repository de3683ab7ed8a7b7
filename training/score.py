"""Scores an ONNX file on an IDX pair with Python alone, to show that the Java way adds no error.

    python score.py --images emnist-byclass-test-images-idx3-ubyte.gz --labels emnist-byclass-test-labels-idx1-ubyte.gz
"""

import argparse
import json
from pathlib import Path

import numpy as np
import onnxruntime

from prepare import idx

if __name__ == "__main__":
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--model", type=Path, default=Path("../models/emnist-byclass.json"))
    ask.add_argument("--images", type=Path, required=True)
    ask.add_argument("--labels", type=Path, required=True)
    ask.add_argument("--prior", default="benchmark")
    given = ask.parse_args()
    descriptor = json.loads(given.model.read_text())
    session = onnxruntime.InferenceSession(given.model.parent / descriptor["file"])
    prior = np.log(np.maximum(descriptor["priors"].get(given.prior, np.ones(62)), 1e-12))
    images, labels = idx(given.images.read_bytes()).transpose(0, 2, 1), idx(given.labels.read_bytes())
    first = third = 0
    for at in range(0, len(images), 512):
        glyphs = np.ascontiguousarray(images[at:at + 512, None] / np.float32(255), np.float32)
        logits = session.run(["logits"], {"image": glyphs})[0]
        ranked = np.argsort(-(logits / descriptor["temperature"] + prior), axis=1, kind="stable")
        right = ranked == labels[at:at + 512, None]
        first, third = first + right[:, 0].sum(), third + right[:, :3].sum()
    print(f"top-1 {100 * first / len(labels):.4f} %, top-3 {100 * third / len(labels):.4f} % of {len(labels)}")
