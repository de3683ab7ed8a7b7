/**
 * @file The connected components of inked pixels, as `ink.neural.ink.Components` finds them. A pixel belongs with its eight
 * neighbours.
 */

/** The crack perimeter, which counts the edges between pixels, is on average 4 / pi times as long as the outline. */
const CRACKS_PER_LENGTH = 4 / Math.PI;

/** @typedef {{left: number, top: number, right: number, bottom: number}} Box the right column and the bottom row are excluded */

/**
 * @typedef {object} Component
 * @property {number} area in pixels
 * @property {number} perimeter the edges between its pixels and others
 * @property {Box} box
 */

/** A horizontal run of ink, and what it belongs to. @typedef {{left: number, right: number, row: number, parent: LinkedRun | null}} LinkedRun */
/** @typedef {LinkedRun & {component: Component}} Run */

/** A plane with more runs than one for so many pixels is noise. Its components would cost much time and memory. */
const PIXELS_PER_RUN = 8;
/** So many runs are no noise, however small the plane. */
const FEW_RUNS = 1 << 14;

/**
 * Finds the components, those that begin higher up first, their runs, row by row, and the longest run. There are none if the
 * pixels are noise.
 * @param {import('../raster.js').Plane} plane
 * @param {readonly boolean[]} inked which of the 256 values are ink
 * @returns {{components: Component[], runs: Run[], longestRun: number}}
 */
export function findComponents({ width, height, pixels }, inked) {
  /** @type {Map<LinkedRun, Component>} */
  const components = new Map();
  /** @type {LinkedRun[]} */
  const linked = [];
  /** How many edges each run shares with those above. @type {Map<LinkedRun, number>} */
  const contacts = new Map();
  /** @type {LinkedRun[]} */
  let above = [];
  const mostRuns = Math.max(FEW_RUNS, pixels.length / PIXELS_PER_RUN);
  for (let row = 0; row < height; row++) {
    const found = findRuns(pixels, row, width, inked);
    connect(above, found, contacts);
    linked.push(...found);
    above = found;
    if (linked.length > mostRuns) return { components: [], runs: [], longestRun: 0 };
  }
  let longestRun = 0;
  const runs = linked.map((run) => {
    const length = run.right - run.left;
    longestRun = Math.max(longestRun, length);
    const component = componentOf(rootOf(run), components);
    component.area += length;
    component.perimeter += 2 + 2 * length - 2 * (contacts.get(run) ?? 0);
    component.box = union(component.box, { left: run.left, top: run.row, right: run.right, bottom: run.row + 1 });
    return Object.assign(run, { component });
  });
  return { components: [...components.values()], runs, longestRun };
}

/** The mean width of a component's strokes in pixels: twice its area by the length of its outline. @param {Component} component */
export const strokeWidth = ({ area, perimeter }) => (2 * CRACKS_PER_LENGTH * area) / perimeter;

/** The smallest box that contains both. @param {Box} one @param {Box} other @returns {Box} */
export const union = (one, other) => ({
  left: Math.min(one.left, other.left),
  top: Math.min(one.top, other.top),
  right: Math.max(one.right, other.right),
  bottom: Math.max(one.bottom, other.bottom),
});

/** @param {Box} outer @param {Box} inner */
export const contains = (outer, inner) =>
  outer.left <= inner.left && outer.top <= inner.top && outer.right >= inner.right && outer.bottom >= inner.bottom;

/** @param {Uint8ClampedArray} pixels @param {number} row @param {number} width @param {readonly boolean[]} inked */
function findRuns(pixels, row, width, inked) {
  /** @type {LinkedRun[]} */
  const runs = [];
  const start = row * width;
  for (let x = 0; x < width; x++) {
    if (!inked[pixels[start + x]]) continue;
    const left = x;
    while (x < width && inked[pixels[start + x]]) x++;
    runs.push({ left, right: x, row, parent: null });
  }
  return runs;
}

/** Connects the runs of two adjacent rows by union-find. @param {LinkedRun[]} above @param {LinkedRun[]} below @param {Map<LinkedRun, number>} contacts */
function connect(above, below, contacts) {
  for (let a = 0, b = 0; a < above.length && b < below.length;) {
    const [upper, lower] = [above[a], below[b]];
    const contact = Math.min(upper.right, lower.right) - Math.max(upper.left, lower.left);
    // Runs that meet at a corner only are connected, but share no edge.
    if (contact >= 0) {
      const [one, other] = [rootOf(upper), rootOf(lower)];
      if (one !== other) other.parent = one;
      contacts.set(lower, (contacts.get(lower) ?? 0) + contact);
    }
    if (upper.right < lower.right) a++;
    else b++;
  }
}

/** @param {LinkedRun} run @returns {LinkedRun} */
function rootOf(run) {
  let root = run;
  while (root.parent) root = root.parent;
  if (root !== run) run.parent = root;
  return root;
}

/** @param {LinkedRun} root @param {Map<LinkedRun, Component>} components @returns {Component} */
function componentOf(root, components) {
  const known = components.get(root);
  if (known) return known;
  const box = { left: root.left, top: root.row, right: root.right, bottom: root.row + 1 };
  const component = { area: 0, perimeter: 0, box };
  components.set(root, component);
  return component;
}
