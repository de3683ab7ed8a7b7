"""From downloads to a trained network, on a few synthesised characters. Needs everything in requirements.txt."""

import contextlib
import gzip
import io
import json
import shutil
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path
from unittest import mock

import cv2
import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import average
import data
import eval_sets
import export
import from_onnx
import mixture
import pictures
import prepare
import pseudo_label
import score
import train
from classes import CAPITAL, CHARACTERS, CLASSES
from eval_sets import write_idx
from model import ARCHITECTURES, grow, load, save
from render import plain_glyph, to_unit

PER_CLASS = 2
CONFIG = 'architecture = "small"\nsteps = 4\nbatch = 20\nvalidate_every = 2\nmixup = 0.5\n'


def strokes_of(label: int) -> list[np.ndarray]:
    """A shape of its own for each class."""
    random = np.random.default_rng(label)
    return [random.integers(0, 100, (6, 2)).astype(np.float32) for _ in range(2)]


def write_emnist(file: Path) -> np.ndarray:
    """An archive of the layout of NIST's gzip.zip, with a test split that must not be read; returns the upright images."""
    images = np.array([plain_glyph(to_unit(strokes_of(label % CLASSES)), 0.1) for label in range(PER_CLASS * CLASSES)])
    images = (255 * images).round().astype(np.uint8)
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(file, "w") as archive:
        for name, values in {
            "gzip/emnist-byclass-test-images-idx3-ubyte.gz": np.zeros((1, 28, 28)),
            "gzip/emnist-bymerge-train-images-idx3-ubyte.gz": np.zeros((1, 28, 28)),
            "gzip/emnist-byclass-train-images-idx3-ubyte.gz": images.transpose(0, 2, 1),
            "gzip/emnist-byclass-train-labels-idx1-ubyte.gz": np.arange(len(images)) % CLASSES,
        }.items():
            write_idx(Path(folder) / "idx.gz", values)
            archive.write(Path(folder) / "idx.gz", name)
    return images


def write_unipen(folder: Path) -> None:
    """Two writers who write every class."""
    for writer, stretch in (("w1", 1), ("w2", -2)):
        ink, segments = f".COORD X Y\n.WRITER_ID {writer}\n", f".INCLUDE abc/data/{writer}.dat\n"
        for label, character in enumerate(CHARACTERS):
            for stroke in strokes_of(label):
                ink += ".PEN_DOWN\n" + "".join(f"{x:.0f} {stretch * y:.0f}\n" for x, y in stroke) + ".PEN_UP\n"
            segments += f'.SEGMENT CHARACTER {2 * label}-{2 * label + 1} OK "{character}"\n'
        for name, text in {f"data/1a/abc/{writer}.dat": segments, f"include/abc/data/{writer}.dat": ink}.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)


def call(module, *arguments) -> str:
    """Runs a module's command and returns what it printed."""
    with mock.patch.object(sys, "argv", [module.__name__, *map(str, arguments)]):
        out = io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
            module.main()
    return out.getvalue()


class TrainingTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        holder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(holder.cleanup)
        cls.folder = Path(holder.name)
        cls.images = write_emnist(cls.folder / "gzip.zip")
        write_unipen(cls.folder / "unipen")
        cls.data = cls.folder / "data"
        for small in (mock.patch.object(prepare, "HELD_OUT_SCANS", 12), mock.patch.object(data, "NEGATIVES", 10)):
            small.start()
            cls.addClassCleanup(small.stop)
        cls.prepared = call(prepare, "--emnist", cls.folder / "gzip.zip", "--unipen", cls.folder / "unipen", "--out", cls.data)
        (cls.folder / "config.toml").write_text(CONFIG)

    def train(self, out: str, *more) -> str:
        arguments = ["--config", self.folder / "config.toml", "--data", self.data, "--out", self.folder / out]
        return call(train, *arguments, "--workers", 0, *more)

    def test_prepare_reads_the_official_layout(self):
        self.assertIn(f"EMNIST: {len(self.images)} images, {len(self.images)} with one label, 12 held out", self.prepared)
        scans = data.Scans(self.data)
        np.testing.assert_array_equal(scans.images, self.images)
        np.testing.assert_array_equal(scans.candidates[:, 0], np.arange(len(self.images)) % CLASSES)
        self.assertEqual(len(scans.train), len(self.images) - 12)

    def test_prepare_reads_the_unpacked_folder(self):
        with zipfile.ZipFile(self.folder / "gzip.zip") as archive:
            archive.extractall(self.folder / "unpacked")
        images, _, labels = prepare.official_emnist(self.folder / "unpacked")
        np.testing.assert_array_equal(images, self.images)
        self.assertEqual(len(labels), len(self.images))

    def test_prepare_names_what_is_missing(self):
        with zipfile.ZipFile(self.folder / "empty.zip", "w"):
            pass
        with self.assertRaisesRegex(SystemExit, "holds no emnist-byclass-train-images"):
            prepare.official_emnist(self.folder / "empty.zip")

    def test_prepare_reads_idx_with_and_without_gzip(self):
        raw = bytes([0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 3, 7, 8, 9])
        for content in (raw, gzip.compress(raw)):
            np.testing.assert_array_equal(prepare.parse_idx(content), [[7, 8, 9]])

    def test_whole_writers_are_held_out(self):
        pens = data.Pens(self.data)
        trained, validated = set(pens.writers[pens.train]), set(pens.writers[pens.held_out])
        self.assertEqual(len(trained | validated), 2)
        self.assertFalse(trained & validated)

    def render(self, stem: Path, *more) -> dict[str, np.ndarray]:
        """Renders pictures and returns what is written beside them."""
        call(pictures, "--data", self.data, "--out", stem, *more)
        return dict(np.load(stem.with_suffix(".npz")))

    def test_pictures_show_characters_on_paper(self):
        with mock.patch.object(pictures, "EMPTY", 0.2):
            drawn = self.render(self.folder / "rendered", "--count", 50)
        with zipfile.ZipFile(self.folder / "rendered.zip") as archive:
            files = [archive.read(name) for name in sorted(archive.namelist())]
        self.assertEqual({len(files), len(drawn["labels"]), len(drawn["clean"])}, {50})
        for file in files:
            self.assertGreater(min(cv2.imdecode(np.frombuffer(file, np.uint8), cv2.IMREAD_UNCHANGED).shape[:2]), 1)
        inked = drawn["clean"].any((1, 2)).sum()
        self.assertTrue(25 < inked < 50, f"{inked} of 50 with a character")

    def test_pictures_are_of_the_writers_they_should_be_of(self):
        pens = data.Pens(self.data)
        for option, members in (([], pens.train), (["--held-out"], pens.held_out)):
            with mock.patch.object(pictures, "picture", return_value=(b"", np.zeros((28, 28)))) as picture:
                self.render(self.folder / "by-writer", *option)
            shown = sorted(sum(len(stroke) * stroke.mean() for stroke in one.args[0]) for one in picture.call_args_list)
            expected = sorted(sum(len(stroke) * stroke.mean() for stroke in pens[i]) for i in members)
            np.testing.assert_allclose(shown, expected)

    def test_restored_pictures_are_characters_and_lost_ones_negatives(self):
        folder = self.folder / "pictured"
        shutil.copytree(self.data, folder)
        with self.assertRaisesRegex(SystemExit, "no extracted pictures"):
            data.Batches(folder, 40, 1, 1, 0.0, (0, 0, 0, 1, 0))
        with mock.patch.object(pictures, "EMPTY", 0):
            drawn = self.render(folder / "pictures", "--count", 40)
        glyphs = drawn["clean"].copy()
        glyphs[20:30] = np.random.default_rng(1).integers(0, 256, (10, 28, 28))
        glyphs[30:] = 0  # nothing was found
        write_idx(folder / "pictures.idx", glyphs[1:])
        with self.assertRaisesRegex(SystemExit, "extract their ink again"):
            pictures.Pictures(folder / "pictures")
        write_idx(folder / "pictures.idx", glyphs)
        images, candidates, _, source = data.Batches(folder, 30, 1, 1, 0.0, (0, 0, 0, 1, 0))[0]
        self.assertEqual(source.tolist(), [data.PICTURE] * 20 + [data.NEGATIVE] * 10)
        seen = sorted((images[:20, 0].numpy() * 255).round().astype(np.uint8).tolist())
        self.assertEqual(seen, sorted(glyphs[:20].tolist()))
        self.assertEqual(sorted(candidates[:20, 0].tolist()), sorted(drawn["labels"][:20].tolist()))

        (self.folder / "config.toml").write_text(CONFIG + "shares = [0.2, 0.1, 0.1, 0.5, 0.1]")
        self.addCleanup((self.folder / "config.toml").write_text, CONFIG)
        self.data, untouched = folder, self.data
        self.addCleanup(setattr, self, "data", untouched)
        self.train("with-pictures")
        run = self.folder / "with-pictures"
        call(export, "--run", run, "--data", folder)
        printed = call(score, "--model", run / "with-pictures.json", "--prior", "predict", "--pictures", folder / "pictures")
        self.assertIn("empty paper: 0 pictures", printed)

    def test_resumed_run_equals_an_uninterrupted_one(self):
        self.train("whole")

        class StoppedError(Exception):
            pass

        def stop_after_two(training, *batch):
            if training.step == 2:
                raise StoppedError
            return step(training, *batch)

        step = train.Training.train_step
        with mock.patch.object(train.Training, "train_step", stop_after_two), self.assertRaises(StoppedError):
            self.train("parts")
        self.assertIn("resuming at step 2 of 4", self.train("parts", "--resume"))
        whole, parts = (load(self.folder / run)[1]["ema"] for run in ("whole", "parts"))
        for name, value in whole.items():
            torch.testing.assert_close(parts[name], value)
        rows = (self.folder / "parts/curves.csv").read_text().splitlines()
        self.assertEqual([row.split(",")[0] for row in rows], ["step", "2", "4"])

    def test_runs_are_not_overwritten_or_mixed_up(self):
        self.train("short", "--limit-steps", 1)
        with self.assertRaisesRegex(SystemExit, "add --resume"):
            self.train("short")
        with self.assertRaisesRegex(SystemExit, "no checkpoint to resume"):
            self.train("absent", "--resume")
        with self.assertRaisesRegex(SystemExit, "other settings"):
            self.train("short", "--resume")

    def test_export_and_back(self):
        self.train("exported")
        run = self.folder / "exported"
        printed = call(export, "--run", run, "--data", self.data, "--version", "0.2.0")
        self.assertIn("differs from PyTorch by at most", printed)
        descriptor = json.loads((run / "exported.json").read_text())
        self.assertEqual(descriptor["version"], "0.2.0")
        self.assertEqual(
            [source.get("characters") for source in descriptor["training"]["data"]], [len(self.images) - 12, 62, None]
        )
        self.assertEqual(descriptor["training"]["stages"][0]["steps"], 4)
        self.assertTrue((run / descriptor["labels"]).exists())

        call(eval_sets, "--data", self.data, "--out", self.folder / "eval")
        pair = [self.folder / f"eval/pens-06-{part}-ubyte.gz" for part in ("images-idx3", "labels-idx1")]
        model = ["--model", run / "exported.json", "--prior", "predict"]
        self.assertRegex(call(score, *model, "--images", pair[0], "--labels", pair[1]), r"^62 characters: top-1 \d")

        with mock.patch.object(from_onnx, "BATCHES", 2):
            onnx = ["--file", run / "exported.onnx", "--architecture", "small"]
            call(from_onnx, *onnx, "--data", self.data, "--out", self.folder / "restored")
        restored = load(self.folder / "restored")[0].eval()
        glyphs = torch.from_numpy(self.images[:50] / np.float32(255))[:, None]
        with torch.no_grad():
            ours, theirs = restored(glyphs)[0], export.outputs_of(run / "exported.onnx", glyphs)[0]
        self.assertLess((ours - theirs).abs().mean(), 0.1 * theirs.std())

    def test_average_is_the_mean(self):
        self.train("first", "--limit-steps", 1)
        self.train("second", "--limit-steps", 2)
        call(average, self.folder / "first", self.folder / "second", "--out", self.folder / "average")
        first, second, mean = (load(self.folder / run)[0].classes.weight for run in ("first", "second", "average"))
        torch.testing.assert_close(mean, (first + second) / 2)

    def test_experts_with_common_early_layers_become_a_mixture(self):
        torch.manual_seed(1)
        networks = {"generalist": "deep", "scan-expert": "full", "pen-expert": "full"}
        networks = {name: (architecture, ARCHITECTURES[architecture]()) for name, architecture in networks.items()}
        scan_expert, pen_expert = networks["scan-expert"][1], networks["pen-expert"][1]

        def assemble(run: str) -> Path:
            arguments = ["--data", self.data, "--out", self.folder / run]
            for name, (architecture, network) in networks.items():
                save(self.folder / name, architecture, network.state_dict(), [{"network": name}], data.SHARES)
                arguments += [f"--{name}", self.folder / name]
            with mock.patch.multiple(mixture, BATCH=20, PLAIN_BATCHES=1, STEPS=2):
                call(mixture, *arguments)
            return self.folder / run

        with self.assertRaisesRegex(SystemExit, "different early layers"):
            assemble("mixture")
        pen_expert.body.early.load_state_dict(scan_expert.body.early.state_dict())
        combined, saved = load(assemble("mixture"))
        torch.testing.assert_close(combined.generalist.classes.weight, networks["generalist"][1].classes.weight)
        torch.testing.assert_close(combined.pen_expert.classes.weight, pen_expert.classes.weight)
        self.assertEqual(saved["stages"][0]["scan_expert"], [{"network": "scan-expert"}])

    def test_pseudo_labels_are_given_where_the_case_is_unknown(self):
        labels = np.arange(len(self.images)) % CLASSES
        unknown = (labels >= 10) & (np.arange(len(labels)) < CLASSES)
        part = {"label": np.where(unknown, 255, labels), "cand_a": CAPITAL[labels], "cand_b": CAPITAL[labels] + 26}
        np.savez(self.folder / "part.npz", images=self.images, **part)
        write_idx(self.folder / "labels.gz", labels)
        folder = self.folder / "partial"
        source = ["--emnist-part", self.folder / "part.npz", "--emnist-labels", self.folder / "labels.gz"]
        printed = call(prepare, *source, "--unipen", self.folder / "unipen", "--out", folder)
        self.assertIn(f"{len(labels)} images, {(~unknown).sum()} with one label", printed)

        save(self.folder / "start", "small", ARCHITECTURES["small"]().state_dict(), [], data.SHARES)
        with mock.patch.multiple(pseudo_label, BATCH=8, EPOCHS=1):
            self.assertIn("all folds: accuracy", call(pseudo_label, self.folder / "start", "--data", folder))
        p_lower = data.Scans(folder).p_lower
        self.assertFalse(np.isnan(p_lower[unknown]).any())
        self.assertTrue(np.isnan(p_lower[labels < 10]).all())
        for letter in range(10, 36):  # EMNIST's frequency, which is one half here
            self.assertAlmostEqual(p_lower[unknown & (CAPITAL[labels] == letter)].mean(), 0.5, places=2)


