/**
 * @file The most likely path through a network's frames.
 */
import { Alphabet } from '../decoding/alphabet.js';

/** A character on the path: the frame where it is most likely, and its log probability there. @typedef {{frame: number, symbol: number, logProbability: number}} Peak */
/** @typedef {{logProbability: number, peaks: Peak[]}} BestPath its characters: equal symbols in a row are one, and blanks are none */

/** @param {readonly Float32Array[]} logProbabilities @returns {BestPath} */
export function bestPath(logProbabilities) {
  /** @type {Peak[]} */
  const peaks = [];
  let sum = 0;
  let previous = Alphabet.BLANK;
  logProbabilities.forEach((logarithms, frame) => {
    const symbol = mostLikely(logarithms);
    const peak = { frame, symbol, logProbability: logarithms[symbol] };
    sum += peak.logProbability;
    if (symbol !== Alphabet.BLANK) {
      if (symbol !== previous) peaks.push(peak);
      else if (peak.logProbability > peaks[peaks.length - 1].logProbability) peaks[peaks.length - 1] = peak;
    }
    previous = symbol;
  });
  return { logProbability: sum, peaks };
}

/** The mean log probability of a path's characters. @param {BestPath} path */
export const perCharacter = ({ logProbability, peaks }) => logProbability / Math.max(1, peaks.length);

/** @param {Float32Array} frame */
const mostLikely = (frame) => frame.reduce((best, value, symbol) => (value > frame[best] ? symbol : best), 0);
