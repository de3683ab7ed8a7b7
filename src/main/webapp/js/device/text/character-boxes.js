/**
 * @file The boxes of a line's characters, as `ink.neural.text.CharacterBoxes` finds them. Two characters are divided where there
 * is least ink between their middles.
 */
import { inkedGreys } from '../ink.js';
import { middleOf } from './frames.js';
import { boxOf, moved } from './text-line.js';

/** @typedef {import('../components.js').Box} Box */
/** @typedef {import('../decoding/decoder.js').NBestList['spans']} Spans */

/**
 * The box of each character in the picture. Where there is no ink, as for a space, it has the height of the line.
 * @param {import('./text-line.js').TextLine} line
 * @param {import('./frames.js').Frames} frames
 * @param {Spans} spans
 * @returns {Box[]}
 */
export function boxesOf(line, frames, spans) {
  const whole = boxOf(line);
  const { plane, densities } = line.ink;
  const inked = inkedGreys(plane, densities);
  const counts = new Array(plane.width).fill(0);
  plane.pixels.forEach((grey, i) => (counts[i % plane.width] += Number(inked[grey])));
  const columns = spans.map(({ first, last }) =>
    Math.max(whole.left, Math.min(whole.right - 1, Math.round(middleOf(frames, first, last)))),
  );
  const boundaries = columns
    .slice(1)
    .map((column, i) => boundary(columns[i], Math.max(columns[i], column), (x) => counts[x - line.left]));
  return spans.map((_, i) => {
    const left = boundaries[i - 1] ?? whole.left;
    const right = Math.max(left + 1, boundaries[i] ?? whole.right);
    return tight({ ...whole, left, right }, line, inked);
  });
}

/**
 * Where the next character begins. A gap may be anywhere between the two. Joined characters divide near the middle: elsewhere, a
 * thin stroke of one of them looks like the join.
 * @param {number} from @param {number} to @param {(column: number) => number} ink
 */
function boundary(from, to, ink) {
  const gap = leastInked(from, to, ink);
  const quarter = Math.floor((to - from) / 4);
  return ink(gap) === 0 ? gap : leastInked(from + quarter, to - quarter, ink);
}

/** The column with the least ink, and of several the one nearest to the middle. @param {number} from @param {number} to @param {(column: number) => number} ink */
function leastInked(from, to, ink) {
  const middle = (from + to) / 2;
  let best = from;
  for (let x = from; x <= to; x++) {
    const difference = ink(x) - ink(best);
    const isNearer = Math.abs(x - middle) < Math.abs(best - middle);
    if (difference < 0 || (difference === 0 && isNearer)) best = x;
  }
  return best;
}

/** The part of a box that has ink. @param {Box} box @param {import('./text-line.js').TextLine} line @param {readonly boolean[]} inked greys */
function tight(box, { ink: { plane }, left, top }, inked) {
  const inside = moved(box, -left, -top);
  const part = { left: inside.right, top: inside.bottom, right: inside.left, bottom: inside.top };
  for (let y = inside.top; y < inside.bottom; y++) {
    for (let x = inside.left; x < inside.right; x++) {
      if (!inked[plane.pixels[y * plane.width + x]]) continue;
      part.left = Math.min(part.left, x);
      part.right = Math.max(part.right, x + 1);
      part.top = Math.min(part.top, y);
      part.bottom = y + 1;
    }
  }
  return part.left < part.right ? moved(part, left, top) : box;
}
