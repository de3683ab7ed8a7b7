/**
 * @file Drawings as PNG and SVG files.
 */
import { toBlob } from './picture.js';
import { BLANK, SHEET, svgPath, trace } from './strokes.js';

/** @typedef {import('./strokes.js').Drawing} Drawing */

/** From this value, of 255, on a colour looks white. */
const WHITE = 250;

/**
 * Renders black ink on white, independent of theme, screen and pixel ratio.
 * @param {Drawing} drawing
 * @param {number} [size] side in pixels
 */
function render(drawing, size = SHEET) {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size;
  const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d', { willReadFrequently: true }));
  ctx.fillStyle = '#fff';
  ctx.fillRect(0, 0, size, size);
  ctx.scale(size / SHEET, size / SHEET);
  ctx.lineCap = ctx.lineJoin = 'round';
  for (const { width, points } of drawing.strokes) {
    ctx.beginPath();
    ctx.lineWidth = width;
    trace(points, ctx);
    ctx.stroke();
  }
  return canvas;
}

/**
 * Strokes as a PNG file.
 * @param {Drawing} drawing
 * @param {number} [size] side in pixels
 */
export function toPng(drawing, size) {
  return toBlob(render(drawing, size).toDataURL());
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

/** Whether the browser hands out other pixels than were drawn, as some do so that pages cannot recognise them. */
export function addsNoise() {
  const ctx = /** @type {CanvasRenderingContext2D} */ (render(BLANK).getContext('2d'));
  return ctx.getImageData(0, 0, SHEET, SHEET).data.some((value) => value < WHITE);
}

/** @param {string} name @param {Blob} content */
export function download(name, content) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
