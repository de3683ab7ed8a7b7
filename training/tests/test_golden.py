"""The check of the golden tensors passes, and can fail. Needs numpy and pillow."""

import contextlib
import io
import shutil
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from PIL import Image, ImageOps

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import golden


class GoldenTest(unittest.TestCase):
    def check(self, folder: Path) -> bool:
        with mock.patch.object(golden, "FOLDER", folder), contextlib.redirect_stdout(io.StringIO()):
            return golden.check()

    def test_passes(self):
        self.assertTrue(self.check(golden.FOLDER))

    def test_fails_on_another_picture(self):
        with tempfile.TemporaryDirectory() as copy:
            shutil.copytree(golden.FOLDER, copy, dirs_exist_ok=True)
            file = Path(copy) / "upper-r.png"
            ImageOps.mirror(Image.open(file)).save(file)
            self.assertFalse(self.check(Path(copy)))

    def test_fails_on_a_missing_tensor(self):
        with tempfile.TemporaryDirectory() as copy:
            shutil.copytree(golden.FOLDER, copy, dirs_exist_ok=True)
            file = Path(copy) / "tensors.json"
            file.write_text(file.read_text().replace('"upper-r"', '"upper-rr"'))
            self.assertFalse(self.check(Path(copy)))


if __name__ == "__main__":
    unittest.main()
