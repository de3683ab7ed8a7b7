"""Reads the handwriting once and writes what training needs: data/emnist.npz, data/unipen.npz and data/traced.npz.

    python prepare.py --emnist gzip.zip --unipen unipen-CDROM-train_r01_v07.tgz
    python prepare.py --emnist-part PART.npz --emnist-labels emnist-byclass-train-labels-idx1-ubyte.gz --unipen STROKES.npz

PART.npz is a part of EMNIST's training split: `images` [n, 28, 28], upright, and their `label`, which is 255 where the two
candidates `cand_a` and `cand_b` are known instead. STROKES.npz holds the arrays of `unipen.read_characters`. With `--examples`
the strokes of examples from the page are added to UNIPEN's.

Only training splits are read. EMNIST's test split is for evaluation alone.
"""

import argparse
import gzip
import zipfile
from pathlib import Path

import numpy as np

import examples
from classes import CAPITAL, CLASSES
from tracing import trace_scans
from unipen import read_characters

HELD_OUT_SCANS = 6000
HELD_OUT_WRITERS = 0.12  # of each site
DAMAGED_SITE = "ibm"  # a third of its F, H, K, X and x lack a stroke
SEED = 7
TRAIN_IMAGES, TRAIN_LABELS = "emnist-byclass-train-images-idx3-ubyte", "emnist-byclass-train-labels-idx1-ubyte"


def parse_idx(data: bytes) -> np.ndarray:
    """The IDX format of MNIST, gzipped or not: two zero bytes, the type, the number of dimensions, their sizes, the values."""
    if data[:2] == b"\x1f\x8b":
        data = gzip.decompress(data)
    shape = [int.from_bytes(data[4 + 4 * i : 8 + 4 * i], "big") for i in range(data[3])]
    return np.frombuffer(data, np.uint8, offset=4 + 4 * data[3]).reshape(shape)


def emnist_file(source: Path, name: str) -> bytes:
    """One of EMNIST's files, from gzip.zip or from the folder unpacked from it."""
    if source.is_dir():
        found = next(source.rglob(f"{name}*"), None)
        if found:
            return found.read_bytes()
    else:
        with zipfile.ZipFile(source) as archive:
            entry = next((entry for entry in archive.namelist() if Path(entry).name.startswith(name)), None)
            if entry:
                return archive.read(entry)
    raise SystemExit(f"{source} holds no {name}: is it EMNIST's gzip.zip?")


def official_emnist(source: Path):
    """The ByClass training split: upright images, two equal candidate labels each, and the labels of the whole split."""
    images, labels = parse_idx(emnist_file(source, TRAIN_IMAGES)), parse_idx(emnist_file(source, TRAIN_LABELS))
    return images.transpose(0, 2, 1), np.stack([labels, labels], 1), labels


def partial_emnist(part: Path, labels: Path):
    """The same from a part of that split, in which only the letter of some images is known and not its case."""
    data = np.load(part)
    exact = data["label"] < CLASSES
    candidates = np.stack([np.where(exact, data["label"], data[name]) for name in ("cand_a", "cand_b")], 1)
    return data["images"], candidates, parse_idx(labels.read_bytes())


def frequencies(labels: np.ndarray) -> np.ndarray:
    return np.bincount(labels, minlength=CLASSES) / len(labels)


def letter_frequencies(frequency: np.ndarray) -> np.ndarray:
    """For each class, how frequent its letter is in either case."""
    return np.bincount(CAPITAL, weights=frequency)[CAPITAL]


