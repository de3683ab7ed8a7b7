"""The reader of exported examples, on the file that the page's own tests hold the page to."""

import contextlib
import io
import json
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from test_unipen import FILES, write_folder

from classes import CHARACTERS
from examples import read_characters, read_examples, read_glyphs
from prepare import joined, save_strokes

FIXTURE = Path(__file__).resolve().parents[2] / "src/test/resources/examples.json"


def png(line: list) -> bytes:
    """Black ink on white paper."""
    image = Image.new("L", (280, 280), 255)
    ImageDraw.Draw(image).line([tuple(point) for point in line], 0, 16)
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


class ExamplesTest(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.file = Path(holder.name) / "mine.zip"
        self.described = json.loads(FIXTURE.read_text("utf-8"))

    def write(self):
        with zipfile.ZipFile(self.file, "w") as archive:
            archive.writestr("examples.json", json.dumps(self.described))
            for example in self.described["examples"]:
                archive.writestr(example["file"], png([(60, 40), (60, 240)]))
        return self.file

    def test_examples_have_labels_strokes_and_pictures(self):
        drawn, from_picture = read_examples(self.write())
        self.assertEqual(CHARACTERS[drawn.label], "L")
        self.assertEqual([stroke.tolist() for stroke in drawn.strokes], [[[60, 40], [60, 240]], [[60, 240], [200.5, 240]]])
        self.assertEqual(drawn.picture.shape, (280, 280, 4))
        self.assertEqual((CHARACTERS[from_picture.label], from_picture.strokes), ("l", []))

    def test_drawn_characters_come_in_the_arrays_of_unipen(self):
        characters = read_characters(self.write())
        self.assertEqual(characters["points"].tolist(), [[60, 40], [60, 240], [60, 240], [200.5, 240]])
        self.assertEqual(characters["stroke_offsets"].tolist(), [0, 2, 4])
        self.assertEqual(characters["char_offsets"].tolist(), [0, 2])
        self.assertEqual([CHARACTERS[label] for label in characters["labels"]], ["L"])
        self.assertEqual(characters["writers"].tolist(), ["page:mine"])
        self.assertEqual((characters["dup"].tolist(), characters["degenerate"].tolist()), ([False], [False]))

    def test_sources_are_joined(self):
        characters = read_characters(self.write())
        twice = joined([characters, characters])
        self.assertEqual(twice["stroke_offsets"].tolist(), [0, 2, 4, 6, 8])
        self.assertEqual(twice["char_offsets"].tolist(), [0, 2, 4])
        self.assertEqual(twice["labels"].tolist(), characters["labels"].tolist() * 2)

    def test_examples_are_prepared_beside_unipen(self):
        folder = self.file.parent
        with contextlib.redirect_stdout(io.StringIO()):
            save_strokes(write_folder(folder / "unipen", FILES), [self.write()], folder)
        prepared = np.load(folder / "unipen.npz")
        self.assertEqual([CHARACTERS[label] for label in prepared["labels"]], ["4", "7", "L"])
        self.assertIn(2, prepared["train"])
        first = prepared["strokes"][prepared["characters"][2]]
        self.assertEqual(prepared["points"][first].tolist(), [60, 40])

    def test_every_example_has_a_glyph(self):
        glyphs, labels = read_glyphs(self.write())
        self.assertEqual([CHARACTERS[label] for label in labels], ["L", "l"])
        self.assertEqual((glyphs.shape, glyphs.max()), ((2, 28, 28), 1))
        self.assertGreater(glyphs[0, :, 14].sum(), 10, "the line stands in the middle")

    def test_blank_pictures_have_no_glyph(self):
        self.write()
        with zipfile.ZipFile(self.file, "w") as archive:
            archive.writestr("examples.json", json.dumps(self.described))
            for example in self.described["examples"]:
                archive.writestr(example["file"], png([]))
        self.assertEqual(len(read_glyphs(self.file)[0]), 0)

    def test_other_labels_are_reported_and_left_out(self):
        self.described["examples"][0]["label"] = "ß"
        with contextlib.redirect_stdout(io.StringIO()) as out:
            self.assertEqual([CHARACTERS[example.label] for example in read_examples(self.write())], ["l"])
        self.assertIn("1 labels are not of the 62 characters", out.getvalue())

    def test_no_drawing_at_all(self):
        self.described["examples"] = []
        characters = read_characters(self.write())
        self.assertEqual((len(characters["labels"]), characters["char_offsets"].tolist()), (0, [0]))
        self.assertEqual(characters["points"].shape, (0, 2))

    def test_another_format_says_so(self):
        self.described["version"] = 2
        with self.assertRaisesRegex(SystemExit, "not a file of examples"):
            read_examples(self.write())

    def test_another_file_says_so(self):
        self.file.write_bytes(b"no zip")
        with self.assertRaisesRegex(SystemExit, "not a file of examples"):
            read_examples(self.file)
        with zipfile.ZipFile(self.file, "w") as archive:
            archive.writestr("other.txt", "")
        with self.assertRaisesRegex(SystemExit, "not a file of examples"):
            read_examples(self.file)


if __name__ == "__main__":
    unittest.main()
