/**
 * @file Saves drawings as files. It is loaded when it is first used.
 */
import { toPng } from './png.js';
import { SHEET } from './strokes.js';
import { toSvg } from './svg.js';

/** @typedef {import('./strokes.js').Drawing} Drawing */

/** Height of a saved PNG in pixels. The server accepts pictures of this size. */
const SAVED_HEIGHT = 1000;

/** @param {Drawing} drawing @param {number} [width] of the sheet, in sheet units */
export async function savePng(drawing, width = SHEET) {
  download('drawing.png', await toPng(drawing, SAVED_HEIGHT, Math.round((SAVED_HEIGHT * width) / SHEET)));
}

/** @param {Drawing} drawing @param {number} [width] of the sheet, in sheet units */
export function saveSvg(drawing, width) {
  download('drawing.svg', new Blob([toSvg(drawing, width)], { type: 'image/svg+xml' }));
}

/** @param {string} name @param {Blob} content */
export function download(name, content) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