def save_emnist(images, candidates, all_labels, folder: Path) -> None:
    official = frequencies(all_labels)
    # A part may hold more of one letter and less of another. The split between the two cases is taken from the whole.
    ratio = letter_frequencies(frequencies(candidates[:, 0])) / np.maximum(letter_frequencies(official), 1e-12)
    prior = official * ratio
    exact = candidates[candidates[:, 0] == candidates[:, 1], 0]
    exact_share = np.bincount(exact, minlength=CLASSES) / np.maximum(prior * len(images), 1e-12)
    held_out = np.zeros(len(images), bool)
    held_out[np.random.default_rng(SEED).permutation(len(images))[:HELD_OUT_SCANS]] = True
    np.savez(
        folder / "emnist.npz",
        images=images,
        candidates=candidates.astype(np.uint8),
        held_out=held_out,
        prior=prior.astype(np.float32),
        official=official.astype(np.float32),
        exact_share=np.clip(exact_share, 0, 1).astype(np.float32),
    )
    print(f"EMNIST: {len(images)} images, {len(exact)} with one label, {held_out.sum()} held out")


def held_out_writers(writers: np.ndarray) -> np.ndarray:
    """About an eighth of each site's writers, and at least one where the site has two."""
    random, names, chosen = np.random.default_rng(SEED), np.unique(writers), []
    sites = np.array([name.split(":")[0] for name in names])
    for site in np.unique(sites):
        members = names[sites == site]
        count = max(round(len(members) * HELD_OUT_WRITERS), int(len(members) > 1))
        chosen += list(random.permutation(members)[:count])
    return np.array(chosen)


def joined(parts: list[dict[str, np.ndarray]]) -> dict[str, np.ndarray]:
    """The characters of several sources as if they were one."""
    data = {name: np.concatenate([part[name] for part in parts]) for name in parts[0] if not name.endswith("_offsets")}
    for name in ("stroke_offsets", "char_offsets"):
        data[name] = np.cumsum(np.concatenate([[0], *(np.diff(part[name]) for part in parts)]))
    return data


def save_strokes(source: Path, more: list[Path], folder: Path) -> None:
    """UNIPEN's characters, and examples from the page."""
    unipen = dict(np.load(source)) if source.suffix == ".npz" else read_characters(source)
    data = joined([unipen, *map(examples.read_characters, more)])
    writers = data["writers"]
    sites = np.array([writer.split(":")[0] for writer in writers])
    good = ~data["dup"] & ~data["degenerate"] & (sites != DAMAGED_SITE)
    chosen = held_out_writers(writers[good])
    held_out = np.isin(writers, chosen)
    np.savez(
        folder / "unipen.npz",
        points=data["points"].astype(np.float32),
        strokes=data["stroke_offsets"].astype(np.int64),
        characters=data["char_offsets"].astype(np.int64),
        labels=data["labels"],
        train=np.flatnonzero(good & ~held_out),
        held_out=np.flatnonzero(good & held_out),
        writers=writers,
    )
    trained, validated = (good & ~held_out).sum(), (good & held_out).sum()
    print(f"UNIPEN: {trained} characters to train on, {validated} of {len(chosen)} writers held out")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--emnist", type=Path, help="EMNIST's gzip.zip, or the folder unpacked from it")
    parser.add_argument("--emnist-part", type=Path, help="or else: an .npz file with a part of it")
    parser.add_argument("--emnist-labels", type=Path, help="and the IDX file with the labels of the whole training split")
    parser.add_argument("--unipen", type=Path, required=True, help="UNIPEN's archive, its folder, or an .npz file")
    parser.add_argument("--examples", type=Path, action="append", default=[], help="a zip file that the page has exported")
    parser.add_argument("--out", type=Path, default=Path("data"))
    args = parser.parse_args()
    if args.emnist:
        emnist = official_emnist(args.emnist)
    elif args.emnist_part and args.emnist_labels:
        emnist = partial_emnist(args.emnist_part, args.emnist_labels)
    else:
        parser.error("name the EMNIST training data: --emnist, or --emnist-part with --emnist-labels")
    args.out.mkdir(parents=True, exist_ok=True)
    save_strokes(args.unipen, args.examples, args.out)
    save_emnist(*emnist, args.out)
    trace_scans(args.out)


if __name__ == "__main__":
    main()
