/**
 * @file The writing on the sheet: its strokes, and what a person says that its words are. Both can be undone.
 */
import { Strokes } from './strokes.js';

/** @typedef {import('./strokes.js').Drawing} Drawing */
/** @typedef {import('./protocol').Character} Character */

/**
 * @typedef {object} Correction
 * @property {Drawing} drawing that was on the sheet
 * @property {string} key names the ink of the word
 * @property {Character[] | undefined} before
 * @property {Character[]} after
 */

/** Fires `correct` (detail: the key of the word) when a person corrects a word, and when that is undone or done again. */
export class Writing extends Strokes {
  /** @type {Map<string, Character[] | undefined>} */
  #corrected = new Map();
  /** @type {Correction[]} */
  #done = [];
  /** @type {Correction[]} */
  #undone = [];

  /** What a person says that a word is. @param {string} key */
  corrected(key) {
    return this.#corrected.get(key);
  }

  /** Takes over what a person said before the page was loaded. @param {[key: string, characters: Character[]][]} corrections */
  recall(corrections) {
    for (const [key, characters] of corrections) this.#corrected.set(key, characters);
  }

  /** @param {string} key @param {Character[]} characters */
  correct(key, characters) {
    this.#undone = [];
    this.#done.push({ drawing: this.drawing, key, before: this.corrected(key), after: characters });
    this.#set(key, characters);
  }

  get canUndo() {
    return super.canUndo || this.#isNext(this.#done);
  }

  get canRedo() {
    return super.canRedo || this.#isNext(this.#undone);
  }

  undo() {
    if (!this.#isNext(this.#done)) return super.undo();
    const correction = /** @type {Correction} */ (this.#done.pop());
    this.#undone.push(correction);
    this.#set(correction.key, correction.before);
  }

  redo() {
    if (!this.#isNext(this.#undone)) return super.redo();
    const correction = /** @type {Correction} */ (this.#undone.pop());
    this.#done.push(correction);
    this.#set(correction.key, correction.after);
  }

  /** @param {Drawing} drawing */
  replace(drawing) {
    this.#undone = [];
    super.replace(drawing);
  }

  /** Whether the last of these corrections was made to what is on the sheet. @param {Correction[]} corrections */
  #isNext(corrections) {
    return corrections[corrections.length - 1]?.drawing === this.drawing;
  }

  /** @param {string} key @param {Character[] | undefined} characters */
  #set(key, characters) {
    this.#corrected.set(key, characters);
    this.dispatchEvent(new CustomEvent('correct', { detail: key }));
  }
}
