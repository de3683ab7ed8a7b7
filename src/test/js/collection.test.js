import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Collection } from '../../main/webapp/js/collection.js';

/** @typedef {{id: number, name: string}} Named */

/** What IndexedDB holds. @type {Map<number, Named>} */
let stored = new Map();
/** How many records it has room for. */
let room = Infinity;
/** The tabs that hear about changes. @type {Set<any>} */
const tabs = new Set();
const hint = { dataset: {}, textContent: '' };

beforeEach(() => {
  stored = new Map();
  room = Infinity;
  hint.textContent = '';
  tabs.clear();
});

Object.assign(globalThis, {
  document: { getElementById: () => hint },
  indexedDB: { open: () => answered({ result: { transaction: beginTransaction } }) },
  BroadcastChannel: class {
    onmessage = () => {};
    constructor() {
      tabs.add(this);
    }
    postMessage() {
      for (const tab of tabs) if (tab !== this) tab.onmessage();
    }
  },
});

/** @param {any} request */
function answered(request) {
  queueMicrotask(() => request.onsuccess());
  return request;
}

/** All changes take effect, or none if there is no room. */
function beginTransaction() {
  const changed = new Map(stored);
  const store = {
    getAll: () => ({ result: [...changed.values()] }),
    put: (/** @type {Named} */ record) => changed.set(record.id, record),
    delete: (/** @type {number} */ id) => changed.delete(id),
  };
  const transaction = { objectStore: () => store, error: new DOMException('', 'QuotaExceededError') };
  setTimeout(() => {
    const { oncomplete, onabort } = /** @type {any} */ (transaction);
    if (changed.size > room && changed.size > stored.size) return onabort();
    stored = changed;
    oncomplete();
  });
  return transaction;
}

const open = () =>
  /** @type {Collection<Named>} */ (
    new Collection(
      'history',
      (record) => record,
      () => {},
    )
  );

/** @param {Collection<Named>} collection @param {string[]} names */
async function add(collection, ...names) {
  for (const name of names) collection.change([{ id: collection.nextId, name }]);
  await collection.settled;
}

/** @param {Iterable<Named>} records */
const names = (records) => [...records].map(({ name }) => name).join('');

test('records are stored and read again, newest first', async () => {
  await add(open(), 'a', 'b', 'c');
  const again = open();
  await again.settled;
  assert.equal(names(again.records), 'cba');
});

test('the newest record comes first even if the clock is set back', async () => {
  const collection = open();
  collection.change([{ id: Date.now() + 10_000_000, name: 'a' }]);
  await add(collection, 'b', 'c');
  assert.equal(names(collection.records), 'cba');
});

test('changes show before they are stored', async () => {
  const collection = open();
  const adding = add(collection, 'a');
  assert.equal(names(collection.records), 'a');
  assert.equal(collection.isStored, false);
  await adding;
  assert.equal(collection.isStored, true);
});

test('what is added while the stored records are read is kept', async () => {
  await add(open(), 'a');
  const again = open();
  await add(again, 'b');
  assert.equal(names(again.records), 'ba');
  assert.equal(stored.size, 2);
});

test('records are replaced and deleted', async () => {
  const collection = open();
  await add(collection, 'a', 'b');
  const [b, a] = collection.records;
  collection.change([{ ...b, name: 'B' }], [a]);
  await collection.settled;
  assert.equal(names(collection.records), 'B');
  assert.equal(names(stored.values()), 'B');
});

test('another tab shows the change', async () => {
  const [one, other] = [open(), open()];
  await add(one, 'a');
  await other.settled;
  await add(other, 'b');
  await one.settled;
  assert.equal(names(one.records), 'ba');
  one.change([], one.records);
  await one.settled;
  await other.settled;
  assert.equal(names(other.records), '');
});

test('the oldest record makes room for a new one', async () => {
  const collection = open();
  await add(collection, 'a', 'b', 'c');
  room = 3;
  await add(collection, 'd');
  assert.equal(names(collection.records), 'dcb');
  assert.equal(names(stored.values()), 'bcd');
  assert.equal(hint.textContent, '');
});

test('where nothing finds room, most old records stay, the new one is shown, and the loss is said', async () => {
  const collection = open();
  await add(collection, ...'abcdefgh');
  room = 0;
  await add(collection, 'i');
  await new Promise((resolve) => setTimeout(resolve));
  assert.equal(names(collection.records), 'ihgfed');
  assert.equal(names(stored.values()), 'defgh');
  assert.equal(collection.isStored, false);
  assert.match(hint.textContent, /^This browser keeps nothing/);
  room = Infinity;
  await add(collection, 'j');
  assert.equal(names(stored.values()), 'defghij', 'what was not stored is stored when there is room');
});
