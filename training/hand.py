"""Makes a trained model adaptable to a person's hand: adds an output with features, and the constants of the few-shot step.

    python hand.py --data data --symbols unipen_symbols.npz              # once: writes data/hands.npz
    python hand.py --data data --model ../models/emnist-byclass.json     # changes the ONNX file and its descriptor
    python hand.py --data data --evaluate runs/hands.jsonl.gz            # what the evaluation command reads

The features are a linear projection of what the class layer sees and of the glyph itself, reduced to 7x7. The projection and
what people have in common are learnt by episodes (Vinyals et al., Matching Networks, arXiv 1606.04080): some drawings of one
person are examples, and others are to be read. The network stays as it is. `ink.neural.recognition.Hand` describes the step.

Every person is drawn with one pen, at the sizes that were written. So a small o has a thicker line than a capital O when both
are scaled to the same size. The same people also train with other slants and pens, as if they were others. In one of these
hands, all characters have the same size, as if nothing was known of the size that was written.
"""

import argparse
import base64
import copy
import gzip
import json
import math
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import onnx
import onnxruntime
import torch
import torch.nn.functional as F
from onnx import TensorProto, helper, numpy_helper

from classes import CHARACTERS, CLASSES
from data import Strokes
from export import write_json
from glyph import normalise_ink
from render import draw, to_unit

SIZE = 64  # of the features
SIDE = 200  # of a person's median character, in pixels
PEN = 0.06  # width of a held-out person's pen, in median characters
PENS = (0.04, 0.12)  # those of training
PER_CHARACTER = 12  # drawings of one character by one person in training
CHANGES = 4  # of the hand of each person in training
STEPS, EPISODES, QUERIES, LEARNING_RATE = 4000, 3, 120, 0.1
FACTORS = 4  # in which the characters of one person differ together from those of others
LEAST = 40  # drawings of a person in training
EXAMPLES = (1, 1, 2, 3, 3, 5)  # of a character, in an episode
TAUGHT = 3  # drawings of a character that the network does not know
OTHERS = 8  # its variance, relative to the mean of the characters that the network knows
FALSE_MATCHES = 0.0027  # share of drawings that are taken for it
FOLDS, REPEATS = 5, 5  # of the cross-validation
SEED = 28


@dataclass
class Drawings:
    """Glyphs [n, 28, 28] uint8 with the character and the person of each. Each person was drawn with one pen."""

    glyphs: np.ndarray
    characters: np.ndarray
    people: np.ndarray
    held_out: np.ndarray

    def of(self, members: np.ndarray) -> "Drawings":
        return Drawings(*(values[members] for values in vars(self).values()))


class Symbols(Strokes):
    def __init__(self, file: Path):
        data = np.load(file)
        super().__init__({"points": data["points"], "strokes": data["stroke_offsets"], "characters": data["char_offsets"]})
        self.characters_drawn, self.writers = data["symbols"], data["writers"]


def extent(strokes: Strokes, i: int) -> float:
    """The long side of a character as it was written."""
    first, end = strokes.strokes[strokes.characters[i]], strokes.strokes[strokes.characters[i + 1]]
    return float(np.ptp(strokes.points[first:end], 0).max())


def other_hand(random: np.random.Generator) -> np.ndarray:
    """A rotation, a slant and a stretch."""
    turn, slant = np.radians(random.normal(0, 8)), random.normal(0, 0.2)
    stretch = np.exp(random.normal(0, 0.18) * np.array([0.5, -0.5]))
    rotation = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    return (np.array([[1, 0], [slant, 1]]) * stretch) @ rotation


def drawn(strokes: list[np.ndarray], side: float, pen: float) -> np.ndarray:
    return (normalise_ink(draw(strokes, side, SIDE * pen)) * 255).round().astype(np.uint8)


