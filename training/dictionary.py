"""Builds the English dictionary of the decoder from SCOWL, the word lists behind Debian's wamerican packages, and from texts.

    apt-get download scowl anarchism fortunes wordnet-base gnome-user-docs libreoffice-help-en-us debian-handbook
    for package in *.deb; do dpkg-deb -x $package ${package%%_*}; done
    python dictionary.py scowl/usr/share/dict/scowl ../src/main/resources/ink/neural/decoding/english.gz \
        --texts anarchism fortunes wordnet-base gnome-user-docs libreoffice-help-en-us debian-handbook

SCOWL tells which words there are, and sorts them into classes of size, from 10 (the most common words) to 95 (the rarest).
The texts tell how frequent a word is. A word may stand in the dictionary as a common word (may), as a name (May) and as
initials (IT).

The file, after gunzip: the number of words as 4 bytes, big-endian; for each word, in ASCII order, how many of its first
letters it shares with the word before; then one array for each of the three kinds with each word's rarity, which is -2 log2 of
its probability, or 0 if the word is not of this kind; then the rest of each word and a line feed. Words are in small letters.
"""

import argparse
import gzip
import html
import re
import unicodedata
from collections import Counter
from math import exp, log, log2
from os.path import commonprefix
from pathlib import Path

CLASSES = [10, 20, 35, 40, 50, 55, 60, 70]
SHARES = [0.70, 0.14, 0.10, 0.02, 0.02, 0.005, 0.01, 0.005]  # of the classes in running text
SPELLINGS = ["english", "american", "british", "british_z"]
KINDS = COMMON, NAME, INITIALS = range(3)
WORD = "[A-Za-z]+(?:'[A-Za-z]+)*"
# A word after these is a sentence's first, which has a capital anyway.
SENTENCE_START = r"(?:[.!?:][\"')\]]*\s+|\n\s*\n\s*|[\"\u201c(]\s*)"
PRIOR_WORDS = 200_000  # so many words of running text weigh as much as SCOWL's classes
TEXT_FILES = {".html", ".page", ".noun", ".verb", ".adj", ".adv", ""}
OTHER_TEXTS = re.compile(r"/debian-handbook/html/(?!en-US)|/share/help/(?!C/)|copyright|README|changelog")


def main():
    parser = argparse.ArgumentParser(description="Builds the decoder's English dictionary from SCOWL and texts.")
    parser.add_argument("scowl", type=Path, help="folder of SCOWL's word lists")
    parser.add_argument("dictionary", type=Path, help="file to write")
    parser.add_argument("--texts", type=Path, nargs="+", required=True, help="folders of English texts, one for each source")
    arguments = parser.parse_args()
    classes = read(arguments.scowl)
    words = rarities(classes, [count(folder, classes) for folder in arguments.texts])
    arguments.dictionary.write_bytes(gzip.compress(encode(words), 9, mtime=0))
    print(f"{len(words)} words, {arguments.dictionary.stat().st_size} bytes")


def read(scowl):
    """Returns a dict from each word in small letters to the class it has as a common word, as a name and as initials."""
    words = {}
    for number, size in enumerate(CLASSES, start=1):
        for path in sorted(p for s in SPELLINGS for p in scowl.glob(f"{s}-*.{size}")):
            for line in path.read_text("latin-1").split("\n"):
                word = unaccented(line).removesuffix(".")
                if re.fullmatch(WORD, word):
                    classes = words.setdefault(word.lower(), [0, 0, 0])
                    classes[kind(word)] = classes[kind(word)] or number
    return words


def unaccented(word):
    return unicodedata.normalize("NFD", word).encode("ascii", "ignore").decode()


def kind(word):
    if word.islower():
        return COMMON
    return INITIALS if word.isupper() and len(word) > 1 else NAME


def count(folder, classes):
    """Counts each word of a source and each of its kinds. A sentence's first word does not count."""
    counts = Counter()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in TEXT_FILES and not OTHER_TEXTS.search(str(path)):
            for start, word in re.findall(f"({SENTENCE_START})?\\b({WORD})\\b", f". {text_of(path)}"):
                if not start and word.lower() in classes:
                    counts[word.lower(), usual_kind(word, classes[word.lower()])] += 1
    print(f"{counts.total()} words in {folder.name}")
    return counts


def text_of(path):
    """A file's text without markup. WordNet's files have meanings and examples behind a bar."""
    text = path.read_text("utf-8", "ignore")
    if path.suffix in {".html", ".page"}:
        return html.unescape(re.sub(r"(?s)<(script|style|code|pre).*?</\1>|<[^>]*>", " ", text)).replace("\u2019", "'")
    if path.suffix:
        return "\n\n".join(line.split("| ")[-1] for line in text.split("\n") if "| " in line)
    return text


def usual_kind(word, classes):
    """The kind that a word has by its capitals, or else the first kind that it can be."""
    return next(k for k in (kind(word), *KINDS) if classes[k])


def rarities(classes, sources):
    """Returns a dict from each word to -2 log2 of its probability for each kind.

    The geometric mean of the sources keeps a word that only one of them is fond of from becoming frequent.
    """
    sizes = Counter(number for kinds in classes.values() for number in kinds if number)
    totals = [source.total() for source in sources]
    likely = {}
    for word, numbers in classes.items():
        for k in KINDS:
            if numbers[k]:
                prior = SHARES[numbers[k] - 1] / sizes[numbers[k]]
                smoothed = [(s[word, k] + PRIOR_WORDS * prior) / (n + PRIOR_WORDS) for s, n in zip(sources, totals)]
                likely[word, k] = exp(sum(map(log, smoothed)) / len(smoothed))
    total = sum(likely.values())
    return {word: [rarity(likely.get((word, k), 0) / total) for k in KINDS] for word in classes}


def rarity(probability):
    return max(1, round(-2 * log2(probability))) if probability else 0


def encode(words):
    ordered = sorted(words)
    shared = [len(commonprefix(pair)) for pair in zip(["", *ordered], ordered)]
    kinds = [bytes(words[word][k] for word in ordered) for k in KINDS]
    rests = "".join(word[n:] + "\n" for word, n in zip(ordered, shared))
    return len(ordered).to_bytes(4, "big") + bytes(shared) + b"".join(kinds) + rests.encode("ascii")


if __name__ == "__main__":
    main()
