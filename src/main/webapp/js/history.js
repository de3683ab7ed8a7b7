/**
 * @file Recent drawings with their answers, kept on this device.
 */
import { byId, createButton, createElement, onClick, setLabel } from './dom.js';
import { characterName, percent, t } from './i18n.js';
import { announce } from './message.js';
import { load, save } from './store.js';
import { isEqual, readDrawing } from './strokes.js';
import { thumbnail } from './thumbnail.js';

/** @typedef {import('./strokes.js').Drawing} Drawing */
/** @typedef {import('./predict.js').Candidate} Candidate */
/** @typedef {{drawing: Drawing, best: Candidate | null}} Entry */

/** How many drawings are kept. */
const LIMIT = 24;

export class History {
  /** @type {Entry[]} newest first */
  #entries = readEntries(load('history', []));
  #list = byId('history');
  #deleteAll = byId('delete-all');
  #onChosen;

  /** @param {(drawing: Drawing) => void} onChosen called with the drawing that a person chooses */
  constructor(onChosen) {
    this.#onChosen = onChosen;
    onClick('delete-all', () => {
      this.#set([]);
      announce(t('deleted', { name: t('history') }));
    });
    this.render();
  }

  /**
   * Adds a finished drawing. An equal drawing is kept once.
   * @param {Drawing} drawing
   * @param {Candidate | null} best its best candidate, if the answer is known
   */
  add(drawing, best) {
    const others = this.#entries.filter((entry) => !isEqual(entry.drawing, drawing));
    this.#set([{ drawing, best }, ...others].slice(0, LIMIT));
  }

  render() {
    this.#deleteAll.hidden = this.#entries.length === 0;
    this.#list.replaceChildren(...this.#entries.map((entry) => this.#item(entry)));
  }

  /** @param {Entry[]} entries */
  #set(entries) {
    this.#entries = entries;
    save('history', entries);
    this.render();
  }

  /** @param {Entry} entry */
  #item(entry) {
    const { drawing, best } = entry;
    const name = best ? characterName(best.label) : '';
    const caption = document.createElement('span');
    caption.textContent = best ? `${best.label} ${percent(best.confidence)}` : '?';
    const restore = createButton('restore', () => this.#onChosen(drawing));
    restore.append(thumbnail(drawing), caption);
    setLabel(restore, t(best ? 'restore' : 'restoreUnread', { name }));
    const remove = createButton('delete', () => this.#delete(entry));
    remove.textContent = '×';
    setLabel(remove, t(best ? 'delete' : 'deleteUnread', { name }));
    const item = createElement('li', '');
    item.append(restore, remove);
    return item;
  }

  /** Deletes one drawing and moves the focus to its neighbour. @param {Entry} entry */
  #delete(entry) {
    const index = this.#entries.indexOf(entry);
    this.#set(this.#entries.filter((other) => other !== entry));
    announce(t('deleted', { name: entry.best ? characterName(entry.best.label) : t('drawing') }));
    /** @type {NodeListOf<HTMLElement>} */
    const remaining = this.#list.querySelectorAll('.delete');
    (remaining[Math.min(index, remaining.length - 1)] ?? byId('pad')).focus();
  }
}

/** What is stored may be from an older version or damaged. @param {unknown} stored @returns {Entry[]} */
function readEntries(stored) {
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((entry) => {
    const drawing = readDrawing(entry?.drawing);
    const best = typeof entry?.best?.label === 'string' && Number.isFinite(entry.best.confidence) ? entry.best : null;
    return drawing ? [{ drawing, best }] : [];
  });
}
