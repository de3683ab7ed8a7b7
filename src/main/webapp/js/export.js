/**
 * @file Drawings as PNG and SVG files.
 */
import { SHEET, svgPath, trace } from './ink.js';

/** @typedef {import('./ink.js').Drawing} Drawing */

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
 * The strokes or the picture as a PNG data URL.
 * @param {Drawing} drawing
 * @param {number} [size] side in pixels, for strokes
 */
export function toPng(drawing, size) {
  return drawing.picture ? drawing.picture.url : render(drawing, size).toDataURL('image/png');
}

/** @param {Drawing} drawing */
export function toSvg({ strokes, picture }) {
  const image = picture
    ? `<image href="${picture.url}" width="${SHEET}" height="${SHEET}"/>`
    : strokes.map(({ width, points }) => `<path stroke-width="${width}" d="${svgPath(points)}"/>`).join('\n');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SHEET} ${SHEET}" width="${SHEET}" height="${SHEET}">
<rect width="100%" height="100%" fill="#fff"/>
<g fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round">
${image}
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

/** @param {string} dataUrl a base64 data URL */
export function toBlob(dataUrl) {
  const [head, body] = dataUrl.split(',');
  const bytes = Uint8Array.from(atob(body), (char) => char.charCodeAt(0));
  return new Blob([bytes], { type: head.slice(5).split(';')[0] });
}
