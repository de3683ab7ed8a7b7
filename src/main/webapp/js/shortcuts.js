/**
 * @file Keyboard shortcuts.
 */
import { byId } from './dom.js';

/**
 * @param {import('./ink.js').Ink} ink
 * @param {import('./pad.js').Pad} pad
 * @param {{ask: () => void, clear: () => void}} actions
 */
export function setUpShortcuts(ink, pad, { ask, clear }) {
  const dialog = /** @type {HTMLDialogElement} */ (byId('settings'));
  document.addEventListener('keydown', (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (dialog.open || pad.busy || target.matches('input[type=text]')) return;
    const key = event.key.toLowerCase();
    const command = event.ctrlKey || event.metaKey;
    if (command && key === 'z') event.shiftKey ? ink.redo() : ink.undo();
    else if (command && key === 'y') ink.redo();
    else if (command || event.altKey) return;
    else if (key === 'enter' && !target.closest('button, a, input[type=radio]')) ask();
    else if (key === 'escape' || key === 'delete') clear();
    else return;
    event.preventDefault();
  });
}
