/**
 * @file Reads text on this device: from the ink of a picture to the answer that the server would give, as
 * `ink.neural.text.TextReader` and `ink.neural.prediction.TextService` do.
 */
import { Problem } from '../../predict.js';
import { Decoder } from '../decoding/decoder.js';
import { FieldPattern, InvalidPatternError } from '../decoding/field-pattern.js';
import { bestPath, perCharacter } from './best-path.js';
import { boxesOf } from './character-boxes.js';
import { imageOf } from './line-image.js';
import { LineReader } from './line-reader.js';
import { segment } from './line-segmenter.js';
import { MAX_COLUMNS } from './too-much-text.js';

/** @typedef {import('../../protocol').TextAnswer} TextAnswer */
/** @typedef {import('../decoding/decoder.js').DecodingOptions} DecodingOptions */
/** @typedef {import('./line-image.js').LineImage} LineImage */

/** @typedef {{top?: number, pattern?: string, dictionary?: string, before?: string, legibility?: boolean}} Options as the API has them */

/** What a line may read, the most likely first. @typedef {{text: string, confidence: number}} Candidate */
/** @typedef {{candidates: Candidate[], characters: import('../../protocol').Character[]}} Reading */

/** How many texts are returned if nothing else is asked for. */
const TOP = 3;

export class TextReader {
  #model;
  #lineReader;
  #decoder;

  /**
   * @param {import('./text-model.js').TextModel} model
   * @param {import('../character-model.js').CharacterModel} characters
   * @param {import('../decoding/dictionary.js').Dictionary} dictionary
   */
  constructor(model, characters, dictionary) {
    this.#model = model;
    this.#lineReader = new LineReader(model, characters);
    this.#decoder = new Decoder(model.alphabet, model.descriptor.decoder, dictionary);
  }

  /**
   * What is known of a text.
   * @param {Options} options
   * @returns {DecodingOptions}
   * @throws {Problem} if the pattern has an error
   */
  constraints({ pattern, dictionary, before = '' }) {
    try {
      const compiled = pattern === undefined ? undefined : FieldPattern.compile(pattern, this.#model.alphabet);
      return { pattern: compiled, dictionary: dictionary !== 'none', before };
    } catch (cause) {
      if (cause instanceof InvalidPatternError) throw new Problem(400, 'bad-option');
      throw cause;
    }
  }

  /**
   * @param {import('../ink.js').Ink} ink
   * @param {DecodingOptions} constraints
   * @param {Options} options
   * @returns {Promise<TextAnswer>}
   * @throws {Problem} if there is too much text, or none that satisfies the constraints
   */
  async answer(ink, constraints, { top = TOP, legibility }) {
    const images = this.#imagesOf(ink);
    const lines = [];
    let { before } = constraints;
    for (const image of images) {
      const line = await this.#read(image, { ...constraints, before }, top);
      before = `${line.reading.candidates[0].text} `;
      lines.push(line);
    }
    const readings = lines.map(({ reading }) => reading);
    return {
      ...answerOf(readings.reduce((above, below) => followedBy(above, below, top))),
      ...(readings.length > 1 && { lines: readings.map(answerOf) }),
      ...(legibility && { legibility: legibilityOf(lines) }),
    };
  }

  /** The images of the lines, as long as they are not too long together. @param {import('../ink.js').Ink} ink @returns {LineImage[]} */
  #imagesOf(ink) {
    let columnsLeft = MAX_COLUMNS;
    return segment(ink).map((line) => {
      const image = imageOf(line, this.#model.descriptor, columnsLeft);
      columnsLeft -= image.width;
      return image;
    });
  }

  /** @param {LineImage} image @param {DecodingOptions} constraints @param {number} top */
  async #read(image, constraints, top) {
    const frames = await this.#lineReader.read(image);
    const { hypotheses, spans } = this.#decoder.decode(frames.logProbabilities, constraints, top);
    if (hypotheses.length === 0) throw new Problem(422, 'no-match');
    const boxes = boxesOf(image.line, frames, spans);
    /** @type {Reading} */
    const reading = {
      candidates: hypotheses.map(({ text, probability }) => ({ text, confidence: probability })),
      characters: spans.map(({ character, confidence }, i) => {
        const { left, top: first, right, bottom } = boxes[i];
        return { label: character, confidence, box: [left, first, right - left, bottom - first] };
      }),
    };
    return { reading, width: image.width, legibility: this.#legibilityOf(frames) };
  }

  /** The probability that a line is text at all (Platt scaling). @param {import('./frames.js').Frames} frames */
  #legibilityOf({ logProbabilities }) {
    const { scale = 1, offset = 0 } = this.#model.descriptor.legibility ?? {};
    return 1 / (1 + Math.exp(-(scale * perCharacter(bestPath(logProbabilities)) + offset)));
  }
}

/** The reading of a line and the next, which is independent of it. @param {Reading} above @param {Reading} below @param {number} top @returns {Reading} */
function followedBy(above, below, top) {
  const pairs = above.candidates.flatMap((first) =>
    below.candidates.map(({ text, confidence }) => ({
      text: `${first.text}\n${text}`,
      confidence: first.confidence * confidence,
    })),
  );
  return {
    candidates: pairs.sort((one, other) => other.confidence - one.confidence).slice(0, top),
    characters: [...above.characters, ...below.characters],
  };
}

/** @param {Reading} reading @returns {TextAnswer} */
function answerOf({ candidates: [{ text, confidence }, ...alternatives], characters }) {
  return { text, confidence, alternatives, characters };
}

/** The mean over all lines, in which each line counts as often as it has columns. @param {readonly {width: number, legibility: number}[]} lines */
function legibilityOf(lines) {
  const columns = lines.reduce((sum, { width }) => sum + width, 0);
  return lines.reduce((sum, { width, legibility }) => sum + width * legibility, 0) / columns;
}
