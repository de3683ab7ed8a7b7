import { ANY } from './acceptor.js';
import { Alphabet } from './alphabet.js';
import { Beam } from './beam.js';
import { ZERO, add } from './log-probability.js';
import { Prefix } from './prefix.js';

/** @typedef {import('./acceptor.js').Acceptor} Acceptor */

const WIDEST = 48;
const NARROWEST = 12;
/** The beam of a long line is narrower, so that all frames together keep no more prefixes than this. */
const MOST_PREFIXES = 12_000;
/** Without an automaton, symbols this far below the best one of a frame are ignored. */
const SYMBOL_THRESHOLD = 10;
/** Without an automaton, so many symbols of a frame are tried. */
const MOST_SYMBOLS = 24;
/** A symbol this probable in the next frame may last on. */
const LASTING = -3;
const LONGEST_LASTING = 8;

/**
 * CTC prefix beam search (Hannun et al. 2014, "First-Pass Large Vocabulary Continuous Speech Recognition using Bi-Directional
 * Recurrent DNNs"), as in `ink.neural.decoding.BeamSearch`. It reads frame by frame and keeps the best prefixes, each with the
 * probability of all its paths. A language model and an automaton read the prefixes beside it.
 */
export class BeamSearch {
  #alphabet;
  #frames;
  #language;
  #symbols;
  #beam;
  #next;

  /**
   * @param {Alphabet} alphabet
   * @param {readonly Float32Array[]} frames
   * @param {import('./language-model.js').Language} language
   */
  constructor(alphabet, frames, language) {
    this.#alphabet = alphabet;
    this.#frames = frames;
    this.#language = language;
    this.#symbols = new Uint16Array(alphabet.size);
    const width = Math.max(NARROWEST, Math.min(WIDEST, Math.floor(MOST_PREFIXES / frames.length)));
    this.#beam = new Beam(width);
    this.#next = new Beam(width);
  }

  /**
   * @param {Acceptor} acceptor
   * @param {import('./language-model.js').State} state
   * @returns {Prefix[]} the prefixes after the last frame, best first
   */
  run(acceptor, state) {
    const empty = new Prefix(null, Alphabet.BLANK, acceptor, state);
    empty.blank = 0;
    empty.total = 0;
    empty.inBeam = true;
    this.#beam.offer(empty);
    const free = acceptor === ANY;
    this.#frames.forEach((frame, t) => {
      const count = this.#select(frame, free ? SYMBOL_THRESHOLD : Infinity);
      this.#advance(free ? Math.min(count, MOST_SYMBOLS) : count, t);
    });
    return this.#beam.prefixes;
  }

  /** The probability of the paths that left the beam. */
  get dropped() {
    return this.#beam.dropped + this.#next.dropped;
  }

  /** @param {number} count @param {number} t */
  #advance(count, t) {
    for (const prefix of this.#beam.prefixes) this.#stay(prefix, t);
    for (const prefix of this.#beam.prefixes) this.#extend(prefix, count, t);
    for (const prefix of this.#beam.prefixes) prefix.inBeam = false;
    for (const prefix of this.#next.prefixes) {
      prefix.inBeam = true;
      prefix.link();
      prefix.advance();
    }
    this.#beam.prefixes = [];
    [this.#beam, this.#next] = [this.#next, this.#beam];
  }

  /**
   * Puts the symbols worth a try into the array, most probable first.
   * @param {Float32Array} frame
   * @param {number} threshold
   * @returns {number} how many
   */
  #select(frame, threshold) {
    const symbols = this.#symbols;
    const least = frame.reduce((max, value) => Math.max(max, value)) - threshold;
    let count = 0;
    for (let symbol = 1; symbol < frame.length; symbol++) {
      if (frame[symbol] > ZERO && frame[symbol] >= least) {
        let i = count++;
        while (i > 0 && frame[symbols[i - 1]] < frame[symbol]) symbols[i] = symbols[--i];
        symbols[i] = symbol;
      }
    }
    return count;
  }

  /** The frame shows a blank, or goes on with the prefix's last symbol, or starts it. @param {Prefix} prefix @param {number} t */
  #stay(prefix, t) {
    const frame = this.#frames[t];
    prefix.nextBlank = prefix.total + frame[Alphabet.BLANK];
    prefix.nextNonBlank = prefix.nonBlank + frame[prefix.symbol];
    if (prefix.parent?.inBeam) start(prefix, prefix.parent.extendable(prefix.symbol) + frame[prefix.symbol], t);
    prefix.score =
      this.#score(prefix.acceptor, prefix.symbol, prefix.nextBlank, prefix.nextNonBlank, t + 1) + prefix.language.score;
    this.#next.offer(prefix);
  }

  /**
   * The frame starts a new symbol. Symbols are tried, the best one first, until none can reach the beam.
   * @param {Prefix} prefix
   * @param {number} count
   * @param {number} t
   */
  #extend(prefix, count, t) {
    const frame = this.#frames[t];
    const bound = prefix.acceptor.bestLookahead(t + 1) + prefix.language.score + this.#language.bestGain;
    for (let i = 0; i < count; i++) {
      const symbol = this.#symbols[i];
      if (this.#next.rejects(prefix.total + frame[symbol] + bound)) return;
      const path = prefix.extendable(symbol) + frame[symbol];
      if (!this.#next.rejects(path + bound) && !this.#isStraySpace(prefix, symbol)) {
        this.#extendBy(symbol, prefix, path, t);
      }
    }
  }

  /** @param {number} symbol @param {Prefix} prefix @param {number} path @param {number} t */
  #extendBy(symbol, prefix, path, t) {
    let child = prefix.child(symbol);
    if (child?.inBeam) return; // It has taken these paths in when it stayed.
    const acceptor = child ? child.acceptor : prefix.acceptor.next(symbol);
    if (!acceptor) return;
    const score = this.#score(acceptor, symbol, ZERO, path, t + 1);
    if (this.#next.rejects(score + prefix.language.score + this.#language.bestGain)) return;
    child ??= new Prefix(
      prefix,
      symbol,
      acceptor,
      this.#language.next(prefix.language, this.#alphabet.character(symbol)),
    );
    child.nextBlank = ZERO;
    child.nextNonBlank = ZERO;
    child.score = score + child.language.score;
    start(child, path, t);
    this.#next.offer(child);
  }

  /** @param {Prefix} prefix @param {number} symbol */
  #isStraySpace(prefix, symbol) {
    return (
      this.#alphabet.character(symbol) === ' ' && (!prefix.parent || this.#alphabet.character(prefix.symbol) === ' ')
    );
  }

  /**
   * The log-probability of a prefix with the best that the frames from t on can add to it.
   * @param {Acceptor} acceptor
   * @param {number} symbol
   * @param {number} blank
   * @param {number} nonBlank
   * @param {number} t
   */
  #score(acceptor, symbol, blank, nonBlank, t) {
    let best = add(blank, nonBlank) + acceptor.lookahead(t);
    if (acceptor === ANY) return best;
    let lasting = nonBlank;
    const end = Math.min(this.#frames.length, t + LONGEST_LASTING);
    for (let u = t; u < end && (this.#frames[u][symbol] > LASTING || best === ZERO); u++) {
      lasting += this.#frames[u][symbol];
      best = Math.max(best, lasting + acceptor.lookahead(u + 1));
    }
    return best;
  }
}

/** @param {Prefix} prefix @param {number} path @param {number} t */
function start(prefix, path, t) {
  prefix.nextNonBlank = add(prefix.nextNonBlank, path);
  if (path > prefix.emission) {
    prefix.emission = path;
    prefix.frame = t;
  }
}
