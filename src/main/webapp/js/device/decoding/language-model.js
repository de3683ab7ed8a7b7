import { KINDS } from './dictionary.js';
import { NONE, ROOT } from './trie.js';

/** @typedef {import('./dictionary.js').Dictionary} Dictionary */

/**
 * Constants that were tuned together with one network, as in `ink.neural.decoding.DecoderParameters`.
 * @typedef {object} DecoderParameters
 * @property {number} dictionaryWeight factor of the dictionary's log-likelihood ratio, at least 0
 * @property {number} dictionaryShare probability that a word of a text is one of the dictionary, in [0, 1)
 * @property {number} letterCost negative log-probability of a letter in a word that is not in the dictionary, at least 0
 * @property {number} dictionaryTemperature divisor of the scores before they become probabilities, where the dictionary is consulted
 * @property {number} temperature the divisor where it is not
 */

/**
 * Where in a sentence the next word stands. A stop is a full stop, an exclamation mark or a question mark.
 * @typedef {'unknown' | 'middle' | 'after-stop' | 'sentence-start'} Position
 */

/** How the letters of a word up to now are written. The first capital may start a capitalised word or one in capitals. */
const Casing = { LOWER: 0, CAPITALISED: 1, UPPER: 2, FIRST_CAPITAL: 3 };

/** For a kind of word, the probability of each casing. @param {number} lower @param {number} capitalised @param {number} upper */
const casings = (lower, capitalised, upper) => [lower, capitalised, upper, capitalised + upper];

const NAME = casings(0.04, 0.9, 0.06);
const INITIALS = casings(0.02, 0.03, 0.95);
const UNKNOWN = [casings(0.75, 0.2, 0.05), NAME, INITIALS];
const MIDDLE = [casings(0.93, 0.04, 0.03), NAME, INITIALS];
const START = [casings(0.05, 0.9, 0.05), NAME, INITIALS];
/** The probabilities of the casings for each kind of word. @type {Record<Position, number[][]>} */
const CASING_PROBABILITIES = { unknown: UNKNOWN, middle: MIDDLE, 'after-stop': MIDDLE, 'sentence-start': START };

const NO_WORD = -1;
const UNKNOWN_WORD = -2;

/**
 * What the model has to remember of a text.
 * @typedef {object} State
 * @property {number} finished the score of the text up to the current word
 * @property {number} score the score of the text with the current word as a beginning
 * @property {number} node the dictionary's node for the current word, NO_WORD between words, or UNKNOWN_WORD
 * @property {number} length the letters of the current word
 * @property {number} casing how the current word is written
 * @property {Position} position where the current or next word stands
 */

/** The state before a text of which nothing is known. @type {State} */
export const NEUTRAL = { finished: 0, score: 0, node: NO_WORD, length: 0, casing: Casing.LOWER, position: 'unknown' };

/**
 * Tells how much likelier the dictionary makes a text, as `ink.neural.decoding.LanguageModel` does. Each word is taken to come
 * from the dictionary with probability s, or else to be spelt letter by letter, each letter with probability q. The score of a
 * text is the sum over its words of the log-likelihood ratio
 *
 *     weight * log((1 - s) + s * P(word) / q^length)
 *
 * An unfinished word is scored with the probability of all words that begin like it. Words consist of letters, and of
 * apostrophes where the dictionary has them. Everything else, and a word with a digit, is neutral: its score is 0, or that of an
 * unknown word if it began like one.
 */
export class LanguageModel {
  #dictionary;
  #parameters;
  #spelt;

  /** @param {Dictionary} dictionary @param {DecoderParameters} parameters */
  constructor(dictionary, parameters) {
    this.#dictionary = dictionary;
    this.#parameters = parameters;
    this.#spelt = this.#weighted(0);
    /** The most that one more character can add to a score: a letter that was certain after the letters before it. */
    this.bestGain = parameters.dictionaryWeight * parameters.letterCost;
  }

