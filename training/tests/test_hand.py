"""The few-shot step as trained is the one of the program, and a model gets its features without other changes."""

import base64
import json
import math
import sys
import unittest
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import hand
from classes import CHARACTERS

GOLDEN = Path(__file__).resolve().parents[2] / "src/test/resources/golden/hand.json"


def features_of(described: dict) -> torch.Tensor:
    return torch.from_numpy(np.frombuffer(base64.b64decode(described["features"]), np.int8).astype(np.float32))


def small_model() -> onnx.ModelProto:
    random = np.random.default_rng(1)
    weights = {"dense": random.normal(size=(784, 5)), "classes": random.normal(size=(5, 62))}
    nodes = [
        helper.make_node("Flatten", ["image"], ["flat"]),
        helper.make_node("MatMul", ["flat", "dense"], ["seen"]),
        helper.make_node("Gemm", ["seen", "classes"], ["logits"]),
    ]
    graph = helper.make_graph(
        nodes,
        "small",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["n", 1, 28, 28])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["n", 62])],
        [numpy_helper.from_array(values.astype(np.float32), name) for name, values in weights.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)


def step_of(described: dict) -> hand.Step:
    labels = [described["labels"][label] for label in CHARACTERS]
    means = torch.stack([features_of({"features": label["mean"]}) for label in labels])
    step = hand.Step(torch.eye(64), means)
    step.factors.data = torch.tensor([label["factors"] for label in labels])
    step.log_variances.data = torch.tensor([label["variance"] for label in labels]).log()
    for name in ("noise", "dimensions"):
        getattr(step, f"log_{name}").data.fill_(math.log(described[name]))
    return step


class HandTest(unittest.TestCase):
    def test_step_is_that_of_the_golden_file(self):
        golden = json.loads(GOLDEN.read_text())
        step = step_of(golden["constants"])
        compared = 0
        for case in golden["cases"]:
            labels = [CHARACTERS.find(example["label"]) for example in case["examples"]]
            if min(labels) < 0:
                continue
            examples = torch.stack([features_of(example) for example in case["examples"]])
            log_p = torch.tensor(case["probabilities"]).log()[None]
            with torch.no_grad():
                log_r = step.log_r(features_of(case)[None], log_p, examples, torch.tensor(labels))
            actual = log_r.softmax(1)[0].numpy()
            np.testing.assert_allclose(actual, case["expected"]["probabilities"], atol=1e-4)
            compared += 1
        self.assertGreater(compared, 2)

    def test_description_is_that_of_the_step(self):
        step = hand.Step(torch.eye(64), torch.zeros(62, 64))
        step.log_spread.data.fill_(0.7)
        step.factors.data.mul_(50)
        step.log_variances.data.add_(7)
        described = step_of(json.loads(json.dumps(hand.description(step))))
        np.testing.assert_allclose(described.covariance().detach(), step.covariance().detach(), rtol=1e-2)

    def test_features_are_added_beside_the_classes(self):
        random = np.random.default_rng(2)
        plain = small_model()
        image = random.random((3, 1, 28, 28), np.float32)
        expected = onnxruntime.InferenceSession(plain.SerializeToString()).run(["logits"], {"image": image})[0]
        seen = hand.class_layer(plain.graph).input[0]
        for _ in range(2):  # the second time it replaces what it has added
            projection = random.normal(size=(5 + 49, hand.SIZE)).astype(np.float32)
            model = hand.add_features(hand.without_features(plain), seen, projection)
            logits, features = onnxruntime.InferenceSession(model.SerializeToString()).run(
                ["logits", "features"], {"image": image}
            )
            np.testing.assert_array_equal(logits, expected)
            pooled = image.reshape(3, 7, 4, 7, 4).mean((2, 4)).reshape(3, 49)
            dense = image.reshape(3, 784) @ numpy_helper.to_array(plain.graph.initializer[0])
            np.testing.assert_allclose(features, np.concatenate([dense, pooled], 1) @ projection, rtol=1e-3, atol=1e-3)
            plain = model


if __name__ == "__main__":
    unittest.main()
