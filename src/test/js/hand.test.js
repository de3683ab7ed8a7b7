import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { applyExamples } from '../../main/webapp/js/few-shot.js';
import { guideLikelihoods } from '../../main/webapp/js/device/guide-model.js';
import { rank } from '../../main/webapp/js/device/recognition.js';
import { Hand } from '../../main/webapp/js/hand.js';
import { Model } from '../../main/webapp/js/model.js';
import { hand } from '../../main/webapp/js/predict.js';
import { pass, until } from './clock.js';
import { serve } from './fake-server.js';

const CLASSES = ['0', '1', 'a', 'b'];
const DESCRIPTION = {
  name: 'quarters',
  version: '1',
  classes: CLASSES,
  features: 2,
  hashes: { file: 'f', descriptor: 'd' },
};
const FEW_SHOT = {
  output: 'features',
  noise: 100,
  dimensions: 2,
  novelty: 0.5,
  labels: {},
  other: { mean: btoa('\0\0'), variance: 5000, factors: [] },
};
/** @type {[[number, number], [number, number]]} */
const covariance = [
  [0.1, 0],
  [0, 0.1],
];
const NORMALS = Object.fromEntries(
  CLASSES.map((label, i) => [label, { mean: /** @type {[number, number]} */ ([1 + i / 3, 0]), covariance }]),
);
const GUIDES = { baseline: 196, xheight: 112, capheight: 56 };
const NETWORK = [0.1, 0.2, 0.3, 0.4];
const LEGIBILITY = 0.8;
const RECOGNITION = {
  labels: CLASSES,
  probabilities: NETWORK,
  legibility: LEGIBILITY,
  features: Int8Array.of(0, 0),
};

/** @param {...number} values */
const base64 = (...values) => btoa(String.fromCharCode(...new Uint8Array(Int8Array.from(values).buffer)));
/** @type {import('../../main/webapp/js/strokes.js').Drawing} */
const drawing = {
  strokes: [
    {
      width: 16,
      points: [
        [100, 120],
        [100, 188],
      ],
    },
  ],
  picture: null,
};

let ids = 0;
/** @param {string} label @param {string} [values] features @param {string} [model] */
const example = (label, values = base64(1, 1), model = 'quarters@1') => ({
  id: ++ids,
  label,
  drawing,
  answer: { predictions: [] },
  model: { name: '', version: '' },
  features: { model, values },
});

class FakeLabelling extends EventTarget {
  settled = Promise.resolve();
  /** @type {any[]} */
  examples = [];
  /** @type {any[]} */
  kept = [];
  /** @param {any[]} examples oldest first */
  set(...examples) {
    this.examples = examples.reverse();
    this.dispatchEvent(new Event('change'));
  }
  /** @param {{example: any, answer: any}[]} answered */
  keepAnswers(answered) {
    this.kept.push(...answered.map(({ example }) => example.label));
  }
}

Object.assign(globalThis, { document: Object.assign(new EventTarget(), { hidden: false }) });
const passThrough = hand.ask;
beforeEach(() => {
  hand.ask = passThrough;
});

/** @param {object} [description] of the model */
async function setUp(description = DESCRIPTION) {
  serve(async (_, __, url) => {
    assert.equal(url, 'api/model/descriptor');
    return Response.json({ features: FEW_SHOT, guides: { labels: NORMALS } });
  });
  const model = new Model();
  const labelling = new FakeLabelling();
  /** @type {(readonly string[])[]} */
  const classes = [];
  const answerView = { setClasses: (/** @type {readonly string[]} */ all) => classes.push(all) };
  /** @type {{drawing: any, use: (answer: any) => void}[]} */
  const later = [];
  const readLater = (/** @type {any} */ drawing) => new Promise((use) => later.push({ drawing, use }));
  const own = new Hand(
    /** @type {any} */ ({ model, answerView, readLater, askAgain: () => {} }),
    /** @type {any} */ (labelling),
  );
  model.recall(/** @type {any} */ (description));
  await pass(50);
  return { own, model, labelling, classes, later };
}

/** Answers as a server would, and remembers what it was asked. */
function server(changes = {}) {
  /** @type {any[]} */
  const asked = [];
  const answer = {
    predictions: rank(NETWORK.map(Math.log), CLASSES, 4, 'alphanumeric', LEGIBILITY),
    legibility: LEGIBILITY,
    features: base64(0, 0),
    model: 'quarters@1',
    ...changes,
  };
  const ask = async (/** @type {any} */ request) => {
    asked.push(request);
    return answer;
  };
  return { asked, answer, ask };
}

/** @param {import('../../main/webapp/js/protocol').Candidate[]} actual @param {import('../../main/webapp/js/protocol').Candidate[]} expected */
function assertSame(actual, expected) {
  assert.deepEqual(
    actual.map(({ label }) => label),
    expected.map(({ label }) => label),
  );
  actual.forEach(({ confidence }, i) => assert.ok(Math.abs(confidence - expected[i].confidence) < 1e-9));
}

const request = { image: new Blob(), options: { top: 4, legibility: true, features: true }, drawing };

test('without examples, requests and answers stay as they are', async () => {
  await setUp();
  const { ask, asked, answer } = server();
  assert.equal(await hand.ask(request, ask), answer);
  assert.equal(asked[0], request);
});

test('examples change the answer, which still tells what the network says', async () => {
  const { labelling } = await setUp();
  labelling.set(example('a'));
  const { ask, answer } = server();
  const adapted = await hand.ask(request, ask);
  const own = [{ label: 'a', features: Int8Array.of(1, 1) }];
  const { scores, legibility = 0 } = applyExamples(RECOGNITION, own, FEW_SHOT);
  assert.ok(Math.abs((adapted.legibility ?? 0) - legibility) < 1e-9);
  assertSame(adapted.predictions, rank(scores, CLASSES, 4, 'alphanumeric', adapted.legibility));
  assert.equal(adapted.predictions[0].label, 'a');
  assertSame(adapted.network?.predictions ?? [], answer.predictions);
  assert.equal(adapted.network?.legibility, LEGIBILITY);
});

