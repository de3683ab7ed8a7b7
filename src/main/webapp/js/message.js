/**
 * @file The line below the answer, and the live region that screen readers announce.
 */
import { byId } from './dom.js';

/** @typedef {'info' | 'warning' | 'error'} Tone */

/**
 * Shows a message and announces it.
 * @param {string} text
 * @param {Tone} [tone]
 */
export function showMessage(text, tone = 'info') {
  showQuietly(text, tone);
  if (text) announce(text);
}

/**
 * Shows a message without announcing it.
 * @param {string} text
 * @param {Tone} [tone]
 */
export function showQuietly(text, tone = 'info') {
  const message = byId('message');
  message.textContent = text;
  message.dataset.tone = tone;
}

/** @param {string} text */
export function announce(text) {
  const liveRegion = byId('announcement');
  // Some screen readers announce a text again when it is set again.
  if (liveRegion.textContent !== text) liveRegion.textContent = text;
}
