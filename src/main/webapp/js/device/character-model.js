/**
 * @file A model of single characters on this device: from ink to the answer that the server would give.
 */
import { encodePng } from '../png.js';
import { normalize, turn } from './glyph.js';
import { guideLikelihoods } from './guide-model.js';
import { legibilityOf, logPriorOf, PRIOR, rank, scoresOf, softmax } from './recognition.js';

/** @typedef {typeof import('onnxruntime-web')} Runtime */
/** @typedef {import('onnxruntime-web').InferenceSession} Session */
/** @typedef {import('./recognition.js').Descriptor} Descriptor */
/** @typedef {{top: number, charset?: string, glyph?: boolean, legibility?: boolean, features?: boolean, guides?: import('./guide-model.js').Guides}} Options */

export class CharacterModel {
  #runtime;
  #session;
  #descriptor;
  labels;

  /**
   * @param {Runtime} runtime
   * @param {Session} session
   * @param {Descriptor} descriptor
   * @param {readonly string[]} labels the character of each class
   */
  constructor(runtime, session, descriptor, labels) {
    this.#runtime = runtime;
    this.#session = session;
    this.#descriptor = descriptor;
    this.labels = labels;
  }

  /**
   * @param {import('./ink.js').Ink} ink
   * @param {Options} options as the API has them
   * @returns {Promise<import('../protocol').Answer>}
   */
  async answer(ink, options) {
    const glyph = normalize(ink, this.#descriptor);
    const { scores, legibility, features } = await this.recognize(glyph);
    const { guides, name, version } = this.#descriptor;
    const likelihoods = guides && options.guides && guideLikelihoods(guides, options.guides, ink.box, this.labels);
    const posterior = scores.map((score, i) => score + (likelihoods?.[i] ?? 0));
    return {
      predictions: rank(posterior, this.labels, options.top, options.charset, legibility),
      ...(options.glyph && { glyph: await this.#picture(glyph) }),
      ...(options.legibility && { legibility }),
      ...(options.features && features && { features: toBase64(features) }),
      model: `${name}@${version}`,
    };
  }

  /** The probability of each character, given that the ink is one of them. @param {import('./ink.js').Ink} ink */
  async probabilities(ink) {
    const { scores } = await this.recognize(normalize(ink, this.#descriptor));
    return softmax(scores);
  }

  /** @param {Float32Array} glyph */
  async recognize(glyph) {
    const { size, legibility, features, cascade } = this.#descriptor;
    const [input, prior, threshold] = this.#session.inputMetadata;
    const isKeras = input.isTensor && input.shape[3] === 1;
    const shape = isKeras ? [1, size, size, 1] : [1, 1, size, size];
    const inputs = { [input.name]: this.#tensor(glyph, shape) };
    if (cascade) {
      inputs[prior.name] = this.#tensor(logPriorOf(this.#descriptor, this.labels.length));
      inputs[threshold.name] = this.#tensor(Float32Array.of(cascade.thresholds[PRIOR]));
    }
    const outputs = await this.#session.run(inputs);
    const others = [legibility?.output, features?.output, cascade?.output];
    const [classes] = this.#session.outputNames.filter((name) => !others.includes(name));
    const numbers = (/** @type {string} */ name) => /** @type {Float32Array} */ (outputs[name].data);
    return {
      scores: scoresOf(numbers(classes), this.#descriptor),
      legibility: legibility && legibilityOf(numbers(legibility.output)[0], legibility),
      features: features && Int8Array.from(numbers(features.output), toFeature),
    };
  }

  /** @param {Float32Array} values @param {number[]} shape */
  #tensor(values, shape = [values.length]) {
    return new this.#runtime.Tensor('float32', values, shape);
  }

  /** The upright glyph as a data URL, white ink on black. @param {Float32Array} glyph */
  async #picture(glyph) {
    const { size, orientation } = this.#descriptor;
    const pixels = Uint8ClampedArray.from(turn(glyph, size, orientation), (value) => Math.round(255 * value));
    const png = await encodePng({ width: size, height: size, pixels });
    return `data:image/png;base64,${toBase64(new Uint8Array(await png.arrayBuffer()))}`;
  }
}

/** A value of the network as a signed byte. @param {number} value */
const toFeature = (value) => Math.max(-127, Math.min(127, Math.round(value)));

/** @param {Int8Array | Uint8Array} bytes */
const toBase64 = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes.buffer)));
