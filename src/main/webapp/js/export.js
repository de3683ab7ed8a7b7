/**
 * @file Drawings as PNG and SVG files.
 */
import { encodePng } from './png.js';
import { rasterize } from './raster.js';
import { SHEET, svgPath } from './strokes.js';

/** @typedef {import('./strokes.js').Drawing} Drawing */

/**
 * Strokes as a PNG file: black ink on white, independent of theme, screen and pixel ratio.
 * @param {Drawing} drawing
 * @param {number} [size] side in pixels
 */
export function toPng({ strokes }, size = SHEET) {
  return encodePng(rasterize(strokes, size));
}

/** @param {Drawing} drawing */
export function toSvg({ strokes }) {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SHEET} ${SHEET}" width="${SHEET}" height="${SHEET}">
<rect width="100%" height="100%" fill="#fff"/>
<g fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round">
${strokes.map(({ width, points }) => `<path stroke-width="${width}" d="${svgPath(points)}"/>`).join('\n')}
</g>
</svg>
`;
}

/** @param {string} name @param {Blob} content */
export function download(name, content) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
