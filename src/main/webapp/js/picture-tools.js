/**
 * @file The tools for a picture: the part that shows the character, and quarter turns. They are loaded when they are first
 * used.
 */
import { withPictureFiles } from './picture-input.js';

/** @typedef {import('./picture.js').Picture} Picture */
/** @typedef {import('./picture-input.js').PictureFiles} PictureFiles */

export default class PictureTools {
  #mode;
  /** The last change. The next one waits for it, so that none is lost. */
  #change = Promise.resolve();
  /** @type {import('./crop.js').CropTool | undefined} */
  #cropTool;

  /** @param {import('./main.js').Parts} parts */
  constructor({ mode }) {
    this.#mode = mode;
  }

  /** Shows or hides the frame to select a part with. */
  toggleCrop() {
    withPictureFiles(async ({ requireCanvas, CropTool }) => {
      await requireCanvas();
      this.#cropTool ??= new CropTool(this.#mode, (part) => this.#edit(({ crop }, picture) => crop(picture, part)));
      return () => this.#cropTool?.toggle();
    });
  }

  rotate() {
    this.#edit(({ rotate }, picture) => rotate(picture));
  }

  /** @param {(files: PictureFiles, picture: Picture) => Promise<Picture>} apply */
  #edit(apply) {
    this.#change = this.#change.then(() =>
      withPictureFiles(async (files) => {
        await files.requireCanvas();
        const { strokes } = this.#mode();
        const { drawing } = strokes;
        if (!drawing.picture) return;
        const picture = await apply(files, drawing.picture);
        return drawing === strokes.drawing ? () => strokes.replace({ strokes: [], picture }) : undefined;
      }),
    );
  }
}
