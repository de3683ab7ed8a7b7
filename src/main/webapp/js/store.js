/**
 * @file What the page keeps on this device. Where the browser forbids storage, nothing is kept.
 */
const PREFIX = 'neural-ink.';

/**
 * @template T
 * @param {string} key
 * @param {T} fallback returned where nothing is stored
 * @returns {T}
 */
export function load(key, fallback) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + key) ?? 'null') ?? fallback;
  } catch {
    return fallback;
  }
}

/**
 * @param {string} key
 * @param {unknown} value
 */
export function save(key, value) {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // Storage is full or forbidden. The page works without it.
  }
}
