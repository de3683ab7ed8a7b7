"""Reads isolated characters from UNIPEN's archive train_r01_v07: a .tgz, .tar or .zip file, or the folder unpacked from it.

The files under data/1a, data/1b and data/1c name digits, capitals and small letters. They hold `.SEGMENT` statements and
include, from the folder include/, the files with the pen's coordinates:

    .INCLUDE kai/kai0.doc
    .INCLUDE kai/data/kai0/hykim0.dat
    .SEGMENT CHARACTER 1-2 OK "b"

A segment numbers pen components: every .PEN_DOWN and .PEN_UP with coordinates counts, from 0. `.COORD` names the columns of
the coordinates, and `.WRITER_ID` the writer of what follows. Coordinates are kept as recorded, with y pointing down. One site
(aga) declares different resolutions for x and y; model 1.8.0 was trained without correcting them, so they are not corrected.
"""

import re
import tarfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from classes import CHARACTERS

CATEGORIES = ("1a", "1b", "1c")
LEAST_POINTS = 4  # a character of fewer points is a stray touch of the pen
STATEMENT = re.compile(r"^\.([A-Z][A-Z_0-9]*)", re.MULTILINE)
SEGMENT = re.compile(r'\s*CHARACTER\s+([\d\s,:-]+?)\s+\S+\s+"(.*)"')


@dataclass
class Component:
    """One .PEN_DOWN or .PEN_UP, with its coordinates as written."""

    pen_down: bool
    text: str
    columns: list[str]
    writer: str

    def points(self) -> np.ndarray:
        """[n, 2], x right and y down; raises ValueError if the coordinates are damaged."""
        table = np.array(self.text.split(), np.float32).reshape(-1, len(self.columns))
        return np.stack([table[:, self.columns.index("X")], -table[:, self.columns.index("Y")]], 1)


@dataclass
class Document:
    """A segment file with its include files expanded."""

    components: list[Component] = field(default_factory=list)
    segments: list[tuple[str, str]] = field(default_factory=list)  # component numbers, label
    columns: list[str] = field(default_factory=lambda: ["X", "Y"])  # of the coordinates
    writer: str = ""


def files_in(source: Path, wanted) -> Iterator[tuple[str, str]]:
    """The name and text of each file whose name `wanted` accepts. Names start at data/ or include/."""

    def short(name: str) -> str | None:
        found = re.search(r"(?:^|/)((?:data/\d\w?|include)/.*)$", name)
        return found.group(1) if found and wanted(found.group(1)) else None

    if source.is_dir():
        for path in sorted(source.rglob("*")):
            if path.is_file() and (name := short(path.relative_to(source).as_posix())):
                yield name, path.read_bytes().decode("latin-1")
    elif zipfile.is_zipfile(source):
        with zipfile.ZipFile(source) as archive:
            for entry in archive.infolist():
                if not entry.is_dir() and (name := short(entry.filename)):
                    yield name, archive.read(entry).decode("latin-1")
    else:
        try:
            with tarfile.open(source, "r|*") as archive:
                for entry in archive:
                    if entry.isfile() and (name := short(entry.name)):
                        yield name, archive.extractfile(entry).read().decode("latin-1")
        except (tarfile.TarError, EOFError, OSError) as damage:
            raise SystemExit(f"{source} cannot be read to its end: {damage}. Download it again.") from damage


def statements(text: str) -> Iterator[tuple[str, str]]:
    """Keyword and value of each statement. A value reaches to the next keyword."""
    found = list(STATEMENT.finditer(text))
    for here, after in zip(found, [*found[1:], None]):
        yield here.group(1), text[here.end() : after.start() if after else len(text)]


def included(text: str) -> list[str]:
    return [f"include/{value.split()[0]}" for keyword, value in statements(text) if keyword == "INCLUDE" and value.split()]


def read_files(source: Path) -> dict[str, str]:
    """The segment files, and all that they include. An archive is streamed once per level of nesting, two or three times."""
    files = dict(files_in(source, lambda name: name.split("/")[1] in CATEGORIES and name.startswith("data/")))
    if not files:
        raise SystemExit(f"{source} holds no data/1a, data/1b or data/1c: is it UNIPEN's train_r01_v07?")
    new = list(files)
    while new:
        wanted = {name for file in new for name in included(files[file])} - files.keys()
        found = dict(files_in(source, wanted.__contains__)) if wanted else {}
        files |= found
        new = list(found)
    return files


