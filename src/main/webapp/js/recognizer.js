/**
 * @file From the drawing to the answer: waits until the pen rests, asks the server and shows its answer.
 */
import { toPng } from './export.js';
import { t } from './i18n.js';
import { showMessage } from './message.js';
import { PredictClient } from './predict.js';
import { BLANK } from './strokes.js';

/** @typedef {import('./strokes.js').Drawing} Drawing */
/** @typedef {import('./predict.js').Answer} Answer */
/** @typedef {import('./predict.js').Problem} Problem */

/** How long the pen must rest before the page asks, in milliseconds. It is longer than the hop to the next stroke. */
const DEBOUNCE_DELAY = 80;

export class Recognizer {
  #strokes;
  #pad;
  #model;
  #charset;
  #answerView;
  #client = new PredictClient();
  /** The drawing that was sent last. @type {Drawing} */
  #sent = BLANK;
  /** The drawing that the answer on the page belongs to. @type {Drawing} */
  #answered = BLANK;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #debounce;

  /**
   * @param {import('./strokes.js').Strokes} strokes
   * @param {import('./pad.js').Pad} pad
   * @param {import('./model.js').Model} model
   * @param {import('./charset.js').CharsetChoice} charset
   * @param {import('./answer.js').AnswerView} answerView
   */
  constructor(strokes, pad, model, charset, answerView) {
    this.#strokes = strokes;
    this.#pad = pad;
    this.#model = model;
    this.#charset = charset;
    this.#answerView = answerView;
    pad.addEventListener('begin', () => this.#onPenDown());
    pad.addEventListener('end', () => this.#onDrawingChanged());
    strokes.addEventListener('change', () => {
      if (!pad.busy) this.#onDrawingChanged();
    });
    const on = (/** @type {string} */ type, /** @type {(detail: any) => void} */ handle) =>
      this.#client.addEventListener(type, (event) => handle(/** @type {CustomEvent} */ (event).detail));
    on('answer', (answer) => this.#onAnswer(answer));
    on('rejected', (problem) => this.#onRejected(problem));
    on('retrying', ({ problem, wait }) => this.#onRetrying(problem, wait));
  }

  /** Asks now. */
  ask() {
    clearTimeout(this.#debounce);
    if (this.#strokes.isBlank) return showMessage(t('nothingDrawn'), 'warning');
    this.#sent = this.#strokes.drawing;
    this.#client.send(this.#request());
  }

  /** The best candidate for a drawing if its answer is on the page. @param {Drawing} drawing */
  bestFor(drawing) {
    return drawing === this.#answered ? this.#answerView.best : null;
  }

  #request() {
    const { drawing } = this.#strokes;
    const options = {
      // A heat map needs all classes. While the model is unknown, 1 is the only number that every model accepts.
      top: this.#model.classes.length || 1,
      glyph: true,
      ...(this.#charset.value !== 'any' && { charset: this.#charset.value }),
      ...(this.#model.legibilityThreshold !== undefined && { legibility: true }),
      ...(drawing.picture && { ink: true }),
    };
    return { image: drawing.picture?.file ?? toPng(drawing), options };
  }

  #onPenDown() {
    clearTimeout(this.#debounce);
    this.#answerView.setStale(true);
  }

  #onDrawingChanged() {
    clearTimeout(this.#debounce);
    if (this.#strokes.isBlank) return this.#reset();
    this.#answerView.setStale(true);
    this.#debounce = setTimeout(() => this.ask(), DEBOUNCE_DELAY);
  }

  #reset() {
    this.#client.cancel();
    this.#sent = this.#answered = BLANK;
    this.#answerView.reset();
  }

  /** @param {Answer} answer */
  #onAnswer(answer) {
    this.#answered = this.#sent;
    this.#answerView.show(answer, this.#model.legibilityThreshold);
    this.#answerView.setStale(this.#pad.busy || this.#answered !== this.#strokes.drawing);
    if (!this.#model.explains(answer.predictions)) this.#model.load();
  }

  /** @param {Problem} problem */
  #onRejected({ kind, status, detail }) {
    this.#answerView.reset();
    if (kind === 'nothing-drawn') this.#onNothingFound();
    // It is too large for this connection (too-slow), for the server, or to be decoded.
    else if (status === 408 || status === 413 || kind === 'too-many-pixels') showMessage(t('tooLarge'), 'error');
    else if (status === 415 && detail) showMessage(detail, 'error');
    else if (kind === 'too-long') showMessage(t('tooLong', { predict: t('predict') }), 'error');
    else if (status === 401) showMessage(t('needsKey'), 'error');
    else if (status === 500) showMessage(t('failed', { predict: t('predict') }), 'error');
    else showMessage(t('refused'), 'error');
    // The options fitted the model that the page knows, so the server has another one by now.
    if (kind === 'bad-option') this.#model.load();
  }

  #onNothingFound() {
    const { picture } = this.#strokes.drawing;
    showMessage(t(picture ? 'noCharacter' : 'illegible'), 'warning');
  }

  /** @param {Problem} problem @param {number} wait in milliseconds */
  #onRetrying({ kind, status }, wait) {
    const seconds = Math.ceil(wait / 1000);
    if (kind === 'not-ready') showMessage(t('notReady'), 'error');
    else if (status !== 0) showMessage(t('busy', { seconds }), 'error');
    else showMessage(navigator.onLine ? t('unreachable', { seconds }) : t('offline'), 'error');
  }
}
