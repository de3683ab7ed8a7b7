import { Lookahead } from './lookahead.js';
import { NONE } from './nfa.js';

/** @typedef {import('./acceptor.js').Acceptor} Acceptor */

/**
 * Runs an NFA over many prefixes at once, as in `ink.neural.decoding.LazyDfa`. A state of the deterministic automaton is the set
 * of NFA states that a prefix leads to. It is built when a prefix first leads to it, so their number is bounded by the work of
 * the beam search.
 */
export class LazyDfa {
  /** @type {Map<string, StateSet>} */
  #sets = new Map();

  /**
   * @param {import('./nfa.js').Nfa} nfa
   * @param {readonly Float32Array[]} logProbabilities
   * @param {number} symbols the size of the alphabet
   */
  constructor(nfa, logProbabilities, symbols) {
    this.nfa = nfa;
    this.lookahead = new Lookahead(nfa, logProbabilities);
    /** The column of a symbol in the tables of successors. Symbols that no class of the NFA tells apart share one. */
    this.column = Array.from({ length: symbols }, (_, symbol) => nfa.classes.map((isIn) => isIn[symbol]).join(''));
  }

  /** The state before the text. @returns {Acceptor} */
  start() {
    return this.set([0]);
  }

  /** The set of the states that can be reached from some states without reading. @param {readonly number[]} states */
  set(states) {
    const closure = new Uint8Array(this.nfa.size);
    /** States from which all others can be reached without reading. @type {number[]} */
    const entries = [];
    for (const state of states) {
      if (!closure[state]) {
        this.#add(closure, state);
        entries.push(state);
      }
    }
    const key = String.fromCharCode(...closure); // A map compares strings by their content.
    let set = this.#sets.get(key);
    if (!set) this.#sets.set(key, (set = new StateSet(this, closure, entries)));
    return set;
  }

  /** Adds a state and those that follow without reading. @param {Uint8Array} closure @param {number} first */
  #add(closure, first) {
    const { symbolClass, next, other, size } = this.nfa;
    const stack = [first];
    while (stack.length > 0) {
      const state = /** @type {number} */ (stack.pop());
      if (state === NONE || closure[state]) continue;
      closure[state] = 1;
      if (symbolClass[state] === NONE && state < size - 1) stack.push(other[state], next[state]);
    }
  }
}

/** @implements {Acceptor} */
class StateSet {
  #dfa;
  #closure;
  #entries;
  /** By column. @type {Map<string, StateSet | null>} */
  #successors = new Map();
  /** By frame. @type {Map<number, number>} */
  #lookaheads = new Map();

  /** @param {LazyDfa} dfa @param {Uint8Array} closure @param {number[]} entries */
  constructor(dfa, closure, entries) {
    this.#dfa = dfa;
    this.#closure = closure;
    this.#entries = entries;
  }

  /** @param {number} symbol */
  next(symbol) {
    const column = this.#dfa.column[symbol];
    let next = this.#successors.get(column);
    if (next === undefined) this.#successors.set(column, (next = this.#successor(symbol)));
    return next;
  }

  /** @param {number} symbol */
  #successor(symbol) {
    const { nfa } = this.#dfa;
    /** @type {number[]} */
    const next = [];
    this.#closure.forEach((isIn, state) => isIn && nfa.reads(state, symbol) && next.push(nfa.next[state]));
    return next.length > 0 ? this.#dfa.set(next) : null;
  }

  accepts() {
    return this.#closure[this.#closure.length - 1] === 1;
  }

  /** @param {number} frame */
  lookahead(frame) {
    let value = this.#lookaheads.get(frame);
    if (value === undefined) {
      value = Math.max(...this.#entries.map((entry) => this.#dfa.lookahead.value(frame, entry)));
      this.#lookaheads.set(frame, value);
    }
    return value;
  }

  /** @param {number} frame */
  bestLookahead(frame) {
    return this.#dfa.lookahead.best(frame);
  }
}
