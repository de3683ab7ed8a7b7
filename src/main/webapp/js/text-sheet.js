/**
 * @file The sheet for text: it has no end, and is saved as wide as what is written on it.
 */
import { download, toPng } from './export.js';
import { pictureWidth, PICTURE_HEIGHT } from './reading.js';
import { Sheet } from './sheet.js';
import { toSvg } from './svg.js';

/** How many times larger a saved picture is than the one that is sent. */
const ENLARGEMENT = 3;

export class TextSheet extends Sheet {
  #strokes;
  #onRestored;

  /** @param {() => void} onRestored called when the sheet shows what it has shown before the page was loaded @param {ConstructorParameters<typeof Sheet>} parameters */
  constructor(onRestored, ...parameters) {
    super(...parameters);
    [this.#strokes] = parameters;
    this.#onRestored = onRestored;
  }

  restore() {
    const wasBlank = this.#strokes.isBlank;
    super.restore();
    if (wasBlank && !this.#strokes.isBlank) this.#onRestored();
  }

  async savePng() {
    const { drawing } = this.#strokes;
    const [height, width] = [PICTURE_HEIGHT, pictureWidth(drawing.strokes)].map((side) => ENLARGEMENT * side);
    download('text.png', await toPng(drawing, height, width));
  }

  async saveSvg() {
    const { drawing } = this.#strokes;
    const width = 2 * pictureWidth(drawing.strokes);
    download('text.svg', new Blob([toSvg(drawing, width)], { type: 'image/svg+xml' }));
  }
}
