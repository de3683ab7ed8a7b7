/**
 * @file Sums of probabilities that are given as logarithms, as `ink.neural.decoding.LogProbability` makes them.
 */

/** The logarithm of an impossible event's probability. */
export const ZERO = -Infinity;
/** Below this difference the smaller summand does not matter. */
const NEGLIGIBLE = -30;

/** @param {number} a @param {number} b @returns {number} log(exp(a) + exp(b)) */
export function add(a, b) {
  const max = Math.max(a, b);
  const difference = Math.min(a, b) - max; // not a number if both are zero
  return difference > NEGLIGIBLE ? max + Math.log(1 + Math.exp(difference)) : max;
}

/**
 * Makes some symbols impossible, and scales the others to a sum of 1.
 * @param {Float32Array} logProbabilities
 * @param {readonly boolean[]} allowed
 */
export function restrict(logProbabilities, allowed) {
  const sum = logProbabilities.reduce((total, value, symbol) => (allowed[symbol] ? add(total, value) : total), ZERO);
  return logProbabilities.map((value, symbol) => (allowed[symbol] && sum > ZERO ? value - sum : ZERO));
}
