/**
 * @file A clock that stands still until a test moves it, in place of the real one: no test depends on how fast the
 * machine is, and none waits.
 */
import assert from 'node:assert/strict';

/** Milliseconds that pass between two looks at a condition. */
const STEP = 5;

/** @type {{id: number, at: number, interval: number | null, action: () => void}[]} */
let timers = [];
let now = 0;
let ids = 0;

/** @param {number | null} interval @param {() => void} action @param {number} wait */
function add(interval, action, wait) {
  timers.push({ id: ++ids, at: now + Math.max(wait, 1), interval, action });
  return ids;
}

/** @param {number | undefined} id */
function remove(id) {
  timers = timers.filter((timer) => timer.id !== id);
}

Object.assign(globalThis, {
  setTimeout: (/** @type {any} */ action, wait = 0, /** @type {any[]} */ ...values) =>
    add(null, () => action(...values), wait),
  setInterval: (/** @type {any} */ action, /** @type {number} */ interval) => add(interval, action, interval),
  clearTimeout: remove,
  clearInterval: remove,
  // Compresses in a thread of its own, which this clock cannot wait for. The page works without it.
  CompressionStream: undefined,
});
performance.now = () => now;

/** Lets promises run that wait for no timer. */
async function settle() {
  for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve));
}

/** Runs what is due until a moment, in its order. @param {number} end */
async function advance(end) {
  await settle();
  for (;;) {
    const [next] = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at || a.id - b.id);
    if (!next) break;
    now = next.at;
    if (next.interval === null) remove(next.id);
    else next.at += next.interval;
    next.action();
    await settle();
  }
  now = end;
}

/** Lets time pass. @param {number} millis */
export const pass = (millis) => advance(now + millis);

/** Resolves when a test has let so much time pass. @param {number} millis */
export const after = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

/** Lets time pass until a condition holds, 5 s at most. @param {() => unknown} condition */
export async function until(condition) {
  for (const end = now + 5000; !condition() && now < end;) await pass(STEP);
  assert.ok(condition(), String(condition));
}
