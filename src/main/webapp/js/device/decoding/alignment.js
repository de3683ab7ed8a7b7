/**
 * @file The most probable CTC path that spells a text, as `ink.neural.decoding.Alignment` finds it: the Viterbi algorithm over
 * the text with blanks around its characters (Graves et al. 2006, "Connectionist Temporal Classification").
 */
import { Alphabet } from './alphabet.js';
import { ZERO } from './log-probability.js';

/**
 * @typedef {object} Alignment
 * @property {number} logProbability of the path; minus infinity if no path spells the text
 * @property {number[]} first the first frame of each character
 * @property {number[]} last the last frame of each character
 */

/** @param {readonly number[]} symbols @param {readonly Float32Array[]} frames @returns {Alignment} */
export function align(symbols, frames) {
  const states = 2 * symbols.length + 1;
  const steps = frames.map(() => new Uint8Array(states));
  const scores = new Float64Array(states).fill(ZERO);
  frames.forEach((frame, t) => {
    // States further on are not reached yet, and from states before these the end is out of reach.
    const last = Math.min(states - 1, 2 * t + 1);
    const first = Math.max(0, states - 2 * (frames.length - t));
    advance(symbols, frame, t === 0, first, last, scores, steps[t]);
  });
  const end = states > 1 && scores[states - 2] > scores[states - 1] ? states - 2 : states - 1;
  return trace(scores[end], end, symbols.length, steps);
}

/**
 * Moves each state one frame on. The step is 0 for staying, or 1 or 2 states forward.
 * @param {readonly number[]} symbols
 * @param {Float32Array} frame
 * @param {boolean} start
 * @param {number} first
 * @param {number} last
 * @param {Float64Array} scores
 * @param {Uint8Array} steps
 */
function advance(symbols, frame, start, first, last, scores, steps) {
  for (let state = last; state >= first; state--) {
    let best = scores[state];
    if (start) {
      best = state < 2 ? 0 : ZERO;
    } else {
      if (state > 0 && scores[state - 1] > best) {
        best = scores[state - 1];
        steps[state] = 1;
      }
      if (isCharacter(state) && mayFollowDirectly(symbols, state >> 1) && scores[state - 2] > best) {
        best = scores[state - 2];
        steps[state] = 2;
      }
    }
    scores[state] = best + frame[isCharacter(state) ? symbols[state >> 1] : Alphabet.BLANK];
  }
}

/** @param {number} state */
const isCharacter = (state) => state % 2 === 1;

/** @param {readonly number[]} symbols @param {number} index */
const mayFollowDirectly = (symbols, index) => index > 0 && symbols[index] !== symbols[index - 1];

/** @param {number} score @param {number} end @param {number} length @param {readonly Uint8Array[]} steps @returns {Alignment} */
function trace(score, end, length, steps) {
  const first = new Array(length).fill(0);
  const last = new Array(length).fill(-1);
  let state = end;
  for (let t = steps.length - 1; t >= 0; t--) {
    if (isCharacter(state)) {
      first[state >> 1] = t;
      last[state >> 1] = Math.max(last[state >> 1], t);
    }
    state -= steps[t][state];
  }
  return { logProbability: score, first, last };
}
