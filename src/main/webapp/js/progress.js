/**
 * @file Shows whether the page waits for an answer.
 */
import { byId } from './dom.js';
import { t } from './i18n.js';
import { showMessage } from './message.js';

/**
 * - `idle`: there is nothing to wait for, or the answer may come so soon that waiting is not worth a word
 * - `reading`: the page waits for the answer
 * - `done`: the drawing on the sheet is answered, or refused for good
 * - `failed`: it is not, and asking again would help
 * @typedef {'idle' | 'reading' | 'done' | 'failed'} State
 */

/** How long the page waits before it says so, in milliseconds. */
const PATIENCE = 300;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** @param {State} state */
export function showProgress(state) {
  clearTimeout(timer);
  byId('predict').dataset.state = state;
  byId('answer').setAttribute('aria-busy', String(state === 'reading'));
}

/** Says that the page waits, unless the answer comes soon. */
export function expectAnswer() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    showProgress('reading');
    showMessage(t('reading'));
  }, PATIENCE);
}
