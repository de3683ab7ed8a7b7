import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Strokes } from '../../main/webapp/js/strokes.js';
import { Model } from '../../main/webapp/js/model.js';
import { Picture } from '../../main/webapp/js/picture.js';
import { showConnection, showQuietly, showUsually } from '../../main/webapp/js/message.js';
import { Recognizer } from '../../main/webapp/js/recognizer.js';
// The first picture would load it, which the clock of the tests does not wait for.
import '../../main/webapp/js/zlib-store.js';
import { after, pass, until } from './clock.js';
import { problem, serve } from './fake-server.js';

const QUARTERS = { name: 'quarters', version: '1', classes: ['a', 'b', 'c', 'd'] };
/** Longer than the debounce delay. */
const PAUSE = 130;
/** How often a stroke under way is sent. */
const LIVE = 150;

/** A drawing that needs no canvas to become a PNG. @param {string} name @returns {import('../../main/webapp/js/strokes.js').Drawing} */
const drawing = (name) => ({
  strokes: [],
  picture: new Picture(`data:image/png;base64,${btoa(name)}`, 10, 10),
});

class FakePad extends EventTarget {
  /** @type {import('../../main/webapp/js/strokes.js').Stroke | null} */
  stroke = null;
  get busy() {
    return this.stroke !== null;
  }

  /** @param {import('../../main/webapp/js/strokes.js').Point} point */
  down(point) {
    this.stroke = { width: 8, points: [point] };
    this.dispatchEvent(new Event('begin'));
  }

  /** Lifts the pen. @param {Strokes} strokes get the stroke */
  up(strokes) {
    const stroke = /** @type {import('../../main/webapp/js/strokes.js').Stroke} */ (this.stroke);
    this.stroke = null;
    strokes.add(stroke);
    this.dispatchEvent(new Event('end'));
  }
}

class FakeAnswerView {
  /** @type {import('../../main/webapp/js/protocol').Answer | null} */
  answer = null;
  /** @type {import('../../main/webapp/js/answer.js').Doubts | null} */
  doubts = null;
  stale = false;
  get best() {
    return this.answer?.predictions[0] ?? null;
  }
  /**
   * @param {import('../../main/webapp/js/protocol').Answer} answer
   * @param {import('../../main/webapp/js/answer.js').Doubts | null} doubts
   */
  show(answer, doubts) {
    this.answer = answer;
    this.doubts = doubts;
  }
  reset() {
    this.answer = null;
  }
  /** @param {boolean} stale */
  setStale(stale) {
    this.stale = stale;
  }
}

class FakeElement {
  textContent = '';
  /** @type {Record<string, string>} */
  dataset = {};
  /** @type {Record<string, string>} */
  attributes = {};
  /** @param {string} name @param {string} value */
  setAttribute(name, value) {
    this.attributes[name] = value;
  }
}

// The parts of the document that a recognizer touches.
let message = new FakeElement();
let announcement = new FakeElement();
let predict = new FakeElement();
let answerSection = new FakeElement();
beforeEach(() => {
  showQuietly('');
  showUsually(null);
  showConnection(null);
});
// Node.js 18 has no navigator, and that of newer versions knows nothing of the network.
Object.defineProperty(globalThis, 'navigator', { value: { onLine: true }, configurable: true });
Object.assign(globalThis, {
  document: {
    getElementById: (/** @type {string} */ id) => ({ message, announcement, predict, answer: answerSection })[id],
  },
});

/** @param {{charset?: string}} [options] */
function setUp({ charset = 'any' } = {}) {
  const strokes = new Strokes();
  const model = new Model();
  const answerView = new FakeAnswerView();
  const pad = new FakePad();
  const [anyPad, charsetChoice, view] = /** @type {any[]} */ ([pad, { value: charset }, answerView]);
  return { strokes, pad, model, answerView, recognizer: new Recognizer(strokes, anyPad, model, charsetChoice, view) };
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
  await pass(PAUSE);
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
  assert.equal(message.textContent, 'The server took too long. Press Predict to try again.');
  isSlow = false;
  recognizer.ask();
  await until(() => answerView.answer?.predictions[0].label === 'a');
});

/** @type {import('../../main/webapp/js/strokes.js').Drawing} */
const dot = { strokes: [{ width: 8, points: [[1, 2]] }], picture: null };

