"""Drawings that are no letter and no digit: symbols and words that people wrote, signs of fonts, and strokes of people's
characters put together at random, for the legibility output.

    python signs.py --symbols unipen_symbols.npz --words unipen_words.npz --fonts fonts/signs --judge runs/shipped \
        --student runs/average --data data

Writes data/signs.npz. `fonts` is a folder with font files that hold Greek, mathematical and other signs. What looks like a
letter or a digit is left out, for example `|`, `(` and the Greek capital alpha. `judge` is a run that has learnt to read. What
it takes for a letter or digit is left out of the strokes put together.

Each drawing comes with the legibility that the run `student` sees in it. The more legible a drawing seems, the more often a
network is trained on it (hard negative mining).

Held out are whole writers, as everywhere, and whole kinds of sign, which show whether the network has learnt the idea or the
list.
"""

import argparse
import unicodedata
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageDraw, ImageFont
from tqdm import tqdm

from classes import CHARACTERS
from data import RECOMBINED, SIGN, SYMBOL, WORD, Pens
from glyph import normalise_ink
from model import load
from render import plain_glyph, to_unit
from text import sources
from tracing import packed, trace

LOOKALIKES = set(".,'`|/();^")  # of the symbols that people wrote
UNSEEN_SHARE = 0.2  # of the kinds of sign in fonts
WORDS_PER_WRITER = 40
RECOMBINATIONS = 100_000
LIKELY = 0.8  # the judge takes a drawing for a character if its five likeliest, 1 l I i j for example, reach this probability
BRUSH = 0.08  # line width that the judge sees
SEED = 26
SIZE = 96  # of a font, in pixels
MOST_STROKES = 14

GREEK = "ΔΘΞΠΣΦΨΩζθλμξπφψϑϕϖ"
CYRILLIC = "ДЖЙФЦЩЫЮЯжйфцщыюя"
LATIN = "¢£¤¥§©«¬®±¶»¿÷"
BLOCKS = {
    (0x2021, 0x203F): "punctuation",
    (0x20A0, 0x20BF): "currencies",
    (0x2190, 0x21FF): "arrows",
    (0x2200, 0x22FF): "mathematical operators",
    (0x2300, 0x2335): "technical signs",
    (0x25A0, 0x25FF): "geometric shapes",
    (0x2600, 0x26FF): "miscellaneous signs",
    (0x2700, 0x2767): "dingbats",
    (0x27C0, 0x27E5): "mathematical operators",
    (0x27E6, 0x27EF): "brackets",
    (0x2900, 0x297F): "arrows",
    (0x2983, 0x2998): "brackets",
    (0x2999, 0x2AFF): "mathematical operators",
}
# Signs of these blocks that look like a letter or a digit when a pen draws them.
LIKE_A_CHARACTER = set((Path(__file__).parent / "lookalikes.txt").read_text())
# Signs that resemble a character, though nobody would write it like that. All are trained on, and none is held out.
RESEMBLING = set((Path(__file__).parent / "resembling.txt").read_text())
# Black signs lose their shape when only their centre lines are left.
NAMES_LIKE_A_CHARACTER = (
    "LETTER",
    "LATIN",
    "DIGIT",
    "INTEGRAL",
    "BLACK",
    "HEAVY",
    "BULLET",
)


def is_sign(character: str) -> bool:
    """Whether a character of a font is a sign that looks like no letter and no digit."""
    name, plain = unicodedata.name(character, ""), unicodedata.normalize("NFKD", character)
    stands_for_one = any(c in CHARACTERS for c in plain) or any(part in name for part in NAMES_LIKE_A_CHARACTER)
    return bool(name) and character not in LIKE_A_CHARACTER and not stands_for_one


SIGNS = [*GREEK, *CYRILLIC, *LATIN, *(chr(c) for first, last in BLOCKS for c in range(first, last + 1) if is_sign(chr(c)))]


def block(sign: str) -> str:
    """The name of the group that a sign belongs to."""
    if sign in GREEK + CYRILLIC:
        return "Greek letters" if sign in GREEK else "Cyrillic letters"
    return next((name for (first, last), name in BLOCKS.items() if first <= ord(sign) <= last), "Latin signs")


def font_signs(file: Path):
    """Each sign that a font holds, with its centre lines as strokes."""
    font = ImageFont.truetype(file, SIZE)
    missing = font.getmask("\uffff").getbbox(), bytes(font.getmask("\uffff"))
    for sign in SIGNS:
        mask = font.getmask(sign)
        if mask.getbbox() and (mask.getbbox(), bytes(mask)) != missing:
            image = Image.new("L", (3 * SIZE, 3 * SIZE))
            ImageDraw.Draw(image).text((SIZE, SIZE), sign, 255, font)
            glyph = normalise_ink(np.asarray(image))
            strokes = trace(np.round(glyph * 255).astype(np.uint8))
            if 0 < len(strokes) <= MOST_STROKES:
                yield sign, strokes


def written_symbols(file: Path, split: dict[str, str], unseen: str):
    """Each symbol that a person wrote, with its strokes and whether it is held out."""
    data = dict(np.load(file))
    starts, members = data["stroke_offsets"], data["char_offsets"]
    for i, (symbol, writer) in enumerate(zip(data["symbols"].tolist(), data["writers"].tolist())):
        if symbol not in LOOKALIKES:
            strokes = [data["points"][starts[s] : starts[s + 1]].astype(np.float32) for s in range(*members[i : i + 2])]
            yield SYMBOL, symbol, strokes, split.get(writer, "train") != "train" or symbol in unseen


