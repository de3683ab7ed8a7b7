/**
 * @file The line of text that recognized characters are added to, where its caret is.
 */
import { byId, onClick } from './dom.js';
import { characterName, t } from './i18n.js';
import { announce, showMessage, showQuietly } from './message.js';
import { load, onStoredElsewhere, save, tellNotKept } from './store.js';

/** @typedef {import('./strokes.js').Drawing} Drawing */

/** The last character, which may be several code points. @param {string} text */
export function lastGrapheme(text) {
  const all = Intl.Segmenter ? Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment) : [...text];
  return all.pop() ?? '';
}

export class TextLine {
  #input = /** @type {HTMLInputElement} */ (byId('text'));
  /** The text before the latest change. */
  #text = '';
  /** What each drawing wrote, and where. @type {Map<object, {start: number, label: string}>} */
  #written = new Map();
  #enterPending;

  /** @param {() => void} enterPending called before something is done with the whole text */
  constructor(enterPending) {
    this.#enterPending = enterPending;
    this.#show(load('text', ''));
    onStoredElsewhere('text', () => this.#show(load('text', '')));
    this.#input.addEventListener('input', () => this.#onInput());
    this.#input.addEventListener('keydown', ({ key }) => {
      if (key === 'Tab') this.#unselectAll();
    });
    onClick('space', () => this.space());
    onClick('backspace', () => this.backspace());
    onClick('copy', () => this.#copy());
  }

  /**
   * Writes the character that a drawing shows. It replaces what the same drawing wrote before.
   * @param {string} label
   * @param {Drawing} drawing
   */
  take(label, drawing) {
    this.write(label, drawing);
    showMessage(t('added', { name: characterName(label) }));
  }

  /** Writes or rewrites what a drawing shows. @param {string} label @param {object} drawing */
  write(label, drawing) {
    if (!this.replace(label, drawing)) this.#written.set(drawing, { start: this.#insert(label), label });
  }

  /** Whether what a drawing wrote is still there. @param {object} drawing */
  holds(drawing) {
    return this.#written.has(drawing);
  }

  /** What stands before and after what a drawing wrote or, if that is nothing, the caret. @param {object} drawing */
  around(drawing) {
    const [caret, end] = this.#selection;
    const { start, label } = this.#written.get(drawing) ?? { start: caret, label: this.#text.slice(caret, end) };
    return [this.#text.slice(0, start), this.#text.slice(start + label.length)];
  }

  /** Finds what a drawing wrote before the page was loaded. @param {string} label @param {object} drawing */
  adopt(label, drawing) {
    const start = label ? this.#text.lastIndexOf(label) : -1;
    if (start >= 0) this.#written.set(drawing, { start, label });
    return start >= 0;
  }

  /**
   * Replaces what a drawing wrote, if that is still there.
   * @param {string} label empty to remove it
   * @param {object} drawing
   */
  replace(label, drawing) {
    const { start, label: old } = this.#written.get(drawing) ?? { start: 0, label: '' };
    if (!old || !this.#text.startsWith(old, start)) return false;
    this.#edit(start, start + old.length, label);
    if (label) this.#written.set(drawing, { start, label });
    return true;
  }

  /** Removes what a drawing wrote. @param {Drawing} drawing */
  takeBack(drawing) {
    const label = this.#written.get(drawing)?.label;
    if (label && this.replace('', drawing)) announce(t('deleted', { name: characterName(label) }));
  }

  space() {
    this.#enterPending();
    showQuietly('');
    this.#insert(' ');
    announce(t('added', { name: t('space') }));
  }

  /** Deletes what is selected or, if nothing is, the character before the caret. */
  backspace() {
    this.#enterPending();
    showQuietly('');
    const [start, end] = this.#selection;
    const deleted = this.#text.slice(start, end) || lastGrapheme(this.#text.slice(0, start));
    if (!deleted) return this.#text || announce(t('textEmpty'));
    this.#edit(end - deleted.length, end, '');
    announce(t('deleted', { name: nameOf(deleted) }));
  }

  get #selection() {
    const { selectionStart, selectionEnd } = this.#input;
    return [selectionStart ?? this.#text.length, selectionEnd ?? this.#text.length];
  }

  /** Replaces what is selected or, if nothing is, writes where the caret is. @param {string} text @returns {number} where */
  #insert(text) {
    this.#unselectAll();
    const [start, end] = this.#selection;
    this.#edit(start, end, text);
    return start;
  }

  /** Tab selects the whole text, and so does a copy that fails. It must not be lost by that. */
  #unselectAll() {
    const [start, end] = this.#selection;
    if (start === 0 && end === this.#text.length) this.#input.setSelectionRange(end, end);
  }

  /** @type {(start: number, end: number, replacement: string) => void} */
  #edit(start, end, replacement) {
    const [caret] = this.#selection;
    const isHere = start <= caret && caret <= end;
    this.#input.setRangeText(replacement, start, end, isHere ? 'end' : 'preserve');
    this.#keep(start, end);
    // What a script writes may be out of sight.
    this.#input.scrollLeft =
      ((start + replacement.length) / this.#text.length) * this.#input.scrollWidth - this.#input.clientWidth / 2;
  }

  /** A person has edited the text. What stands before and after the edit is as before. */
  #onInput() {
    const text = this.#input.value;
    const end = this.#text.length - (text.length - this.#selection[1]);
    let start = 0;
    while (start < end && this.#text[start] === text[start]) start++;
    this.#keep(start, end);
  }

  /** Keeps the new text, and where drawings wrote. @param {number} start of the edit @param {number} end of the edit */
  #keep(start, end) {
    const shift = this.#input.value.length - this.#text.length;
    for (const [drawing, part] of this.#written) {
      if (part.start >= end) part.start += shift;
      else if (part.start + part.label.length > start) this.#written.delete(drawing);
    }
    this.#text = this.#input.value;
    if (!save('text', this.#text)) tellNotKept();
  }

  /** Shows another text, with the caret at its end. @param {string} text */
  #show(text) {
    this.#text = this.#input.value = text;
    this.#written.clear();
  }

  async #copy() {
    this.#enterPending();
    if (!this.#text) return showMessage(t('textEmpty'), 'warning');
    try {
      await navigator.clipboard.writeText(this.#text);
      showMessage(t('copied'));
    } catch {
      this.#input.select();
      showMessage(t('copyFailed'));
    }
  }
}

/** @param {string} text one character or more */
function nameOf(text) {
  if (text === ' ') return t('space');
  return lastGrapheme(text) === text ? characterName(text) : text;
}
