import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyExamples, decodeFeatures, legibilityWith } from '../../main/webapp/js/few-shot.js';

const FEW_SHOT = { output: 'features', size: 2, concentration: 1, weight: 3, bandwidth: 100, novelty: 0.5 };
const LABELS = ['a', 'b'];

/** @param {number[]} values */
const bytes = (...values) => Int8Array.from(values);

/**
 * @param {{probabilities: number[], examples: [string, Int8Array][]}} question about a drawing with the features 0 and 0
 * @returns {Record<string, number>} the probability of each label, and the share of the examples
 */
function ask({ probabilities, examples }) {
  const own = examples.map(([label, features]) => ({ label, features }));
  const { labels, scores, share } = applyExamples(LABELS, probabilities, bytes(0, 0), own, FEW_SHOT);
  const sum = scores.reduce((total, score) => total + Math.exp(score), 0);
  return { ...Object.fromEntries(labels.map((label, i) => [label, Math.exp(scores[i]) / sum])), share };
}

/** @param {number} actual @param {number} expected */
const near = (actual, expected) => assert.ok(Math.abs(actual - expected) < 1e-9, `${actual}, not ${expected}`);

test('an example that equals the drawing counts by its weight', () => {
  const answer = ask({ probabilities: [0.9, 0.1], examples: [['b', bytes(0, 0)]] });
  near(answer.a, 0.9 / (0.9 + 0.05 + 1.5));
  near(answer.b, 1.55 / 2.45);
  near(answer.share, 1.5 / 2.45);
});

test('an example that looks different takes nothing from the others', () => {
  const answer = ask({ probabilities: [0.9, 0.1], examples: [['b', bytes(120, -120)]] });
  near(answer.a, 0.9 / 0.95);
  near(answer.share, 0);
});

test('examples of a character that the network does not know add it, and count less', () => {
  const known = ask({ probabilities: [0.5, 0.5], examples: [['b', bytes(3, 4)]] });
  const unknown = ask({ probabilities: [0.5, 0.5], examples: [['é', bytes(3, 4)]] });
  assert.deepEqual(Object.keys(unknown), ['a', 'b', 'é', 'share']);
  near(unknown.é, (0.75 * Math.exp(-0.25)) / (1 + 0.75 * Math.exp(-0.25)));
  assert.ok(unknown.share < known.share);
});

test('the more examples, the more they count', () => {
  const shares = [1, 2, 3, 9].map((count) => {
    const examples = Array.from({ length: count }, () => /** @type {[string, Int8Array]} */ (['a', bytes(2, 2)]));
    return ask({ probabilities: [0.2, 0.8], examples }).share;
  });
  assert.deepEqual(
    shares,
    [...shares].sort((a, b) => a - b),
  );
});

test('what resembles an example is a character', () => {
  assert.equal(legibilityWith(0.2, 0), 0.2);
  assert.equal(legibilityWith(0.2, 1), 1);
  near(legibilityWith(0.2, 0.5), 0.6);
});

test('features are signed bytes in base64', () => {
  assert.deepEqual([...decodeFeatures('fwCB')], [127, 0, -127]);
});