def write_drawings(data: Path, symbols_file: Path) -> None:
    """Draws the characters and symbols of all people."""
    unipen = dict(np.load(data / "unipen.npz"))
    letters, symbols = Strokes(unipen), Symbols(symbols_file)
    held_out = set(unipen["writers"][unipen["held_out"]])
    members = np.concatenate([unipen["train"], unipen["held_out"]])
    random, rows = np.random.default_rng(SEED), []
    for person in np.unique(unipen["writers"][members]):
        own = random.permutation(members[unipen["writers"][members] == person])
        is_held_out = person in held_out
        if not is_held_out:
            own = np.concatenate([some[:PER_CHARACTER] for some in by_value(own, unipen["labels"][own])])
        sizes = np.array([extent(letters, i) for i in own])
        sides = SIDE * np.clip(sizes / np.median(sizes), 0.3, 3)
        pen = PEN if is_held_out else math.exp(random.uniform(*np.log(PENS)))
        for i, side in zip(own, sides):
            rows.append((drawn(letters[i], side, pen), CHARACTERS[unipen["labels"][i]], person, is_held_out))
        for i in np.flatnonzero(symbols.writers == person):
            side = SIDE * np.clip(extent(symbols, i) / np.median(sizes), 0.05, 3)
            rows.append((drawn(symbols[i], side, pen), symbols.characters_drawn[i], person, is_held_out))
        for number in range(0 if is_held_out else CHANGES):
            change, pen = other_hand(random), math.exp(random.uniform(*np.log(PENS)))
            for i, side in zip(own, sides if number else np.full(len(own), SIDE)):
                glyph = drawn(to_unit([stroke @ change for stroke in letters[i]]), side, pen)
                rows.append((glyph, CHARACTERS[unipen["labels"][i]], f"{person} changed {number}", False))
    glyphs, characters, people, is_held_out = (np.array(column) for column in zip(*rows))
    np.savez(data / "hands.npz", glyphs=glyphs, characters=characters, people=people, held_out=is_held_out)
    print(f"{len(glyphs)} drawings")


def by_value(members: np.ndarray, values: np.ndarray) -> list[np.ndarray]:
    """The members of each value."""
    order = np.argsort(values, kind="stable")
    changes = np.flatnonzero(values[order][1:] != values[order][:-1]) + 1
    return np.split(members[order], changes) if len(members) else []


class Hands:
    """The drawings of some people with what the network makes of them, as tensors."""

    def __init__(self, drawings: Drawings, session: onnxruntime.InferenceSession, outputs: list[str], descriptor: dict):
        self.labels = torch.tensor([CHARACTERS.find(c) for c in drawings.characters])  # -1 for a symbol
        self.symbols = drawings.characters
        _, people = np.unique(drawings.people, return_inverse=True)
        self.people = by_value(np.arange(len(people)), people)
        glyphs = torch.from_numpy(drawings.glyphs)[:, None] / 255
        further = further_inputs(descriptor)
        parts = [session.run(outputs, {"image": part.numpy()} | further) for part in glyphs.split(256)]
        network, logits, legible = (torch.from_numpy(np.concatenate(output)) for output in zip(*parts))
        self.log_p = (logits / descriptor["temperature"]).log_softmax(1)
        self.odds_of_none = torch.exp(-legible * descriptor["legibility"]["scale"] - descriptor["legibility"]["offset"])
        self.seen = torch.cat([network, F.avg_pool2d(glyphs, 4).flatten(1)], 1)

    def of(self, people: np.ndarray) -> "Hands":
        """Some of the people."""
        hands = copy.copy(self)
        hands.people = [self.people[person] for person in people]
        return hands


def further_inputs(descriptor: dict) -> dict:
    """What a cascade needs besides the glyphs."""
    if "cascade" not in descriptor:
        return {}
    prior = np.log(np.maximum(descriptor["priors"]["predict"], 1e-12)).astype(np.float32)
    return {"log_prior": prior, "threshold": np.array([descriptor["cascade"]["thresholds"]["predict"]], np.float32)}


