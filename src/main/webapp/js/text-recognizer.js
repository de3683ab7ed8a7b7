/**
 * @file From writing to text: what is asked about it, and what problems mean.
 */
import { toPng } from './png.js';
import { PICTURE_HEIGHT, pictureWidth } from './reading.js';
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

  /**
   * @param {import('./strokes.js').Strokes} strokes
   * @param {import('./pad.js').Pad} pad
   * @param {import('./model.js').Model} model
   * @param {import('./expected.js').Expected} expected
   * @param {import('./composition.js').Composition} composition
   * @param {any} view shows the answers
   */
  constructor(strokes, pad, model, expected, composition, view) {
    super(strokes, pad, model, /** @type {any} */ ({ value: 'any' }), view);
    this.#model = model;
    this.#expected = expected;
    this.#composition = composition;
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
