import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Strokes } from '../../main/webapp/js/strokes.js';
import { Model } from '../../main/webapp/js/model.js';
import { Picture } from '../../main/webapp/js/picture.js';
import { Recognizer } from '../../main/webapp/js/recognizer.js';
import { after, problem, serve, until } from './fake-server.js';

const QUARTERS = { name: 'quarters', version: '1', classes: ['a', 'b', 'c', 'd'] };
/** Longer than the debounce delay. */
const PAUSE = 130;

/** A drawing that needs no canvas to become a PNG. @param {string} name @returns {import('../../main/webapp/js/strokes.js').Drawing} */
const drawing = (name) => ({
  strokes: [],
  picture: new Picture(`data:image/png;base64,${btoa(name)}`, 10, 10),
});

class FakePad extends EventTarget {
  busy = false;
}

class FakeAnswerView {
  /** @type {import('../../main/webapp/js/predict.js').Answer | null} */
  answer = null;
  stale = false;
  get best() {
    return this.answer?.predictions[0] ?? null;
  }
  /** @param {import('../../main/webapp/js/predict.js').Answer} answer */
  show(answer) {
    this.answer = answer;
  }
  reset() {
    this.answer = null;
  }
  /** @param {boolean} stale */
  setStale(stale) {
    this.stale = stale;
  }
}

const message = { textContent: '', dataset: {} };
beforeEach(() => {
  message.textContent = '';
  // The only part of the document that a recognizer touches is the line for messages.
  Object.assign(globalThis, { document: { getElementById: () => message } });
});

/** @param {{charset?: string}} [options] */
function setUp({ charset = 'any' } = {}) {
  const strokes = new Strokes();
  const model = new Model();
  const answerView = new FakeAnswerView();
  const [pad, charsetChoice, view] = /** @type {any[]} */ ([new FakePad(), { value: charset }, answerView]);
  return { strokes, model, answerView, recognizer: new Recognizer(strokes, pad, model, charsetChoice, view) };
}

/** Serves a model and its predictions. @param {any[]} requests receives what is posted to `predict` */
function serveModel(requests, description = QUARTERS) {
  serve(async (request, _, url) => {
    if (url === 'api/model') return Response.json(description);
    requests.push(request);
    const top = Number(request.options.top);
    if (top > description.classes.length) return problem(400, 'bad-option');
    const labels = description.classes.slice(0, top);
    return Response.json({ predictions: labels.map((label) => ({ label, confidence: 1 / labels.length })) });
  });
}

test('changes in quick succession are sent once, when the pen rests', async () => {
  /** @type {any[]} */
  const requests = [];
  serveModel(requests);
  const { strokes, model, answerView } = setUp();
  await model.load();
  for (const name of ['A', 'B', 'C']) strokes.replace(drawing(name));
  assert.ok(answerView.stale);
  await until(() => answerView.answer);
  assert.deepEqual(requests, [{ image: 'C', options: { top: '4', glyph: 'true', ink: 'true' } }]);
  assert.equal(answerView.answer?.predictions.length, 4);
  assert.ok(!answerView.stale);
});

test('until the model is known a request fits every model', async () => {
  /** @type {any[]} */
  const requests = [];
  serveModel(requests);
  const { strokes, model, answerView } = setUp();
  strokes.replace(drawing('A'));
  await until(() => answerView.answer);
  assert.deepEqual(requests, [{ image: 'A', options: { top: '1', glyph: 'true', ink: 'true' } }]);
  assert.equal(answerView.answer?.predictions.length, 1);
  await until(() => model.classes.length === 4); // The first answer makes the page ask for the model.
});

test('the expected characters are sent', async () => {
  /** @type {any[]} */
  const requests = [];
  serveModel(requests);
  const { strokes, model } = setUp({ charset: 'lower' });
  await model.load();
  strokes.replace(drawing('A'));
  await until(() => requests.length > 0);
  assert.equal(requests[0].options.charset, 'lower');
});

