import { ANY, Both } from './acceptor.js';
import { align } from './alignment.js';
import { Alphabet } from './alphabet.js';
import { BeamSearch } from './beam-search.js';
import { LanguageModel, NO_LANGUAGE_MODEL } from './language-model.js';
import { LazyDfa } from './lazy-dfa.js';
import { ZERO, add, restrict } from './log-probability.js';
import { Prefix } from './prefix.js';
import { spansOf } from './spans.js';

/** @typedef {import('./acceptor.js').Acceptor} Acceptor */
/** @typedef {import('./decoding-options.js').DecodingOptions} DecodingOptions */
/** @typedef {import('./language-model.js').DecoderParameters} DecoderParameters */

/** A text that the frames may show, and the probability of exactly this text. @typedef {{text: string, probability: number}} Hypothesis */

/**
 * The most probable texts.
 * @typedef {object} NBestList
 * @property {Hypothesis[]} hypotheses different texts, most probable first; none if no text satisfies the constraints
 * @property {import('./spans.js').CharacterSpan[]} spans the characters of the first hypothesis, in the order of the text
 */

/** @type {DecoderParameters} */
const DEFAULT = { dictionaryWeight: 0.5, dictionaryShare: 0.8, letterCost: 4.5, temperature: 1 };
/** The most characters of the words that are tried one by one. */
const MOST_TRIED = 4000;
/** The most work for matching these words with a pattern, in characters times states of its automaton. */
const MOST_MATCHED = 1_500_000;

/** Finds the most probable texts in the output of a CTC network, as `ink.neural.decoding.Decoder` does. */
export class Decoder {
  #alphabet;
  #parameters;
  #dictionary;

  /**
   * @param {Alphabet} alphabet the symbols of the network's outputs
   * @param {Partial<DecoderParameters>} [parameters] the constants tuned for the network
   * @param {import('./dictionary.js').Dictionary} [dictionary] only needed for options that consult it
   */
  constructor(alphabet, parameters, dictionary) {
    this.#alphabet = alphabet;
    this.#parameters = { ...DEFAULT, ...parameters };
    this.#dictionary = dictionary;
  }

