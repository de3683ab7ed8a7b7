/**
 * @file Automata that read the text beside the beam search and constrain it, as in `ink.neural.decoding.Acceptor`.
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
