/**
 * @file Automata that read the text beside the beam search and constrain it, as `ink.neural.decoding.Acceptor` does.
 */

/**
 * The state of an automaton after a text.
 * @typedef {object} Acceptor
 * @property {(symbol: number) => Acceptor | null} next the state after one more symbol, or null if no accepted text goes on
 *   like this
 * @property {() => boolean} accepts whether the text up to now may end
 * @property {(frame: number) => number} lookahead the log-probability of the most probable path through the frames from this
 *   one on that leads to an accepted text, or an estimate that is not lower; minus infinity only if there is none
 * @property {(frame: number) => number} bestLookahead the largest lookahead of any state of this automaton
 */

/** The automaton of every text. @type {Acceptor} */
export const ANY = { next: () => ANY, accepts: () => true, lookahead: () => 0, bestLookahead: () => 0 };

/** Both automata at once. @implements {Acceptor} */
export class Both {
  #first;
  #second;

  /** @param {Acceptor} first @param {Acceptor} second */
  constructor(first, second) {
    this.#first = first;
    this.#second = second;
  }

  /** @param {number} symbol @returns {Acceptor | null} */
  next(symbol) {
    const first = this.#first.next(symbol);
    const second = first && this.#second.next(symbol);
    return first && second && new Both(first, second);
  }

  accepts() {
    return this.#first.accepts() && this.#second.accepts();
  }

  /** @param {number} frame */
  lookahead(frame) {
    return Math.min(this.#first.lookahead(frame), this.#second.lookahead(frame));
  }

  /** @param {number} frame */
  bestLookahead(frame) {
    return Math.min(this.#first.bestLookahead(frame), this.#second.bestLookahead(frame));
  }
}
