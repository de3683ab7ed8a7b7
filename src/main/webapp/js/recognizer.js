/**
 * @file From the drawing to the answer: asks the server while the pen draws and when it rests, and shows its answers.
 */
import { t } from './i18n.js';
import { showConnection, showMessage, showQuietly } from './message.js';
import { toPng } from './png.js';
import { PredictClient } from './predict.js';
import { expectAnswer, showProgress } from './progress.js';
import { BLANK } from './strokes.js';

/** @typedef {import('./strokes.js').Drawing} Drawing */
/** @typedef {import('./protocol').Answer} Answer */
/** @typedef {import('./protocol').PredictRequest} PredictRequest */
/** @typedef {import('./predict.js').Problem} Problem */

/** How long the pen must rest before the page asks, in milliseconds. It is longer than the hop to the next stroke. */
const DEBOUNCE_DELAY = 80;
/** How often the page asks while the pen draws, in milliseconds. */
const LIVE_INTERVAL = 150;

/** Fires `answer` when the drawing on the sheet is answered. */
export class Recognizer extends EventTarget {
  /** Adds the guides on the sheet to a request, if there are any. @type {((request: PredictRequest) => PredictRequest) | null} */
  withGuides = null;
  #strokes;
  #pad;
  #model;
  #charset;
  #answerView;
  #client = new PredictClient();
  /** The drawing that the page asks about. @type {Drawing} */
  #asked = BLANK;
  /** The finished drawing whose answer is on its way. @type {Drawing | null} */
  #awaited = null;
  /** The drawing that the answer on the page belongs to. @type {Drawing} */
  #answered = BLANK;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #debounce;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #live;

