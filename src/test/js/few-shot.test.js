import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { applyExamples, decodeFeatures } from '../../main/webapp/js/few-shot.js';

/** @param {number[]} values */
const bytes = (...values) => Int8Array.from(values);

/** @type {(mean: number[], variance: number, factor: number) => import('../../main/webapp/js/few-shot.js').Normal} */
const normal = (mean, variance, factor) => ({
  mean: btoa(String.fromCharCode(...mean.map((value) => value & 255))),
  variance,
  factors: [factor],
});

const LABELS = ['a', 'b', 'c'];
/** People write b and c in the same way. */
const FEW_SHOT = {
  output: 'features',
  noise: 100,
  dimensions: 2,
  novelty: 0.04,
  labels: { a: normal([30, 0], 300, 0), b: normal([-30, 0], 100, 20), c: normal([0, 30], 100, 20) },
  other: normal([0, 0], 5000, 0),
};

/** The density of the drawing, if its character has this mean and variance in each of the two dimensions. @type {(x: number, y: number, variance: number) => number} */
const density = (x, y, variance) => Math.exp(-(x ** 2 + y ** 2) / variance / 2) / variance;

/**
 * @param {{probabilities: number[], legibility?: number, examples: [string, Int8Array][]}} question about a drawing with the
 *   features 0 and 0
 * @returns {Record<string, number>} the probability of each label, and the legibility
 */
function ask({ probabilities, legibility, examples }) {
  const recognition = { labels: LABELS, probabilities, legibility, features: bytes(0, 0) };
  const own = examples.map(([label, features]) => ({ label, features }));
  const { labels, scores, ...rest } = applyExamples(recognition, own, FEW_SHOT);
  const sum = scores.reduce((total, score) => total + Math.exp(score), 0);
  return { ...Object.fromEntries(labels.map((label, i) => [label, Math.exp(scores[i]) / sum])), ...rest };
}

/** @param {number} actual @param {number} expected */
const near = (actual, expected) => assert.ok(Math.abs(actual - expected) < 1e-9, `${actual}, not ${expected}`);

test('without examples, the network is believed', () => {
  const answer = ask({ probabilities: [0.7, 0.2, 0.1], examples: [] });
  [0.7, 0.2, 0.1].forEach((expected, i) => near(answer[LABELS[i]], expected));
});

test('an example moves its character towards itself', () => {
  const answer = ask({ probabilities: [0.2, 0.8, 0], examples: [['a', bytes(-10, 8)]] });
  // The mean moves by 300 / (300 + 100) of the way, and as much of the variance of 300 goes.
  const own = (0.2 * density(0, 6, 75 + 100)) / density(30, 0, 400);
  near(answer.a, own / (own + 0.8));
});

test('an example moves the characters that people write in the same way', () => {
  const answer = ask({ probabilities: [0.4, 0.3, 0.3], examples: [['b', bytes(-30, -60)]] });
  // An example of b has a variance of 500 + 100, of which it shares 400 with c.
  const b = (0.3 * density(-30, -50, 500 / 6 + 100)) / density(-30, 0, 600);
  const c = (0.3 * density(0, 30 - 40, 500 - 800 / 3 + 100)) / density(0, 30, 600);
  near(answer.b, b / (0.4 + b + c));
  near(answer.c, c / (0.4 + b + c));
});

test('what the network excludes remains unlikely', () => {
  const answer = ask({ probabilities: [1 - 1e-7, 1e-7, 0], examples: [['b', bytes(0, 0)]] });
  assert.ok(answer.a > 0.99);
});

test('examples of a character that the network does not know add it', () => {
  const answer = ask({ probabilities: [0.5, 0.5, 0], examples: [['é', bytes(0, 51)]] });
  assert.deepEqual(Object.keys(answer), ['a', 'b', 'c', 'é', 'legibility']);
  const own = (0.04 * density(0, 50, 5000 / 51 + 100)) / density(0, 0, 5100);
  near(answer.é, own / (1 + own));
});

test('the more examples resemble the drawing, the more they count', () => {
  const answers = [1, 2, 3, 9].map((count) => {
    const examples = Array.from({ length: count }, () => /** @type {[string, Int8Array]} */ (['a', bytes(2, 2)]));
    return ask({ probabilities: [0.2, 0.8, 0], examples }).a;
  });
  assert.ok(answers.every((confidence, i) => i === 0 || confidence > answers[i - 1]));
});

test('what resembles an example is a character', () => {
  const legibility = (/** @type {Int8Array} */ features) =>
    ask({ probabilities: [0.8, 0.1, 0.1], legibility: 0.2, examples: [['a', features]] }).legibility;
  near(legibility(bytes(120, -120)), 0.2);
  const gained = 0.8 * (density(0, 0, 175) / density(30, 0, 400) - 1);
  near(legibility(bytes(-10, 0)), 1 - 0.8 / (1 + gained));
});

test('a drawing that is hardly legible is the more likely a character that the network does not know', () => {
  const confidence = (/** @type {number} */ legibility) =>
    ask({ probabilities: [0.5, 0.5, 0], legibility, examples: [['é', bytes(0, 0)]] }).é;
  const own = density(0, 0, 5000 / 51 + 100) / density(0, 0, 5100);
  near(confidence(0.5), (0.04 * own) / (0.04 * own + 1));
  near(confidence(0), own / (own + 1));
  near(confidence(1), 0);
});

test('features are signed bytes in base64', () => {
  assert.deepEqual([...decodeFeatures('fwCB')], [127, 0, -127]);
});

/**
 * What the Java program answers.
 * @type {{constants: any, labels: string[], cases: {features: string, probabilities: number[], legibility: number,
 *   examples: {label: string, features: string}[], expected: {labels: string[], probabilities: number[], legibility: number}}[]}}
 */
const golden = JSON.parse(readFileSync(new URL('../resources/golden/hand.json', import.meta.url), 'utf8'));

for (const [i, { features, probabilities, legibility, examples, expected }] of golden.cases.entries()) {
  test(`golden case ${i} is answered as by the server`, () => {
    const own = examples.map(({ label, features }) => ({ label, features: decodeFeatures(features) }));
    const recognition = { labels: golden.labels, probabilities, legibility, features: decodeFeatures(features) };
    const { labels, scores, ...adapted } = applyExamples(recognition, own, golden.constants);
    const sum = scores.reduce((total, score) => total + Math.exp(score), 0);
    assert.deepEqual(labels, expected.labels);
    scores.forEach((score, j) =>
      assert.ok(Math.abs(Math.exp(score) / sum - expected.probabilities[j]) < 1e-6, labels[j]),
    );
    assert.ok(Math.abs((adapted.legibility ?? 0) - expected.legibility) < 1e-6);
  });
}
