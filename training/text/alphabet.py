"""The characters that the text network knows, in the order of its outputs."""

BLANK = 0  # CTC's blank
CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz .,'-!?:;\"()&/@#%+*=$"
INDEX = {character: i + 1 for i, character in enumerate(CHARACTERS)}
OUTPUTS = len(CHARACTERS) + 1


def encode(text: str) -> list[int]:
    return [INDEX[character] for character in text]


def decode(indices) -> str:
    return "".join(CHARACTERS[i - 1] for i in indices)


def is_known(text: str) -> bool:
    return all(character in INDEX for character in text)
