"""Writes the tiny models of the Java tests: each tells in which quarter of the glyph most of the ink is.

Run it here, with numpy and onnx installed: python make.py
"""

import json

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SIZE = 28
QUARTERS = {"0": "a", "1": "b", "2": "c", "3": "d"}     # upper left, upper right, lower left, lower right


def weights() -> np.ndarray:
    """[784, 4]: each pixel counts for its quarter."""
    quarter = np.add.outer(np.arange(SIZE) // (SIZE // 2) * 2, np.arange(SIZE) // (SIZE // 2)).ravel()
    return np.eye(4, dtype=np.float32)[quarter] / 10


def save(name: str, shape: list, nodes: list, outputs: dict, constants: dict) -> None:
    graph = helper.make_graph(
        nodes, name, [helper.make_tensor_value_info("image", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info(output, TensorProto.FLOAT, of) for output, of in outputs.items()],
        [numpy_helper.from_array(value, constant) for constant, value in constants.items()])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, f"{name}.onnx")


def flat(then: str) -> list:
    return [helper.make_node("Flatten", ["image"], ["flat"]), helper.make_node("MatMul", ["flat", "weights"], [then])]


def describe(name: str, **changes) -> None:
    descriptor = {"name": name, "version": "1", "file": "quarters.onnx", "labels": "quarters-labels.json",
                  "size": SIZE, "box": 24, "fit": "aspect", "orientation": "upright", **changes}
    with open(f"{name}.json", "w") as file:
        json.dump(descriptor, file, indent=2)


with open("quarters-labels.json", "w") as file:
    json.dump(QUARTERS, file)
with open("three-labels.json", "w") as file:
    json.dump({"0": "a", "1": "b", "2": "c"}, file)

# Logits, the sum of all ink less 50 as a legibility logit, and the ink of each quarter as features.
save("quarters", ["n", 1, SIZE, SIZE],
     [*flat("logits"), helper.make_node("ReduceSum", ["flat", "axes"], ["ink"], keepdims=0),
      helper.make_node("Sub", ["ink", "enough"], ["legibility"]),
      helper.make_node("Mul", ["logits", "ten"], ["features"])],
     {"logits": ["n", 4], "legibility": ["n"], "features": ["n", 4]},
     {"weights": weights(), "axes": np.array([1]), "enough": np.float32(50), "ten": np.float32(10)})
# As Keras exports: channels last, probabilities.
save("quarters-keras", ["n", SIZE, SIZE, 1],
     [*flat("logits"), helper.make_node("Softmax", ["logits"], ["probabilities"], axis=1)],
     {"probabilities": ["n", 4]}, {"weights": weights()})
# An input of three colours, which nothing here has.
save("colours", ["n", 3, SIZE, SIZE],
     [helper.make_node("ReduceMean", ["image"], ["logits"], axes=[2, 3], keepdims=0)], {"logits": ["n", 3]}, {})

with open("quarters.onnx", "rb") as file, open("cut.onnx", "wb") as cut:
    cut.write(file.read()[:1000])

FEATURES = {"output": "features", "size": 4, "noise": 100, "dimensions": 4, "novelty": 0.1, "labels": {},
            "other": {"mean": "AAAAAA==", "variance": 50000, "factors": []}}
LEGIBILITY = {"output": "legibility", "threshold": 0.5, "scale": 0.5, "offset": 1.0}
describe("upright", legibility=LEGIBILITY, features=FEATURES, temperature=2.0,
         priors={"predict": [0.25] * 4, "benchmark": [0.97, 0.01, 0.01, 0.01]})
describe("mirrored", orientation="mirrored")
describe("transposed", orientation="transposed")
describe("original", file="quarters-keras.onnx", box=20, fit="stretch", orientation="mirrored", output="probabilities")
describe("cut", file="cut.onnx")
describe("absent", file="absent.onnx")
describe("colours", file="colours.onnx")
describe("too-few-labels", labels="three-labels.json")
describe("wrong-prior", priors={"predict": [0.5, 0.5]})
describe("wrong-legibility", legibility={**LEGIBILITY, "output": "absent"})
describe("wrong-features", features={**FEATURES, "size": 5, "other": {**FEATURES["other"], "mean": "AAAAAAA="}})
describe("wrong-fit", fit="somehow")
describe("cold", temperature=0)
