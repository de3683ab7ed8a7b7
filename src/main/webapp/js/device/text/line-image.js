/**
 * @file A line of text as the text network sees it, as `ink.neural.text.LineImage` makes it. Full ink is 1, paper is 0.
 */
import { resize } from '../resize.js';
import { boxOf } from './text-line.js';
import { tooMuchText } from './too-much-text.js';

/** @typedef {import('../ink.js').Ink} Ink */
/** @typedef {import('./text-line.js').TextLine} TextLine */

/**
 * The shape of the images that the network was trained on.
 * @typedef {object} LineSpec
 * @property {number} height rows of an image
 * @property {number} inkHeight rows that the ink fills
 * @property {number} margin empty columns to the left of the ink, and at least as many to the right
 * @property {number} maxStrokeWidth the widest strokes in pixels; a line of thicker strokes is made lower
 */

/**
 * @typedef {object} LineImage
 * @property {TextLine} line
 * @property {number} width
 * @property {Float32Array} pixels `width` times the height of the spec
 * @property {number} columnsPerPixel columns of the image for each column of the picture
 * @property {number} margin columns of the image to the left of the ink
 */

/** The width of an image is a multiple of this. */
const COLUMN_STEP = 4;
/** Twice the area of a shape by the length of its outline is the width of its strokes. */
const OUTLINE_PER_CRACK = Math.PI / 4;

/**
 * Makes the image of a line. The line is scaled to the height of the ink, or less if its strokes would become too thick.
 * @param {TextLine} line
 * @param {LineSpec} spec
 * @param {number} maxWidth the most columns that the image may have
 * @param {number} [maxScale] the most columns of the image for a column of the picture
 * @returns {LineImage}
 * @throws {import('../../predict.js').Problem} if the image would have more columns
 */
export function imageOf(line, spec, maxWidth, maxScale = Infinity) {
  const { ink } = line;
  const [boxWidth, boxHeight] = [ink.box.right - ink.box.left, ink.box.bottom - ink.box.top];
  const scale = Math.min(maxScale, spec.inkHeight / boxHeight, spec.maxStrokeWidth / strokeWidth(ink));
  const scaled = (/** @type {number} */ side) => Math.max(1, Math.floor(side * scale + 0.5));
  const [inkWidth, inkHeight] = [scaled(boxWidth), scaled(boxHeight)];
  const width = Math.ceil((inkWidth + 2 * spec.margin) / COLUMN_STEP) * COLUMN_STEP;
  if (width > maxWidth) throw tooMuchText();
  const pixels = new Float32Array(width * spec.height);
  const resized = resize(ink, inkWidth, inkHeight);
  const peak = resized.reduce((a, b) => Math.max(a, b), 0);
  const top = Math.floor((spec.height - inkHeight) / 2);
  for (let y = 0; y < inkHeight; y++) {
    const row = resized.subarray(y * inkWidth, (y + 1) * inkWidth);
    pixels.set(
      row.map((density) => density / peak),
      (top + y) * width + spec.margin,
    );
  }
  return { line, width, pixels, columnsPerPixel: inkWidth / boxWidth, margin: spec.margin };
}

/** The column of the picture that lies at a column of the image. @param {LineImage} image @param {number} column */
export const pictureColumn = ({ line, columnsPerPixel, margin }, column) =>
  boxOf(line).left + (column - margin) / columnsPerPixel;

/** The mean width of the strokes in the bounding box, in pixels: pixels of at least half the peak density are ink. @param {Ink} ink */
function strokeWidth({ plane, densities, box }) {
  const density = (/** @type {number} */ x, /** @type {number} */ y) => densities[plane.pixels[y * plane.width + x]];
  let peak = 0;
  for (let y = box.top; y < box.bottom; y++) {
    for (let x = box.left; x < box.right; x++) peak = Math.max(peak, density(x, y));
  }
  const isInked = (/** @type {number} */ x, /** @type {number} */ y) =>
    x >= box.left && x < box.right && y >= box.top && y < box.bottom && density(x, y) >= peak / 2;
  let area = 0;
  let cracks = 0;
  for (let y = box.top; y <= box.bottom; y++) {
    for (let x = box.left; x <= box.right; x++) {
      const inked = isInked(x, y);
      area += Number(inked);
      cracks += Number(inked !== isInked(x - 1, y)) + Number(inked !== isInked(x, y - 1));
    }
  }
  return (2 * area) / (OUTLINE_PER_CRACK * cracks);
}