class LikenessTest(unittest.TestCase):
    def test_softer_lines_are_alike_and_other_characters_are_not(self):
        one, other = (np.array([plain_glyph(to_unit(strokes_of(label)), 0.1)]) for label in (1, 2))
        self.assertAlmostEqual(pictures.likeness(one, one)[0], 1, places=5)
        thin, soft = plain_glyph(to_unit(strokes_of(1)), 0.05)[None], cv2.GaussianBlur(one[0], (0, 0), 0.8)[None]
        for like in (thin, soft, one / 3):
            self.assertGreater(pictures.likeness(like, one)[0], pictures.RESTORED)
        self.assertLess(pictures.likeness(other, one)[0], pictures.RESTORED)

    def test_blank_glyphs_are_like_nothing(self):
        glyph, blank = plain_glyph(to_unit(strokes_of(1)), 0.1)[None], np.zeros((1, 28, 28))
        self.assertEqual(pictures.likeness(blank, glyph)[0], 0)
        self.assertEqual(pictures.likeness(blank, blank)[0], 0)


class ConfigTest(unittest.TestCase):
    def read(self, text: str) -> train.Config:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "config.toml"
            file.write_text(text)
            return train.Config.read(file)

    def test_mistakes_are_named(self):
        for text, message in {
            'architecture = "small"\nsteps = 1\nstep = 2': "unknown settings step",
            'architecture = "small"': "steps missing",
            'architecture = "huge"\nsteps = 1': "architecture must be one of",
            'architecture = "small"\nsteps = 1\nshares = [0.5, 0.6, 0, 0, 0]': "add up to 1",
        }.items():
            with self.subTest(text), self.assertRaisesRegex(SystemExit, message):
                self.read(text)

    def test_shipped_configs_can_be_read(self):
        files = list((Path(train.__file__).parent / "configs").glob("*.toml"))
        self.assertTrue(files)
        for file in files:
            train.Config.read(file)


class ModelTest(unittest.TestCase):
    @torch.no_grad()
    def test_grown_network_computes_the_same(self):
        torch.manual_seed(1)
        for small, large in (("small", "deep"), ("deep", "large"), ("mixture", "mixture-wide")):
            trained, grown = ARCHITECTURES[small]().eval(), ARCHITECTURES[large]().eval()
            grow(grown, trained)
            images = torch.rand(3, 1, 28, 28)
            for ours, theirs in zip(grown(images), trained(images)):
                torch.testing.assert_close(ours, theirs, rtol=1e-4, atol=1e-4)

    def test_other_network_does_not_fit(self):
        with self.assertRaisesRegex(ValueError, "not a smaller one"):
            grow(ARCHITECTURES["small"](), ARCHITECTURES["deep"]())


if __name__ == "__main__":
    unittest.main()
