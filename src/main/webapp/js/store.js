/**
 * @file Small values that the page keeps on this device. Where the browser forbids storage, nothing is kept.
 */
import { byId } from './dom.js';
import { t, translated } from './i18n.js';
import { showMessage } from './message.js';

/** @typedef {'localStorage' | 'sessionStorage'} Area for all tabs, or for this tab alone */

const PREFIX = 'neural-ink.';

/**
 * @template T
 * @param {string} key
 * @param {T} fallback returned where nothing is stored
 * @param {Area} [area]
 * @returns {T}
 */
export function load(key, fallback, area = 'localStorage') {
  try {
    return JSON.parse(globalThis[area].getItem(PREFIX + key) ?? 'null') ?? fallback;
  } catch {
    return fallback;
  }
}

/**
 * @param {string} key
 * @param {unknown} value
 * @param {Area} [area]
 * @returns {boolean} whether it is kept
 */
export function save(key, value, area = 'localStorage') {
  try {
    globalThis[area].setItem(PREFIX + key, JSON.stringify(value));
    return true;
  } catch {
    forget(key, area); // An outdated value must not come back.
    return false;
  }
}

/** @param {string} key @param {Area} [area] */
export function forget(key, area = 'localStorage') {
  try {
    globalThis[area].removeItem(PREFIX + key);
  } catch {
    // Storage is forbidden.
  }
}

/** @param {string} key @param {() => void} action called when another tab stores a value */
export const onStoredElsewhere = (key, action) =>
  addEventListener('storage', (event) => event.key === PREFIX + key && action());

let isTold = false;

/** Says that something is lost when the page is left. It says so once, and goes on saying so beside the history. */
export async function tellNotKept() {
  if (isTold) return;
  isTold = true;
  await translated();
  const text = t((byId('history-hint').dataset.t = 'notKept'));
  byId('history-hint').textContent = text;
  showMessage(text, 'warning');
}
