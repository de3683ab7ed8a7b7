/**
 * @file Drawings as PNG and SVG files.
 */
import { encodePng } from './png.js';
import { rasterize } from './raster.js';
import { SHEET, readSvgPath, svgPath } from './strokes.js';

/** @typedef {import('./strokes.js').Drawing} Drawing */
/** @typedef {import('./strokes.js').Stroke} Stroke */

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

/**
 * The strokes of an SVG file that this page has saved, or null if it is another one.
 * @param {string} svg
 * @returns {Stroke[] | null}
 */
export function readSvg(svg) {
  const paths = [...svg.matchAll(/<path stroke-width="([\d.]+)" d="([^"]+)"/g)];
  const strokes = paths.map(([, width, path]) => ({ width: Number(width), points: readSvgPath(path) }));
  return strokes.length > 0 && toSvg({ strokes, picture: null }) === svg ? strokes : null;
}

/** @param {string} name @param {Blob} content */
export function download(name, content) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
