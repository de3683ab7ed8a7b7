import { ZERO, add } from './log-probability.js';

/**
 * The beginning of a text, with the probability of all paths through the frames up to now that spell it, as in
 * `ink.neural.decoding.Prefix`.
 */
export class Prefix {
  /** The longer prefixes that have been in the beam, by their last symbol. @type {Map<number, Prefix> | undefined} */
  #children;
  length = 0;
  inBeam = false;
  /** Log-probability of the paths that end with a blank, and of those that end with the prefix's last symbol. */
  blank = ZERO;
  nonBlank = ZERO;
  /** Log-probability of both. */
  total = ZERO;
  /** The same after the current frame, while other prefixes still need the values before it. */
  nextBlank = ZERO;
  nextNonBlank = ZERO;
  /** What the beam is sorted by. */
  score = 0;
  /** The frame in which the last symbol is most probably first read, and the log-probability that it is. */
  frame = 0;
  emission = ZERO;

  /**
   * @param {Prefix | null} parent
   * @param {number} symbol
   * @param {import('./acceptor.js').Acceptor} acceptor
   * @param {import('./language-model.js').State} language
   */
  constructor(parent, symbol, acceptor, language) {
    this.parent = parent;
    this.symbol = symbol;
    if (parent) this.length = parent.length + 1;
    this.acceptor = acceptor;
    this.language = language;
  }

  /**
   * The log-probability of the paths that a symbol can be added to. Two equal symbols need a blank between them.
   * @param {number} next
   */
  extendable(next) {
    return next === this.symbol ? this.blank : this.total;
  }

  advance() {
    this.blank = this.nextBlank;
    this.nonBlank = this.nextNonBlank;
    this.total = add(this.blank, this.nonBlank);
  }

  /** The prefix with one more symbol if it has been in the beam. @param {number} next */
  child(next) {
    return this.#children?.get(next);
  }

  /** Lets the parent find this prefix again. */
  link() {
    if (this.parent) (this.parent.#children ??= new Map()).set(this.symbol, this);
  }

  /** @param {import('./alphabet.js').Alphabet} alphabet */
  text(alphabet) {
    return this.symbols()
      .map((symbol) => alphabet.character(symbol))
      .join('');
  }

  /** The text's symbols. */
  symbols() {
    return this.#path().map(({ symbol }) => symbol);
  }

  /** For each symbol, the frame in which it is most probably first read. */
  frames() {
    return this.#path().map(({ frame }) => frame);
  }

  /** The prefixes of this one, from that of one symbol on. */
  #path() {
    /** @type {Prefix[]} */
    const path = new Array(this.length);
    /** @type {Prefix} */
    let prefix = this;
    for (let i = this.length - 1; i >= 0; i--) {
      path[i] = prefix;
      prefix = /** @type {Prefix} */ (prefix.parent);
    }
    return path;
  }
}
