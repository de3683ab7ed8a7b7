/**
 * @file Writing text. It is loaded when a person first chooses it.
 *
 * From pen up to the text:
 * 1. `Pad` and `Writing` take the stroke, as for one character. `Scroller` keeps room for the next one.
 * 2. `TextRecognizer` asks about the whole line.
 * 3. `TextAnswerView` finds the words of the answer and the strokes that each was written with, and shows them.
 * 4. `Composition` puts the line into the text, and rewrites it there while it grows.
 */
import { Composition } from './composition.js';
import { byId, onClick } from './dom.js';
import { Expected } from './expected.js';
import { t } from './i18n.js';
import { showMessage } from './message.js';
import { Pad } from './pad.js';
import { Scroller } from './scroller.js';
import { SHEET } from './strokes.js';
import { TextAnswerView } from './text-answer.js';
import { insertMarkup } from './text-markup.js';
import { TextRecognizer } from './text-recognizer.js';
import { TextSheet } from './text-sheet.js';
import { Writing } from './writing.js';

/** @typedef {import('./text-answer.js').Reading} Reading */

/** Ink width in sheet units, and in pixels: on a large sheet people write no larger than on a small one. */
const BRUSH = 9;
const WIDEST = 8;

export default class TextMode {
  strokes = new Writing();
  pad;
  sheet;
  recognizer;
  view;
  #composition;
  /** What was read last. @type {Reading | null} */
  #last = null;

  /** @param {import('./main.js').Parts} parts */
  constructor({ model, text, history }) {
    insertMarkup();
    const { strokes } = this;
    const canvas = /** @type {HTMLCanvasElement} */ (byId('line'));
    const expected = new Expected(model);
    this.#composition = new Composition(strokes, text);
    this.pad = new Pad(canvas, strokes);
    new ResizeObserver(() => {
      this.pad.brush = Math.min(BRUSH, (WIDEST * SHEET) / canvas.clientHeight);
    }).observe(canvas);
    this.pad.addEventListener('begin', () => this.#onPenDown());
    this.view = new TextAnswerView(
      strokes,
      model,
      expected,
      (reading) => this.#keep(reading),
      (drawing) => this.recognizer.requestFor(drawing),
    );
    this.sheet = new TextSheet(
      () => this.#unread,
      (isRestored) => this.#onShown(isRestored),
      strokes,
      this.pad,
      (drawing, reading) => {
        this.#composition.end();
        const best = reading?.answer ? { label: reading.text, confidence: reading.answer.confidence } : null;
        history.add(drawing, best, null, { width: this.sheet.width, reading });
      },
      canvas,
      'line',
    );
    new Scroller(strokes, this.pad);
    this.recognizer = new TextRecognizer(strokes, this.pad, model, expected, this.#composition, this.view);
    expected.addEventListener('change', () => strokes.isBlank || this.recognizer.ask());
    onClick('done', () => this.#finish());
  }

  /** Puts what the line reads into the text. @param {Reading} reading */
  #keep(reading) {
    this.#composition.write(reading.text);
    this.sheet.label = this.#last = reading;
  }

  /** What is known of the line while its newest strokes are not read. @returns {Reading | null} */
  get #unread() {
    const isOfThisLine = this.#last?.text && this.#last.text === this.#composition.written;
    return isOfThisLine ? { .../** @type {Reading} */ (this.#last), answer: null } : null;
  }

  /** Shows what is known of a line. A restored one goes on where it stands in the text, unless a person has edited it. @param {boolean} isRestored */
  #onShown(isRestored) {
    const reading = this.sheet.label;
    if (isRestored && reading && !this.#composition.adopt(reading.text)) this.sheet.finish();
    if (this.sheet.isFinished) this.#composition.finish();
    this.#last = reading;
    if (!reading) return;
    this.strokes.recall(reading.corrections);
    if (reading.answer) this.recognizer.recall(reading.answer);
  }

  /** A person who has edited the text of a line is done with it. So is one who writes on after opening a picture. */
  #onPenDown() {
    this.view.leave();
    if (this.#composition.isEdited) this.sheet.finish();
    if (this.sheet.isFinished || this.strokes.drawing.picture) this.#composition.finish();
  }

  #finish() {
    if (this.strokes.isBlank) return showMessage(t('nothingDrawn'), 'warning');
    this.#composition.finish();
    this.sheet.finish();
    this.sheet.focus();
    showMessage(t('lineDone'));
  }
}
