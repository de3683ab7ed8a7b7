/**
 * @file From ink to the glyph that the network was trained on: cropped, resized, centred, scaled to a maximum of 1 and
 * turned, as `ink.neural.glyph` does.
 */
import { resize } from './resize.js';

/**
 * @typedef {object} GlyphSpec
 * @property {number} size side of the square glyph in pixels
 * @property {number} box side of the centred square that the ink fills
 * @property {'aspect' | 'stretch'} fit
 * @property {'upright' | 'mirrored' | 'transposed'} orientation
 */

/**
 * @param {import('./ink.js').Ink} ink
 * @param {GlyphSpec} spec
 * @returns {Float32Array} `size * size` values from 0 to 1, row by row
 */
export function normalize(ink, { size, box, fit, orientation }) {
  const [inkWidth, inkHeight] = [ink.box.right - ink.box.left, ink.box.bottom - ink.box.top];
  const scale = box / Math.max(inkWidth, inkHeight);
  const scaled = (/** @type {number} */ side) =>
    fit === 'stretch' ? box : Math.max(1, Math.floor(side * scale + 0.5));
  const [width, height] = [scaled(inkWidth), scaled(inkHeight)];
  const resized = resize(ink, width, height);
  const peak = resized.reduce((a, b) => Math.max(a, b), 0);
  const glyph = new Float32Array(size * size);
  const [left, top] = [Math.floor((size - width) / 2), Math.floor((size - height) / 2)];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) glyph[(top + y) * size + left + x] = resized[y * width + x] / peak;
  }
  return turn(glyph, size, orientation);
}

/**
 * Turns an upright glyph into an orientation, or back: each orientation is its own inverse.
 * @param {Float32Array} glyph
 * @param {number} size
 * @param {GlyphSpec['orientation']} orientation
 */
export function turn(glyph, size, orientation) {
  return glyph.map((value, i) => {
    const [x, y] = [i % size, Math.floor(i / size)];
    if (orientation === 'mirrored') return glyph[y * size + size - 1 - x];
    return orientation === 'transposed' ? glyph[x * size + y] : value;
  });
}