  /** The state after a text. Its score is 0, so that only what follows counts. @param {string} before @returns {State} */
  start(before) {
    let state = NEUTRAL;
    for (const c of before) state = this.next(state, c);
    return { ...state, finished: state.finished - state.score, score: 0 };
  }

  /** @param {State} state @param {string} character @returns {State} */
  next(state, character) {
    if (isLetter(character)) return this.#letter(state, character);
    if (character === "'" && state.node >= 0) {
      const node = this.#dictionary.trie.child(state.node, character);
      if (node !== NONE) return this.#word(state, node, state.casing);
    }
    if (character >= '0' && character <= '9') {
      return unknown(state, state.node >= 0 ? state.finished + this.#spelt : state.score);
    }
    const score = this.end(state);
    return { ...NEUTRAL, finished: score, score, position: positionAfter(state, character) };
  }

  /** The score of a text that ends here. @param {State} state */
  end(state) {
    return state.node < 0 ? state.score : state.finished + this.#score(state, this.#dictionary.word);
  }

  /** @param {State} state @param {string} letter @returns {State} */
  #letter(state, letter) {
    if (state.node === UNKNOWN_WORD) return state;
    const isFirst = state.node === NO_WORD;
    const small = letter.toLowerCase();
    const isCapital = letter !== small;
    const first = isCapital ? Casing.FIRST_CAPITAL : Casing.LOWER;
    const casing = isFirst ? first : casingAfter(state.casing, isCapital);
    const node = this.#dictionary.trie.child(isFirst ? ROOT : state.node, small);
    return node === NONE || casing === null
      ? unknown(state, state.finished + this.#spelt)
      : this.#word(state, node, casing);
  }

  /** @param {State} state @param {number} node @param {number} casing @returns {State} */
  #word({ finished, length, position }, node, casing) {
    const word = { finished, score: 0, node, length: length + 1, casing, position };
    word.score = finished + this.#score(word, this.#dictionary.prefix);
    return word;
  }

  /**
   * The log-likelihood ratio of the current word, as a whole or as a beginning.
   * @param {State} state
   * @param {readonly Float32Array[]} probabilities of words, or of beginnings
   */
  #score({ node, length, casing, position }, probabilities) {
    const ofCasings = CASING_PROBABILITIES[position];
    let probability = 0;
    for (let kind = 0; kind < KINDS; kind++) probability += probabilities[kind][node] * ofCasings[kind][casing];
    return this.#weighted(probability * Math.exp(this.#parameters.letterCost * length));
  }

  /** @param {number} ratio */
  #weighted(ratio) {
    const { dictionaryShare: share, dictionaryWeight: weight } = this.#parameters;
    return weight * Math.log(1 - share + share * ratio);
  }
}

/** @typedef {Pick<LanguageModel, 'bestGain' | 'start' | 'next' | 'end'>} Language */

/** Takes all texts to be equally likely. @type {Language} */
export const NO_LANGUAGE_MODEL = { bestGain: 0, start: () => NEUTRAL, next: (state) => state, end: () => 0 };

/** @param {State} state @param {number} score @returns {State} */
const unknown = (state, score) => ({ ...state, finished: score, score, node: UNKNOWN_WORD, length: 0 });

/** The casing with one more letter, or null if it is none of them. @param {number} casing @param {boolean} isCapital */
function casingAfter(casing, isCapital) {
  if (casing === Casing.FIRST_CAPITAL) return isCapital ? Casing.UPPER : Casing.CAPITALISED;
  return isCapital === (casing === Casing.UPPER) ? casing : null;
}

/** @param {State} state @param {string} separator @returns {Position} */
function positionAfter({ node, position }, separator) {
  const isBetween = node === NO_WORD;
  if ('.!?'.includes(separator)) return 'after-stop';
  if (' \n'.includes(separator)) {
    return isBetween && (position === 'after-stop' || position === 'sentence-start') ? 'sentence-start' : 'middle';
  }
  return isBetween && '"\'('.includes(separator) ? position : 'middle';
}

/** @param {string} c */
const isLetter = (c) => (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
