/**
 * @file What people say that their drawings are. These drawings are examples to train a model with, and are kept on this
 * device.
 */
import { Collection } from './collection.js';
import { byId, onClick } from './dom.js';
import { download } from './save.js';
import { t } from './i18n.js';
import { showMessage } from './message.js';
import { save } from './store.js';
import { isEqual, readDrawing } from './strokes.js';

/** @typedef {import('./predict.js').Answer} Answer */

/**
 * @typedef {object} LabelledDrawing
 * @property {number} id
 * @property {string} label what a person says
 * @property {import('./strokes.js').Drawing} drawing
 * @property {Pick<Answer, 'predictions' | 'legibility' | 'ink'>} answer of the model
 * @property {{name: string, version: string}} model
 */

/** How many of the model's candidates are kept. */
const CANDIDATES = 5;

export default class Labelling {
  #examples = new Collection('labelled', readExample, () => this.#render());
  #parts;

  /** @param {import('./main.js').Parts} parts */
  constructor(parts) {
    this.#parts = parts;
    onClick('export-examples', () => this.#export());
    onClick('delete-examples', () => this.#deleteAll());
  }

  /** Says what the drawing on the sheet is. The same again takes it back. @param {string} label */
  async correct(label) {
    await this.#examples.settled;
    const { strokes, sheet, recognizer, answerView, text, history } = this.#parts;
    const { drawing } = strokes;
    const best = recognizer.bestFor(drawing);
    if (!best) return;
    const corrected = sheet.label === label ? null : label;
    sheet.label = corrected;
    this.#keep(corrected);
    answerView.correct(corrected);
    history.update(drawing, { label: corrected });
    text.replace(corrected ?? best.label, drawing);
  }

  /** Keeps the drawing as an example of a character, or of none. @param {string | null} label */
  #keep(label) {
    const { drawing } = this.#parts.strokes;
    const known = this.#examples.records.filter((example) => isEqual(example.drawing, drawing));
    if (!label) return this.#examples.change([], known);
    const { predictions, legibility, ink } = /** @type {Answer} */ (this.#parts.answerView.answer);
    const { name = '', version = '' } = this.#parts.model.description ?? {};
    const answer = { predictions: predictions.slice(0, CANDIDATES), legibility, ink };
    const id = known[0]?.id ?? this.#examples.nextId;
    this.#examples.change([{ id, label, drawing, answer, model: { name, version } }]);
  }

  #render() {
    const isEmpty = this.#examples.records.length === 0;
    for (const id of ['export-examples', 'delete-examples']) byId(id).hidden = isEmpty;
    save('labelled', !isEmpty); // The next visit then loads this module.
  }

  #deleteAll() {
    const { records } = this.#examples;
    this.#examples.change([], records);
    this.#parts.history.offerUndo(`${t('examplesOfMine')} (${records.length})`, () => {
      this.#examples.change(records);
      byId('export-examples').focus();
    });
    byId('undo-delete').focus();
  }

  async #export() {
    try {
      const { zipOf } = await import('./labelling-zip.js');
      download('neural-ink-examples.zip', await zipOf(this.#examples.records));
    } catch {
      showMessage(t('needsServer'), 'error');
    }
  }
}

/** What is stored may be from an older version or damaged. @param {any} stored @returns {LabelledDrawing | null} */
function readExample(stored) {
  const drawing = readDrawing(stored?.drawing);
  const isValid = Number.isFinite(stored?.id) && stored.label && Array.isArray(stored.answer?.predictions);
  return drawing && isValid ? { ...stored, drawing } : null;
}
