/**
 * @file The line below the answer, and the live region that screen readers announce.
 */
import { byId } from './dom.js';
import { t } from './i18n.js';

/** @typedef {'info' | 'warning' | 'error'} Tone */

/** How long a note may hide what is wrong with the connection, in milliseconds. */
const NOTE_TIME = 3000;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/**
 * What there is to say. The line shows the newest. A note, which is about the drawing or about what a person did, is
 * replaced by the next note. A message about the connection lasts until that is over.
 * @type {Map<'note' | 'connection', {text: () => string, tone: Tone}>}
 */
const messages = new Map();
/** @typedef {keyof import('./i18n.js').Texts | null} Key */
/** @type {Key} */
let connection = null;
/** What is said if nothing is wrong. @type {Key} */
let usual = null;

/**
 * Shows a note and announces it.
 * @param {string} text or nothing, to end the last note
 * @param {Tone} [tone]
 */
export function showMessage(text, tone = 'info') {
  showQuietly(text, tone);
  if (text) announce(text);
}

/**
 * Shows a note without announcing it.
 * @param {string} text
 * @param {Tone} [tone]
 */
export function showQuietly(text, tone = 'info') {
  messages.delete('note');
  if (text) messages.set('note', { text: () => text, tone });
  clearTimeout(timer);
  if (messages.size > 1) timer = setTimeout(showQuietly, NOTE_TIME, '');
  renderMessage();
}

/**
 * Says what is wrong with the connection, in the current language. What is said again is not announced again.
 * @param {Key} key of the text, or null if nothing is wrong any more
 * @param {Record<string, string | number>} [values]
 */
export function showConnection(key, values) {
  if ((key ?? 'offline') === 'offline') key = usual ?? key;
  messages.delete('connection');
  if (key) messages.set('connection', { text: () => t(key, values), tone: key === 'onDevice' ? 'info' : 'error' });
  if (key && key !== connection) announce(t(key, values));
  connection = key;
  renderMessage();
}

/** Says how the page gets along without the server. @param {Key} key of the text, or null if it need not */
export function showUsually(key) {
  const isShown = [usual, 'offline'].includes(connection);
  usual = key;
  if (isShown) showConnection(null);
}

/** Shows the newest message. */
export function renderMessage() {
  const line = byId('message');
  const newest = [...messages.values()].pop();
  line.textContent = newest?.text() ?? '';
  line.dataset.tone = newest?.tone ?? 'info';
}

/** What one action has to say. @type {string[]} */
let said = [];

/** @param {string} text */
export function announce(text) {
  if (said.push(text) > 1) return;
  queueMicrotask(() => {
    const all = said.join(' ');
    const liveRegion = byId('announcement');
    // Screen readers announce changes only, so a text that is said again needs another space at its end.
    liveRegion.textContent = liveRegion.textContent === all ? `${all}\u00a0` : all;
    said = [];
  });
}
