/**
 * @file The ink on pictures that need no cleaning: on the sheet, where all is ink that is not white, and on a clean canvas.
 * That is paper of exactly one colour, with strong ink that touches no edge. `ink.neural.ink.CleanCanvas` decides in the same
 * way. Any other picture has to be cleaned, which only the server does.
 */
import { contains, findComponents, strokeWidth, union } from './components.js';

/** @typedef {import('../raster.js').Plane} Plane */
/** @typedef {import('./components.js').Box} Box */

/** @typedef {{plane: Plane, densities: Float32Array, box: Box}} Ink the density, from 0 to 255, of each grey, and the bounding box */

const MIN_PEAK = 64;
const MAX_COMPONENTS = 8;
/** The longest bar of a character, by the width of the picture. A longer run of ink may be a rule. */
const LONGEST_BAR = 0.7;
/** The bounding box keeps pixels of at least this fraction of the peak density. */
const CROP_THRESHOLD = 0.2;
/** The area of the smallest dot, as a fraction of the square of the stroke width. */
const SMALLEST_DOT = 0.4;

/** The ink of strokes, which were painted in black on white. There is at least one. @param {Plane} plane @returns {Ink} */
export function inkOfStrokes(plane) {
  const densities = densitiesOn(255);
  const least = CROP_THRESHOLD * plane.pixels.reduce((peak, grey) => Math.max(peak, densities[grey]), 0);
  const box = { left: plane.width, top: plane.height, right: 0, bottom: 0 };
  plane.pixels.forEach((grey, i) => {
    if (densities[grey] < least) return;
    const [x, y] = [i % plane.width, Math.floor(i / plane.width)];
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x + 1);
    box.top = Math.min(box.top, y);
    box.bottom = y + 1;
  });
  return { plane, densities, box };
}

/**
 * The ink of a picture with one character.
 * @param {Plane} plane
 * @returns {Ink | null} null if the picture is no clean canvas
 */
export function inkOfPicture(plane) {
  const densities = densitiesOn(plane.pixels[0]);
  const peak = peakDensity(plane, densities);
  if (!hasPaperBorder(plane) || peak < MIN_PEAK) return null;
  const inked = Array.from(densities, (density) => density >= CROP_THRESHOLD * peak);
  const { components, longestRun } = findComponents(plane, inked);
  if (components.length > MAX_COMPONENTS || longestRun > LONGEST_BAR * plane.width) return null;
  const main = components.reduce((largest, other) => (other.area > largest.area ? other : largest));
  const least = SMALLEST_DOT * strokeWidth(main) ** 2;
  const isSpeckOrInside = components.some(
    (other) => other.area < least || (other !== main && contains(main.box, other.box)),
  );
  return isSpeckOrInside ? null : { plane, densities, box: components.map(({ box }) => box).reduce(union) };
}

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