class Step(torch.nn.Module):
    """The few-shot step. It knows how the characters of all people are distributed in the space of features."""

    def __init__(self, projection: torch.Tensor, means: torch.Tensor):
        super().__init__()
        self.projection, self.means = torch.nn.Parameter(projection), torch.nn.Parameter(means)
        self.factors = torch.nn.Parameter(0.3 + 0.1 * torch.randn(CLASSES, FACTORS))
        self.log_variances = torch.nn.Parameter(torch.full((CLASSES,), -0.3))
        self.log_noise, self.log_dimensions, self.log_spread = (torch.nn.Parameter(torch.tensor(v)) for v in (-0.4, 1.6, 0.0))

    def constants(self) -> list[torch.nn.Parameter]:
        return [self.log_noise, self.log_dimensions, self.log_spread]

    def features(self, seen: torch.Tensor) -> torch.Tensor:
        return seen @ self.projection

    def covariance(self) -> torch.Tensor:
        """Of what a person's characters differ by from the means."""
        return (self.factors @ self.factors.T + self.log_variances.exp().diag()) * self.log_spread.exp()

    def log_r(self, features, log_p, examples, labels) -> torch.Tensor:
        one_hot = F.one_hot(labels, CLASSES).float()
        counts = one_hot.sum(0)
        taught = counts.nonzero()[:, 0]
        covariance, noise = self.covariance(), self.log_noise.exp()
        of_examples = covariance[taught][:, taught] + (noise / counts[taught]).diag()
        gain = torch.linalg.solve(of_examples, covariance[taught]).T
        averages = (one_hot.T @ examples)[taught] / counts[taught, None]
        means = self.means + gain @ (averages - self.means[taught])
        variances = covariance.diag() - (gain * covariance[:, taught]).sum(1)
        of_person = self.log_density(features, means, variances + noise)
        return log_p + of_person - self.log_density(features, self.means, covariance.diag() + noise)

    def log_density(self, features, means, variances) -> torch.Tensor:
        distances = torch.cdist(features, means).pow(2)
        return -0.5 * (distances / variances + self.log_dimensions.exp() * variances.log())


def split(random, members: np.ndarray, labels: np.ndarray, k: int, share: float = 1) -> tuple[np.ndarray, np.ndarray]:
    """A person's examples, k of each character with more than k drawings, or of a share of these; and the other drawings."""
    examples, others = [], []
    members = random.permutation(members)
    for own in by_value(members, labels[members]):
        count = k if len(own) > k and random.random() < share else 0
        examples.append(own[:count])
        others.append(own[count:])
    return np.concatenate(examples), np.concatenate(others)


def episodes(hands: Hands, random: np.random.Generator):
    """Examples and drawings to be read. Mostly a person has given examples of every character, sometimes of a few."""
    labels = hands.labels.numpy()
    people = [own[labels[own] >= 0] for own in hands.people]
    people = [own for own in people if len(own) >= LEAST]
    while True:
        own = people[random.integers(len(people))]
        of_all = random.random() < 0.8
        examples, others = split(random, own, labels, random.choice(EXAMPLES), 1 if of_all else random.uniform(0.1, 1))
        if of_all and random.random() < 0.6:
            others = others[np.isin(labels[others], labels[examples])]
        if len(examples) and len(others):
            yield examples, random.permutation(others)[:QUERIES]


def train(step: Step, hands: Hands, parameters: list[dict], steps: int, seed: int = SEED) -> None:
    optimiser = torch.optim.Adam(parameters)
    rates = [group["lr"] for group in optimiser.param_groups]
    source = episodes(hands, np.random.default_rng(seed))
    for i in range(steps):
        for group, rate in zip(optimiser.param_groups, rates):
            group["lr"] = rate * min(1, (i + 1) / 50) * (0.5 + 0.5 * math.cos(math.pi * i / steps))
        optimiser.zero_grad()
        for _ in range(EPISODES):
            examples, others = next(source)
            features, of_examples = step.features(hands.seen[others]), step.features(hands.seen[examples])
            log_r = step.log_r(features, hands.log_p[others], of_examples, hands.labels[examples])
            (F.cross_entropy(log_r, hands.labels[others]) / EPISODES).backward()
        optimiser.step()


