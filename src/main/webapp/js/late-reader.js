/**
 * @file Reads drawings that are not on the sheet: those that left it before their answer arrived, and old examples.
 */
import { toPng } from './png.js';
import { PredictClient } from './predict.js';
import { PICTURE_HEIGHT, pictureWidth } from './reading.js';

/** @typedef {import('./strokes.js').Drawing} Drawing */
/** @typedef {import('./protocol').PredictRequest} PredictRequest */

/** Works while there is nothing to read on the sheet, so the page never asks about two drawings at once. */
export default class LateReader {
  #mode;
  #recognizer;
  #history;
  #client = new PredictClient();
  /** The modes whose sheets are known. @type {Set<import('./main.js').Mode>} */
  #watched = new Set();
  /** @type {{request: PredictRequest, use: (answer: any) => void}[]} */
  #unread = [];

  /** @param {import('./main.js').Parts} parts */
  constructor({ mode, recognizer, history }) {
    this.#mode = mode;
    this.#recognizer = recognizer;
    this.#history = history;
    this.#client.addEventListener('answer', (event) => this.#onRead(/** @type {CustomEvent} */ (event).detail.answer));
    this.#client.addEventListener('rejected', () => this.#onRead(null));
  }

  /**
   * @param {Drawing} drawing
   * @param {boolean} isText whether it is text, not one character
   * @returns {Promise<any>} the answer, or null if the server refuses to read it
   */
  read(drawing, isText) {
    this.#watch(this.#mode());
    const request = isText ? textRequest(drawing) : this.#recognizer.requestFor(drawing);
    return new Promise((use) => {
      this.#unread.push({ request, use });
      this.#next();
    });
  }

  /** Reads a recent drawing. @param {Drawing} drawing @param {boolean} isText */
  async readRecent(drawing, isText) {
    const answer = await this.read(drawing, isText);
    if (answer) this.#history.update(drawing, { best: bestOf(answer) });
  }

  /** @param {unknown} answer */
  #onRead(answer) {
    this.#unread.shift()?.use(answer);
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
    if (this.#unread.length > 0 && isSheetRead && !pad.busy) this.#client.send(this.#unread[0].request);
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
