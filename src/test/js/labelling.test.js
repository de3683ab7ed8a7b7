import assert from 'node:assert/strict';
import { test } from 'node:test';
import Labelling, { surplus } from '../../main/webapp/js/labelling.js';

/** @typedef {import('../../main/webapp/js/protocol').Answer} Answer */
/** @typedef {import('../../main/webapp/js/strokes.js').Drawing} Drawing */

Object.assign(globalThis, {
  document: Object.assign(new EventTarget(), { getElementById: () => ({ dataset: {} }) }),
  BroadcastChannel: undefined,
});

/** @param {number} x @returns {Drawing} */
const drawing = (x) => ({ strokes: [{ width: 16, points: [[x, 2]] }], picture: null });

/** @type {Answer} */
const answer = {
  predictions: [{ label: 'g', confidence: 0.9 }],
  legibility: 1,
  features: 'AAA=',
  model: 'quarters@1',
  network: { predictions: [...'9qgsaz'].map((label) => ({ label, confidence: 1 / 6 })), legibility: 0.9 },
};

/** Examples in a browser that keeps nothing. */
function setUp() {
  const model = Object.assign(new EventTarget(), { classes: [], id: '', description: null });
  return new Labelling(/** @type {any} */ ({ model, answerView: {}, readLater: () => {}, askAgain: () => {} }));
}

/** @param {{label: string}[]} examples */
const labels = (examples) => examples.map(({ label }) => label).join('');

test('of a drawing, what the network alone says and its features are kept', () => {
  const labelling = setUp();
  labelling.add('q', drawing(1), answer);
  const [{ id, ...kept }] = labelling.examples;
  assert.ok(Math.abs(id - Date.now()) < 60_000);
  assert.deepEqual(kept, {
    label: 'q',
    drawing: drawing(1),
    answer: { predictions: answer.network?.predictions.slice(0, 5), legibility: 0.9, ink: undefined },
    model: { name: 'quarters', version: '1' },
    features: { model: 'quarters@1', values: 'AAA=' },
  });
});

test('a drawing is kept once, as what was said last', () => {
  const labelling = setUp();
  labelling.add('q', drawing(1), answer);
  labelling.add('z', drawing(2), answer);
  labelling.add('g', drawing(1), answer);
  assert.equal(labels(labelling.examples), 'zg');
});

test('what the model says later is added to the example as it is by then', () => {
  const labelling = setUp();
  labelling.add('q', drawing(1));
  labelling.add('z', drawing(2), answer);
  const asked = labelling.examples;
  labelling.add('g', drawing(1));
  const again = { ...answer, features: 'AQE=', model: 'quarters@2' };
  labelling.keepAnswers(asked.map((example) => ({ example, answer: again })));
  const [z, g] = labelling.examples;
  assert.deepEqual([z.label, z.model.version, z.features], ['z', '1', { model: 'quarters@2', values: 'AQE=' }]);
  assert.deepEqual([g.label, g.model.version, g.features], ['g', '2', { model: 'quarters@2', values: 'AQE=' }]);
  labelling.forget(labelling.examples);
  labelling.keepAnswers(asked.map((example) => ({ example, answer })));
  assert.equal(labels(labelling.examples), '', 'what was forgotten stays forgotten');
});

test('what was forgotten can be brought back', () => {
  const labelling = setUp();
  for (const [i, label] of [...'abc'].entries()) labelling.add(label, drawing(i));
  const [c, , a] = labelling.examples;
  labelling.forget([c, a]);
  assert.equal(labels(labelling.examples), 'b');
  labelling.restore([c, a]);
  assert.equal(labels(labelling.examples), 'cba');
});

test('a file adds the drawings that are not there yet', () => {
  const labelling = setUp();
  labelling.add('q', drawing(1));
  const date = Date.parse('2026-01-02T03:04:05Z');
  const file = [...'gzyz'].map((label, i) => ({ label, drawing: drawing([1, 2, 3, 2][i]), date }));
  assert.equal(labelling.merge(file), 2);
  assert.deepEqual([...labels(labelling.examples)].sort(), ['q', 'y', 'z']);
  assert.equal(labels(labelling.examples)[0], 'q', 'the others are older');
  assert.equal(labelling.merge(file), 0);
});

test('of too many examples, the oldest of the character that has the most go', () => {
  const examples = [...'aaabbbbc'].map((label, i) => ({ id: i, label }));
  const left = (/** @type {number} */ limit) => {
    const dropped = surplus(examples, limit);
    return examples.filter((example) => !dropped.includes(example)).map(({ label, id }) => label + id);
  };
  assert.deepEqual(left(8), ['a0', 'a1', 'a2', 'b3', 'b4', 'b5', 'b6', 'c7']);
  assert.deepEqual(left(7), ['a0', 'a1', 'a2', 'b4', 'b5', 'b6', 'c7']);
  assert.equal(left(5).length, 5);
  assert.deepEqual(left(3), ['a2', 'b6', 'c7']);
});

test('no more than 500 examples are kept', () => {
  const labelling = setUp();
  const date = Date.parse('2026-01-02T03:04:05Z');
  labelling.merge(Array.from({ length: 500 }, (_, i) => ({ label: i < 400 ? 'a' : 'b', drawing: drawing(i), date })));
  labelling.add('c', drawing(-1));
  const { examples } = labelling;
  assert.equal(examples.length, 500);
  assert.equal(examples[0].label, 'c');
  assert.ok(!examples.some(({ drawing: { strokes } }) => strokes[0].points[0][0] === 0), 'the oldest a is gone');
});
