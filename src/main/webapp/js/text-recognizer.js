/**
 * @file From writing to text: what is asked about it, and what problems mean.
 */
import { toPng } from './png.js';
import { PICTURE_HEIGHT, pictureWidth, withBoxesIn } from './reading.js';
import { Recognizer } from './recognizer.js';

/** @typedef {import('./strokes.js').Drawing} Drawing */
/** @typedef {import('./predict.js').Problem} Problem */

/** How many readings are asked for. */
const READINGS = 6;

/** What to say about problems that only text has. @type {Record<string, keyof import('./i18n.js').Texts>} */
const REASONS = {
  'no-match': 'noMatch',
  'too-much-text': 'tooMuchText',
  'no-text-model': 'noTextModel',
};

export class TextRecognizer extends Recognizer {
  #model;
  #expected;
  #composition;
  #strokes;
  #view;

  /**
   * @param {import('./strokes.js').Strokes} strokes
   * @param {import('./pad.js').Pad} pad
   * @param {import('./model.js').Model} model
   * @param {import('./expected.js').Expected} expected
   * @param {import('./composition.js').Composition} composition
   * @param {import('./text-answer.js').TextAnswerView} view shows the answers
   */
  constructor(strokes, pad, model, expected, composition, view) {
    super(strokes, pad, model, /** @type {any} */ ({ value: 'any' }), /** @type {any} */ (view));
    this.#strokes = strokes;
    this.#view = view;
    this.#model = model;
    this.#expected = expected;
    this.#composition = composition;
  }

  /** Boxes are places on the picture as it is shown and kept. @param {import('./protocol').TextAnswer} answer @param {Drawing} drawing */
  adapt(answer, { picture }) {
    return picture ? withBoxesIn(answer, picture.scale) : answer;
  }

  update() {
    const { name, version } = this.#model.description?.text ?? {};
    const isRead = this.bestFor(this.#strokes.drawing) && this.#view.answer?.model === `${name}@${version}`;
    if (!isRead) super.update();
  }

  /** @param {Drawing} drawing */
  requestFor(drawing) {
    const options = {
      top: READINGS,
      before: this.#composition.before,
      ...this.#expected.options,
      ...(drawing.picture && { ink: true }),
      ...(this.#model.description?.text?.legibility && { legibility: true }),
    };
    const image = drawing.picture?.file ?? toPng(drawing, PICTURE_HEIGHT, pictureWidth(drawing.strokes));
    return { path: 'predict/text', image, options, drawing };
  }

  /** @param {Problem} problem */
  reasonFor(problem) {
    const { kind } = problem;
    if (kind === 'no-text-model') this.#model.load();
    if (kind === 'nothing-drawn') return 'noText';
    return REASONS[kind] ?? super.reasonFor(problem);
  }
}
