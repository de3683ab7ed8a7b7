import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { applyExamples, decodeFeatures } from '../../main/webapp/js/few-shot.js';

const FEW_SHOT = { output: 'features', weight: 3, bandwidth: 100, novelty: 0.04 };
const LABELS = ['a', 'b'];

/** @param {number[]} values */
const bytes = (...values) => Int8Array.from(values);

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

test('an example that equals the drawing counts by its weight', () => {
  const answer = ask({ probabilities: [0.84, 0.16], examples: [['b', bytes(0, 0)]] });
  near(answer.b, (0.16 + 3 * 0.4) / (1 + 3 * 0.4));
});

test('an example that looks different changes nothing', () => {
  const answer = ask({ probabilities: [0.9, 0.1], examples: [['b', bytes(120, -120)]] });
  near(answer.a, 0.9);
});

test('what the network finds unlikely needs more to be believed', () => {
  const [likely, unlikely] = [0.1, 0.001].map((p) =>
    ask({ probabilities: [1 - p, p], examples: [['b', bytes(0, 0)]] }),
  );
  assert.ok(likely.b > 2 * unlikely.b);
});

test('examples of a character that the network does not know add it', () => {
  const answer = ask({ probabilities: [0.5, 0.5], examples: [['é', bytes(3, 4)]] });
  assert.deepEqual(Object.keys(answer), ['a', 'b', 'é', 'legibility']);
  const own = 3 * 0.2 * Math.exp(-0.25);
  near(answer.é, own / (1 + own));
});

test('the more examples resemble the drawing, the more they count', () => {
  const answers = [1, 2, 3, 9].map((count) => {
    const examples = Array.from({ length: count }, () => /** @type {[string, Int8Array]} */ (['a', bytes(2, 2)]));
    return ask({ probabilities: [0.2, 0.8], examples }).a;
  });
  assert.ok(answers.every((confidence, i) => i === 0 || confidence > answers[i - 1]));
});

test('what resembles an example is a character', () => {
  const legibility = (/** @type {Int8Array} */ features) =>
    ask({ probabilities: [0.84, 0.16], legibility: 0.2, examples: [['b', features]] }).legibility;
  near(legibility(bytes(120, -120)), 0.2);
  near(legibility(bytes(0, 0)), 0.2 + (0.8 * 1.2) / 2.2);
});

test('a drawing that is hardly legible is the more likely a character that the network does not know', () => {
  const confidence = (/** @type {number} */ legibility) =>
    ask({ probabilities: [0.5, 0.5], legibility, examples: [['é', bytes(0, 0)]] }).é;
  near(confidence(0.5), 0.6 / 1.6);
  near(confidence(0), 3 / 4);
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