for (const [status, kind, shown, state, text] of /** @type {const} */ ([
  [422, 'nothing-drawn', drawing('A'), 'done', 'No character was found in this picture.'],
  [422, 'nothing-drawn', dot, 'done', 'This does not look like a character.'],
  [422, 'too-many-pixels', drawing('A'), 'done', 'This picture is too large.'],
  [413, 'body-too-large', drawing('A'), 'done', 'This picture is too large.'],
  [415, 'not-an-image', drawing('A'), 'done', 'This picture is damaged or of an unknown kind. Try PNG or JPEG.'],
  [401, 'unauthorized', dot, 'done', 'This server needs a key, which this page does not have.'],
  [408, 'too-slow', dot, 'failed', 'The connection is too slow. Press Predict to try again.'],
  [400, 'bad-request', dot, 'failed', 'Something went wrong on the server. Press Predict to try again.'],
  [400, 'bad-option', dot, 'done', 'The server could not read this.'],
  [406, 'not-acceptable', dot, 'done', 'The server could not read this.'],
  [500, 'internal', dot, 'failed', 'Something went wrong on the server. Press Predict to try again.'],
  [503, 'too-long', dot, 'failed', 'The server took too long. Press Predict to try again.'],
  [503, 'busy', dot, 'failed', 'The server is busy. Trying again in 1 s.'],
  [429, 'unknown', dot, 'failed', 'The server is busy. Trying again in 1 s.'],
  [503, 'not-ready', dot, 'failed', 'The model is not ready yet. Please wait.'],
  [503, 'unknown', dot, 'failed', 'The server cannot be reached. Trying again in 1 s.'],
  [502, 'unknown', dot, 'failed', 'The server cannot be reached. Trying again in 1 s.'],
  [404, 'unknown', dot, 'failed', 'The server cannot be reached. Trying again in 1 s.'],
])) {
  const what = shown.picture ? 'a picture' : 'strokes';
  test(`${status} ${kind} for ${what} is answered with: ${text}`, async () => {
    let isFailing = true;
    serve(async (_, __, url) => {
      if (url === 'api/model') return Response.json(QUARTERS);
      return isFailing ? problem(status, kind) : Response.json({ predictions: [{ label: 'a', confidence: 1 }] });
    });
    const { strokes, answerView } = setUp();
    strokes.replace(shown);
    await until(() => message.textContent);
    assert.equal(message.textContent, text);
    assert.equal(predict.dataset.state, state);
    isFailing = false;
    strokes.replace({ ...shown });
    await until(() => answerView.answer);
    assert.equal(message.textContent, '', 'a message about a drawing or the connection ends when that is over');
    assert.equal(predict.dataset.state, 'done');
  });
}

test('waiting for a slow answer is shown, announced once and over with the answer', async () => {
  /** @type {((response: Response) => void)[]} */
  const answers = [];
  serve((_, __, url) =>
    url === 'api/model' ? Promise.resolve(Response.json(QUARTERS)) : new Promise((resolve) => answers.push(resolve)),
  );
  const { strokes, answerView } = setUp();
  strokes.replace(dot);
  await pass(PAUSE);
  assert.equal(predict.dataset.state, 'idle', 'an answer may come before a person notices');
  await until(() => message.textContent === 'Reading…');
  assert.equal(predict.dataset.state, 'reading');
  assert.equal(answerSection.attributes['aria-busy'], 'true');
  assert.equal(announcement.textContent, 'Reading…');
  answers[0](Response.json({ predictions: [{ label: 'a', confidence: 1 }] }));
  await until(() => answerView.answer);
  assert.equal(predict.dataset.state, 'done');
  assert.equal(answerSection.attributes['aria-busy'], 'false');
});

test('being offline is no problem once this device reads', () => {
  showConnection('offline');
  assert.equal(message.textContent, 'You are offline. Your drawing will be read later.');
  showUsually('copied');
  assert.equal(message.textContent, 'Copied.');
  showConnection('offline');
  assert.equal(message.textContent, 'Copied.');
  showUsually(null);
  assert.equal(message.textContent, '');
});

test('pressing Predict shows at once that it asks', async () => {
  serveModel([]);
  const { strokes, recognizer } = setUp();
  strokes.replace(dot);
  await until(() => predict.dataset.state === 'done');
  recognizer.askOnDemand();
  assert.equal(predict.dataset.state, 'reading');
  await until(() => predict.dataset.state === 'done');
});

test('an old answer does not stay beside a drawing that is not answered', async () => {
  serveModel([]);
  const { strokes, answerView } = setUp();
  strokes.replace(dot);
  await until(() => answerView.answer);
  serve(async () => problem(503, 'busy'));
  strokes.replace(drawing('newer'));
  await until(() => predict.dataset.state === 'failed');
  assert.equal(answerView.answer, null);
});

test('a stroke under way is answered without doubts, and once more when it is finished', async () => {
  /** @type {any[]} */
  const requests = [];
  serveModel(requests);
  const { strokes, pad, answerView } = setUp();
  pad.down([1, 1]);
  await until(() => answerView.answer);
  assert.equal(answerView.doubts, null);
  assert.equal(answerView.stale, false);
  assert.equal(predict.dataset.state, 'idle');
  await pass(2 * LIVE);
  assert.equal(requests.length, 1, 'a pen that rests is answered once');
  pad.stroke?.points.push([2, 2]);
  await until(() => requests.length === 2);
  pad.up(strokes);
  assert.equal(answerView.stale, true);
  await until(() => predict.dataset.state === 'done');
  assert.equal(requests.length, 3);
  assert.notEqual(answerView.doubts, null);
  assert.equal(answerView.stale, false);
});

test('a slow server never gets a second live request, and the finished drawing does not wait for it', async () => {
  let inFlight = 0;
  let most = 0;
  let finished = 0;
  serve(async (_, signal, url) => {
    if (url === 'api/model') return Response.json(QUARTERS);
    most = Math.max(most, ++inFlight);
    signal.addEventListener('abort', () => inFlight--);
    await after(400);
    inFlight--;
    finished++;
    return Response.json({ predictions: [{ label: 'a', confidence: 1 }] });
  });
  const { strokes, pad } = setUp();
  pad.down([1, 1]);
  for (let i = 2; i < 9; i++) {
    await pass(LIVE);
    pad.stroke?.points.push([i, i]);
  }
  assert.equal(most, 1);
  assert.ok(finished <= 2);
  pad.up(strokes);
  const start = performance.now();
  await until(() => predict.dataset.state === 'done');
  assert.ok(performance.now() - start < 600, 'a round trip after the pen rests');
});