  /**
   * @param {import('./strokes.js').Strokes} strokes
   * @param {import('./pad.js').Pad} pad
   * @param {import('./model.js').Model} model
   * @param {import('./charset.js').CharsetChoice} charset
   * @param {import('./answer.js').AnswerView} answerView
   */
  constructor(strokes, pad, model, charset, answerView) {
    super();
    this.#strokes = strokes;
    this.#pad = pad;
    this.#model = model;
    this.#charset = charset;
    this.#answerView = answerView;
    pad.addEventListener('begin', () => this.#onPenDown());
    pad.addEventListener('end', () => this.#onPenUp());
    strokes.addEventListener('change', () => {
      if (!pad.busy) this.#onDrawingChanged();
      else if (strokes.isBlank) this.#answerView.setStale(true);
    });
    const on = (/** @type {string} */ type, /** @type {(detail: any) => void} */ handle) =>
      this.#client.addEventListener(type, (event) => handle(/** @type {CustomEvent} */ (event).detail));
    on('answer', ({ answer, request }) => this.#onAnswer(this.adapt(answer, request.drawing), request));
    on('rejected', (problem) => this.#onRejected(problem));
    on('retrying', ({ problem, wait }) => this.#onRetrying(problem, wait));
  }

  /** What is shown of an answer. @param {any} answer @param {Drawing} _drawing */
  adapt(answer, _drawing) {
    return answer;
  }

  /** Asks now. */
  ask() {
    clearTimeout(this.#debounce);
    if (this.#strokes.isBlank) return showMessage(t('nothingDrawn'), 'warning');
    expectAnswer();
    this.#awaited = this.#strokes.drawing;
    this.#send(this.#awaited);
  }

  /** Asks because a person wants it, and shows so even if the answer comes at once. Asking twice would only take longer. */
  askOnDemand() {
    const isAwaited = this.#awaited === this.#strokes.drawing;
    if (!this.#strokes.isBlank) showProgress('reading');
    if (!isAwaited) this.ask();
  }

  /** Stops asking, because the sheet is out of sight. */
  pause() {
    clearTimeout(this.#debounce);
    this.#client.cancel();
    this.#awaited = null;
    showProgress('idle');
  }

  /** Asks about what is on the sheet, unless that is answered. */
  resume() {
    if (this.#strokes.isBlank) return;
    if (this.#answered === this.#strokes.drawing) showProgress('done');
    else this.ask();
  }

  /** Shows an answer from before the page was loaded. @param {any} answer about the drawing on the sheet */
  recall(answer) {
    clearTimeout(this.#debounce);
    this.#client.cancel();
    this.#onAnswer(answer, { drawing: this.#strokes.drawing, options: {} });
  }

  /** Asks the server's new model. */
  update() {
    if (!this.#strokes.isBlank) this.ask();
  }

  /** The best candidate for a drawing if its answer is on the page. @param {Drawing} drawing */
  bestFor(drawing) {
    return drawing === this.#answered ? this.#answerView.best : null;
  }

  /** @param {Drawing} drawing @param {boolean} [live] whether it is still under way */
  #send(drawing, live) {
    this.#asked = drawing;
    this.#client.send({ ...this.requestFor(drawing), live });
  }

  /** @param {Drawing} drawing @returns {PredictRequest} */
  requestFor(drawing) {
    const options = {
      // A heat map needs all classes. While the model is unknown, 1 is the only number that every model accepts.
      top: this.#model.classes.length || 1,
      glyph: true,
      ...(this.#charset.value !== 'any' && { charset: this.#charset.value }),
      ...(this.#model.legibilityThreshold !== undefined && { legibility: true }),
      ...(this.#model.description?.features && { features: true }),
      ...(drawing.picture && { ink: true }),
    };
    if (drawing.picture) return { image: drawing.picture.file, options, drawing };
    const request = { image: toPng(drawing), options, drawing };
    return this.withGuides?.(request) ?? request;
  }

  #onPenDown() {
    clearTimeout(this.#debounce);
    clearInterval(this.#live);
    this.#live = setInterval(() => this.#askLive(), LIVE_INTERVAL);
    showProgress('idle');
    showQuietly('');
  }

  /** Asks about the drawing with the stroke under way, if that has grown and the server is free. */
  #askLive() {
    const { stroke } = this.#pad;
    if (!stroke || !this.#client.acceptsLive) return;
    const last = this.#asked.strokes[this.#asked.strokes.length - 1];
    if (last?.points[0] === stroke.points[0] && last.points.length === stroke.points.length) return;
    const strokes = [...this.#strokes.drawing.strokes, { ...stroke, points: [...stroke.points] }];
    this.#send({ strokes, picture: null }, true);
  }

  #onPenUp() {
    clearInterval(this.#live);
    this.#onDrawingChanged();
  }

  #onDrawingChanged() {
    clearTimeout(this.#debounce);
    if (this.#strokes.isBlank) return this.#reset();
    showProgress('idle');
    showQuietly('');
    this.#answerView.setStale(true);
    this.#debounce = setTimeout(() => this.ask(), DEBOUNCE_DELAY);
  }

  #reset() {
    this.#client.cancel();
    this.#awaited = null;
    this.#asked = this.#answered = BLANK;
    this.#answerView.reset();
    showProgress('idle');
    showConnection(navigator.onLine ? null : 'offline');
  }

  /** @param {Answer} answer @param {Pick<PredictRequest, 'drawing' | 'options'>} request */
  #onAnswer(answer, { drawing, options }) {
    this.#answered = drawing;
    showConnection(null);
    const isFinal = drawing === this.#strokes.drawing && !this.#pad.busy;
    const doubts = { threshold: this.#model.legibilityThreshold, charset: String(options.charset) };
    this.#answerView.show(answer, isFinal ? doubts : null);
    this.#answerView.setStale(!isFinal && !this.#pad.busy);
    if (isFinal) {
      this.#awaited = null;
      showProgress('done');
      this.dispatchEvent(new Event('answer'));
    }
    if (!this.#model.explains(answer)) this.#model.load();
  }

  /** @param {Problem} problem */
  #onRejected(problem) {
    const { kind } = problem;
    const message = this.reasonFor(problem);
    this.#dropOutdated();
    showConnection(null);
    showProgress(['failed', 'tooLong', 'tooSlow'].includes(message) ? 'failed' : 'done');
    showMessage(t(message, { predict: t('predict') }), kind === 'nothing-drawn' ? 'warning' : 'error');
    // The options fitted the model that the page knows, so the server has another one by now.
    if (kind === 'bad-option') this.#model.load();
  }

  /** An earlier answer must not stay beside newer ink. */
  #dropOutdated() {
    this.#awaited = null;
    if (this.#answered === this.#strokes.drawing) this.#answerView.setStale(false);
    else this.#answerView.reset();
  }

  /** What to say about a problem that will not pass by itself. @param {Problem} problem @returns {keyof import('./i18n.js').Texts} */
  reasonFor({ kind, status }) {
    const { picture } = this.#strokes.drawing;
    if (kind === 'nothing-drawn') return picture ? 'noCharacter' : 'illegible';
    if (kind === 'too-many-pixels' || status === 413) return 'tooLarge';
    if (kind === 'too-long') return 'tooLong';
    if (status === 401) return 'needsKey';
    if (status === 408) return 'tooSlow';
    if (status === 415) return 'unknownFormat';
    return status >= 500 || kind === 'bad-request' ? 'failed' : 'refused';
  }

  /** @param {Problem} problem @param {number} wait in milliseconds */
  #onRetrying({ kind, status }, wait) {
    this.#dropOutdated();
    if (status === 0) this.#model.load(); // If it fails, too, this device may answer.
    showProgress('failed');
    showQuietly('');
    const seconds = Math.ceil(wait / 1000);
    if (kind === 'not-ready') showConnection('notReady');
    else if (kind === 'busy' || status === 429) showConnection('busy', { seconds });
    else if (kind === 'left-to-server') showConnection('leftToServer', { seconds });
    else if (navigator.onLine) showConnection('unreachable', { seconds });
    else showConnection('offline');
  }
}
