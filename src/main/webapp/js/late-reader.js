/**
 * @file Reads drawings that left the sheet before their answer arrived.
 */
import { toPng } from './export.js';
import { PredictClient } from './predict.js';
import { PICTURE_HEIGHT, pictureWidth } from './reading.js';

/** @typedef {import('./strokes.js').Drawing} Drawing */
/** @typedef {import('./predict.js').PredictRequest} PredictRequest */

/** Works while there is nothing to read on the sheet, so the page never asks about two drawings at once. */
export default class LateReader {
  #mode;
  #recognizer;
  #client = new PredictClient();
  /** The modes whose sheets are known. @type {Set<import('./main.js').Mode>} */
  #watched = new Set();
  /** @type {PredictRequest[]} */
  #unread = [];

  /** @param {import('./main.js').Parts} parts */
  constructor({ mode, recognizer, history }) {
    this.#mode = mode;
    this.#recognizer = recognizer;
    this.#client.addEventListener('answer', (event) => {
      const { answer, request } = /** @type {CustomEvent} */ (event).detail;
      history.update(request.drawing, { best: bestOf(answer) });
      this.#unread.shift();
      this.#next();
    });
    this.#client.addEventListener('rejected', () => {
      this.#unread.shift();
      this.#next();
    });
  }

  /** @param {Drawing} drawing @param {boolean} isText whether it is text, not one character */
  read(drawing, isText) {
    this.#watch(this.#mode());
    this.#unread.push(isText ? textRequest(drawing) : this.#recognizer.requestFor(drawing));
    this.#next();
  }

  /** @param {import('./main.js').Mode} mode */
  #watch(mode) {
    if (this.#watched.has(mode)) return;
    this.#watched.add(mode);
    mode.pad.addEventListener('begin', () => this.#client.cancel());
    mode.strokes.addEventListener('change', () => {
      this.#client.cancel();
      this.#next();
    });
    mode.recognizer.addEventListener('answer', () => this.#next());
  }

  #next() {
    const { strokes, pad, recognizer } = this.#mode();
    const isSheetRead = strokes.isBlank || recognizer.bestFor(strokes.drawing) !== null;
    if (this.#unread.length > 0 && isSheetRead && !pad.busy) this.#client.send(this.#unread[0]);
  }
}

/** @param {Drawing} drawing @returns {PredictRequest} */
function textRequest(drawing) {
  const image = drawing.picture?.file ?? toPng(drawing, PICTURE_HEIGHT, pictureWidth(drawing.strokes));
  return { path: 'predict/text', image, options: { top: 1 }, drawing };
}

/** The best candidate of an answer about a character, or the reading of an answer about text. @param {any} answer */
function bestOf({ predictions, text, confidence }) {
  return predictions ? predictions[0] : { label: text.replace(/\s+/g, ' '), confidence };
}