def discriminant(hands: Hands) -> torch.Tensor:
    """Linear discriminant analysis of what people write: variation within a person's character counts as noise."""
    groups = [own for person in hands.people for own in by_value(person, hands.symbols[person]) if len(own) > 1]
    seen = hands.seen.double()
    means = torch.stack([seen[own].mean(0) for own in groups])
    residuals = torch.cat([seen[own] - mean for own, mean in zip(groups, means)])
    within = residuals.T @ residuals / (len(residuals) - len(groups))
    within += 0.1 * within.diag().mean() * torch.eye(len(within))
    between = (means - means.mean(0)).T @ (means - means.mean(0)) / len(groups)
    whiten = torch.linalg.inv(torch.linalg.cholesky(within))
    projection = whiten.T @ torch.linalg.eigh(whiten @ between @ whiten.T).eigenvectors[:, -SIZE:]
    noise = (residuals @ projection).pow(2).sum(1).mean()
    return (0.7 * projection / (2 * noise).sqrt()).float()


def learn(training: Hands) -> Step:
    """The projection and what people have in common, learnt from people whose drawings the network has learnt, too."""
    projection, known = discriminant(training), training.labels >= 0
    totals = torch.zeros(CLASSES, SIZE).index_add(0, training.labels[known], training.seen[known] @ projection)
    step = Step(projection, totals / training.labels[known].bincount(minlength=CLASSES)[:, None])
    large = [{"params": [p], "lr": LEARNING_RATE * p.abs().mean().item()} for p in (step.projection, step.means)]
    small = {"params": [step.factors, step.log_variances, *step.constants()], "lr": 0.02}
    train(step, training, [*large, small], STEPS)
    return step


def fitted(step: Step, hands: Hands) -> Step:
    """The step with the three constants that suit people whom the network has not met."""
    step = copy.deepcopy(step)
    train(step, hands, [{"params": step.constants(), "lr": 0.03}], 100)
    return step


def cross_validate(step: Step, hands: Hands) -> None:
    """Prints what examples gain if the constants are fitted to other people than those whose drawings are read."""
    folds = np.random.default_rng(SEED).permutation(len(hands.people)) % FOLDS
    right = {k: [] for k in (1, 3, 5)}
    for fold in range(FOLDS):
        own = fitted(step, hands.of(np.flatnonzero(folds != fold)))
        for k, answers in right.items():
            answers.append(read_with_examples(own, hands.of(np.flatnonzero(folds == fold)), k))
    for k, answers in right.items():
        before, after = 100 * np.concatenate(answers, 1).mean(1)
        print(f"cross-validation, {k} of each character: {before:.2f} % to {after:.2f} %, {after - before:+.2f}")


@torch.no_grad()
def read_with_examples(step: Step, hands: Hands, k: int) -> np.ndarray:
    """Whether each drawing of the characters with examples is read right without them, and with them."""
    labels, right = hands.labels.numpy(), []
    for repeat in range(REPEATS):
        random = np.random.default_rng(repeat)
        for own in hands.people:
            examples, others = split(random, own[labels[own] >= 0], labels, k)
            others = others[np.isin(labels[others], labels[examples])]
            if len(others):
                log_p, of_examples = hands.log_p[others], step.features(hands.seen[examples])
                log_r = step.log_r(step.features(hands.seen[others]), log_p, of_examples, hands.labels[examples])
                right.append([scores.argmax(1).numpy() == labels[others] for scores in (log_p, log_r)])
    return np.concatenate(right, 1)


