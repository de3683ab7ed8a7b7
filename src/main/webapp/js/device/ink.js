/**
 * @file What is ink on a picture, as `ink.neural.ink.Ink` has it. The density of a pixel is 0 where there is bare paper and
 * grows with the ink, up to 255.
 */
import { findComponents } from './components.js';

/** @typedef {import('../raster.js').Plane} Plane */
/** @typedef {import('./components.js').Box} Box */

/** @typedef {{plane: Plane, densities: Float32Array, box: Box}} Ink the density of each grey of a plane, and the bounding box */

/** The bounding box keeps pixels of at least this fraction of the peak density, and so drops the faint rim of a stroke. */
const CROP_THRESHOLD = 0.2;

/** The density of a grey that is a density itself. */
const IDENTITY = Float32Array.from({ length: 256 }, (_, level) => level);

/** All ink of a plane that has some. @param {Plane} plane @param {Float32Array} [densities] of the greys; by default, they are densities @returns {Ink} */
export function inkOf(plane, densities = IDENTITY) {
  const inked = inkedGreys(plane, densities);
  const box = { left: plane.width, top: plane.height, right: 0, bottom: 0 };
  plane.pixels.forEach((grey, i) => {
    if (!inked[grey]) return;
    const [x, y] = [i % plane.width, Math.floor(i / plane.width)];
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x + 1);
    box.top = Math.min(box.top, y);
    box.bottom = y + 1;
  });
  return { plane, densities, box };
}

/** Which of the 256 greys the bounding box keeps. @param {Plane} plane @param {Float32Array} densities @returns {boolean[]} */
export function inkedGreys({ pixels }, densities) {
  const peak = pixels.reduce((highest, grey) => Math.max(highest, densities[grey]), 0);
  return Array.from(densities, (density) => density > 0 && density >= CROP_THRESHOLD * peak);
}

/** @param {Ink} ink */
export const componentsOf = ({ plane, densities }) => findComponents(plane, inkedGreys(plane, densities));
