"""Builds the English dictionary of the decoder from SCOWL, the word lists behind Debian's wamerican packages.

    apt-get download scowl && dpkg-deb -x scowl_*.deb scowl
    python dictionary.py scowl/usr/share/dict/scowl ../src/main/resources/ink/neural/decoding/english.gz

SCOWL sorts words into classes of size, from 10 (the most common words) to 95 (the rarest). The dictionary keeps them as
a measure of frequency. A word may stand in it as a common word (may), as a name (May) and as initials (IT).

The file, after gunzip: the number of words as 4 bytes, big-endian; for each word, in ASCII order, how many of its first
letters it shares with the word before; then one array for each of the three kinds with each word's class, counted from 1,
or 0 if the word is not of this kind; then the rest of each word and a line feed. Words are in small letters.
"""

import argparse
import gzip
import re
import unicodedata
from os.path import commonprefix
from pathlib import Path

CLASSES = [10, 20, 35, 40, 50, 55, 60, 70]
SPELLINGS = ["english", "american", "british", "british_z"]
COMMON, NAME, INITIALS = range(3)


def main():
    parser = argparse.ArgumentParser(description="Builds the decoder's English dictionary from SCOWL.")
    parser.add_argument("scowl", type=Path, help="folder of SCOWL's word lists")
    parser.add_argument("dictionary", type=Path, help="file to write")
    arguments = parser.parse_args()
    words = read(arguments.scowl)
    arguments.dictionary.write_bytes(gzip.compress(encode(words), 9, mtime=0))
    print(f"{len(words)} words, {arguments.dictionary.stat().st_size} bytes")


def read(scowl):
    """Returns a dict from each word in small letters to the class it has as a common word, as a name and as initials."""
    words = {}
    for number, size in enumerate(CLASSES, start=1):
        for path in sorted(p for s in SPELLINGS for p in scowl.glob(f"{s}-*.{size}")):
            for line in path.read_text("latin-1").split("\n"):
                word = unaccented(line).removesuffix(".")
                if re.fullmatch("[A-Za-z]+('[A-Za-z]+)*", word):
                    classes = words.setdefault(word.lower(), [0, 0, 0])
                    classes[kind(word)] = classes[kind(word)] or number
    return words


def unaccented(word):
    return unicodedata.normalize("NFD", word).encode("ascii", "ignore").decode()


def kind(word):
    if word.islower():
        return COMMON
    return INITIALS if word.isupper() and len(word) > 1 else NAME


def encode(words):
    ordered = sorted(words)
    shared = [len(commonprefix(pair)) for pair in zip(["", *ordered], ordered)]
    classes = [bytes(words[word][kind] for word in ordered) for kind in (COMMON, NAME, INITIALS)]
    rests = "".join(word[n:] + "\n" for word, n in zip(ordered, shared))
    return len(ordered).to_bytes(4, "big") + bytes(shared) + b"".join(classes) + rests.encode("ascii")


if __name__ == "__main__":
    main()
