import { Nfa } from './nfa.js';

/** @typedef {import('./nfa.js').SymbolClass} SymbolClass */

/** Adds the states of a part of a pattern to the NFA. @typedef {() => void} Part */

/** The longest pattern, in characters. */
const MAX_LENGTH = 200;
const MAX_REPEATS = 64;
const MAX_STATES = 1000;
const OPERATORS = '.[](){}?*+|\\-^$';

/** @typedef {keyof import('../../i18n.js').Texts} Reason key of the text that says what is wrong */

/** A pattern breaks the syntax or is too large. */
export class InvalidPatternError extends Error {
  /** @param {number} position index of a character in the pattern, from 0 to its length @param {Reason} reason */
  constructor(position, reason) {
    super(reason);
    this.position = position;
    this.reason = reason;
  }
}

/**
 * What a form field may contain, such as `[A-Z]{2}-[0-9]{4}`, as in `ink.neural.decoding.FieldPattern`. The syntax is that of
 * regular expressions with literals, `.`, `[classes]`, `?`, `*`, `+`, `{m}`, `{m,n}`, `|`, `( )`, `\` before an operator, and
 * `\d` for a digit. A pattern always matches the whole text.
 */
export class FieldPattern {
  nfa = new Nfa();
  #source;
  #alphabet;
  #position = 0;

  /** @param {string} source @param {import('./alphabet.js').Alphabet} alphabet */
  constructor(source, alphabet) {
    this.#source = source;
    this.#alphabet = alphabet;
  }

  /**
   * @param {string} pattern
   * @param {import('./alphabet.js').Alphabet} alphabet the characters that the network knows
   * @throws {InvalidPatternError} if the pattern breaks the syntax, has a character that the network does not know, is longer
   *   than 200 characters, or has more than 1,000 states
   */
  static compile(pattern, alphabet) {
    if (pattern.length < 1 || pattern.length > MAX_LENGTH) {
      throw new InvalidPatternError(Math.min(pattern.length, MAX_LENGTH), 'patternLength');
    }
    const compiled = new FieldPattern(pattern, alphabet);
    compiled.#parse()();
    compiled.nfa.skip();
    return compiled;
  }

  /** @returns {Part} */
  #parse() {
    const part = this.#choice();
    if (!this.#isAtEnd) throw this.#error('patternCloses');
    return part;
  }

  /** @returns {Part} */
  #choice() {
    const first = this.#sequence();
    if (!this.#take('|')) return first;
    const second = this.#choice();
    return () => this.#emitChoice(first, second);
  }

  /** @returns {Part} */
  #sequence() {
    /** @type {Part[]} */
    const parts = [];
    while (!this.#isSequenceOver) parts.push(this.#repeat(this.#atom()));
    return () => parts.forEach((emit) => emit());
  }

  /** @returns {Part} */
  #atom() {
    const start = this.#position;
    const c = this.#read();
    if (c === '(') return this.#group(start);
    if ('?*+{'.includes(c)) throw this.#error('patternRepeatsNothing', start);
    if (']}'.includes(c)) throw this.#error('patternCloses', start);
    // In other regular expressions, a dollar sign at the end is an anchor, too.
    if (c === '^' || (c === '$' && this.#isSequenceOver)) throw this.#error('patternAnchor', start);
    const symbols = this.#symbols(c, start);
    return () => this.nfa.read(symbols);
  }

  /** @param {string} c @param {number} start */
  #symbols(c, start) {
    if (c === '.') return this.#range('\0', '\uffff');
    if (c === '[') return this.#symbolClass(start);
    return c === '\\' ? this.#escaped() : this.#literal(c, start);
  }

  /** @param {number} start @returns {Part} */
  #group(start) {
    const part = this.#choice();
    if (!this.#take(')')) throw this.#error('patternOpens', start);
    return part;
  }

