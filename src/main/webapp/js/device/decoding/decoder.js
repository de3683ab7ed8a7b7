import { ANY } from './acceptor.js';
import { BeamSearch } from './beam-search.js';
import { LanguageModel, NO_LANGUAGE_MODEL } from './language-model.js';
import { LazyDfa } from './lazy-dfa.js';
import { ZERO, add, restrict } from './log-probability.js';
import { spansOf } from './spans.js';

/** @typedef {import('./acceptor.js').Acceptor} Acceptor */
/** @typedef {import('./language-model.js').DecoderParameters} DecoderParameters */
/** @typedef {import('./prefix.js').Prefix} Prefix */

/**
 * What is known about the text. Charset and pattern are constraints: a text that breaks one is never found. The dictionary and the
 * text before only make some texts likelier.
 * @typedef {object} DecodingOptions
 * @property {string} [charset] the characters that may occur
 * @property {import('./field-pattern.js').FieldPattern} [pattern] the pattern that the whole text matches
 * @property {boolean} [dictionary] whether the English dictionary is consulted
 * @property {string} [before] the text that precedes the line, or its end
 */

/** A text that the frames may show, and the probability of exactly this text. @typedef {{text: string, probability: number}} Hypothesis */

/**
 * The most probable texts.
 * @typedef {object} NBestList
 * @property {Hypothesis[]} hypotheses different texts, most probable first; none if no text satisfies the constraints
 * @property {import('./spans.js').CharacterSpan[]} spans the characters of the first hypothesis, in the order of the text
 */

/** @type {DecoderParameters} */
const DEFAULT = {
  dictionaryWeight: 0.5,
  dictionaryShare: 0.8,
  letterCost: 4.5,
  dictionaryTemperature: 1,
  temperature: 1,
};

/** Finds the most probable texts in the output of a CTC network, as `ink.neural.decoding.Decoder` does. */
export class Decoder {
  #alphabet;
  #parameters;
  #dictionary;

  /**
   * @param {import('./alphabet.js').Alphabet} alphabet the symbols of the network's outputs
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
    const language = options.dictionary ? this.#languageModel() : NO_LANGUAGE_MODEL;
    const { nfa } = options.pattern ?? {};
    const acceptor = nfa ? new LazyDfa(nfa, frames, this.#alphabet.size).start() : ANY;
    const search = new BeamSearch(this.#alphabet, frames, language);
    const found = search.run(acceptor, language.start(options.before ?? ''));
    const scores = this.#scores(found, language);
    const temperature = this.#parameters[options.dictionary ? 'dictionaryTemperature' : 'temperature'];
    return this.#rank(scores, missing(found, acceptor, search.dropped), temperature, frames, top);
  }

  /**
   * Makes the characters outside the charset impossible, and the others likelier.
   * @param {readonly Float32Array[]} frames
   * @param {string} charset
   */
  #restrict(frames, charset) {
    const allowed = [true, ...Array.from(this.#alphabet.characters, (character) => charset.includes(character))];
    return frames.map((frame) => restrict(frame, allowed));
  }

  #languageModel() {
    if (!this.#dictionary) throw new Error('The dictionary has not been loaded.');
    return new LanguageModel(this.#dictionary, this.#parameters);
  }

  /**
   * The texts of prefixes that may end, each with its score.
   * @param {readonly Prefix[]} prefixes
   * @param {import('./language-model.js').Language} language
   */
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
