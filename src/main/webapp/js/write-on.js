/**
 * @file Writing on: when a character is done and the next one begins, it enters the text by itself.
 */
import { byId, setPressed } from './dom.js';
import { save } from './store.js';

/** @typedef {import('./strokes.js').Drawing} Drawing */

/** How long the pen rests after the answer until the character is done, in milliseconds. */
const REST = 800;

export default class WriteOn {
  #isOn = false;
  #strokes;
  #pad;
  #sheet;
  #text;
  #recognizer;
  #answerView;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** What entered the text by itself. @type {WeakMap<Drawing, string>} */
  #entered = new WeakMap();
  /** What an undo has brought back from the text to the sheet. @type {{drawing: Drawing, label: string} | null} */
  #takenBack = null;

  /** @param {import('./main.js').Parts} parts */
  constructor({ strokes, pad, sheet, text, recognizer, answerView }) {
    this.#strokes = strokes;
    this.#pad = pad;
    this.#sheet = sheet;
    this.#text = text;
    this.#recognizer = recognizer;
    this.#answerView = answerView;
    pad.addEventListener('begin', () => clearTimeout(this.#timer));
    strokes.addEventListener('change', () => this.#onChange());
    recognizer.addEventListener('answer', () => this.#waitForRest());
  }

  toggle() {
    this.#isOn = !this.#isOn;
    save('write-on', this.#isOn);
    setPressed(byId('write-on'), this.#isOn);
    if (this.#isOn) this.#waitForRest();
    else this.#sheet.resume();
  }

  #waitForRest() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#finish(), REST);
  }

  #finish() {
    const { drawing } = this.#strokes;
    const isRead = this.#recognizer.bestFor(drawing) !== null && this.#answerView.isLegible;
    if (!this.#isOn || !isRead || this.#pad.busy || this.#sheet.isFinished) return;
    this.#sheet.finish(() => {
      const best = this.#recognizer.bestFor(drawing);
      if (best) this.#enter(drawing, this.#sheet.label ?? best.label);
    });
  }

  /** @param {Drawing} drawing @param {string} label */
  #enter(drawing, label) {
    this.#text.take(label, drawing);
    this.#entered.set(drawing, label);
  }

  /** A character that an undo brings back to the sheet leaves the text, and enters it again with a redo. */
  #onChange() {
    clearTimeout(this.#timer);
    const { drawing, isBlank, canRedo } = this.#strokes;
    // The empty sheet after a character comes back by a redo, or else the character was cleared.
    if (this.#takenBack && isBlank && canRedo) this.#enter(this.#takenBack.drawing, this.#takenBack.label);
    this.#takenBack = null;
    const label = this.#entered.get(drawing);
    if (label === undefined) return;
    this.#takenBack = { drawing, label };
    this.#entered.delete(drawing);
    this.#text.takeBack(drawing);
  }
}
