/**
 * @file What people say that their drawings are. These drawings are examples of their hand, which improve the answers, and
 * which a model can be trained with. They are kept on this device.
 */
import { Collection } from './collection.js';
import { byId } from './dom.js';
import { Hand } from './hand.js';
import { t } from './i18n.js';
import { showQuietly } from './message.js';
import { save } from './store.js';
import { isEqual, readDrawing } from './strokes.js';

/** @typedef {import('./protocol').Answer} Answer */
/** @typedef {import('./strokes.js').Drawing} Drawing */

/**
 * @typedef {object} LabelledDrawing
 * @property {number} id
 * @property {string} label what a person says
 * @property {Drawing} drawing
 * @property {Pick<Answer, 'predictions' | 'legibility' | 'ink'>} answer of the network, without predictions until it is known
 * @property {{name: string, version: string}} model that has answered
 * @property {{model: string, values: string}} [features] of the drawing, and name and version of the model that they are from
 */

/** How many of the network's candidates are kept. */
const CANDIDATES = 5;
const BASE64 = /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
/** How many drawings are kept. */
const LIMIT = 500;

/** Fires `change` when the examples change, also in another tab. */
export default class Labelling extends EventTarget {
  #examples = new Collection('labelled', readExample, () => this.#onChange());
  #parts;
  hand;

  /** @param {import('./main.js').Parts} parts */
  constructor(parts) {
    super();
    this.#parts = parts;
    this.hand = new Hand(parts, this);
  }

  /** Newest first. */
  get examples() {
    return this.#examples.records;
  }

  /** Resolves when what was kept has been read, and all changes so far have been kept. */
  get settled() {
    return this.#examples.settled;
  }

  /** Whether the device keeps all examples. */
  get isStored() {
    return this.#examples.isStored;
  }

  /** Says what the drawing on the sheet is. The same again takes it back. @param {string} label */
  async correct(label) {
    await this.settled;
    const { strokes, sheet, recognizer, answerView, text, history } = this.#parts;
    const { drawing } = strokes;
    const best = recognizer.bestFor(drawing);
    if (!best) return;
    const corrected = sheet.label === label ? null : label;
    sheet.label = corrected;
    if (corrected) this.add(label, drawing, answerView.answer);
    else this.forget(this.#equalTo(drawing));
    answerView.correct(corrected);
    history.update(drawing, { label: corrected });
    text.replace(corrected ?? best.label, drawing);
    if (corrected && this.hand.canLearn) showQuietly(t('learntForNextTime'));
  }

  /** Keeps a drawing, once. @param {string} label @param {Drawing} drawing @param {Answer | null} [answer] if it is known */
  add(label, drawing, answer = null) {
    const id = this.#equalTo(drawing)[0]?.id ?? this.#examples.nextId;
    this.#change([{ id, label, drawing, ...knownFrom(answer) }]);
  }

  /** Keeps the drawings that are not there yet. @param {import('./hand-file.js').Example[]} examples @returns {number} how many these are */
  merge(examples) {
    const known = new Set(this.examples.map(({ drawing }) => JSON.stringify(drawing)));
    const ids = new Set(this.examples.map(({ id }) => id));
    const added = new Map(examples.map((example) => [JSON.stringify(example.drawing), example]));
    for (const drawing of known) added.delete(drawing);
    const merged = [...added.values()].map(({ label, drawing, date }) => {
      let id = date;
      while (ids.has(id)) id += 1;
      ids.add(id);
      return { id, label, drawing, ...knownFrom(null) };
    });
    this.#change(merged);
    return merged.length;
  }

  /** Keeps what the model says of examples. @param {{example: LabelledDrawing, answer: Answer}[]} answered */
  keepAnswers(answered) {
    const answers = new Map(answered.map(({ example, answer }) => [example.id, answer]));
    const changed = this.examples.filter(({ id }) => answers.has(id));
    this.#change(
      changed.map((example) => {
        const { features, ...known } = knownFrom(answers.get(example.id) ?? null);
        return { ...example, ...(example.answer.predictions.length === 0 && known), features };
      }),
    );
  }

  /** @param {LabelledDrawing[]} examples */
  forget(examples) {
    this.#examples.change([], examples);
  }

  /** Brings forgotten examples back. @param {LabelledDrawing[]} examples */
  restore(examples) {
    this.#change(examples);
  }

  /** @param {LabelledDrawing[]} examples new ones, or with the id of those they replace */
  #change(examples) {
    const ids = new Set(examples.map(({ id }) => id));
    const others = this.examples.filter(({ id }) => !ids.has(id));
    const dropped = surplus([...examples, ...others], LIMIT);
    this.#examples.change(
      examples.filter((example) => !dropped.includes(example)),
      dropped.filter((example) => others.includes(example)),
    );
  }

  /** @param {Drawing} drawing */
  #equalTo(drawing) {
    return this.examples.filter((example) => isEqual(example.drawing, drawing));
  }

  #onChange() {
    const isEmpty = this.examples.length === 0;
    save('labelled', !isEmpty); // The next visit then loads this module.
    if (!isEmpty) byId('hand-open').hidden = false;
    this.dispatchEvent(new Event('change'));
  }
}

/** @param {Answer | null} answer */
function knownFrom(answer) {
  const [name = '', version = ''] = answer?.model?.split('@') ?? [];
  const { predictions = [], legibility = undefined } = answer?.network ?? answer ?? {};
  return {
    answer: { predictions: predictions.slice(0, CANDIDATES), legibility, ink: answer?.ink },
    model: { name, version },
    features: answer?.features && answer.model ? { model: answer.model, values: answer.features } : undefined,
  };
}

/**
 * What must go, so that no more are kept than the limit: the oldest of the character that has the most.
 * @template {{id: number, label: string}} T
 * @param {T[]} examples
 * @param {number} limit
 */
export function surplus(examples, limit) {
  /** @type {Map<string, T[]>} */
  const byLabel = new Map();
  for (const example of [...examples].sort((a, b) => b.id - a.id)) {
    byLabel.set(example.label, [...(byLabel.get(example.label) ?? []), example]);
  }
  /** @type {T[]} */
  const dropped = [];
  while (examples.length - dropped.length > limit) {
    const [most] = [...byLabel.values()].sort((a, b) => b.length - a.length);
    dropped.push(/** @type {T} */ (most.pop()));
  }
  return dropped;
}

/** What is stored may be from an older version or damaged. @param {any} stored @returns {LabelledDrawing | null} */
function readExample(stored) {
  const drawing = readDrawing(stored?.drawing);
  const isValid = Number.isFinite(stored?.id) && stored.label && Array.isArray(stored.answer?.predictions);
  if (!drawing || !isValid) return null;
  return { ...stored, drawing, features: BASE64.test(stored.features?.values) ? stored.features : undefined };
}
