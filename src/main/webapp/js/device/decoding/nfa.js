/** Which symbols belong to a class: 1 for these, 0 for others. @typedef {Uint8Array} SymbolClass */

/** No state, or no class. */
export const NONE = -1;

/**
 * A nondeterministic finite automaton after Thompson (1968, "Regular Expression Search Algorithm"), state by state in the order
 * of the expression, as in `ink.neural.decoding.Nfa`. A state either reads a symbol of its class and goes on to the state after
 * it, or goes on without reading to one or two states. Only the end of a repeated part goes back, to the part's beginning. The
 * last state accepts.
 */
export class Nfa {
  /** The distinct classes of symbols. @type {SymbolClass[]} */
  classes = [];
  /** The index of the class that each state reads, or NONE. @type {number[]} */
  symbolClass = [];
  /** The state that follows each state. @type {number[]} */
  next = [];
  /** The second state that follows each state that does not read, or NONE. @type {number[]} */
  other = [];

  /** Adds a state that reads a symbol of a class. @param {SymbolClass} symbols */
  read(symbols) {
    let index = this.classes.findIndex((known) => known.every((isIn, symbol) => isIn === symbols[symbol]));
    if (index < 0) index = this.classes.push(symbols) - 1;
    this.#add(index);
  }

  /** Adds a state that goes on without reading. @returns {number} the state */
  skip() {
    this.#add(NONE);
    return this.size - 1;
  }

  /** @param {number} index */
  #add(index) {
    this.symbolClass.push(index);
    this.next.push(this.next.length + 1);
    this.other.push(NONE);
  }

  /** Lets a state that does not read go on to a second state as well. @param {number} state @param {number} second */
  fork(state, second) {
    this.other[state] = second;
  }

  /** Lets a state that does not read go on to another state than the one after it. @param {number} state @param {number} target */
  jump(state, target) {
    this.next[state] = target;
  }

  get size() {
    return this.next.length;
  }

  /** @param {number} state @param {number} symbol */
  reads(state, symbol) {
    return this.symbolClass[state] !== NONE && this.classes[this.symbolClass[state]][symbol] === 1;
  }
}
