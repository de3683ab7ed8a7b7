/**
 * @file A text model on this device: from the image of a line to frames.
 */
import { Alphabet } from '../decoding/alphabet.js';
import { pictureColumn } from './line-image.js';

/** @typedef {import('../character-model.js').Runtime} Runtime */
/** @typedef {import('../character-model.js').Session} Session */

/**
 * What must be known about a text model, a part of `models/NAME.json`.
 * @typedef {object} Properties
 * @property {string} alphabet the characters in the order of the network's outputs
 * @property {number} [alignmentOffset] columns of a line image from the middle of a frame to that of the character that is read there
 * @property {number} [temperature] divides the logits
 * @property {Partial<import('../decoding/language-model.js').DecoderParameters>} [decoder]
 * @property {{scale?: number, offset?: number}} [legibility]
 */
/** @typedef {Properties & import('./line-image.js').LineSpec} TextDescriptor */

/** Columns of a line image for each frame of the network's output. */
const COLUMNS_PER_FRAME = 2;

/** The column of a line image in the middle of a frame. @param {number} frame */
export const imageColumn = (frame) => (frame + 0.5) * COLUMNS_PER_FRAME;

export class TextModel {
  #runtime;
  #session;
  descriptor;
  alphabet;

  /** @param {Runtime} runtime @param {Session} session @param {TextDescriptor} descriptor */
  constructor(runtime, session, descriptor) {
    this.#runtime = runtime;
    this.#session = session;
    this.descriptor = descriptor;
    this.alphabet = new Alphabet(descriptor.alphabet);
  }

  /** Runs the network over a line. @param {import('./line-image.js').LineImage} image @returns {Promise<import('./frames.js').Frames>} */
  async read(image) {
    const [input] = this.#session.inputNames;
    const [output] = this.#session.outputNames;
    const shape = [1, 1, this.descriptor.height, image.width];
    const outputs = await this.#session.run({ [input]: new this.#runtime.Tensor('float32', image.pixels, shape) });
    const logits = /** @type {Float32Array} */ (outputs[output].data);
    const { size } = this.alphabet;
    const { alignmentOffset = 0 } = this.descriptor;
    const count = image.width / COLUMNS_PER_FRAME;
    const frames = Array.from({ length: count }, (_, frame) => frame);
    return {
      logProbabilities: frames.map((frame) => this.#logSoftmax(logits.subarray(frame * size, (frame + 1) * size))),
      columns: frames.map((frame) => pictureColumn(image, imageColumn(frame) + alignmentOffset)),
    };
  }

  /** The logarithm of the softmax of some logits, which are divided by the temperature. @param {Float32Array} logits */
  #logSoftmax(logits) {
    const { temperature = 1 } = this.descriptor;
    const scaled = logits.map((logit) => logit / temperature);
    const highest = scaled.reduce((a, b) => Math.max(a, b));
    const sum = scaled.reduce((total, logit) => total + Math.exp(logit - highest), 0);
    return scaled.map((logit) => logit - highest - Math.log(sum));
  }
}
