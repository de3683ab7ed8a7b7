/**
 * @file Asks the model of single characters about glyphs that touch no other, where the text network is not certain. Both
 * opinions are multiplied (G. Hinton, Training Products of Experts by Minimizing Contrastive Divergence, 2002).
 */
import { bestPath } from './best-path.js';
import { Segments } from './segments.js';

/** @typedef {import('./best-path.js').Peak} Peak */

/** The network is certain of a character whose log probability is at least this. */
export const CERTAIN = Math.log(0.98);
/** The exponent of the other model's opinion, chosen on the words of validation writers. */
const WEIGHT = 0.5;
/** The chance that the other model sees no glyph, but a part of one. */
const MISTAKEN = 0.02;
/** So many columns of a line allow one question. It bounds the work on a line that is hard to read. */
const COLUMNS_PER_QUESTION = 20;

export class GlyphExpert {
  #characters;
  /** The symbol of each character that the other model knows. */
  #symbols;

  /** @param {import('../decoding/alphabet.js').Alphabet} alphabet of the text network @param {import('../character-model.js').CharacterModel} characters the other model */
  constructor(alphabet, characters) {
    this.#characters = characters;
    this.#symbols = characters.labels.map((label) => alphabet.symbol(label));
  }

  /**
   * Multiplies the other model's opinions into the text network's.
   * @param {import('./line-image.js').LineImage} image a line
   * @param {import('./frames.js').Frames} frames what the text network has read there; they are changed
   */
  async consult(image, frames) {
    const segments = new Segments(image.line, frames);
    const peaks = this.#peaksBySegment(segments, frames);
    const isGlyph = (/** @type {number} */ segment) => peaks.has(segment);
    const glyphs = [...peaks.keys()]
      .filter((segment) => this.#isUncertain(/** @type {Peak[]} */ (peaks.get(segment))))
      .sort((one, other) => one - other)
      .slice(0, Math.floor(image.width / COLUMNS_PER_QUESTION));
    /** @type {Map<number, number[]>} */
    const opinions = new Map();
    for (const [i, ink] of segments.paint(glyphs, isGlyph).entries()) opinions.set(glyphs[i], await this.#opinion(ink));
    frames.logProbabilities.forEach((frame, t) => {
      const opinion = opinions.get(segments.nearest(t, isGlyph));
      if (opinion) this.#multiply(frame, opinion);
    });
  }

  /** The characters on the most likely path. @param {Segments} segments @param {import('./frames.js').Frames} frames */
  #peaksBySegment(segments, { logProbabilities }) {
    /** @type {Map<number, Peak[]>} */
    const peaks = new Map();
    for (const peak of bestPath(logProbabilities).peaks) {
      const segment = segments.nearest(peak.frame);
      peaks.set(segment, [...(peaks.get(segment) ?? []), peak]);
    }
    return peaks;
  }

  /** Whether a segment shows one letter or digit, and the text network is not certain which. @param {Peak[]} peaks */
  #isUncertain([peak, ...others]) {
    return others.length === 0 && peak.logProbability < CERTAIN && this.#symbols.includes(peak.symbol);
  }

  /** The factor of each character's probability. @param {import('../ink.js').Ink} ink of a glyph */
  async #opinion(ink) {
    const probabilities = await this.#characters.probabilities(ink);
    return probabilities.map((p) => ((1 - MISTAKEN) * p + MISTAKEN / probabilities.length) ** WEIGHT);
  }

  /** Shares out the probability of all known characters anew. Those of the blank and of punctuation marks stay. @param {Float32Array} frame @param {number[]} opinion */
  #multiply(frame, opinion) {
    let before = 0;
    let after = 0;
    this.#symbols.forEach((symbol, i) => {
      const probability = Math.exp(frame[symbol]);
      before += probability;
      after += probability * opinion[i];
    });
    if (after === 0) return;
    this.#symbols.forEach((symbol, i) => (frame[symbol] += Math.log((opinion[i] * before) / after)));
  }
}
