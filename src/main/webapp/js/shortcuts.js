/**
 * @file Keyboard shortcuts. They are loaded when something gets the focus, or with the first key.
 */
import { byId } from './dom.js';

/** Chooses a candidate, if there is an answer. @param {number} rank from 0 */
function choose(rank) {
  /** @type {NodeListOf<HTMLElement>} */
  const buttons = document.querySelectorAll('#candidates button, #suggestions button');
  [...buttons].filter(({ offsetParent }) => offsetParent)[rank]?.click();
}

/**
 * The keys that act only where the focus is on the sheet: elsewhere they scroll, press a button or are dictated.
 * Drawing puts the focus there.
 * @type {Record<string, () => void>}
 */
const SHEET_KEYS = {
  ' ': () => byId('space').click(),
  backspace: () => byId('backspace').click(),
  e: () => byId('eraser').click(),
  1: () => choose(0),
  2: () => choose(1),
  3: () => choose(2),
};

/** @param {KeyboardEvent} event @param {import('./main.js').Mode} mode @param {{ask: () => void, clear: () => void}} actions */
export function onKeyDown(event, { sheet, pad }, { ask, clear }) {
  const target = /** @type {HTMLElement} */ (event.target);
  if (document.querySelector('dialog[open]') || pad.busy || target.matches('input[type=text]')) return;
  const key = event.key.toLowerCase();
  const command = event.ctrlKey || event.metaKey;
  const onSheet = target.matches('canvas');
  if (command && key === 'z') event.shiftKey ? sheet.redo() : sheet.undo();
  else if (command && key === 'y') sheet.redo();
  else if (command || event.altKey) return;
  else if (key === 'enter' && !target.closest('button, a, input[type=radio]')) ask();
  else if ((key === 'escape' || key === 'delete') && (onSheet || target === document.body)) clear();
  else if (onSheet && SHEET_KEYS[key]) SHEET_KEYS[key]();
  else return;
  event.preventDefault();
}
