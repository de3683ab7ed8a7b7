/**
 * @file A drawing made into a file: the PNG the server reads, and PNG or SVG to keep.
 */
import { SHEET, svgPath, trace } from './ink.js';

/** @typedef {import('./ink.js').Drawing} Drawing */

/**
 * Black ink on white, whatever the screen, its pixel ratio and the theme.
 * @param {Drawing} drawing
 * @param {number} [size] side in pixels
 * @returns {HTMLCanvasElement}
 */
function render(drawing, size = SHEET) {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size;
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d', { willReadFrequently: true }));
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, size, size);
  pen.scale(size / SHEET, size / SHEET);
  pen.lineCap = pen.lineJoin = 'round';
  for (const { width, points } of drawing.strokes) {
    pen.beginPath();
    pen.lineWidth = width;
    trace(points, pen);
    pen.stroke();
  }
  return canvas;
}

/**
 * What is sent to the server: the strokes at 280 x 280, or the picture as it is.
 * @param {Drawing} drawing
 * @param {number} [size] side in pixels, for strokes
 * @returns {string} PNG data URL
 */
export function toPng(drawing, size) {
  return drawing.picture ? drawing.picture.url : render(drawing, size).toDataURL('image/png');
}

/**
 * @param {Drawing} drawing
 * @returns {string} an SVG document
 */
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

/**
 * Hands a file to the person's downloads.
 * @param {string} name
 * @param {Blob} content
 */
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
