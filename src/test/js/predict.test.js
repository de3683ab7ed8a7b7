import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fetchJson, PredictClient } from '../../main/webapp/js/predict.js';
import { BLANK } from '../../main/webapp/js/strokes.js';
import { after, pass, until } from './clock.js';
import { problem, serve } from './fake-server.js';

/** @param {string} label */
const answer = (label) => Response.json({ predictions: [{ label, confidence: 1 }] });

/** @param {string} content of the picture */
const request = (content) => ({ image: new Blob([content], { type: 'image/png' }), options: {}, drawing: BLANK });

/** @param {string} content of the picture */
const live = (content) => ({ ...request(content), live: true });

/** Collects what a client reports. @param {PredictClient} client */
function eventsOf(client) {
  /** @type {string[]} */
  const events = [];
  const listen = (/** @type {string} */ type, /** @type {(detail: any) => string} */ text) =>
    client.addEventListener(type, (event) => events.push(text(/** @type {CustomEvent} */ (event).detail)));
  listen('answer', ({ answer }) => answer.predictions[0].label);
  listen('rejected', ({ kind }) => kind);
  listen('retrying', ({ problem: { kind }, wait }) => `${kind} ${wait}`);
  return events;
}

test('a newer request cancels the one in flight, whose answer never arrives', async () => {
  /** @type {string[]} */
  const cancelled = [];
  serve(async ({ image }, signal) => {
    signal.addEventListener('abort', () => cancelled.push(image));
    await after(image === 'old' ? 60 : 5);
    return answer(image);
  });
  const client = new PredictClient();
  const events = eventsOf(client);
  client.send(request('old'));
  await pass(10);
  client.send(request('new'));
  await until(() => events.length > 0);
  await pass(60);
  assert.deepEqual(events, ['new']);
  assert.deepEqual(
    cancelled.filter((image) => image === 'old'),
    ['old'],
  );
});

test('of many requests in a row only the newest waits', async () => {
  /** @type {string[]} */
  const received = [];
  serve(async ({ image }) => {
    received.push(image);
    await after(10);
    return answer(image);
  });
  const client = new PredictClient();
  const events = eventsOf(client);
  for (const image of ['1', '2', '3', '4']) client.send(request(image));
  await until(() => events.length > 0);
  assert.deepEqual(received, ['1', '4']);
  assert.deepEqual(events, ['4']);
});

test('an unreachable server is retried with growing waits until it answers', async () => {
  let attempts = 0;
  serve(async () => {
    if (++attempts < 4) throw new TypeError('Failed to fetch');
    return answer('R');
  });
  const client = new PredictClient([5, 10]);
  const events = eventsOf(client);
  client.send(request('x'));
  await until(() => events.includes('R'));
  assert.deepEqual(events, ['unreachable 5', 'unreachable 10', 'unreachable 10', 'R']);
});

test('Retry-After of a busy server sets the wait', async () => {
  let attempts = 0;
  serve(async () => (++attempts === 1 ? problem(503, 'busy', { 'Retry-After': '1' }) : answer('R')));
  const client = new PredictClient([5]);
  const events = eventsOf(client);
  client.send(request('x'));
  await until(() => events.includes('R'));
  assert.deepEqual(events, ['busy 1000', 'R']);
});

test('a rejected drawing is not sent again', async () => {
  let attempts = 0;
  serve(async () => {
    attempts++;
    return problem(422, 'nothing-drawn');
  });
  const client = new PredictClient([1]);
  const events = eventsOf(client);
  client.send(request('x'));
  await until(() => events.length > 0);
  await pass(40);
  assert.deepEqual(events, ['nothing-drawn']);
  assert.equal(attempts, 1);
});

test('a request that exceeded the deadline of the server is not sent again', async () => {
  let attempts = 0;
  serve(async () => {
    attempts++;
    return problem(503, 'too-long', { 'Retry-After': '1' });
  });
  const client = new PredictClient([1]);
  const events = eventsOf(client);
  client.send(request('x'));
  await until(() => events.length > 0);
  await pass(40);
  assert.deepEqual(events, ['too-long']);
  assert.equal(attempts, 1);
});

