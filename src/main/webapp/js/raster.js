/**
 * @file Strokes as pixels, without a canvas: some browsers forbid reading a canvas or change what is read.
 */
import { SHEET, trace } from './strokes.js';

/** How far a straight segment may lie beside its curve, in pixels. */
const FLATNESS = 0.05;

/** @typedef {(x1: number, y1: number, x2: number, y2: number) => void} Line */
/** @typedef {{width: number, height: number, pixels: Uint8ClampedArray<ArrayBuffer>}} Plane grey values, row by row */

/**
 * Renders black ink on white with smooth edges, as a canvas draws lines with round caps and joins.
 * @param {readonly import('./strokes.js').Stroke[]} strokes
 * @param {number} height of the sheet in pixels
 * @param {number} [width] in pixels; by default the sheet is square
 * @returns {Plane}
 */
export function rasterize(strokes, height, width = height) {
  const plane = { width, height, pixels: new Uint8ClampedArray(width * height).fill(255) };
  const scale = height / SHEET;
  for (const { width, points } of strokes) {
    const radius = (width * scale) / 2;
    flatten(points, scale, (x1, y1, x2, y2) => drawLine(plane, radius, x1, y1, x2, y2));
  }
  return plane;
}

/**
 * Passes the straight segments of a stroke to `line`.
 * @param {readonly import('./strokes.js').Point[]} points
 * @param {number} scale
 * @param {Line} line
 */
function flatten(points, scale, line) {
  let [x, y] = [0, 0];
  const lineTo = (/** @type {number} */ toX, /** @type {number} */ toY) => {
    line(x * scale, y * scale, toX * scale, toY * scale);
    [x, y] = [toX, toY];
  };
  trace(points, {
    moveTo: (startX, startY) => ([x, y] = [startX, startY]),
    lineTo,
    quadraticCurveTo(cx, cy, endX, endY) {
      const [startX, startY] = [x, y];
      const bend = scale * Math.hypot(startX - 2 * cx + endX, startY - 2 * cy + endY);
      const steps = Math.ceil(Math.sqrt(bend / 4 / FLATNESS)) || 1;
      for (let i = 1; i <= steps; i++) {
        const [t, s] = [i / steps, 1 - i / steps];
        lineTo(s * s * startX + 2 * s * t * cx + t * t * endX, s * s * startY + 2 * s * t * cy + t * t * endY);
      }
    },
  });
}

/** Darkens the pixels near a segment: a pixel's shade follows from the distance of its centre. @type {(plane: Plane, radius: number, ...line: Parameters<Line>) => void} */
function drawLine({ width, height, pixels }, radius, x1, y1, x2, y2) {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const squaredLength = dx * dx + dy * dy || 1;
  const reach = radius + 0.5;
  const [top, bottom] = pixelsBetween(Math.min(y1, y2) - reach, Math.max(y1, y2) + reach, height);
  // Half the width of the line in a row, and how far its middle moves from row to row.
  const half = dy && (reach * Math.sqrt(squaredLength)) / Math.abs(dy);
  for (let row = top; row < bottom; row++) {
    const y = row + 0.5 - y1;
    const middle = dy && x1 + (y * dx) / dy;
    const [left, right] = pixelsBetween(
      Math.max(Math.min(x1, x2) - reach, dy ? middle - half : -Infinity),
      Math.min(Math.max(x1, x2) + reach, dy ? middle + half : Infinity),
      width,
    );
    for (let column = left, i = row * width + left; column < right; column++, i++) {
      if (pixels[i] === 0) continue;
      const x = column + 0.5 - x1;
      const along = Math.min(1, Math.max(0, (x * dx + y * dy) / squaredLength));
      const distance = Math.sqrt((x - along * dx) ** 2 + (y - along * dy) ** 2);
      const grey = 255 * (distance - radius + 0.5);
      if (grey < pixels[i]) pixels[i] = grey;
    }
  }
}

/** The pixels that an interval touches, the last one excluded. @type {(from: number, to: number, size: number) => [number, number]} */
function pixelsBetween(from, to, size) {
  return [Math.max(0, Math.floor(from)), Math.min(size, Math.ceil(to))];
}
