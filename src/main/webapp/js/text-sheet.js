/**
 * @file The sheet for text: it has no end, and is saved as wide as what is written on it. What is known of the writing is kept
 * with it.
 */
import { widthOf } from './reading.js';
import { Sheet } from './sheet.js';

/** @typedef {import('./text-answer.js').Reading} Reading */

export class TextSheet extends Sheet {
  #strokes;
  #unread;
  #onShown;

  /**
   * @param {() => Reading | null} unread what is known of the line while its newest strokes are not read
   * @param {(isRestored: boolean) => void} onShown called when the sheet shows a recent drawing, or what it has shown before the page was loaded
   * @param {ConstructorParameters<typeof Sheet>} parameters
   */
  constructor(unread, onShown, ...parameters) {
    super(...parameters);
    [this.#strokes] = parameters;
    this.#unread = unread;
    this.#onShown = onShown;
    this.#strokes.addEventListener('correct', () => this.render());
  }

  /** @param {import('./strokes.js').Drawing} drawing @param {unknown} [label] */
  show(drawing, label) {
    super.show(drawing, label);
    this.#onShown(false);
  }

  restore() {
    const wasBlank = this.#strokes.isBlank;
    super.restore();
    if (wasBlank && !this.#strokes.isBlank) this.#onShown(true);
  }

  /** @returns {Reading | null} */
  get label() {
    return super.label ?? this.#unread();
  }

  set label(label) {
    super.label = label;
  }

  /** @param {any} stored @returns {Reading | null} */
  readLabel(stored) {
    // Older versions kept the text alone.
    if (typeof stored === 'string') return { text: stored, answer: null, corrections: [] };
    const { text, answer, corrections } = stored ?? {};
    const isAnswer = answer === null || Array.isArray(answer?.characters);
    const isValid = typeof text === 'string' && isAnswer && Array.isArray(corrections);
    return isValid ? stored : null;
  }

  get width() {
    return widthOf(this.#strokes.drawing.strokes);
  }
}
