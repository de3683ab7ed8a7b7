import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PredictClient } from '../../main/webapp/js/predict.js';
import { after, problem, serve, until } from './fake-server.js';

/** @param {string} label */
const answer = (label) => Response.json({ predictions: [{ label, confidence: 1 }] });

/** @param {string} content of the picture */
const request = (content) => ({ image: new Blob([content], { type: 'image/png' }), options: {} });

/** Collects what a client reports. @param {PredictClient} client */
function eventsOf(client) {
  /** @type {string[]} */
  const events = [];
  const listen = (/** @type {string} */ type, /** @type {(detail: any) => string} */ text) =>
    client.addEventListener(type, (event) => events.push(text(/** @type {CustomEvent} */ (event).detail)));
  listen('answer', ({ predictions }) => predictions[0].label);
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
  await after(10);
  client.send(request('new'));
  await until(() => events.length > 0);
  await after(60);
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
  await after(40);
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
  await after(40);
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
  await after(30);
  client.send(request('b'));
  await until(() => events.length > 0);
  assert.deepEqual(events, ['b']);
});