test('a new request does not wait for the retry of an old one', async () => {
  serve(async ({ image }) => {
    if (image === 'old') throw new TypeError('Failed to fetch');
    return answer(image);
  });
  const client = new PredictClient([60_000]);
  const events = eventsOf(client);
  client.send(request('old'));
  await until(() => events.length > 0);
  client.send(request('new'));
  await until(() => events.length > 1);
  assert.deepEqual(events, ['unreachable 60000', 'new']);
});

test('nothing is reported after a cancel, and the next request is answered', async () => {
  serve(async ({ image }) => {
    await after(15);
    return answer(image);
  });
  const client = new PredictClient();
  const events = eventsOf(client);
  client.send(request('a'));
  client.cancel();
  await pass(30);
  client.send(request('b'));
  await until(() => events.length > 0);
  assert.deepEqual(events, ['b']);
});

test('a live request waits for the one in flight, and a finished drawing does not', async () => {
  /** @type {string[]} */
  const received = [];
  serve(async ({ image }) => {
    received.push(image);
    await pass(20);
    return answer(image);
  });
  const client = new PredictClient();
  const events = eventsOf(client);
  client.send(live('1'));
  client.send(live('2'));
  await until(() => events.includes('1'));
  client.send(live('3'));
  client.send(request('finished'));
  await until(() => events.includes('finished'));
  client.send(live('4'));
  await until(() => events.includes('4'));
  assert.deepEqual(received, ['1', '3', 'finished', '4']);
  assert.deepEqual(events, ['1', 'finished', '4']);
});

for (const [status, kind] of /** @type {const} */ ([
  [503, 'busy'],
  [429, 'unknown'],
  [503, 'not-ready'],
  [404, 'unknown'],
  [500, 'internal'],
])) {
  test(`a failed live request is silent, and after ${status} ${kind} none follows until the server answers`, async () => {
    let isTroubled = true;
    let attempts = 0;
    serve(async ({ image }) => {
      attempts++;
      return isTroubled ? problem(status, kind) : answer(image);
    });
    const client = new PredictClient([1]);
    const events = eventsOf(client);
    client.send(live('a'));
    await pass(20);
    assert.ok(!client.acceptsLive);
    client.send(live('b'));
    await pass(20);
    assert.equal(attempts, 1);
    isTroubled = false;
    client.send(request('finished'));
    await until(() => events.length > 0);
    await until(() => client.acceptsLive);
    client.send(live('c'));
    await until(() => events.length > 1);
    assert.deepEqual(events, ['finished', 'c']);
  });
}

test('a live request with nothing drawn yet does not keep the next one away', async () => {
  serve(async ({ image }) => (image === 'dot' ? problem(422, 'nothing-drawn') : answer(image)));
  const client = new PredictClient();
  const events = eventsOf(client);
  client.send(live('dot'));
  await until(() => client.acceptsLive);
  client.send(live('line'));
  await until(() => events.length > 0);
  assert.deepEqual(events, ['line']);
});

test('an answer that does not come in time is given up', async () => {
  serve(() => new Promise(() => {}));
  const refusal = assert.rejects(fetchJson('predict', {}, 20), { name: 'AbortError' });
  await pass(20);
  await refusal;
});

test('requests need neither AbortSignal.any nor AbortSignal.timeout', async () => {
  const { any, timeout } = AbortSignal;
  Object.assign(AbortSignal, { any: undefined, timeout: undefined });
  try {
    serve(async ({ image }) => answer(image));
    const client = new PredictClient();
    const events = eventsOf(client);
    client.send(request('R'));
    await until(() => events.length > 0);
    assert.deepEqual(events, ['R']);
  } finally {
    Object.assign(AbortSignal, { any, timeout });
  }
});