@torch.no_grad()
def in_bytes(step: Step, hands: Hands) -> Step:
    """The same step with features that fit into bytes, but for one in 10,000."""
    step = copy.deepcopy(step)
    scale = 127 / float(np.quantile(step.features(hands.seen).abs().numpy(), 0.9999))
    step.projection.mul_(scale)
    step.means.copy_(step.means.mul(scale).round().clamp(-127, 127))
    step.factors.mul_(scale)
    step.log_variances.add_(2 * math.log(scale))
    step.log_noise.add_(2 * math.log(scale))
    return step


@torch.no_grad()
def description(step: Step) -> dict:
    """The descriptor's member `features`, but for the novelty."""
    spread, mean = step.log_spread.exp(), step.means.mean(0).round()
    variances, factors = step.log_variances.exp() * spread, step.factors * spread.sqrt()
    return {
        "output": "features",
        "size": SIZE,
        "noise": round(step.log_noise.exp().item(), 1),
        "dimensions": round(step.log_dimensions.exp().item(), 3),
        "labels": {
            label: character(*values) for label, *values in zip(CHARACTERS, step.means, variances.tolist(), factors.tolist())
        },
        "other": character(mean, OTHERS * step.covariance().diag().mean().item(), [0.0] * FACTORS),
    }


def character(mean: torch.Tensor, variance: float, factors: list[float]) -> dict:
    in_base64 = base64.b64encode(mean.numpy().astype(np.int8).tobytes()).decode()
    return {"mean": in_base64, "variance": round(variance, 1), "factors": [round(factor, 2) for factor in factors]}


@torch.no_grad()
def fit_novelty(step: Step, hands: Hands) -> float:
    """The largest novelty with which few letters and digits are taken for a symbol that was taught with three drawings."""
    random, limits = np.random.default_rng(SEED), []
    features, labels = step.features(hands.seen).round().clamp(-127, 127), hands.labels.numpy()
    mean, noise = step.means.mean(0, keepdim=True), step.log_noise.exp()
    variance = OTHERS * step.covariance().diag().mean()
    gain = variance / (variance + noise / TAUGHT)
    for own in hands.people:
        letters, symbols = own[labels[own] >= 0], own[labels[own] < 0]
        best = hands.log_p[letters].amax(1)
        for symbol in by_value(symbols, hands.symbols[symbols]):
            if len(symbol) >= TAUGHT and len(letters):
                taught = mean + gain * (features[random.permutation(symbol)[:TAUGHT]].mean(0) - mean)
                of_person = step.log_density(features[letters], taught, (1 - gain) * variance + noise)
                of_all = step.log_density(features[letters], mean, variance + noise)
                # The letter is taken for the symbol if novelty * odds * the ratio exceeds its best probability.
                limits.append((best - (of_person - of_all)[:, 0]).exp() / hands.odds_of_none[letters])
    return float(f"{np.quantile(torch.cat(limits).numpy(), FALSE_MATCHES):.2g}")


def class_layer(graph: onnx.GraphProto) -> onnx.NodeProto:
    """The dense layer that computes the logits: in a cascade, that of the first network."""
    logits = "first.logits" if any("first.logits" in node.output for node in graph.node) else "logits"
    layer = next((node for node in graph.node if node.op_type == "Gemm" and logits in node.output), None)
    if layer is None:
        raise SystemExit(f"no dense layer computes {logits}")
    return layer


def with_outputs(model: onnx.ModelProto, outputs: dict) -> onnx.ModelProto:
    """The model with further outputs, by name the shape of each."""
    changed = onnx.ModelProto()
    changed.CopyFrom(model)
    present = {output.name for output in model.graph.output}
    for name, shape in outputs.items():
        if name not in present:
            changed.graph.output.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))
    return changed


