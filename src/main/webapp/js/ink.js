/**
 * @file The drawing as data: strokes on a square sheet, with undo and redo. Knows nothing of screens or servers.
 */

/** Side of the square sheet, in the units of every stroke. The picture sent to the server has as many pixels. */
export const SHEET = 280;

/**
 * One movement of the pen.
 * @typedef {object} Stroke
 * @property {number} width ink width in sheet units
 * @property {[number, number][]} points way of the pen in sheet units, at least one point
 */

/**
 * A picture chosen instead of strokes.
 * @typedef {object} Picture
 * @property {string} url PNG data URL
 * @property {number} width in pixels
 * @property {number} height in pixels
 */

/**
 * What lies on the sheet: strokes or a picture, never both.
 * @typedef {object} Drawing
 * @property {readonly Stroke[]} strokes in the order they were drawn
 * @property {Picture | null} picture
 */

/** @type {Drawing} */
export const BLANK = Object.freeze({ strokes: [], picture: null });

/** How many steps can be undone. */
const MEMORY = 200;

/**
 * The sheet and its past. Fires `change` after each change; drawings are never altered in place, so whoever keeps one
 * keeps it as it was.
 */
export class Ink extends EventTarget {
  /** @type {Drawing} */
  #drawing = BLANK;
  /** @type {Drawing[]} */
  #past = [];
  /** @type {Drawing[]} */
  #future = [];

  get drawing() {
    return this.#drawing;
  }

  get isBlank() {
    return isBlank(this.#drawing);
  }

  get canUndo() {
    return this.#past.length > 0;
  }

  get canRedo() {
    return this.#future.length > 0;
  }

  /** Adds a stroke; a picture makes room for it. @param {Stroke} stroke */
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

  /** Puts another drawing on the sheet. @param {Drawing} drawing */
  replace(drawing) {
    this.#past = [...this.#past, this.#drawing].slice(-MEMORY);
    this.#future = [];
    this.#show(drawing);
  }

  undo() {
    const before = this.#past.pop();
    if (!before) return;
    this.#future.push(this.#drawing);
    this.#show(before);
  }

  redo() {
    const after = this.#future.pop();
    if (!after) return;
    this.#past.push(this.#drawing);
    this.#show(after);
  }

  /** @param {Drawing} drawing */
  #show(drawing) {
    this.#drawing = drawing;
    this.dispatchEvent(new Event('change'));
  }
}

/** @param {Drawing} drawing */
export function isBlank(drawing) {
  return drawing.strokes.length === 0 && drawing.picture === null;
}

/**
 * Whether two drawings look the same, wherever they were kept in between.
 * @param {Drawing} one
 * @param {Drawing} other
 */
export function isSame(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

/**
 * Draws the smooth line through points: quadratic curves from middle to middle, which pass sharp turns without
 * overshooting and need no look-ahead.
 * @param {readonly [number, number][]} points
 * @param {{moveTo(x: number, y: number): void, lineTo(x: number, y: number): void,
 *          quadraticCurveTo(cx: number, cy: number, x: number, y: number): void}} pen a Path2D or anything drawn alike
 */
export function trace(points, pen) {
  const [x, y] = points[0];
  pen.moveTo(x, y);
  for (let i = 1; i < points.length - 1; i++) {
    const [cx, cy] = points[i];
    const [nx, ny] = points[i + 1];
    pen.quadraticCurveTo(cx, cy, (cx + nx) / 2, (cy + ny) / 2);
  }
  const [endX, endY] = points[points.length - 1];
  // A line of no length has no round ends on a canvas: a dot needs a hair of it.
  pen.lineTo(points.length === 1 ? endX + 0.01 : endX, endY);
}

/**
 * The same line as the `d` of an SVG path.
 * @param {readonly [number, number][]} points
 */
export function svgPath(points) {
  /** @type {string[]} */
  const steps = [];
  const n = (/** @type {number} */ value) => String(Math.round(value * 100) / 100);
  trace(points, {
    moveTo: (x, y) => steps.push(`M${n(x)} ${n(y)}`),
    lineTo: (x, y) => steps.push(`L${n(x)} ${n(y)}`),
    quadraticCurveTo: (cx, cy, x, y) => steps.push(`Q${n(cx)} ${n(cy)} ${n(x)} ${n(y)}`),
  });
  return steps.join('');
}

/**
 * The strokes that an eraser touches on its way.
 * @param {readonly Stroke[]} strokes
 * @param {[number, number]} from
 * @param {[number, number]} to
 * @param {number} reach radius of the eraser in sheet units
 */
export function touched(strokes, from, to, reach) {
  return strokes.filter((stroke) => {
    const near = reach + stroke.width / 2;
    return stroke.points.some((point, i) => {
      const next = stroke.points[i + 1] ?? point;
      return crosses(from, to, point, next) || segmentGap(from, to, point, next) <= near;
    });
  });
}

/** @typedef {readonly [number, number]} Point */

/** Smallest distance of two segments that do not cross: one end is always involved. @type {(a: Point, b: Point, c: Point, d: Point) => number} */
function segmentGap(a, b, c, d) {
  return Math.min(pointGap(a, c, d), pointGap(b, c, d), pointGap(c, a, b), pointGap(d, a, b));
}

/** Distance of p from the segment ab. @type {(p: Point, a: Point, b: Point) => number} */
function pointGap(p, a, b) {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const along = ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / (dx * dx + dy * dy || 1);
  const t = Math.max(0, Math.min(1, along));
  return Math.hypot(p[0] - a[0] - t * dx, p[1] - a[1] - t * dy);
}

/** @type {(a: Point, b: Point, c: Point, d: Point) => boolean} */
function crosses(a, b, c, d) {
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

/** Positive when p lies on one side of the line ab, negative on the other. @type {(a: Point, b: Point, p: Point) => number} */
function side(a, b, p) {
  return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]);
}

/**
 * A drawing read from storage or a file, or null where it is not one: what lies in storage may be old or tampered with.
 * @param {unknown} value
 * @returns {Drawing | null}
 */
export function readDrawing(value) {
  const { strokes, picture = null } = /** @type {Partial<Drawing>} */ (value ?? {});
  const isPoint = (/** @type {unknown} */ p) => Array.isArray(p) && p.length === 2 && p.every(Number.isFinite);
  const sound =
    Array.isArray(strokes) &&
    strokes.every(
      (s) => Number.isFinite(s?.width) && Array.isArray(s.points) && s.points.length > 0 && s.points.every(isPoint),
    ) &&
    (picture === null || (/^data:image\/png;base64,/.test(picture?.url) && picture.width > 0 && picture.height > 0));
  return sound ? { strokes, picture } : null;
}
