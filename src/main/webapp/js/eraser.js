/**
 * @file Which strokes an eraser touches. It is loaded with the first gesture.
 */

/** @typedef {import('./strokes.js').Point} Point */
/** @typedef {import('./strokes.js').Stroke} Stroke */

/**
 * The strokes that an eraser touches on its way from one point to another.
 * @param {readonly Stroke[]} strokes
 * @param {Point} from
 * @param {Point} to
 * @param {number} radius of the eraser in sheet units
 */
export function strokesTouched(strokes, from, to, radius) {
  return strokes.filter((stroke) => {
    const maxDistance = radius + stroke.width / 2;
    return stroke.points.some((point, i) => {
      const next = stroke.points[i + 1] ?? point;
      return segmentsCross(from, to, point, next) || segmentDistance(from, to, point, next) <= maxDistance;
    });
  });
}

/** Distance of two segments that do not cross. The shortest line between them touches an end. @type {(a: Point, b: Point, c: Point, d: Point) => number} */
function segmentDistance(a, b, c, d) {
  return Math.min(pointDistance(a, c, d), pointDistance(b, c, d), pointDistance(c, a, b), pointDistance(d, a, b));
}

/** Distance of p from the segment ab. @type {(p: Point, a: Point, b: Point) => number} */
function pointDistance(p, a, b) {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const along = ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / (dx * dx + dy * dy || 1);
  const t = Math.max(0, Math.min(1, along));
  return Math.hypot(p[0] - a[0] - t * dx, p[1] - a[1] - t * dy);
}

/** @type {(a: Point, b: Point, c: Point, d: Point) => boolean} */
function segmentsCross(a, b, c, d) {
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

/** Positive if p lies on one side of the line ab, negative on the other. @type {(a: Point, b: Point, p: Point) => number} */
function side(a, b, p) {
  return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]);
}
