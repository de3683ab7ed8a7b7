"""An endless stream of line images with their texts: people's words, composed lines, and fonts."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from torch.utils.data import IterableDataset, get_worker_info

from text import compose, pictures, sources, texts
from text.alphabet import encode
from text.line import line_image
from text.texts import pick

KINDS = {"word": 0.57, "words": 0.07, "hand": 0.27, "stroke font": 0.03, "outline font": 0.06}
WIDEST = 1000  # columns of a line image
BUCKET = 32  # the width of a batch is a multiple of this


class Samples(IterableDataset):
    """Batches of (lines [N, 1, 40, W], frames of each, characters of all, lengths of the texts)."""

    def __init__(self, words: Path, symbols: Path, prepared: Path, fonts: Path, dictionary: Path, columns: int, seed: int):
        split = sources.split_writers(words, prepared)
        self.words = [word for word in sources.read_words(words) if split[word.writer] == "train"]
        counts = Counter(word.writer for word in self.words)
        chance = np.array([counts[word.writer] ** -0.5 for word in self.words])  # a prolific writer counts less per word
        self.cumulated = np.cumsum(chance / chance.sum())
        self.by_writer = {}
        for word in self.words:
            self.by_writer.setdefault(word.writer, []).append(word)
        self.vocabulary = [word.text for word in self.words] + dictionary.read_text().split()
        self.vocabulary = [word for word in self.vocabulary if sources.is_known(word)]
        people = sources.Characters.read(prepared, "train")
        people.where = {writer: c for writer, c in people.where.items() if not writer.startswith(sources.DAMAGED_SITE)}
        self.hand = compose.Hand(people, sources.read_symbols(symbols, split))
        self.writers = sorted(people.where)
        self.stroke_fonts, self.outline_fonts = sources.fonts(fonts)
        self.columns = columns  # of a batch
        self.seed = seed

    def __iter__(self) -> Iterator[tuple[torch.Tensor, ...]]:
        """Lines wait until there are enough of about the same width for a batch. A GPU is fast if few sizes occur."""
        worker = get_worker_info()
        random = np.random.default_rng((self.seed, worker.id if worker else 0))
        waiting = defaultdict(list)
        while True:
            line, text = self.sample(random)
            width = -(-line.shape[1] // BUCKET) * BUCKET
            waiting[width].append((line, text))
            if len(waiting[width]) >= self.columns // width:
                yield collate(waiting.pop(width), width)

    def sample(self, random: np.random.Generator) -> tuple[np.ndarray, list[int]]:
        kinds, shares = list(KINDS), list(KINDS.values())
        while True:
            kind = random.choice(kinds, p=shares)
            text, bitmap = self.write(kind, random)
            line = line_image(pictures.degrade(bitmap, random))
            repeated = sum(a == b for a, b in pairwise(text))
            if line.shape[1] <= WIDEST and len(text) + repeated <= line.shape[1] // 2:
                return line, encode(text)

    def write(self, kind: str, random: np.random.Generator) -> tuple[str, np.ndarray]:
        if kind == "outline font":
            font = pick(self.outline_fonts, random)
            text = self.text(random)
            if not font.knows(text):
                return self.write(kind, random)
            return text, pictures.other_pen(font.bitmap(text), random)
        if kind == "stroke font":
            text = self.text(random)
            strokes = compose.write_with_font(text, pick(self.stroke_fonts, random), random)
        elif kind == "hand":
            text, strokes = self.by_hand(random)
        else:
            word = self.words[np.searchsorted(self.cumulated, random.random())]
            text, strokes = word.text, word.strokes
            if kind == "words":
                others = self.by_writer[word.writer]
                more = [pick(others, random) for _ in range(random.integers(1, 4))]
                text, strokes = compose.join_words([word, *more], random)
        return text, pictures.draw_with_random_pen(strokes, random)

    def text(self, random: np.random.Generator) -> str:
        return texts.code(random) if random.random() < 0.5 else texts.phrase(self.vocabulary, random)

    def by_hand(self, random: np.random.Generator) -> tuple[str, sources.Strokes]:
        """A text of which the writer has written most characters."""
        while True:
            text = self.text(random)
            for _ in range(5):
                writer = pick(self.writers, random)
                own = self.people_know(text, writer)
                if own >= 0.8 or random.random() < 0.02:
                    return text, self.hand.write(text, writer, random)

    def people_know(self, text: str, writer: str) -> float:
        own = self.hand.people.where[writer]
        return float(np.mean([c in own or not c.isalnum() for c in text]))


def collate(batch: list, width: int) -> tuple[torch.Tensor, ...]:
    lines = torch.zeros(len(batch), 1, batch[0][0].shape[0], width)
    for i, (line, _) in enumerate(batch):
        lines[i, 0, :, : line.shape[1]] = torch.from_numpy(line)
    frames = torch.tensor([line.shape[1] // 2 for line, _ in batch])
    texts = torch.tensor([c for _, text in batch for c in text])
    return lines, frames, texts, torch.tensor([len(text) for _, text in batch])