def expand(name: str, files: dict[str, str], document: Document, problems: Counter, above: tuple[str, ...] = ()) -> None:
    """Adds a file's components and segments to the document, in the order of its statements."""
    if name not in files:
        problems[f"{name} is missing"] += 1
        return
    if name in above:
        problems[f"{name} includes itself"] += 1
        return
    for keyword, value in statements(files[name]):
        words = value.split()
        if keyword == "INCLUDE" and words:
            expand(f"include/{words[0]}", files, document, problems, (*above, name))
        elif keyword == "COORD" and words:
            document.columns = words
        elif keyword == "WRITER_ID" and words:
            document.writer = words[0]
        elif keyword in ("PEN_DOWN", "PEN_UP") and words:
            writer = document.writer or Path(name).stem
            document.components.append(Component(keyword == "PEN_DOWN", value, document.columns, writer))
        elif keyword == "SEGMENT" and (segment := SEGMENT.match(value)):
            document.segments.append(segment.groups())


def strokes_of(numbers: str, components: list[Component]) -> list[np.ndarray]:
    """The pen-down strokes of a segment such as `3`, `1-2`, `0,4-5` or `1:10-2:20`, which starts and ends within components.

    Raises IndexError if a component is missing and ValueError if one is damaged.
    """
    strokes = []
    for part in re.sub(r"\s", "", numbers).split(","):
        first, _, last = part.partition("-")
        (a, from_point), (b, to_point) = (edge.partition(":")[::2] for edge in (first, last or first))
        for i in range(int(a), int(b) + 1):
            start = int(from_point) if i == int(a) and from_point else 0
            end = int(to_point) + 1 if i == int(b) and to_point else None
            points = components[i].points()[start:end]
            if components[i].pen_down and len(points):
                strokes.append(points)
    if not strokes:
        raise ValueError("no stroke with the pen down")
    return strokes


def characters_in(name: str, files: dict[str, str], problems: Counter) -> Iterator[tuple[int, str, list[np.ndarray]]]:
    """Label, writer (`site:id`) and strokes of each character that a segment file names."""
    document = Document()
    expand(name, files, document, problems)
    for numbers, label in document.segments:
        if label not in CHARACTERS or len(label) != 1:
            problems[f"{name}: a label is not one of the 62 characters"] += 1
            continue
        try:
            strokes = strokes_of(numbers, document.components)
        except (IndexError, ValueError):
            problems[f"{name}: a segment names components that are missing or damaged"] += 1
            continue
        writer = document.components[int(re.match(r"\d+", numbers).group())].writer
        yield CHARACTERS.index(label), f"{name.split('/')[2]}:{writer}", strokes


def read_characters(source: Path) -> dict[str, np.ndarray]:
    """All characters as flat arrays, ordered by file name; reports what is missing or damaged.

    `points` [p, 2]; `stroke_offsets` and `char_offsets` hold where each stroke begins in the points, and each character in the
    strokes, and end with the total; then `labels`, `writers`, and two flags: `dup`, the same strokes as an earlier character,
    and `degenerate`, too few points.
    """
    files, problems = read_files(source), Counter()
    strokes, counts, labels, writers, duplicate, seen = [], [], [], [], [], set()
    for name in sorted(name for name in files if name.startswith("data/")):
        for label, writer, character in characters_in(name, files, problems):
            key = np.concatenate(character).tobytes()
            strokes += character
            counts.append(len(character))
            labels.append(label)
            writers.append(writer)
            duplicate.append(key in seen)
            seen.add(key)
    report(source, len(labels), problems)
    offsets = np.cumsum([0] + [len(stroke) for stroke in strokes])
    char_offsets = np.cumsum([0] + counts)
    return {
        "points": np.concatenate(strokes),
        "stroke_offsets": offsets,
        "char_offsets": char_offsets,
        "labels": np.array(labels, np.uint8),
        "writers": np.array(writers),
        "dup": np.array(duplicate),
        "degenerate": np.diff(offsets[char_offsets]) < LEAST_POINTS,
    }


def report(source: Path, characters: int, problems: Counter) -> None:
    for problem, times in problems.most_common(20):
        print(f"warning: {problem} ({times} times)")
    if len(problems) > 20:
        print(f"warning: {len(problems) - 20} more problems like these")
    if not characters:
        raise SystemExit(f"{source}: no character could be read")
