/**
 * @file What people say that their drawings are. These drawings are examples to train a model with, and are kept on this
 * device.
 */
import { Collection } from './collection.js';
import { byId, onClick } from './dom.js';
import { download } from './export.js';
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
 * @property {{name: string, version: string} | null} model
 */

/** How many of the model's candidates are kept. */
const CANDIDATES = 5;

export class Labelling {
  #examples = new Collection('labelled', readExample, () => this.#render());
  #strokes;
  #sheet;
  #recognizer;
  #answerView;
  #text;
  #history;
  #model;

  /**
   * @param {import('./strokes.js').Strokes} strokes
   * @param {import('./sheet.js').Sheet} sheet
   * @param {import('./recognizer.js').Recognizer} recognizer
   * @param {import('./answer.js').AnswerView} answerView
   * @param {import('./text-line.js').TextLine} text
   * @param {import('./history.js').History} history
   * @param {import('./model.js').Model} model
   */
  constructor(strokes, sheet, recognizer, answerView, text, history, model) {
    this.#strokes = strokes;
    this.#sheet = sheet;
    this.#recognizer = recognizer;
    this.#answerView = answerView;
    this.#text = text;
    this.#history = history;
    this.#model = model;
    onClick('export-examples', () => this.#export());
    onClick('delete-examples', () => this.#deleteAll());
  }

  /** Says what the drawing on the sheet is. The same again takes it back. @param {string} label */
  async correct(label) {
    await this.#examples.settled;
    const { drawing } = this.#strokes;
    const { answer } = this.#answerView;
    if (!answer || !this.#recognizer.bestFor(drawing)) return;
    const corrected = this.#sheet.label === label ? null : label;
    this.#sheet.label = corrected;
    this.#keep(corrected, answer);
    this.#answerView.correct(corrected);
    this.#history.update(drawing, { label: corrected });
    this.#text.replace(corrected ?? answer.predictions[0].label, drawing);
  }

  /** @param {string | null} label @param {Answer} answer */
  #keep(label, { predictions, legibility, ink }) {
    const { drawing } = this.#strokes;
    const known = this.#examples.records.filter((example) => isEqual(example.drawing, drawing));
    const { name = '', version = '' } = this.#model.description ?? {};
    const example = {
      id: known[0]?.id ?? this.#examples.nextId,
      label: label ?? '',
      drawing,
      answer: { predictions: predictions.slice(0, CANDIDATES), legibility, ink },
      model: { name, version },
    };
    if (label) this.#examples.change([example]);
    else this.#examples.change([], known);
  }

  #render() {
    const isEmpty = this.#examples.records.length === 0;
    for (const id of ['export-examples', 'delete-examples']) byId(id).hidden = isEmpty;
    save('labelled', !isEmpty); // The next visit then loads this module.
  }

  #deleteAll() {
    const { records } = this.#examples;
    this.#examples.change([], records);
    this.#history.offerUndo(records.map(({ label }) => label).join(', '), () => {
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
      showMessage(t('offline'), 'error');
    }
  }
}

/** What is stored may be from an older version or damaged. @param {any} stored @returns {LabelledDrawing | null} */
function readExample(stored) {
  const drawing = readDrawing(stored?.drawing);
  const isValid = Number.isFinite(stored?.id) && stored.label && Array.isArray(stored.answer?.predictions);
  return drawing && isValid ? { ...stored, drawing } : null;
}
