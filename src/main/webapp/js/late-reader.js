/**
 * @file Reads drawings that left the sheet before their answer arrived.
 */
import { PredictClient } from './predict.js';

/** @typedef {import('./strokes.js').Drawing} Drawing */

/** Works while there is nothing to read on the sheet, so the page never asks about two drawings at once. */
export default class LateReader {
  #strokes;
  #pad;
  #recognizer;
  #client = new PredictClient();
  /** @type {Drawing[]} */
  #unread = [];

  /** @param {import('./main.js').Parts} parts */
  constructor({ strokes, pad, recognizer, history }) {
    this.#strokes = strokes;
    this.#pad = pad;
    this.#recognizer = recognizer;
    this.#client.addEventListener('answer', (event) => {
      const { predictions } = /** @type {CustomEvent} */ (event).detail.answer;
      history.update(/** @type {Drawing} */ (this.#unread.shift()), { best: predictions[0] });
      this.#next();
    });
    this.#client.addEventListener('rejected', () => {
      this.#unread.shift();
      this.#next();
    });
    pad.addEventListener('begin', () => this.#client.cancel());
    strokes.addEventListener('change', () => {
      this.#client.cancel();
      this.#next();
    });
    recognizer.addEventListener('answer', () => this.#next());
  }

  /** @param {Drawing} drawing */
  read(drawing) {
    this.#unread.push(drawing);
    this.#next();
  }

  #next() {
    const isSheetRead = this.#strokes.isBlank || this.#recognizer.bestFor(this.#strokes.drawing) !== null;
    if (this.#unread.length > 0 && isSheetRead && !this.#pad.busy) {
      this.#client.send(this.#recognizer.requestFor(this.#unread[0]));
    }
  }
}
