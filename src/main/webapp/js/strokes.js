/**
 * @file The drawing as data: strokes on a sheet, with undo and redo. Independent of screen and server.
 */
import { Picture } from './picture.js';

/** Height of the sheet in sheet units. The sheet for one character is square, and that for text has no end. */
export const SHEET = 280;

/** @typedef {[x: number, y: number]} Point in sheet units */

/** @typedef {{width: number, points: Point[]}} Stroke ink width and at least one point, in sheet units */

/** @typedef {{strokes: readonly Stroke[], picture: Picture | null}} Drawing strokes or a picture, never both */

/** @type {Drawing} */
export const BLANK = Object.freeze({ strokes: [], picture: null });

/** How many steps can be undone. */
const UNDO_LIMIT = 200;

/**
 * The current drawing and its history. Fires `change` after each change. Drawings are immutable.
 */
export class Strokes extends EventTarget {
  /** @type {Drawing} */
  #drawing = BLANK;
  /** @type {Drawing[]} */
  #undoStack = [];
  /** @type {Drawing[]} */
  #redoStack = [];

  get drawing() {
    return this.#drawing;
  }

  get isBlank() {
    return isBlank(this.#drawing);
  }

  get canUndo() {
    return this.#undoStack.length > 0;
  }

  get canRedo() {
    return this.#redoStack.length > 0;
  }

  /** Adds a stroke. It replaces a picture. @param {Stroke} stroke */
  add(stroke) {
    this.replace({ strokes: [...this.#drawing.strokes, stroke], picture: null });
  }

  /** Removes strokes, as one step. @param {ReadonlySet<Stroke>} strokes */
  remove(strokes) {
    if (strokes.size === 0) return;
    this.replace({ ...this.#drawing, strokes: this.#drawing.strokes.filter((stroke) => !strokes.has(stroke)) });
  }

  clear() {
    if (!this.isBlank) this.replace(BLANK);
  }

  /** Replaces the drawing, as one step. @param {Drawing} drawing */
  replace(drawing) {
    this.#undoStack = [...this.#undoStack, this.#drawing].slice(-UNDO_LIMIT);
    this.#redoStack = [];
    this.#set(drawing);
  }

  undo() {
    const previous = this.#undoStack.pop();
    if (!previous) return;
    this.#redoStack.push(this.#drawing);
    this.#set(previous);
  }

  redo() {
    const next = this.#redoStack.pop();
    if (!next) return;
    this.#undoStack.push(this.#drawing);
    this.#set(next);
  }

  /** @param {Drawing} drawing */
  #set(drawing) {
    this.#drawing = drawing;
    this.dispatchEvent(new Event('change'));
  }
}

/** @param {Drawing} drawing */
export function isBlank(drawing) {
  return drawing.strokes.length === 0 && drawing.picture === null;
}

/** @param {Drawing} one @param {Drawing} other */
export function isEqual(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

/**
 * Draws a smooth line: quadratic curves between the midpoints of the segments, with the points as control points. They
 * do not overshoot in sharp turns.
 * @param {readonly Point[]} points
 * @param {Pick<CanvasPath, 'moveTo' | 'lineTo' | 'quadraticCurveTo'>} path
 */
export function trace(points, path) {
  const [x, y] = points[0];
  path.moveTo(x, y);
  for (let i = 1; i < points.length - 1; i++) {
    const [cx, cy] = points[i];
    const [nx, ny] = points[i + 1];
    path.quadraticCurveTo(cx, cy, (cx + nx) / 2, (cy + ny) / 2);
  }
  const [endX, endY] = points[points.length - 1];
  // A canvas draws no round caps on a line of length zero, so a dot needs some length.
  path.lineTo(points.length === 1 ? endX + 0.01 : endX, endY);
}

/**
 * The same line as the `d` attribute of an SVG path.
 * @param {readonly Point[]} points
 */
export function svgPath(points) {
  /** @type {string[]} */
  const commands = [];
  const format = (/** @type {number} */ value) => String(Math.round(value * 100) / 100);
  trace(points, {
    moveTo: (x, y) => commands.push(`M${format(x)} ${format(y)}`),
    lineTo: (x, y) => commands.push(`L${format(x)} ${format(y)}`),
    quadraticCurveTo: (cx, cy, x, y) => commands.push(`Q${format(cx)} ${format(cy)} ${format(x)} ${format(y)}`),
  });
  return commands.join('');
}

/**
 * Validates a stored drawing, which may be old or damaged.
 * @param {unknown} value
 * @returns {Drawing | null}
 */
export function readDrawing(value) {
  const { strokes, picture = null } = /** @type {Partial<Drawing>} */ (value ?? {});
  const isPoint = (/** @type {unknown} */ p) => Array.isArray(p) && p.length === 2 && p.every(Number.isFinite);
  const isValid =
    Array.isArray(strokes) &&
    strokes.every(
      (s) => Number.isFinite(s?.width) && Array.isArray(s.points) && s.points.length > 0 && s.points.every(isPoint),
    ) &&
    (picture === null ||
      (/^data:image\/(png|jpeg|webp|gif|bmp);base64,/.test(picture?.url) && picture.width > 0 && picture.height > 0));
  return isValid ? { strokes, picture: picture && new Picture(picture.url, picture.width, picture.height) } : null;
}
