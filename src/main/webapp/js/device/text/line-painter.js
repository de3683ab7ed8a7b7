/**
 * @file Paints each part of some ink, such as a line of text, without the others.
 */
import { inkOf } from '../ink.js';

/** @typedef {import('../components.js').Box} Box */
/** @typedef {import('../components.js').Run} Run */

/** Strokes have smooth edges, which are no part of a component. They go with it. */
const RIM = 2;

export class LinePainter {
  #ink;
  #runs;
  #owners;

  /**
   * @param {import('../ink.js').Ink} ink
   * @param {readonly Run[]} runs of the ink
   * @param {readonly number[]} owners the part that each run belongs to
   */
  constructor(ink, runs, owners) {
    this.#ink = ink;
    this.#runs = runs;
    this.#owners = owners;
  }

  /** @param {number} part */
  hasInk(part) {
    return this.#owners.includes(part);
  }

  /** The ink around a part, without what belongs to other parts. @param {number} part @returns {import('./text-line.js').TextLine} */
  paint(part) {
    const box = this.#boxOf(part);
    const plane = this.#densities(box);
    const own = new Uint8Array(plane.pixels.length);
    const others = new Uint8Array(plane.pixels.length);
    this.#runs.forEach((run, i) => {
      if (this.#owners[i] === part) mark(run, 0, box, own);
      else mark(run, RIM, box, others);
    });
    plane.pixels.forEach((_, i) => {
      if (others[i] && !own[i]) plane.pixels[i] = 0;
    });
    return { ink: inkOf(plane), left: box.left, top: box.top };
  }

  /** @param {number} part @returns {Box} */
  #boxOf(part) {
    const runs = this.#runs.filter((_, i) => this.#owners[i] === part);
    return {
      left: runs.reduce((least, { left }) => Math.min(least, left), Infinity),
      right: runs.reduce((most, { right }) => Math.max(most, right), 0),
      top: runs[0].row,
      bottom: runs[runs.length - 1].row + 1,
    };
  }

  /** The densities in a box. @param {Box} box @returns {import('../../raster.js').Plane} */
  #densities({ left, top, right, bottom }) {
    const { plane, densities } = this.#ink;
    const [width, height] = [right - left, bottom - top];
    const pixels = new Uint8ClampedArray(width * height);
    for (let y = 0; y < height; y++) {
      const from = (top + y) * plane.width + left;
      for (let x = 0; x < width; x++) pixels[y * width + x] = densities[plane.pixels[from + x]];
    }
    return { width, height, pixels };
  }
}

/** Marks a run and what lies up to `rim` pixels around it, within a box. @param {Run} run @param {number} rim @param {Box} box @param {Uint8Array} marked */
function mark(run, rim, box, marked) {
  const width = box.right - box.left;
  const left = Math.max(0, run.left - rim - box.left);
  const right = Math.min(width, run.right + rim - box.left);
  if (left >= right) return;
  const [top, bottom] = [Math.max(box.top, run.row - rim), Math.min(box.bottom, run.row + rim + 1)];
  for (let row = top; row < bottom; row++) {
    const start = (row - box.top) * width;
    marked.fill(1, start + left, start + right);
  }
}
