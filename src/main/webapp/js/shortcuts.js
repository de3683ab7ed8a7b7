/**
 * @file Keyboard shortcuts.
 */
import { byId } from './dom.js';

/**
 * @param {import('./strokes.js').Strokes} strokes
 * @param {import('./pad.js').Pad} pad
 * @param {{ask: () => void, clear: () => void}} actions
 */
export function setUpShortcuts(strokes, pad, { ask, clear }) {
  const dialog = /** @type {HTMLDialogElement} */ (byId('settings'));
  document.addEventListener('keydown', (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (dialog.open || pad.busy || target.matches('input[type=text]')) return;
    const key = event.key.toLowerCase();
    const command = event.ctrlKey || event.metaKey;
    if (command && key === 'z') event.shiftKey ? strokes.redo() : strokes.undo();
    else if (command && key === 'y') strokes.redo();
    else if (command || event.altKey) return;
    else if (key === 'enter' && !target.closest('button, a, input[type=radio]')) ask();
    else if (key === 'escape' || key === 'delete') clear();
    else return;
    event.preventDefault();
  });
}