test('legibility is requested only from a model that knows it', async () => {
  /** @type {any[]} */
  const requests = [];
  serveModel(requests, { ...QUARTERS, ...{ legibility: { threshold: 0.5 } } });
  const { strokes, model } = setUp();
  await model.load();
  strokes.replace(drawing('A'));
  await until(() => requests.length > 0);
  assert.equal(requests[0].options.legibility, 'true');
});

test('if the server has a smaller model by now, the page learns about it', async () => {
  /** @type {any[]} */
  const requests = [];
  serveModel(requests, { ...QUARTERS, classes: [...'abcdefgh'] });
  const { strokes, model, recognizer } = setUp();
  await model.load();
  serveModel(requests);
  model.addEventListener('change', () => recognizer.ask());
  strokes.replace(drawing('A'));
  await until(() => requests.length > 1);
  assert.deepEqual(
    requests.map(({ options }) => options.top),
    ['8', '4'],
  );
});

test('an empty sheet is not sent', async () => {
  /** @type {any[]} */
  const requests = [];
  serveModel(requests);
  const { recognizer } = setUp();
  recognizer.ask();
  await after(PAUSE);
  assert.deepEqual(requests, []);
  assert.match(message.textContent, /^Nothing drawn yet/);
});

test('the best candidate belongs to the drawing that was answered, not to one still on its way', async () => {
  serveModel([]);
  const { strokes, model, recognizer } = setUp();
  await model.load();
  const [first, second] = [drawing('A'), drawing('B')];
  strokes.replace(first);
  await until(() => recognizer.bestFor(first)?.label === 'a');
  strokes.replace(second);
  recognizer.ask();
  assert.equal(recognizer.bestFor(second), null);
  await until(() => recognizer.bestFor(second)?.label === 'a');
});

test('a server without a model is named as the reason', async () => {
  let isReady = false;
  serve(async (_, __, url) => {
    if (!isReady) return problem(503, 'not-ready');
    return Response.json(url === 'api/model' ? QUARTERS : { predictions: [{ label: 'a', confidence: 1 }] });
  });
  const { strokes, answerView } = setUp();
  strokes.replace(drawing('A'));
  await until(() => message.textContent);
  assert.match(message.textContent, /^The model is not ready yet/);
  isReady = true;
  await until(() => answerView.answer?.predictions[0].label === 'a');
});

test('a server that needs a key is named as the reason', async () => {
  serve(async () => problem(401, 'unauthorized'));
  const { strokes } = setUp();
  strokes.replace(drawing('A'));
  await until(() => message.textContent);
  assert.equal(message.textContent, 'This server needs a key, which this page does not have.');
});

test('a prediction that took too long is named as the reason and can be asked for again', async () => {
  let isSlow = true;
  serve(async () =>
    isSlow ? problem(503, 'too-long') : Response.json({ predictions: [{ label: 'a', confidence: 1 }] }),
  );
  const { strokes, answerView, recognizer } = setUp();
  strokes.replace(drawing('A'));
  await until(() => message.textContent);
  assert.equal(message.textContent, 'The server took too long to read this drawing. Press Predict to try again.');
  isSlow = false;
  recognizer.ask();
  await until(() => answerView.answer?.predictions[0].label === 'a');
});

test('the server says why it cannot read a picture', async () => {
  const detail = 'Send a PNG.';
  serve(async () => Response.json({ type: 'urn:neural-ink:problem:not-an-image', detail }, { status: 415 }));
  const { strokes } = setUp();
  strokes.replace(drawing('A'));
  await until(() => message.textContent);
  assert.equal(message.textContent, detail);
});

/** @type {import('../../main/webapp/js/strokes.js').Drawing} */
const dot = { strokes: [{ width: 8, points: [[1, 2]] }], picture: null };

for (const [name, shown, text] of /** @type {const} */ ([
  ['a picture without ink', drawing('A'), 'No character was found in this picture.'],
  ['a drawing without ink', dot, 'This does not look like a character.'],
])) {
  test(`${name} is answered with: ${text}`, async () => {
    serve(async () => problem(422, 'nothing-drawn'));
    const { strokes } = setUp();
    strokes.replace(shown);
    await until(() => message.textContent);
    assert.equal(message.textContent, text);
  });
}
