/**
 * @file The sheet for text: it has no end, and is saved as wide as what is written on it. What is known of the writing is kept
 * with it.
 */
import { widthOf } from './reading.js';
import { Sheet } from './sheet.js';

/** @typedef {import('./text-answer.js').Reading} Reading */

export class TextSheet extends Sheet {
  #strokes;
  #onShown;

  /** @param {(isRestored: boolean) => void} onShown called when the sheet shows a recent drawing, or what it has shown before the page was loaded @param {ConstructorParameters<typeof Sheet>} parameters */
  constructor(onShown, ...parameters) {
    super(...parameters);
    [this.#strokes] = parameters;
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

  /** @param {any} stored @returns {Reading | null} */
  readLabel(stored) {
    const { text, answer, corrections } = stored ?? {};
    const isValid = typeof text === 'string' && Array.isArray(answer?.characters) && Array.isArray(corrections);
    return isValid ? stored : null;
  }

  get width() {
    return widthOf(this.#strokes.drawing.strokes);
  }
}
