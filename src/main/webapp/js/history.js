/**
 * @file Recent drawings with their answers, kept on this device.
 */
import { isSame, readDrawing } from './ink.js';
import { named, percent, t } from './i18n.js';
import { recall, remember } from './store.js';
import { thumbnail } from './thumbnail.js';

/** @typedef {import('./ink.js').Drawing} Drawing */
/** @typedef {{drawing: Drawing, best: import('./predict.js').Candidate | null}} Entry */

/** How many drawings are kept. */
const LIMIT = 24;

export class History {
  /** @type {Entry[]} */
  #entries = [];
  #list = /** @type {HTMLElement} */ (document.getElementById('history'));
  #forgetAll = /** @type {HTMLElement} */ (document.getElementById('forget-all'));
  #restore;

  /** @param {(drawing: Drawing) => void} restore called with the drawing a person picked */
  constructor(restore) {
    this.#restore = restore;
    this.#entries = readEntries(recall('history', []));
    this.#forgetAll.addEventListener('click', () => this.#keep([]));
    this.render();
  }

  /**
   * Puts a finished drawing in front.
   * @param {Drawing} drawing
   * @param {import('./predict.js').Candidate | null} best its answer, if there was one
   */
  add(drawing, best) {
    const others = this.#entries.filter((entry) => !isSame(entry.drawing, drawing));
    this.#keep([{ drawing, best }, ...others].slice(0, LIMIT));
  }

  render() {
    this.#forgetAll.hidden = this.#entries.length === 0;
    this.#list.replaceChildren(...this.#entries.map((entry) => this.#item(entry)));
  }

  /** @param {Entry[]} entries */
  #keep(entries) {
    this.#entries = entries;
    remember('history', entries);
    this.render();
  }

  /** @param {Entry} entry */
  #item(entry) {
    const { drawing, best } = entry;
    const name = best ? named(best.label) : '';
    const item = document.createElement('li');
    const restore = button('restore', t(best ? 'restore' : 'restoreUnread', { name }), () => this.#restore(drawing));
    const caption = document.createElement('span');
    caption.textContent = best ? `${best.label} ${percent(best.confidence)}` : '?';
    restore.append(thumbnail(drawing), caption);
    const forget = button('forget', t(best ? 'forget' : 'forgetUnread', { name }), () => this.#forget(entry));
    forget.textContent = '×';
    item.append(restore, forget);
    return item;
  }

  /** Deletes one and leaves the focus on its neighbour. @param {Entry} entry */
  #forget(entry) {
    const at = this.#entries.indexOf(entry);
    this.#keep(this.#entries.filter((other) => other !== entry));
    const left = /** @type {NodeListOf<HTMLElement>} */ (this.#list.querySelectorAll('.forget'));
    (left[Math.min(at, left.length - 1)] ?? document.getElementById('pad'))?.focus();
  }
}

/** @param {string} className @param {string} label @param {() => void} action */
function button(className, label, action) {
  const element = document.createElement('button');
  element.type = 'button';
  element.className = className;
  element.ariaLabel = element.title = label;
  element.addEventListener('click', action);
  return element;
}

/** @param {unknown} stored @returns {Entry[]} */
function readEntries(stored) {
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((entry) => {
    const drawing = readDrawing(entry?.drawing);
    const best = typeof entry?.best?.label === 'string' && Number.isFinite(entry.best.confidence) ? entry.best : null;
    return drawing ? [{ drawing, best }] : [];
  });
}