def add_features(model: onnx.ModelProto, seen: str, projection: np.ndarray) -> onnx.ModelProto:
    """Adds the nodes that compute the output `features`."""
    model = with_outputs(model, {"features": ["n", SIZE]})
    model.graph.initializer.append(numpy_helper.from_array(projection, "hand.projection"))
    model.graph.node.extend(
        [
            helper.make_node("AveragePool", ["image"], ["hand.pooled"], "hand.pool", kernel_shape=[4, 4], strides=[4, 4]),
            helper.make_node("Flatten", ["hand.pooled"], ["hand.glyph"], "hand.flatten"),
            helper.make_node("Concat", [seen, "hand.glyph"], ["hand.seen"], "hand.concat", axis=1),
            helper.make_node("MatMul", ["hand.seen", "hand.projection"], ["features"], "hand.project"),
        ]
    )
    onnx.checker.check_model(model, full_check=True)
    return model


def without_features(model: onnx.ModelProto) -> onnx.ModelProto:
    """The model as it was before it got features, if it has some."""
    graph = model.graph
    for values in (graph.node, graph.initializer, graph.output):
        kept = [v for v in values if not v.name.startswith("hand.") and v.name != "features"]
        del values[:]
        values.extend(kept)
    return model


def read(data: Path) -> tuple[Drawings, Drawings]:
    """The drawings of people to train on, and of held-out people."""
    file = np.load(data / "hands.npz")
    drawings = Drawings(*(file[name] for name in ("glyphs", "characters", "people", "held_out")))
    return drawings.of(~drawings.held_out), drawings.of(drawings.held_out)


def adapt(descriptor_file: Path, data: Path) -> None:
    """Adds features and constants to a model."""
    descriptor = json.loads(descriptor_file.read_text())
    file = descriptor_file.with_name(descriptor["file"])
    model = without_features(onnx.load(file))
    layer = class_layer(model.graph)
    seen, logits = layer.input[0], layer.output[0]
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # more threads gain nothing with a network this small
    session = onnxruntime.InferenceSession(with_outputs(model, {seen: None, logits: None}).SerializeToString(), options)
    training, held_out = read(data)
    # The second network of a cascade knows the drawings of training so well that it hardly leaves anything to learn.
    step = learn(Hands(training, session, [seen, logits, "legibility"], descriptor))
    hands = Hands(held_out, session, [seen, "logits", "legibility"], descriptor)
    cross_validate(step, hands)
    step = in_bytes(fitted(step, hands), hands)
    onnx.save(add_features(model, seen, step.projection.detach().numpy()), file)
    descriptor["features"] = description(step) | {"novelty": fit_novelty(step, hands)}
    write_json(descriptor_file, descriptor)
    print({name: descriptor["features"][name] for name in ("noise", "dimensions", "novelty")})


def write_evaluation(data: Path, out: Path) -> None:
    """The glyphs of held-out people as pictures, black on white: an object per line, as the text evaluation reads it."""
    _, held_out = read(data)
    with gzip.open(out, "wt", compresslevel=6) as lines:
        for glyph, character, person in zip(held_out.glyphs, held_out.characters, held_out.people):
            picture = cv2.copyMakeBorder(255 - glyph, *[2] * 4, cv2.BORDER_CONSTANT, value=255)
            image = "data:image/png;base64," + base64.b64encode(cv2.imencode(".png", picture)[1]).decode()
            group = "character" if character in CHARACTERS else "symbol"
            lines.write(json.dumps({"text": str(character), "group": group, "writer": str(person), "image": image}) + "\n")
    print(f"{out}: {len(held_out.glyphs)} drawings of {len(set(held_out.people))} people")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("data"))
    parser.add_argument("--symbols", type=Path, help="unipen_symbols.npz; writes the drawings")
    parser.add_argument("--model", type=Path, help="a descriptor; adds features to the model")
    parser.add_argument("--evaluate", type=Path, help="a file for the evaluation command")
    args = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    if args.symbols:
        write_drawings(args.data, args.symbols)
    if args.model:
        adapt(args.model, args.data)
    if args.evaluate:
        write_evaluation(args.data, args.evaluate)


if __name__ == "__main__":
    main()
