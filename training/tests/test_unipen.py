"""The UNIPEN converter, on small files written here. Needs numpy alone."""

import contextlib
import io
import sys
import tarfile
import tempfile
import unittest
import zipfile
from collections import Counter
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from unipen import Component, characters_in, read_characters, read_files, strokes_of

DOC = ".VERSION 1.0\n.COORD X Y\n.HIERARCHY CHARACTER\n.X_POINTS_PER_INCH 500\n.Y_POINTS_PER_INCH 400\n"
INK = (
    ".INCLUDE abc/abc0.doc\n.COMMENT previously: .WRITER_ID someone\n.WRITER_ID w1\n"
    ".PEN_DOWN\n1 2\n3 4\n.PEN_UP\n.PEN_DOWN\n\t5 6\n\t7 8\n.PEN_UP\n.WRITER_ID w2\n.PEN_DOWN\n9 9\n8 8\n7 7\n6 6\n.PEN_UP\n"
)
SEGMENTS = '.VERSION 1.0\n.INCLUDE abc/data/one.dat\n.SEGMENT CHARACTER 0-1 OK "4"\n.SEGMENT CHARACTER 2 ? "7"\n'
FILES = {"data/1a/abc/one.dat": SEGMENTS, "include/abc/data/one.dat": INK, "include/abc/abc0.doc": DOC}


def write_folder(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "latin-1")
    return folder


def read(source: Path) -> tuple[dict[str, np.ndarray], str]:
    """The characters, and what was printed."""
    with contextlib.redirect_stdout(io.StringIO()) as out:
        characters = read_characters(source)
    return characters, out.getvalue()


def as_lists(characters: dict[str, np.ndarray]) -> list:
    """Label, writer and strokes of each character, as plain lists."""
    points, strokes, chars = (characters[name] for name in ("points", "stroke_offsets", "char_offsets"))
    return [
        (int(label), str(writer), [points[strokes[s] : strokes[s + 1]].tolist() for s in range(first, last)])
        for label, writer, first, last in zip(characters["labels"], characters["writers"], chars, chars[1:])
    ]


EXPECTED = [
    (4, "abc:w1", [[[1, -2], [3, -4]], [[5, -6], [7, -8]]]),
    (7, "abc:w2", [[[9, -9], [8, -8], [7, -7], [6, -6]]]),
]


class ReadingTest(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name)

    def test_folder(self):
        characters, printed = read(write_folder(self.folder / "train_r01_v07", FILES))
        self.assertEqual(as_lists(characters), EXPECTED)
        self.assertEqual(printed, "")

    def test_tar_whose_include_files_come_first(self):
        write_folder(self.folder / "unipen/CDROM/train_r01_v07", FILES)
        file = self.folder / "unipen.tgz"
        with tarfile.open(file, "w:gz") as archive:
            for name in sorted(FILES, reverse=True):
                archive.add(self.folder / "unipen/CDROM/train_r01_v07" / name, f"unipen/CDROM/train_r01_v07/{name}")
        self.assertEqual(as_lists(read(file)[0]), EXPECTED)

    def test_zip(self):
        file = self.folder / "unipen.zip"
        with zipfile.ZipFile(file, "w") as archive:
            for name, text in FILES.items():
                archive.writestr(f"train_r01_v07/{name}", text)
        self.assertEqual(as_lists(read(file)[0]), EXPECTED)

    def test_only_what_is_needed_is_read(self):
        extra = {"data/7/abc/words.dat": SEGMENTS, "include/xyz/data/other.dat": INK}
        self.assertEqual(read_files(write_folder(self.folder, FILES | extra)).keys(), FILES.keys())

    def test_missing_include_file_is_named_and_its_characters_are_left_out(self):
        files = FILES | {"data/1c/abc/two.dat": '.INCLUDE abc/data/two.dat\n.SEGMENT CHARACTER 0 OK "a"\n'}
        characters, printed = read(write_folder(self.folder, files))
        self.assertEqual(as_lists(characters), EXPECTED)
        self.assertIn("include/abc/data/two.dat is missing", printed)
        self.assertIn("data/1c/abc/two.dat: a segment names components that are missing or damaged", printed)

    def test_damaged_coordinates_cost_one_character_alone(self):
        files = FILES | {"include/abc/data/one.dat": INK.replace("3 4", "3")}
        characters, printed = read(write_folder(self.folder, files))
        self.assertEqual(as_lists(characters), EXPECTED[1:])
        self.assertIn("data/1a/abc/one.dat: a segment names components that are missing or damaged", printed)

    def test_file_that_includes_itself(self):
        files = FILES | {"include/abc/abc0.doc": DOC + ".INCLUDE abc/abc0.doc\n"}
        characters, printed = read(write_folder(self.folder, files))
        self.assertEqual(as_lists(characters), EXPECTED)
        self.assertIn("include/abc/abc0.doc includes itself", printed)

    def test_cut_archive_says_so(self):
        random = "".join(map(chr, np.random.default_rng(1).integers(32, 127, 30000)))
        file = self.folder / "unipen.tgz"
        with tarfile.open(file, "w:gz") as archive:
            for name, text in (FILES | {"include/abc/noise.dat": random}).items():
                entry = tarfile.TarInfo(name)
                entry.size = len(text)
                archive.addfile(entry, io.BytesIO(text.encode("latin-1")))
        file.write_bytes(file.read_bytes()[:-5000])
        with self.assertRaisesRegex(SystemExit, "cannot be read to its end"):
            read(file)

    def test_something_else_says_so(self):
        with self.assertRaisesRegex(SystemExit, "is it UNIPEN's train_r01_v07"):
            read(write_folder(self.folder, {"data/7/abc/words.dat": SEGMENTS}))

    def test_duplicates_and_too_few_points_are_flagged(self):
        again = SEGMENTS.replace('"7"', '"1"')
        characters, _ = read(write_folder(self.folder, FILES | {"data/1b/abc/one.dat": again}))
        self.assertEqual(characters["dup"].tolist(), [False, False, True, True])
        self.assertEqual(characters["degenerate"].tolist(), [False] * 4)
        files = FILES | {"data/1a/abc/one.dat": SEGMENTS.replace("0-1", "0")}
        characters, _ = read(write_folder(self.folder / "another", files))
        self.assertEqual(characters["degenerate"].tolist(), [True, False])

    def test_labels_outside_the_62_are_left_out(self):
        files = FILES | {"data/1a/abc/one.dat": SEGMENTS.replace('"7"', '"\\""')}
        characters, printed = read(write_folder(self.folder, files))
        self.assertEqual(as_lists(characters), EXPECTED[:1])
        self.assertIn("a label is not one of the 62 characters", printed)


