import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

from text.export import OnnxNetwork, export, quantise
from text.loss import divergence, masked, text_loss
from text.model import TextNetwork
from text.pictures import distort


class ExportTest(unittest.TestCase):
    def test_the_quantised_network_computes_about_the_same(self):
        torch.manual_seed(3)
        network = TextNetwork().eval()
        lines = np.random.default_rng(3).random((4, 40, 80), np.float32)
        with tempfile.TemporaryDirectory() as folder:
            floats, integers = Path(folder) / "floats.onnx", Path(folder) / "text.onnx"
            export(network, floats)
            quantise(floats, list(lines), integers)
            self.assertLess(integers.stat().st_size, 0.3 * floats.stat().st_size)
            wider = torch.rand(2, 1, 40, 120)
            with torch.no_grad():
                expected = network(wider)
            self.assertLess(float((OnnxNetwork(floats)(wider) - expected).abs().max()), 1e-3)
            self.assertLess(float((OnnxNetwork(integers)(wider) - expected).abs().max()), 0.1)


class LossTest(unittest.TestCase):
    def test_bands_are_masked_inside_the_line_alone(self):
        torch.manual_seed(1)
        lines = torch.zeros(50, 1, 40, 160)
        frames = torch.full((50,), 40)  # 80 columns; a band may reach 14 beyond its start
        hidden = masked(lines, frames) != 0
        share = hidden[..., :80].float().mean()
        self.assertTrue(0.05 < share < 0.3, share)
        self.assertFalse(hidden[..., 94:].any())
        self.assertTrue(torch.equal(hidden[:, :, :1].expand_as(hidden), hidden), "a band is as high as the line")

    def test_equal_views_do_not_diverge(self):
        log_p = torch.randn(2, 5, 7).log_softmax(2)
        log_q = torch.randn(2, 5, 7).log_softmax(2)
        frames = torch.tensor([5, 3])
        self.assertAlmostEqual(float(divergence(log_p, log_p, frames)), 0, 5)
        self.assertGreater(float(divergence(log_p, log_q, frames)), 0)

    def test_padding_does_not_count(self):
        log_p, log_q = torch.randn(2, 1, 6, 7).log_softmax(3)
        shorter = divergence(log_p[:, :4], log_q[:, :4], torch.tensor([4]))
        self.assertAlmostEqual(float(divergence(log_p, log_q, torch.tensor([4]))), float(shorter), 5)

    def test_a_step_lowers_the_loss(self):
        torch.manual_seed(2)
        network = TextNetwork(dropout=0)
        batch = torch.rand(4, 1, 40, 64), torch.full((4,), 32), torch.arange(1, 13), torch.full((4,), 3)
        optimizer = torch.optim.AdamW(network.parameters(), 1e-3)
        losses = []
        for _ in range(6):
            loss = text_loss(network, *batch)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        self.assertLess(losses[-1], losses[0] / 2)


class DistortTest(unittest.TestCase):
    def test_another_hand_writes_the_same_strokes(self):
        strokes = [np.array([[0, 0], [50, 100], [100, 0], [120, 40]], np.float32), np.array([[60, -20]], np.float32)]
        for seed in range(200):
            written = distort(strokes, np.random.default_rng(seed))
            self.assertEqual([len(stroke) for stroke in written], [4, 1])
            self.assertTrue(all(np.isfinite(stroke).all() for stroke in written))
            self.assertLess(np.ptp(np.concatenate(written)[:, 1]), 2.5)


if __name__ == "__main__":
    unittest.main()
