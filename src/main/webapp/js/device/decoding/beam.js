import { ZERO } from './log-probability.js';

/** @typedef {import('./prefix.js').Prefix} Prefix */

/** A prefix this far below the best one, in log-probability, is dropped even if there is room. */
const THRESHOLD = 15;

/** The best prefixes of a frame, best first, as in `ink.neural.decoding.Beam`. */
export class Beam {
  /** @type {Prefix[]} */
  prefixes = [];
  /** The probability of everything that was dropped. */
  dropped = 0;
  #width;

  /** @param {number} width */
  constructor(width) {
    this.#width = width;
  }

  /** Whether a prefix with this score has no place. @param {number} score */
  rejects(score) {
    const { prefixes } = this;
    return (
      score === ZERO ||
      (prefixes.length > 0 && score < prefixes[0].score - THRESHOLD) ||
      (prefixes.length === this.#width && score <= prefixes[prefixes.length - 1].score)
    );
  }

  /** Adds a prefix if it has a place. @param {Prefix} prefix */
  offer(prefix) {
    const { prefixes } = this;
    if (this.rejects(prefix.score)) {
      this.#drop(prefix.score);
      return;
    }
    if (prefixes.length === this.#width) this.#drop(/** @type {Prefix} */ (prefixes.pop()).score);
    let i = prefixes.length;
    while (i > 0 && prefixes[i - 1].score < prefix.score) prefixes[i] = prefixes[--i];
    prefixes[i] = prefix;
  }

  /** @param {number} score */
  #drop(score) {
    if (this.prefixes.length > 0 && score > this.prefixes[0].score - THRESHOLD) this.dropped += Math.exp(score);
  }
}
