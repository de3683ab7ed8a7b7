/**
 * @file Drawings as SVG files, and back. It is loaded when it is first used.
 */
import { SHEET, svgPath } from './strokes.js';

/** @typedef {import('./strokes.js').Drawing} Drawing */
/** @typedef {import('./strokes.js').Stroke} Stroke */

/** @param {Drawing} drawing @param {number} [width] in sheet units */
export function toSvg({ strokes }, width = SHEET) {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${SHEET}" width="${width}" height="${SHEET}">
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
  const width = Number(svg.match(/viewBox="0 0 (\d+) /)?.[1]);
  return strokes.length > 0 && toSvg({ strokes, picture: null }, width) === svg ? strokes : null;
}

/**
 * The points of a path that `svgPath` has made.
 * @param {string} path
 */
function readSvgPath(path) {
  const points = path
    .split(/[MQL]/)
    .slice(1)
    .map((numbers) => /** @type {import('./strokes.js').Point} */ (numbers.split(' ', 2).map(Number)));
  const isDot = points.length === 2 && svgPath(points.slice(0, 1)) === path;
  return isDot ? points.slice(0, 1) : points;
}