  /**
   * Reads a line. The cost grows with the number of frames, and has a bound whatever they contain.
   * @param {readonly Float32Array[]} logProbabilities for each frame the natural logarithms of the symbols' probabilities
   * @param {DecodingOptions} options what is known about the text
   * @param {number} top the most hypotheses wanted, at least 1
   * @returns {NBestList} the most probable texts that satisfy the constraints
   */
  decode(logProbabilities, options, top) {
    const frames = options.charset === undefined ? logProbabilities : this.#restrict(logProbabilities, options.charset);
    const isConsulted = Boolean(options.dictionary && !options.words);
    const language = isConsulted ? this.#languageModel() : NO_LANGUAGE_MODEL;
    const acceptor = this.#acceptor(frames, options);
    const search = new BeamSearch(this.#alphabet, frames, language);
    const found = search.run(acceptor, language.start(options.before ?? ''));
    let scores = this.#scores(found, language);
    if (scores.size === 0 && options.words) scores = this.#tryWords(options.words.words, options, acceptor, frames);
    const temperature = isConsulted ? this.#parameters.temperature : 1;
    return this.#rank(scores, missing(found, acceptor, search.dropped), temperature, frames, top);
  }

  /** Makes the characters outside the charset impossible, and the others likelier. @param {readonly Float32Array[]} frames @param {string} charset */
  #restrict(frames, charset) {
    const allowed = [true, ...Array.from(this.#alphabet.characters, (character) => charset.includes(character))];
    return frames.map((frame) => restrict(frame, allowed));
  }

  #languageModel() {
    if (!this.#dictionary) throw new Error('The dictionary has not been loaded.');
    return new LanguageModel(this.#dictionary, this.#parameters);
  }

  /** @param {readonly Float32Array[]} frames @param {DecodingOptions} options */
  #acceptor(frames, options) {
    const pattern = options.pattern && new LazyDfa(options.pattern.nfa, frames, this.#alphabet.size).start();
    const words = options.words?.start(this.#alphabet, frames);
    return pattern && words ? new Both(pattern, words) : (pattern ?? words ?? ANY);
  }

  /** The texts of prefixes that may end, each with its score. @param {readonly Prefix[]} prefixes @param {import('./language-model.js').Language} language */
  #scores(prefixes, language) {
    /** @type {Map<Prefix, number>} */
    const scores = new Map();
    for (const prefix of prefixes) {
      const endsWithSpace = prefix.parent && this.#alphabet.character(prefix.symbol) === ' ';
      const text = endsWithSpace ? /** @type {Prefix} */ (prefix.parent) : prefix;
      if (text.length > 0 && text.acceptor.accepts()) {
        scores.set(text, add(scores.get(text) ?? ZERO, prefix.total + language.end(prefix.language)));
      }
    }
    return scores;
  }

  /**
   * Tries words one by one, first those whose characters are likely anywhere. The beam can be full of prefixes that come to
   * nothing if the words must match a pattern as well, or if frames allow no blank.
   * @param {readonly string[]} words
   * @param {DecodingOptions} options
   * @param {Acceptor} start
   * @param {readonly Float32Array[]} frames
   */
  #tryWords(words, { pattern }, start, frames) {
    /** @type {Map<Prefix, number>} */
    const scores = new Map();
    let [tried, matched] = [0, 0];
    for (const word of this.#likelyFirst(words, frames)) {
      matched += word.length * (pattern?.nfa.size ?? 1);
      if (tried > MOST_TRIED || matched > MOST_MATCHED) break;
      const prefix = Prefix.of(word, this.#alphabet, start);
      if (!prefix?.acceptor.accepts()) continue;
      tried += word.length;
      const score = align(prefix.symbols(), frames).logProbability;
      if (score > ZERO) scores.set(prefix, score);
    }
    return scores;
  }

  /** Words in the order of an upper bound of their probability: each character in its best frame. @param {readonly string[]} words @param {readonly Float32Array[]} frames */
  #likelyFirst(words, frames) {
    const best = frames[0].map((_, symbol) => frames.reduce((max, frame) => Math.max(max, frame[symbol]), ZERO));
    return words
      .map((word) => ({ word, bound: [...word].reduce((sum, c) => sum + best[this.#alphabet.symbol(c)], 0) }))
      .sort((a, b) => (a.bound === b.bound ? 0 : b.bound - a.bound))
      .map(({ word }) => word);
  }

  /**
   * @param {Map<Prefix, number>} scores
   * @param {number} missing
   * @param {number} temperature
   * @param {readonly Float32Array[]} frames
   * @param {number} top
   * @returns {NBestList}
   */
  #rank(scores, missing, temperature, frames, top) {
    const ranked = [...scores].sort(([, a], [, b]) => b - a);
    if (ranked.length === 0) return { hypotheses: [], spans: [] };
    const texts = ranked.map(([text]) => text);
    const scaled = ranked.map(([, score]) => score / temperature);
    const sum = scaled.reduce(add, Math.log(missing) / temperature);
    const probabilities = scaled.map((score) => Math.exp(score - sum));
    return {
      hypotheses: texts
        .slice(0, top)
        .map((text, i) => ({ text: text.text(this.#alphabet), probability: probabilities[i] })),
      spans: spansOf(texts, probabilities, frames, this.#alphabet),
    };
  }
}

/**
 * The probability of all other texts, the empty one included. Without an automaton all texts add up to 1.
 * @param {readonly Prefix[]} found
 * @param {Acceptor} acceptor
 * @param {number} dropped
 */
function missing(found, acceptor, dropped) {
  let [sum, empty] = [0, 0];
  for (const { length, total } of found) {
    if (length > 0) sum += Math.exp(total);
    else if (acceptor.accepts()) empty = Math.exp(total);
  }
  return acceptor === ANY ? Math.max(0, 1 - sum) : dropped + empty;
}
