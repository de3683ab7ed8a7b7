/**
 * @file Drawings as PNG files.
 */
import { encodePng } from './png.js';
import { rasterize } from './raster.js';
import { SHEET } from './strokes.js';

/**
 * Strokes as a PNG file: black ink on white, independent of theme, screen and pixel ratio.
 * @param {import('./strokes.js').Drawing} drawing
 * @param {number} [height] of the sheet in pixels
 * @param {number} [width] in pixels; by default the sheet is square
 */
export function toPng({ strokes }, height = SHEET, width = height) {
  return encodePng(rasterize(strokes, height, width));
}
