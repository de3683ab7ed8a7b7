/**
 * @file The ink on a clean canvas: paper of exactly one colour, and strong ink that touches no edge. It decides as
 * `ink.neural.ink.CleanCanvas` does. Any other picture has to be cleaned, which only the server does.
 */
import { contains, findComponents, strokeWidth, union } from './components.js';

/** @typedef {import('../raster.js').Plane} Plane */
/** @typedef {import('./components.js').Box} Box */

/** @typedef {{plane: Plane, densities: Float32Array, box: Box}} Ink the density, from 0 to 255, of each grey, and the bounding box */

const MIN_PEAK = 64;
const MAX_COMPONENTS = 8;
/** The bounding box keeps pixels of at least this fraction of the peak density. */
const CROP_THRESHOLD = Math.fround(0.2);
/** The area of the smallest dot, as a fraction of the square of the stroke width. */
const SMALLEST_DOT = 0.4;

/**
 * The ink of a clean canvas with one character.
 * @param {Plane} plane
 * @returns {Ink | null} null if the picture is anything else
 */
export function inkOf(plane) {
  const densities = densitiesOn(plane.pixels[0]);
  const peak = peakDensity(plane, densities);
  if (!hasPaperBorder(plane) || peak < MIN_PEAK) return null;
  const inked = Array.from(densities, (density) => density >= Math.fround(CROP_THRESHOLD * peak));
  const { components, longestRun } = findComponents(plane, inked);
  if (components.length > MAX_COMPONENTS || 2 * longestRun > plane.width) return null;
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
