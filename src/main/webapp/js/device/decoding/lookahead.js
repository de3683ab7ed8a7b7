import { Alphabet } from './alphabet.js';
import { ZERO } from './log-probability.js';
import { NONE } from './nfa.js';

/**
 * For each frame and each state of an automaton, the log-probability of the best path through the remaining frames to
 * acceptance, as in `ink.neural.decoding.Lookahead`: the Viterbi algorithm, backwards. It makes the beam search prefer prefixes
 * that can still be completed, as the heuristic does in A*. The paths ignore that two equal letters need a blank between them,
 * and that a letter which lasts several frames must stay the same, so the values are upper bounds.
 */
export class Lookahead {
  #nfa;
  #values;
  #best;

  /** @param {import('./nfa.js').Nfa} nfa @param {readonly Float32Array[]} logProbabilities */
  constructor(nfa, logProbabilities) {
    const frames = logProbabilities.length;
    this.#nfa = nfa;
    this.#values = Array.from({ length: frames + 1 }, () => new Float32Array(nfa.size).fill(ZERO));
    this.#values[frames][nfa.size - 1] = 0;
    this.#skip(this.#values[frames]);
    this.#best = new Float32Array(frames + 1);
    /** The best score from a frame on if the state's symbol is being read in this frame. */
    const reading = new Float32Array(nfa.size).fill(ZERO);
    for (let t = frames - 1; t >= 0; t--) {
      this.#step(logProbabilities[t], reading, this.#values[t + 1], this.#values[t]);
      this.#best[t] = this.#values[t].reduce((max, value) => Math.max(max, value));
    }
  }

  /** @param {number} frame @param {number} state */
  value(frame, state) {
    return this.#values[frame][state];
  }

  /** The largest value of any state. @param {number} frame */
  best(frame) {
    return this.#best[frame];
  }

  /** @param {Float32Array} logProbabilities @param {Float32Array} reading @param {Float32Array} after @param {Float32Array} now */
  #step(logProbabilities, reading, after, now) {
    const { symbolClass, next, size } = this.#nfa;
    const best = this.#bestOfClasses(logProbabilities);
    const blank = logProbabilities[Alphabet.BLANK];
    for (let state = 0; state < size; state++) {
      if (symbolClass[state] !== NONE) {
        reading[state] = best[symbolClass[state]] + Math.max(reading[state], after[next[state]]);
        now[state] = Math.max(blank + after[state], reading[state]);
      } else if (state === size - 1) {
        now[state] = blank + after[state];
      }
    }
    this.#skip(now);
  }

  /** The most probable symbol's log-probability for each class. @param {Float32Array} logProbabilities */
  #bestOfClasses(logProbabilities) {
    return this.#nfa.classes.map((isIn) =>
      logProbabilities.reduce((best, value, symbol) => (isIn[symbol] ? Math.max(best, value) : best), ZERO),
    );
  }

  /**
   * Gives states that do not read the best value they lead to. States lead forward, except that the end of a repeated part leads
   * back to its start. A second pass is enough for these: after one step back everything in the part lies ahead, and leaving the
   * part and going back in a larger one never needs the first step.
   * @param {Float32Array} values
   */
  #skip(values) {
    const { symbolClass, next, other } = this.#nfa;
    for (let pass = 0; pass < 2; pass++) {
      for (let state = values.length - 2; state >= 0; state--) {
        if (symbolClass[state] !== NONE) continue;
        values[state] = Math.max(values[state], values[next[state]]);
        if (other[state] !== NONE) values[state] = Math.max(values[state], values[other[state]]);
      }
    }
  }
}
