/**
 * @file The ink on pictures that need no cleaning: on the sheet, where all is ink that is not white, and on a clean canvas.
 * That is paper of exactly one colour, with strong ink that touches no edge. `ink.neural.ink.CleanCanvas` decides in the same
 * way. Any other picture has to be cleaned, which only the server does.
 */
import { contains, findComponents, strokeWidth, union } from './components.js';
import { inkedGreys, inkOf } from './ink.js';

/** @typedef {import('../raster.js').Plane} Plane */
/** @typedef {import('./ink.js').Ink} Ink */
/** @typedef {ReturnType<typeof findComponents>} Found */
/** @typedef {import('./components.js').Box} Box */

const MIN_PEAK = 64;
const MAX_COMPONENTS = 8;
/** The longest bar of a character, by the width of the picture. A longer run of ink may be a rule. */
const LONGEST_BAR = 0.7;
/** The fewest sides of a frame. One may be open. */
const FRAME_SIDES = 3;
/** The area of the smallest dot, as a fraction of the square of the stroke width. */
const SMALLEST_DOT = 0.4;
/** The length of a side of a box by the width of the box. Its corners may be round. */
const SIDE = 0.8;
/** The length of a bar, such as a tick or a dash, by its width, at least. */
const BAR = 4;
/** The length of a dot by the width of its strokes, at most. */
const DOT = 2.5;
/** The fewest boxes, ticks or dashes of a form. */
const FEWEST_CHARACTERS = 3;
/** The height of a character by the height of the frame that it lies in. */
const CHARACTER = 0.3;
/** The length of a line with ticks by its width. */
const STRAIGHT = 1.6;

/** The ink of strokes, which were painted in black on white. There is at least one. @param {Plane} plane */
export const inkOfStrokes = (plane) => inkOf(plane, densitiesOn(255));

/**
 * The ink of a picture with one character.
 * @param {Plane} plane
 * @returns {Ink | null} null if the picture is no clean canvas
 */
export function inkOfPicture(plane) {
  const densities = densitiesOn(plane.pixels[0]);
  if (!isClean(plane, densities)) return null;
  const { components, runs, longestRun } = findComponents(plane, inkedGreys(plane, densities));
  const mayHaveRule = longestRun > LONGEST_BAR * plane.width;
  if (components.length === 0 || components.length > MAX_COMPONENTS || mayHaveRule) return null;
  const main = components.reduce((largest, other) => (other.area > largest.area ? other : largest));
  const least = SMALLEST_DOT * strokeWidth(main) ** 2;
  const outline = runs.filter(({ component }) => component === main);
  const isSpeckOrFramed = components.some(
    (other) => other.area < least || (other !== main && contains(main.box, other.box) && isFramed(other.box, outline)),
  );
  return isSpeckOrFramed ? null : { plane, densities, box: components.map(({ box }) => box).reduce(union) };
}

/** Whether there is ink on at least three sides of a box, as there is in a frame. @param {Box} box @param {Found['runs']} runs */
function isFramed(box, runs) {
  const beside = runs.filter(({ row }) => row >= box.top && row < box.bottom);
  const overlapping = runs.filter(({ left, right }) => left < box.right && right > box.left);
  const sides = [
    beside.some(({ left }) => left < box.left),
    beside.some(({ right }) => right > box.right),
    overlapping.some(({ row }) => row < box.top),
    overlapping.some(({ row }) => row >= box.bottom),
  ];
  return sides.filter(Boolean).length >= FRAME_SIDES;
}

/** The ink of strokes that are text. @param {Plane} plane @returns {Ink | null} null if there is none, or there may be rules or boxes */
export const textOfStrokes = (plane) => inkOfText(plane, densitiesOn(255), false);

/** The ink of a picture with text. @param {Plane} plane @returns {Ink | null} null if the picture is no clean canvas, or may have rules, boxes, ticks or dashes */
export function textOfPicture(plane) {
  const densities = densitiesOn(plane.pixels[0]);
  return isClean(plane, densities) ? inkOfText(plane, densities, true) : null;
}

/** @param {Plane} plane @param {Float32Array} densities @param {boolean} isPicture which may show a printed form @returns {Ink | null} */
function inkOfText(plane, densities, isPicture) {
  const found = findComponents(plane, inkedGreys(plane, densities));
  const isForm = 2 * found.longestRun > plane.width || mayHaveBox(found) || (isPicture && hasForm(found));
  if (found.components.length === 0 || isForm) return null;
  return { plane, densities, box: found.components.map(({ box }) => box).reduce(union) };
}

