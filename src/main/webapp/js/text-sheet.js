/**
 * @file The sheet for text: it has no end, and is saved as wide as what is written on it.
 */
import { widthOf } from './reading.js';
import { Sheet } from './sheet.js';

export class TextSheet extends Sheet {
  #strokes;
  #onRestored;

  /** @param {() => void} onRestored called when the sheet shows what it has shown before the page was loaded @param {ConstructorParameters<typeof Sheet>} parameters */
  constructor(onRestored, ...parameters) {
    super(...parameters);
    [this.#strokes] = parameters;
    this.#onRestored = onRestored;
    this.#strokes.addEventListener('correct', () => this.render());
  }

  restore() {
    const wasBlank = this.#strokes.isBlank;
    super.restore();
    if (wasBlank && !this.#strokes.isBlank) this.#onRestored();
  }

  get width() {
    return widthOf(this.#strokes.drawing.strokes);
  }
}