def written_words(file: Path, split: dict[str, str]):
    """Some words of two characters and more of each person."""
    by_writer, random = {}, np.random.default_rng(SEED)
    for word in sources.read_words(file):
        if len(word.text) > 1:
            by_writer.setdefault(word.writer, []).append(word.strokes)
    for writer, words in by_writer.items():
        for i in random.permutation(len(words))[:WORDS_PER_WRITER]:
            yield WORD, "word", words[i], split[writer] != "train"


def recombination(pens: Pens, random: np.random.Generator) -> list[np.ndarray]:
    """One to four strokes of two characters, each turned, mirrored, scaled and moved."""
    strokes = [stroke for c in random.choice(pens.train, 2) for stroke in pens[c]]
    chosen = random.permutation(len(strokes))[: random.integers(1, 5)]
    return [moved_anyhow(strokes[i], random) for i in chosen]


def moved_anyhow(stroke: np.ndarray, random: np.random.Generator) -> np.ndarray:
    angle = random.integers(4) * np.pi / 2 + random.normal(0, 0.1)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]]) * random.uniform(0.5, 1)
    turn[0] *= random.choice([-1, 1])
    return ((stroke - stroke.mean(0)) @ turn + random.normal(0, 0.25, 2)).astype(np.float32)


@torch.no_grad()
def recombinations(data: Path, judge: Path):
    """Strokes put together at random that the judge takes for no character."""
    pens, random = Pens(data), np.random.default_rng(SEED)
    network, prior = load(judge)[0].eval(), torch.from_numpy(pens.prior).clamp(min=1e-4).log()
    drawings = [recombination(pens, random) for _ in range(RECOMBINATIONS)]
    glyphs = [plain_glyph(to_unit(strokes), BRUSH) for strokes in drawings]
    inked = [i for i, glyph in enumerate(glyphs) if glyph is not None]
    for some in np.array_split(inked, len(inked) // 250):
        images = torch.from_numpy(np.array([glyphs[i] for i in some], np.float32))[:, None]
        likely = (network(images)[0] + prior).softmax(1).topk(5).values.sum(1)
        yield from ((RECOMBINED, "strokes", drawings[i], False) for i, p in zip(some, likely) if p < LIKELY)


@torch.no_grad()
def legibilities(glyphs: list[np.ndarray], run: Path) -> np.ndarray:
    """How legible each glyph seems to a network, from 0 to 1."""
    network = load(run)[0].eval()
    images = torch.from_numpy(np.array(glyphs, np.float32))[:, None]
    return torch.cat([network(some)[1].sigmoid() for some in images.split(250)]).numpy()


def save(folder: Path, drawings: list, legibility: np.ndarray) -> None:
    """Writes signs.npz: like `data.Strokes`, with each drawing's source, kind and legibility, and whether it is held out."""
    source, kinds, strokes, held_out = zip(*drawings)
    np.savez(
        folder / "signs.npz",
        **packed(strokes),
        sources=np.array(source),
        kinds=np.array(kinds),
        legibility=legibility,
        held_out=np.array(held_out),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--symbols", type=Path, required=True, help="symbols as pen strokes, like unipen_symbols.npz")
    parser.add_argument("--words", type=Path, required=True, help="words as pen strokes, like unipen_words.npz")
    parser.add_argument("--fonts", type=Path, required=True, help="folder of font files")
    parser.add_argument("--judge", type=Path, required=True, help="run of a trained network")
    parser.add_argument("--student", type=Path, required=True, help="run whose network will be trained on")
    parser.add_argument("--data", type=Path, default=Path("data"), help="folder that prepare.py wrote")
    parser.add_argument("--unseen", default="", help="kinds of symbol to hold out, for example %%=[: which were drawn by lot")
    args = parser.parse_args()
    split = sources.split_writers(args.words, args.data / "unipen.npz")
    files = [file for file in sorted(args.fonts.iterdir()) if file.suffix in {".ttf", ".otf", ".woff"}]
    traced = [one for file in tqdm(files, desc="tracing") for one in font_signs(file)]
    found = sorted({sign for sign, _ in traced} - RESEMBLING)
    unseen = set(np.random.default_rng(SEED).choice(found, round(UNSEEN_SHARE * len(found)), replace=False).tolist())
    signs = [(SIGN, sign, strokes, sign in unseen) for sign, strokes in traced]
    signs += [*written_symbols(args.symbols, split, args.unseen), *written_words(args.words, split)]
    signs += recombinations(args.data, args.judge)
    drawn = [(one, glyph) for one in signs if (glyph := plain_glyph(to_unit(one[2]), BRUSH)) is not None]
    signs, glyphs = zip(*drawn)
    save(args.data, signs, legibilities(glyphs, args.student))
    kinds, held_out = len({sign for sign, _ in traced}), sum(one[3] for one in signs)
    print(f"{len(signs)} drawings, {kinds} kinds of sign in fonts, {held_out} held out")


if __name__ == "__main__":
    main()
