"""What is written in composed lines: words, numbers, codes, dates, amounts, in any case and with punctuation."""

import numpy as np

DIGITS = "0123456789"
CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SMALL = CAPITALS.lower()
ALL = DIGITS + CAPITALS + SMALL
SEPARATORS = "-/.,:' &+"
FORMS = (  # D is a digit, C a capital, L a small letter; everything else stands for itself
    "DDDDD", "CCDDDD", "CC-DDDD", "DD.DD.DDDD", "DD/DD/DD", "DD:DD", "D.DD", "$DD.DD", "DDD DDD", "CDD", "DDC", "CDDC DCC",
    "DDDD-DD-DD", "#DDD", "DD%", "+DD DDD DDDDD", "(DDD) DDD-DDDD", "CCC", "CCDD CCC", "D,DDD", "D+D=DD", "LLL@LLLL.LLL", "D*D",
    "CLLL", "Cl. D", "DDDD CC", "C/D", "No. DD", "DDLL", "LDLD", "CLCL", "D-D", "C", "L", "D", "CC", "LL", "DD",
)  # fmt: skip
POOLS = {"C": CAPITALS, "L": SMALL, "D": DIGITS}


def pick(choices, random: np.random.Generator):
    """One of the choices. NumPy's `choice` makes an array of them first."""
    return choices[random.integers(len(choices))]


def some(characters: str, count: int, random: np.random.Generator) -> str:
    return "".join(characters[i] for i in random.integers(len(characters), size=count))


def code(random: np.random.Generator) -> str:
    if random.random() < 0.3:
        text = some(ALL, random.integers(1, 10), random)
        return text if random.random() < 0.7 else text + some(SEPARATORS, 1, random) + some(ALL, random.integers(1, 6), random)
    form = pick(FORMS, random)
    return "".join(some(POOLS[c], 1, random) if c in POOLS else c for c in form)


def with_case(word: str, random: np.random.Generator) -> str:
    return pick([word, word, word, word.capitalize(), word.upper(), word.lower()], random)


def with_punctuation(word: str, random: np.random.Generator) -> str:
    if random.random() < 0.8:
        return word
    forms = [word + ".", word + ",", word + "!", word + "?", word + ":", word + ";", f"({word})", f'"{word}"', word + "'s"]
    return pick(forms, random)


def phrase(words: list[str], random: np.random.Generator) -> str:
    count = random.choice([1, 2, 3], p=[0.7, 0.2, 0.1])
    return " ".join(with_punctuation(with_case(pick(words, random), random), random) for _ in range(count))