/** Whether a run of ink is so long that it may be a rule, or is the side of a component with another inside, as of a box. @param {Found} found */
function mayHaveBox({ components, runs, longestRun }) {
  const tallest = Math.max(...components.map(({ box }) => box.bottom - box.top));
  if (longestRun >= 2 * tallest && components.length > 1) return true;
  return [...angular(runs)].some((box) => components.some((other) => other !== box && contains(box.box, other.box)));
}

/** The components that have a horizontal side and are no dots, as the boxes of forms. @param {Found['runs']} runs */
const angular = (runs) =>
  new Set(runs.filter((run) => isSide(run) && !isDot(run.component)).map((run) => run.component));

/** @param {Found['components'][number]} component */
function isDot(component) {
  const { left, top, right, bottom } = component.box;
  return Math.max(right - left, bottom - top) < DOT * strokeWidth(component);
}

/** Whether there may be boxes, a line with ticks, or empty boxes, ticks or dashes of exactly the same size. @param {Found} found */
function hasForm({ components, runs }) {
  const framed = components.filter(({ box }) => components.some((other) => isFrame(other.box, box)));
  const alike = new Map();
  const boxes = angular(runs);
  for (const component of components.filter((one) => isBar(one) || boxes.has(one))) {
    const { left, top, right, bottom } = component.box;
    const size = `${right - left} ${bottom - top}`;
    alike.set(size, (alike.get(size) ?? 0) + 1);
  }
  return (
    framed.length >= FEWEST_CHARACTERS ||
    [...alike.values()].some((count) => count >= FEWEST_CHARACTERS) ||
    components.some((component) => isStraight(component) && hasCharactersAbove(component.box, components))
  );
}

/** @param {Found['components'][number]} component */
function isBar({ box }) {
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  return Math.max(width, height) >= BAR * Math.min(width, height);
}

/** Whether a component surrounds another that is no dot. @param {Box} box @param {Box} inside */
function isFrame(box, inside) {
  const equal = contains(inside, box);
  return !equal && contains(box, inside) && inside.bottom - inside.top >= CHARACTER * (box.bottom - box.top);
}

/** Whether a component is hardly longer than it is wide. @param {Found['components'][number]} component */
const isStraight = (component) =>
  component.area / strokeWidth(component) <= STRAIGHT * (component.box.right - component.box.left);

/** @param {Box} line @param {Found['components']} components */
function hasCharactersAbove(line, components) {
  const above = components.filter(
    ({ box }) =>
      box.left >= line.left &&
      box.right <= line.right &&
      box.top < line.top &&
      2 * (box.bottom - box.top) <= line.right - line.left,
  );
  return above.length >= FEWEST_CHARACTERS;
}

/** Whether a run goes nearly from end to end of its component, which is no dash. @param {import('./components.js').Run} run */
function isSide({ left, right, component: { box } }) {
  const width = box.right - box.left;
  return right - left >= SIDE * width && 2 * (box.bottom - box.top) >= width;
}

/** Whether a picture has paper of one colour, and strong ink that touches no edge. @param {Plane} plane @param {Float32Array} densities */
const isClean = (plane, densities) => hasPaperBorder(plane) && peakDensity(plane, densities) >= MIN_PEAK;

/** How much each grey differs from the paper, in the direction in which ink can. @param {number} paper */
function densitiesOn(paper) {
  const sign = paper > 127 ? -1 : 1;
  return Float32Array.from({ length: 256 }, (_, grey) => Math.max(0, sign * (grey - paper)));
}

/** @param {Plane} plane */
function hasPaperBorder({ width, height, pixels }) {
  const paper = pixels[0];
  for (let x = 0; x < width; x++) {
    if (pixels[x] !== paper || pixels[pixels.length - 1 - x] !== paper) return false;
  }
  for (let y = 0; y < height; y++) {
    if (pixels[y * width] !== paper || pixels[(y + 1) * width - 1] !== paper) return false;
  }
  return true;
}

/** The highest density, or 0 if bare paper is less than half of the picture. @param {Plane} plane @param {Float32Array} densities */
function peakDensity({ pixels }, densities) {
  let peak = 0;
  let inked = 0;
  for (const grey of pixels) {
    if (grey === pixels[0]) continue;
    inked++;
    peak = Math.max(peak, densities[grey]);
  }
  return 2 * inked > pixels.length ? 0 : peak;
}
