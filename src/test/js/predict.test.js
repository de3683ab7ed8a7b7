import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { Predictor } from '../../main/webapp/js/predict.js';

const original = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = original;
});

/** @typedef {(question: {image: string}, signal: AbortSignal) => Promise<Response>} Server */

/** @param {Server} server */
function serve(server) {
  globalThis.fetch = async (_url, init) => {
    const signal = /** @type {AbortSignal} */ (init?.signal);
    const gone = new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    return /** @type {Promise<Response>} */ (Promise.race([server(JSON.parse(String(init?.body)), signal), gone]));
  };
}

/** @param {string} label */
const answer = (label) => Response.json({ predictions: [{ label, confidence: 1 }] });
/** @param {number} status @param {string} kind @param {HeadersInit} [headers] */
const problem = (status, kind, headers) =>
  Response.json({ type: `urn:neural-ink:problem:${kind}`, status }, { status, headers });
/** @param {number} millis */
const after = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

/** @param {Predictor} predictor */
function heard(predictor) {
  /** @type {string[]} */
  const told = [];
  predictor.addEventListener('answer', (event) =>
    told.push(/** @type {CustomEvent} */ (event).detail.predictions[0].label),
  );
  predictor.addEventListener('refusal', (event) => told.push(/** @type {CustomEvent} */ (event).detail.kind));
  predictor.addEventListener('trouble', (event) =>
    told.push(
      `${/** @type {CustomEvent} */ (event).detail.problem.kind} ${/** @type {CustomEvent} */ (event).detail.wait}`,
    ),
  );
  return told;
}

test('a newer question cancels the one on its way, whose answer is never heard', async () => {
  /** @type {string[]} */
  const cancelled = [];
  serve(async ({ image }, signal) => {
    signal.addEventListener('abort', () => cancelled.push(image));
    await after(image === 'old' ? 60 : 5);
    return answer(image);
  });
  const predictor = new Predictor('predict');
  const told = heard(predictor);
  predictor.ask({ image: 'old' });
  await after(10);
  predictor.ask({ image: 'new' });
  await after(100);
  assert.deepEqual(told, ['new']);
  assert.deepEqual(
    cancelled.filter((image) => image === 'old'),
    ['old'],
  );
});

test('of many questions in a row only the newest waits', async () => {
  /** @type {string[]} */
  const asked = [];
  serve(async ({ image }) => {
    asked.push(image);
    await after(10);
    return answer(image);
  });
  const predictor = new Predictor('predict');
  const told = heard(predictor);
  for (const image of ['1', '2', '3', '4']) predictor.ask({ image });
  await after(60);
  assert.deepEqual(asked, ['1', '4']);
  assert.deepEqual(told, ['4']);
});

test('a server out of reach is tried again, each time later, until it answers', async () => {
  let tries = 0;
  serve(async () => {
    if (++tries < 4) throw new TypeError('Failed to fetch');
    return answer('R');
  });
  const predictor = new Predictor('predict', [5, 10]);
  const told = heard(predictor);
  predictor.ask({ image: 'x' });
  await after(120);
  assert.deepEqual(told, ['unreachable 5', 'unreachable 10', 'unreachable 10', 'R']);
});

test('a busy server says itself when to come back', async () => {
  let tries = 0;
  serve(async () => (++tries === 1 ? problem(503, 'busy', { 'Retry-After': '1' }) : answer('R')));
  const predictor = new Predictor('predict', [5]);
  const told = heard(predictor);
  predictor.ask({ image: 'x' });
  await after(1100);
  assert.deepEqual(told, ['busy 1000', 'R']);
});

test('a refused drawing is not sent again', async () => {
  let tries = 0;
  serve(async () => {
    tries++;
    return problem(422, 'nothing-drawn');
  });
  const predictor = new Predictor('predict', [1]);
  const told = heard(predictor);
  predictor.ask({ image: 'x' });
  await after(40);
  assert.deepEqual(told, ['nothing-drawn']);
  assert.equal(tries, 1);
});

test('a new question does not wait for the pause of an old one', async () => {
  serve(async ({ image }) => {
    if (image === 'old') throw new TypeError('Failed to fetch');
    return answer(image);
  });
  const predictor = new Predictor('predict', [60_000]);
  const told = heard(predictor);
  predictor.ask({ image: 'old' });
  await after(10);
  predictor.ask({ image: 'new' });
  await after(30);
  assert.deepEqual(told, ['unreachable 60000', 'new']);
});

test('nothing is heard after a cancel, and the next question is answered', async () => {
  serve(async ({ image }) => {
    await after(15);
    return answer(image);
  });
  const predictor = new Predictor('predict');
  const told = heard(predictor);
  predictor.ask({ image: 'a' });
  predictor.cancel();
  await after(30);
  predictor.ask({ image: 'b' });
  await after(40);
  assert.deepEqual(told, ['b']);
});