  /** @param {Part} part @returns {Part} */
  #repeat(part) {
    const start = this.#position;
    let [min, max] = [1, 1];
    if (this.#take('?')) min = 0;
    else if (this.#take('*')) [min, max] = [0, Infinity];
    else if (this.#take('+')) max = Infinity;
    else if (this.#take('{')) [min, max] = this.#counts(start);
    else return part;
    return () => this.#emitRepeat(part, min, max, start);
  }

  /** @param {number} start */
  #counts(start) {
    const min = this.#number();
    const max = this.#take(',') ? this.#number() : min;
    if (!this.#take('}')) throw this.#error('patternNumbers');
    if (max < min || max > MAX_REPEATS) throw this.#error('patternNumbers', start);
    return [min, max];
  }

  #number() {
    const [digits] = /** @type {RegExpMatchArray} */ (this.#source.slice(this.#position).match(/^[0-9]*/));
    if (!digits) throw this.#error('patternNumbers');
    this.#position += digits.length;
    return Number(digits);
  }

  /** @param {number} start */
  #symbolClass(start) {
    const symbols = new Uint8Array(this.#alphabet.size);
    if (this.#take('^')) throw this.#error('patternNegation', this.#position - 1);
    while (!this.#take(']')) {
      if (this.#isAtEnd) throw this.#error('patternOpens', start);
      this.#item().forEach((isIn, symbol) => (symbols[symbol] |= isIn));
    }
    if (!symbols.includes(1)) throw this.#error('patternEmpty', start);
    return symbols;
  }

  /** A character of a class, or a range of them. */
  #item() {
    const start = this.#position;
    const first = this.#read();
    if (first === '\\' && this.#peek === 'd') return this.#escaped();
    const from = first === '\\' ? this.#operator() : first;
    const isRange = this.#peek === '-' && ![undefined, ']'].includes(this.#source[this.#position + 1]);
    if (!isRange) return this.#literal(from, start);
    this.#position++;
    const last = this.#read();
    const symbols = this.#range(from, last === '\\' ? this.#operator() : last);
    if (!symbols.includes(1)) throw this.#error('patternRange', start);
    return symbols;
  }

  #escaped() {
    if (this.#take('d')) return this.#range('0', '9');
    const start = this.#position - 1;
    return this.#literal(this.#operator(), start);
  }

  #operator() {
    if (this.#isAtEnd || !OPERATORS.includes(this.#peek)) {
      throw this.#error('patternEscape', this.#position - 1);
    }
    return this.#read();
  }

  /** @param {string} c @param {number} start */
  #literal(c, start) {
    const symbols = this.#range(c, c);
    if (!symbols.includes(1)) throw this.#error('patternUnread', start);
    return symbols;
  }

  /** @param {string} from @param {string} to @returns {SymbolClass} */
  #range(from, to) {
    return Uint8Array.from(['', ...this.#alphabet.characters], (c) => Number(c && from <= c && c <= to));
  }

  /** @param {string} c */
  #take(c) {
    const isNext = this.#peek === c;
    if (isNext) this.#position++;
    return isNext;
  }

  #read() {
    return this.#source[this.#position++];
  }

  get #peek() {
    return this.#source[this.#position];
  }

  get #isSequenceOver() {
    return this.#isAtEnd || this.#peek === '|' || this.#peek === ')';
  }

  get #isAtEnd() {
    return this.#position === this.#source.length;
  }

  /** @param {Reason} reason @param {number} [position] */
  #error(reason, position = this.#position) {
    return new InvalidPatternError(position, reason);
  }

  /** @param {Part} first @param {Part} second */
  #emitChoice(first, second) {
    const fork = this.nfa.skip();
    first();
    const end = this.nfa.skip();
    this.nfa.fork(fork, this.nfa.size);
    second();
    this.nfa.jump(end, this.nfa.size);
  }

  /** @param {Part} part @param {number} min @param {number} max @param {number} position */
  #emitRepeat(part, min, max, position) {
    let start = this.nfa.size;
    for (let i = 0; i < min; i++) {
      start = this.nfa.size;
      this.#emitOnce(part, position);
      if (this.nfa.size === start) return; // Only the empty text, however often.
    }
    if (max < Infinity) this.#emitOptional(part, max - min, position);
    else if (min > 0) this.nfa.fork(this.nfa.skip(), start);
    else this.#emitLoop(part, position);
  }

  /** An optional part that leads back to its start. @param {Part} part @param {number} position */
  #emitLoop(part, position) {
    const fork = this.nfa.skip();
    const start = this.nfa.size;
    this.#emitOnce(part, position);
    this.nfa.fork(this.nfa.skip(), start);
    this.nfa.fork(fork, this.nfa.size);
  }

  /** @param {Part} part @param {number} count @param {number} position */
  #emitOptional(part, count, position) {
    /** @type {number[]} */
    const forks = [];
    for (let i = 0; i < count; i++) {
      forks.push(this.nfa.skip());
      this.#emitOnce(part, position);
    }
    forks.forEach((fork) => this.nfa.fork(fork, this.nfa.size));
  }

  /** @param {Part} part @param {number} position of the operator that repeats the part */
  #emitOnce(part, position) {
    part();
    if (this.nfa.size >= MAX_STATES) throw this.#error('patternTooManyRepeats', position);
  }
}
