/**
 * @file Recent drawings with their answers, kept on this device.
 */
import { Collection } from './collection.js';
import { byId, createButton, createElement, onClick, setLabel } from './dom.js';
import { characterName, percent, t } from './i18n.js';
import { announce } from './message.js';
import { forget, load } from './store.js';
import { isEqual, readDrawing } from './strokes.js';
import { thumbnail } from './thumbnail.js';

/** @typedef {import('./strokes.js').Drawing} Drawing */
/** @typedef {import('./protocol').Candidate} Candidate */

/**
 * @typedef {object} Entry
 * @property {number} id
 * @property {Drawing} drawing
 * @property {Candidate | null} best its best candidate, or null until it is read
 * @property {string | null} label what a person says, if anything
 * @property {number} [width] of its sheet, in sheet units, if it is text
 * @property {import('./text-answer.js').Reading | null} [reading] what is known of it, if it is text
 * @property {string} [thumbnail] data URL of a small copy of its picture
 */

/** How many drawings are kept. */
const LIMIT = 24;

export class History {
  #entries = new Collection('history', readEntry, () => this.render());
  #list = byId('history');
  #onChosen;
  #onUnread;
  /** Restore what was deleted, the latest last. @type {(() => void)[]} */
  #undos = [];

  /**
   * @param {(entry: Entry) => void} onChosen called with the entry that a person chooses
   * @param {(drawing: Drawing, isText: boolean) => void} onUnread called with each drawing that has no answer
   */
  constructor(onChosen, onUnread) {
    this.#onChosen = onChosen;
    this.#onUnread = onUnread;
    onClick('delete-all', () => {
      this.#delete(this.#entries.records, t('history'));
      this.#focus(null);
    });
    onClick('undo-delete', () => {
      this.#undos.pop()?.();
      this.render();
      announce(t('restored'));
    });
    this.#takeOver();
  }

  /**
   * Adds a finished drawing. An equal drawing is kept once.
   * @param {Drawing} drawing
   * @param {Candidate | null} best its best candidate, if the answer is known
   * @param {string | null} label what a person says
   * @param {Pick<Entry, 'width' | 'reading'>} [text] if it is text
   */
  add(drawing, best, label, text) {
    const equal = this.#equalTo(drawing);
    const others = this.#entries.records.filter((entry) => !equal.includes(entry));
    const entry = { id: this.#entries.nextId, drawing, best: best ?? equal[0]?.best ?? null, label, ...text };
    this.#entries.change([entry], [...equal, ...others.slice(LIMIT - 1)]);
    if (!entry.best) this.#onUnread(drawing, Boolean(text));
    if (drawing.picture?.url) this.#shrink(drawing).catch(() => {}); // The list then shows the picture itself.
  }

  /** @param {Drawing} drawing */
  async #shrink(drawing) {
    const { shrink } = await import('./shrink.js');
    this.update(drawing, { thumbnail: await shrink(drawing) });
  }

  /** @param {Drawing} drawing @param {Partial<Entry>} known what is known of it now */
  update(drawing, known) {
    const equal = this.#equalTo(drawing);
    if (equal.length > 0) this.#entries.change(equal.map((entry) => ({ ...entry, ...known })));
  }

  /** Renders all entries. The focus stays where it is. */
  render() {
    const { records } = this.#entries;
    const focused = document.activeElement;
    const isInside = this.#list.contains(focused);
    byId('delete-all').hidden = records.length === 0;
    byId('undo-delete').hidden = this.#undos.length === 0;
    this.#list.replaceChildren(...records.map((entry) => this.#item(entry)));
    if (focused && isInside) this.#focus(document.getElementById(focused.id));
  }

  /** @param {Drawing} drawing */
  #equalTo(drawing) {
    return this.#entries.records.filter((entry) => isEqual(entry.drawing, drawing));
  }

  /** @param {Entry} entry */
  #item(entry) {
    const { id, drawing, best, label, width, thumbnail: small } = entry;
    const name = nameOf(entry);
    const caption = document.createElement('span');
    caption.textContent = label ? `${label} ✓` : best ? `${best.label} ${width ? '' : percent(best.confidence)}` : '?';
    const restore = createButton('restore', () => this.#onChosen(entry));
    restore.id = `restore-${id}`;
    restore.append(thumbnail(drawing, small, width), caption);
    setLabel(restore, t(name ? 'restore' : 'restoreUnread', { name }));
    const remove = createButton('delete', () => this.#deleteOne(entry));
    remove.id = `delete-${id}`;
    remove.textContent = '×';
    setLabel(remove, t(name ? 'delete' : 'deleteUnread', { name }));
    const item = createElement('li', width ? 'wide' : '');
    item.append(restore, remove);
    return item;
  }

  /** Deletes one drawing and moves the focus to its neighbour. @param {Entry} entry */
  #deleteOne(entry) {
    const index = this.#entries.records.findIndex(({ id }) => id === entry.id);
    this.#delete([entry], nameOf(entry) || t('drawing'));
    const buttons = this.#list.querySelectorAll('.delete');
    this.#focus(buttons[Math.min(index, buttons.length - 1)]);
  }

  /** Deletes drawings. That can be undone until the page is left. @param {Entry[]} entries @param {string} name */
  #delete(entries, name) {
    this.#entries.change([], entries);
    this.#undos.push(() => {
      this.#entries.change(entries);
      this.#focus(byId(`restore-${entries[0].id}`));
    });
    this.render();
    announce(t('deleted', { name }));
  }

  /** Moves the focus to an element of the list, or to what remains beside it. @param {Element | null} element */
  #focus(element) {
    const undo = byId('undo-delete');
    /** @type {HTMLElement} */ (element ?? (undo.hidden ? byId('pad') : undo)).focus({ preventScroll: true });
  }

  /** Takes over what older versions kept. Then has the drawings read that have no answer. */
  async #takeOver() {
    const stored = /** @type {unknown} */ (load('history', null));
    const old = (Array.isArray(stored) ? stored : []).map((entry, i) => readEntry({ ...entry, id: -i }));
    this.#entries.change(old.filter((entry) => entry !== null));
    await this.#entries.settled;
    if (this.#entries.isStored) forget('history');
    for (const { drawing, best, width } of this.#entries.records) if (!best) this.#onUnread(drawing, Boolean(width));
  }
}

/** The name of its character, or nothing until it is read. @param {Entry} entry */
function nameOf({ best, label }) {
  const character = label ?? best?.label;
  return character ? characterName(character) : '';
}

/** What is stored may be from an older version or damaged. @param {any} stored @returns {Entry | null} */
function readEntry(stored) {
  const drawing = readDrawing(stored?.drawing);
  const { id, best, label, width, reading, thumbnail } = stored ?? {};
  if (!drawing || !Number.isFinite(id)) return null;
  const isRead = typeof best?.label === 'string' && Number.isFinite(best.confidence);
  const said = typeof label === 'string' ? label : null;
  return { id, drawing, best: isRead ? best : null, label: said, width, reading, thumbnail };
}
