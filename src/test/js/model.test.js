import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Model } from '../../main/webapp/js/model.js';
import { pass, until } from './clock.js';
import { problem, serve } from './fake-server.js';

const QUARTERS = { name: 'quarters', version: '1', classes: ['a', 'b', 'c', 'd'] };

/** Collects the events of a model. @param {Model} model */
function eventsOf(model) {
  /** @type {string[]} */
  const events = [];
  for (const type of ['change', 'not-ready', 'unauthorized']) model.addEventListener(type, () => events.push(type));
  return events;
}

test('a model has no classes until the server describes it', async () => {
  serve(async () => Response.json({ ...QUARTERS, legibility: { threshold: 0.4 } }));
  const model = new Model();
  const events = eventsOf(model);
  assert.deepEqual(model.classes, []);
  assert.equal(model.explains({ predictions: [{ label: 'a', confidence: 1 }] }), false);
  await model.load();
  assert.deepEqual(model.classes, QUARTERS.classes);
  assert.equal(model.legibilityThreshold, 0.4);
  assert.equal(model.explains({ predictions: [{ label: 'a', confidence: 1 }] }), true);
  assert.deepEqual(events, ['change']);
});

test('only another description is a change', async () => {
  let version = '1';
  serve(async () => Response.json({ ...QUARTERS, version }));
  const model = new Model();
  const events = eventsOf(model);
  await model.load();
  await model.load();
  assert.equal(events.length, 1);
  version = '2';
  await model.load();
  assert.equal(events.length, 2);
  assert.equal(model.description?.version, '2');
});

test('the server is asked again until its model is ready', async () => {
  const answers = [
    async () => problem(503, 'not-ready'),
    async () => Promise.reject(new TypeError('Failed to fetch')),
    async () => Response.json(QUARTERS),
  ];
  serve(() => /** @type {() => Promise<Response>} */ (answers.shift())());
  const model = new Model(5);
  const events = eventsOf(model);
  await model.load();
  assert.deepEqual(events, ['not-ready']);
  await until(() => events.includes('change'));
  assert.deepEqual(events, ['not-ready', 'change']);
  assert.equal(answers.length, 0);
});

test('a server that refuses to describe its model is not asked again', async () => {
  let requests = 0;
  serve(async () => {
    requests++;
    return problem(401, 'unauthorized');
  });
  const model = new Model(5);
  const events = eventsOf(model);
  await model.load();
  await pass(60);
  assert.equal(requests, 1);
  assert.deepEqual(events, ['unauthorized']);
});
