"""The 62 classes in EMNIST ByClass order, and how they group."""

import numpy as np

CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
CLASSES = len(CHARACTERS)
SUBSETS = {"digits": slice(0, 10), "upper": slice(10, 36), "lower": slice(36, 62)}

# For each class: the digit itself, or the capital of its letter.
CAPITAL = np.array([*range(36), *range(10, 36)])

# EMNIST ByMerge treats the two cases of these letters as one class.
MERGED_LETTERS = "CIJKLMOPSUVWXYZ"
MERGED = np.array([CAPITAL[i] if c.upper() in MERGED_LETTERS else i for i, c in enumerate(CHARACTERS)])
