"""Reads the handwriting once and writes what training needs: data/emnist.npz, data/unipen.npz and data/traced.npz.

    python prepare.py --emnist gzip.zip                     # NIST's archive, or a folder with its IDX files
    python prepare.py --emnist-part PART.npz --emnist-labels emnist-byclass-train-labels-idx1-ubyte.gz
    ... --unipen unipen_train_r01_v07.npz                   # strokes; both sources together is what we ship

Only training splits are read here; the EMNIST test split is for the evaluation command alone.
"""

import argparse
import gzip
import io
import zipfile
from pathlib import Path

import numpy as np

from tracing import save_traced

CLASSES = 62
LETTER = np.array([*range(36), *range(10, 36)])     # of each class: its digit, or its letter whichever the case
HELD_OUT_EMNIST = 6000
HELD_OUT_WRITERS = 0.12     # of each site
DAMAGED_SITE = "ibm"        # a third of its F, H, K, X, x lost a stroke
SEED = 7


def idx(data: bytes) -> np.ndarray:
    """The IDX format of LeCun's MNIST page: magic, dimensions, bytes."""
    if data[:2] == b"\x1f\x8b":
        data = gzip.decompress(data)
    shape = [int.from_bytes(data[4 + 4 * i:8 + 4 * i], "big") for i in range(data[3])]
    return np.frombuffer(data, np.uint8, offset=4 + 4 * data[3]).reshape(shape)


def official_file(source: Path, name: str) -> bytes:
    """One of EMNIST's files by its ending, from gzip.zip or from a folder."""
    if source.is_dir():
        return next(source.rglob(f"*{name}*")).read_bytes()
    with zipfile.ZipFile(source) as archive:
        return archive.read(next(n for n in archive.namelist() if name in n))


def official_emnist(source: Path):
    """Every image of the official ByClass training split, upright, with its label."""
    images = idx(official_file(source, "emnist-byclass-train-images-idx3-ubyte"))
    labels = idx(official_file(source, "emnist-byclass-train-labels-idx1-ubyte"))
    return images.transpose(0, 2, 1), np.stack([labels, labels], 1), labels


def partial_emnist(part: Path, labels: Path):
    """A part of that split, where of some letters only two candidates (its two cases) are known."""
    data = np.load(part)
    exact = data["label"] < CLASSES
    candidates = np.stack([np.where(exact, data["label"], data[c]) for c in ("cand_a", "cand_b")], 1)
    return data["images"], candidates, idx(labels.read_bytes())


def letters(frequency: np.ndarray) -> np.ndarray:
    """Of each class, how frequent its letter is in either case."""
    return np.bincount(LETTER, weights=frequency)[LETTER]


def save_emnist(images, candidates, official, folder: Path) -> None:
    frequency = np.bincount(official, minlength=CLASSES) / len(official)
    # a part may hold more of one letter and less of another; which case a letter has is as in the whole
    prior = frequency * (letters(np.bincount(candidates[:, 0], minlength=CLASSES) / len(images)) / letters(frequency))
    exact = candidates[candidates[:, 0] == candidates[:, 1], 0]
    expected = prior * len(images)
    held_out = np.zeros(len(images), bool)
    held_out[np.random.default_rng(SEED).permutation(len(images))[:HELD_OUT_EMNIST]] = True
    np.savez(folder / "emnist.npz", images=images, candidates=candidates.astype(np.uint8), held_out=held_out,
             prior=prior.astype(np.float32), official=frequency.astype(np.float32),
             exact_share=np.clip(np.bincount(exact, minlength=CLASSES) / expected, 0, 1).astype(np.float32))
    print(f"EMNIST: {len(images)} images, {len(exact)} with one label, {held_out.sum()} held out")


def held_out_writers(writers: np.ndarray) -> np.ndarray:
    """About an eighth of each site's writers, at least one where the site has two."""
    random, chosen = np.random.default_rng(SEED), []
    sites = np.array([w.split(":")[0] for w in np.unique(writers)])
    for site in np.unique(sites):
        of_site = np.unique(writers)[sites == site]
        count = max(int(round(len(of_site) * HELD_OUT_WRITERS)), int(len(of_site) > 1))
        chosen += list(random.permutation(of_site)[:count])
    return np.array(chosen)


def save_unipen(source: Path, folder: Path) -> None:
    data = np.load(source)
    site = np.array([w.split(":")[0] for w in data["writers"]])
    good = ~data["dup"] & ~data["degenerate"] & (site != DAMAGED_SITE)
    writers = held_out_writers(data["writers"][good])
    starts = data["stroke_offsets"].astype(np.int64)
    held_out = np.isin(data["writers"], writers)
    np.savez(folder / "unipen.npz", points=data["points"].astype(np.float32), strokes=starts,
             characters=data["char_offsets"].astype(np.int64), labels=data["labels"],
             train=np.flatnonzero(good & ~held_out), held_out=np.flatnonzero(good & held_out),
             writers=data["writers"])
    print(f"UNIPEN: {(good & ~held_out).sum()} characters to train on, "
          f"{(good & held_out).sum()} of {len(writers)} writers held out")


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--emnist", type=Path)
    ask.add_argument("--emnist-part", type=Path)
    ask.add_argument("--emnist-labels", type=Path)
    ask.add_argument("--unipen", type=Path, required=True)
    ask.add_argument("--out", type=Path, default=Path("data"))
    given = ask.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    if given.emnist:
        save_emnist(*official_emnist(given.emnist), given.out)
    elif given.emnist_part and given.emnist_labels:
        save_emnist(*partial_emnist(given.emnist_part, given.emnist_labels), given.out)
    else:
        ask.error("name the EMNIST training data: --emnist, or --emnist-part with --emnist-labels")
    save_unipen(given.unipen, given.out)
    save_traced(given.out)


if __name__ == "__main__":
    main()