class StatementTest(unittest.TestCase):
    def characters(self, ink: str, segment: str) -> list:
        files = {"data/1a/abc/x.dat": f'{ink}\n.SEGMENT CHARACTER {segment} OK "1"\n'}
        return [[s.tolist() for s in strokes] for _, _, strokes in characters_in("data/1a/abc/x.dat", files, Counter())]

    def test_further_columns_are_skipped(self):
        self.assertEqual(self.characters(".COORD T X Y P\n.PEN_DOWN\n0 1 2 9\n5 3 4 9", "0"), [[[[1, -2], [3, -4]]]])

    def test_pen_up_with_coordinates_counts_as_a_component(self):
        ink = ".PEN_DOWN\n1 1\n.PEN_UP\n2 2\n.PEN_DOWN\n3 3"
        self.assertEqual(self.characters(ink, "0-2"), [[[[1, -1]], [[3, -3]]]])
        self.assertEqual(self.characters(ink, "1"), [])

    def test_pen_up_without_coordinates_does_not_count(self):
        ink = ".PEN_DOWN\n1 1\n.PEN_UP\n.DT 30\n.PEN_DOWN\n3 3\n.PEN_UP"
        self.assertEqual(self.characters(ink, "1"), [[[[3, -3]]]])

    def test_writer_defaults_to_the_file(self):
        files = {"data/1a/abc/x.dat": '.PEN_DOWN\n1 1\n.SEGMENT CHARACTER 0 OK "1"\n'}
        self.assertEqual([writer for _, writer, _ in characters_in("data/1a/abc/x.dat", files, Counter())], ["abc:x"])


class SegmentTest(unittest.TestCase):
    def first_coordinates(self, numbers: str) -> list:
        texts = [f"{i} 0 {i + 1} 0 {i + 2} 0" for i in range(0, 50, 10)]
        components = [Component(True, text, ["X", "Y"], "w") for text in texts]
        return [stroke[:, 0].tolist() for stroke in strokes_of(numbers, components)]

    def test_ranges_and_lists(self):
        self.assertEqual(self.first_coordinates("1-2"), [[10, 11, 12], [20, 21, 22]])
        self.assertEqual(self.first_coordinates("3-3, 0"), [[30, 31, 32], [0, 1, 2]])

    def test_points_within_components(self):
        self.assertEqual(self.first_coordinates("0:1-2:0"), [[1, 2], [10, 11, 12], [20]])
        self.assertEqual(self.first_coordinates("4:1-4:1"), [[41]])

    def test_missing_component(self):
        with self.assertRaises(IndexError):
            self.first_coordinates("4-5")


if __name__ == "__main__":
    unittest.main()
