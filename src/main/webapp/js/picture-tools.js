/**
 * @file The tools for a picture: the part that shows the character, and quarter turns.
 */
import { onClick } from './dom.js';
import { withPictureFiles } from './picture-input.js';

/** @typedef {import('./picture.js').Picture} Picture */
/** @typedef {import('./picture-input.js').PictureFiles} PictureFiles */

/** @param {import('./strokes.js').Strokes} strokes */
export function setUpPictureTools(strokes) {
  /** The last change. The next one waits for it, so that none is lost. */
  let change = Promise.resolve();
  /** @param {(files: PictureFiles, picture: Picture) => Promise<Picture>} apply */
  const edit = (apply) => {
    change = change.then(() =>
      withPictureFiles(async (files) => {
        await files.requireCanvas();
        const { drawing } = strokes;
        if (!drawing.picture) return;
        const picture = await apply(files, drawing.picture);
        return drawing === strokes.drawing ? () => strokes.replace({ strokes: [], picture }) : undefined;
      }),
    );
  };
  /** @type {import('./crop.js').CropTool | undefined} */
  let tool;
  onClick('crop', () =>
    withPictureFiles(async ({ requireCanvas, CropTool }) => {
      await requireCanvas();
      tool ??= new CropTool(strokes, (part) => edit(({ crop }, picture) => crop(picture, part)));
      return () => tool?.toggle();
    }),
  );
  onClick('rotate', () => edit(({ rotate }, picture) => rotate(picture)));
}