test('the expected characters are chosen after the examples have counted', async () => {
  const { labelling } = await setUp();
  labelling.set(example('0'), example('a'));
  const { ask, asked } = server();
  const adapted = await hand.ask({ ...request, options: { ...request.options, charset: 'digits' } }, ask);
  assert.equal(asked[0].options.charset, undefined);
  const own = ['0', 'a'].map((label) => ({ label, features: Int8Array.of(1, 1) }));
  const { scores } = applyExamples(RECOGNITION, own, FEW_SHOT);
  assertSame(adapted.predictions, rank(scores, CLASSES, 2, 'digits', adapted.legibility));
  assert.deepEqual(
    adapted.network?.predictions.map(({ label }) => label),
    ['1', '0'],
  );
});

test('guides count after the examples', async () => {
  const { labelling } = await setUp();
  labelling.set(example('a'));
  const { ask, asked } = server();
  const guided = { ...request.options, guides: GUIDES };
  const adapted = await hand.ask({ ...request, options: {}, guided }, ask);
  assert.deepEqual(asked[0].options, request.options);
  assert.equal((await asked[0].image).type, 'image/png');
  const own = [{ label: 'a', features: Int8Array.of(1, 1) }];
  const { scores } = applyExamples(RECOGNITION, own, FEW_SHOT);
  const likelihoods = guideLikelihoods({ labels: NORMALS }, GUIDES, { top: 112, bottom: 196 }, CLASSES);
  const expected = scores.map((score, i) => score + likelihoods[i]);
  assertSame(adapted.predictions, rank(expected, CLASSES, 4, 'alphanumeric', adapted.legibility));
});

test('features of another model count for nothing', async () => {
  const { labelling, later } = await setUp();
  labelling.set(example('a', base64(0, 0), 'quarters@0'));
  const { ask, answer } = server();
  assert.equal(await hand.ask(request, ask), answer);
  assert.equal(later.length, 1, 'they are asked for anew');
  labelling.set(example('a'));
  const other = server({ model: 'quarters@2' });
  assert.equal((await hand.ask(request, other.ask)).network, undefined);
});

test('text is left as it is', async () => {
  const { labelling } = await setUp();
  labelling.set(example('a'));
  const { ask, asked } = server();
  await hand.ask({ ...request, path: 'predict/text' }, ask);
  assert.equal(asked[0].path, 'predict/text');
});

test('three drawings teach a character that the network does not know', async () => {
  const { labelling, classes, own } = await setUp();
  const { ask } = server();
  labelling.set(example('é'), example('é'));
  assert.equal((await hand.ask(request, ask)).network, undefined);
  assert.deepEqual(own.taught, []);
  labelling.set(example('é'), example('ß'), example('é'), example('é'));
  assert.deepEqual(own.taught, ['é']);
  assert.deepEqual(classes.pop(), [...CLASSES, 'é']);
  const { predictions } = await hand.ask(request, ask);
  assert.equal(predictions.length, 5);
  assert.equal(predictions[0].label, 'é');
  labelling.set();
  assert.deepEqual(classes.pop(), CLASSES);
});

test('a model without features cannot learn, and is asked nothing', async () => {
  const { labelling, later, own } = await setUp({ ...DESCRIPTION, features: undefined });
  labelling.set(example('a', base64(0, 0), 'other@1'));
  const { ask, answer } = server();
  assert.equal(await hand.ask(request, ask), answer);
  assert.equal(own.canLearn, false);
  assert.equal(later.length, 0);
});

test('another model is asked about all examples, one after the other, and about each once', async () => {
  const { labelling, later, model } = await setUp();
  const examples = ['a', 'b', '0'].map((label) => example(label));
  labelling.set(...examples);
  assert.equal(later.length, 0);
  model.recall(/** @type {any} */ ({ ...DESCRIPTION, version: '2' }));
  await until(() => later.length === 1);
  later[0].use({ features: base64(1, 2), model: 'quarters@2' });
  await until(() => later.length === 2);
  later[1].use(null); // It cannot be read.
  await until(() => later.length === 3);
  assert.deepEqual(labelling.kept, []);
  later[2].use({ features: base64(1, 2), model: 'quarters@2' });
  await until(() => labelling.kept.length > 0);
  assert.deepEqual(labelling.kept, ['0', 'a']);
  labelling.set(...examples);
  await pass(50);
  assert.equal(later.length, 3);
});

test('a page that is out of view asks nothing', async () => {
  const { labelling, later } = await setUp();
  Object.assign(document, { hidden: true });
  labelling.set(example('a', '', ''));
  await pass(50);
  assert.equal(later.length, 0);
  Object.assign(document, { hidden: false });
  document.dispatchEvent(new Event('visibilitychange'));
  assert.equal(later.length, 1);
});

test('an answer does not wait for a descriptor that does not come', async () => {
  serve(() => new Promise(() => {}));
  const model = new Model();
  const labelling = new FakeLabelling();
  new Hand(
    /** @type {any} */ ({ model, answerView: { setClasses() {} }, readLater() {}, askAgain() {} }),
    /** @type {any} */ (labelling),
  );
  labelling.set(example('a'));
  model.recall(/** @type {any} */ (DESCRIPTION));
  const { ask, answer } = server();
  /** @type {any} */
  let answered;
  hand.ask(request, ask).then((given) => (answered = given));
  await pass(900);
  assert.equal(answered, undefined);
  await pass(200);
  assert.equal(answered, answer);
});
