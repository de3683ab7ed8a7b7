/**
 * @file Reads a line in two passes, as `ink.neural.text.LineReader` does. The first pass shows where the spaces are. The second
 * reads each word alone, and so as large as the network expects: a whole line is higher than its words, because it has ascenders
 * and descenders, and may slope.
 */
import { componentsOf } from '../ink.js';
import { bestPath } from './best-path.js';
import { between, clamped, concatenated, only } from './frames.js';
import { CERTAIN, GlyphExpert } from './glyph-expert.js';
import { imageOf, pictureColumn } from './line-image.js';
import { imageColumn } from './text-model.js';
import { LinePainter } from './line-painter.js';

/** @typedef {import('./frames.js').Frames} Frames */
/** @typedef {import('./line-image.js').LineImage} LineImage */
/** @typedef {import('./text-line.js').TextLine} TextLine */

/** A word is enlarged at most so much, which bounds the work. */
const LARGEST_ENLARGEMENT = 2;
/** A word of fewer characters is easier to read beside others, which show its size. */
const LEAST_CHARACTERS = 3;

export class LineReader {
  #model;
  #expert;
  #space;

  /** @param {import('./text-model.js').TextModel} model @param {import('../character-model.js').CharacterModel} characters */
  constructor(model, characters) {
    this.#model = model;
    this.#expert = new GlyphExpert(model.alphabet, characters);
    this.#space = model.alphabet.symbol(' ');
  }

  /** @param {LineImage} line @returns {Promise<Frames>} */
  async read(line) {
    const whole = await this.#model.read(line);
    const spaces = bestPath(whole.logProbabilities)
      .peaks.filter(({ symbol }) => symbol === this.#space)
      .map(({ frame }) => frame);
    if (spaces.length > 0) return this.#readWords(line, whole, spaces);
    await this.#expert.consult(line, whole);
    return whole;
  }

  /** Reads the words between the spaces. @param {LineImage} line @param {Frames} whole @param {number[]} spaces frames */
  async #readWords(line, whole, spaces) {
    const cuts = spaces.map((space) => pictureColumn(line, imageColumn(space)));
    const painter = painterOfWords(line.line, cuts);
    const parts = [];
    for (let word = 0; word <= cuts.length; word++) {
      const [left, right] = [cuts[word - 1] ?? -Infinity, cuts[word] ?? Infinity];
      const small = between(whole, word === 0 ? 0 : spaces[word - 1] + 1, spaces[word]);
      if (word > 0) parts.push(only(whole, spaces[word - 1]));
      const isReadAnew = isWorthEnlarging(small) && painter.hasInk(word);
      parts.push(isReadAnew ? clamped(await this.#enlarged(painter.paint(word), line), left, right) : small);
    }
    return concatenated(parts);
  }

  /** @param {TextLine} word @param {LineImage} line */
  async #enlarged({ ink, left, top }, { line, columnsPerPixel }) {
    const word = { ink, left: line.left + left, top: line.top + top };
    const image = imageOf(word, this.#model.descriptor, Infinity, LARGEST_ENLARGEMENT * columnsPerPixel);
    const frames = await this.#model.read(image);
    await this.#expert.consult(image, frames);
    return frames;
  }
}

/** Whether a word is long enough, and the network not certain of it. @param {Frames} word */
function isWorthEnlarging({ logProbabilities }) {
  const { peaks } = bestPath(logProbabilities);
  return peaks.length >= LEAST_CHARACTERS && peaks.some(({ logProbability }) => logProbability < CERTAIN);
}

/** The ink of a line, divided at some columns of the picture. A component belongs to the word where its middle lies. @param {TextLine} line @param {readonly number[]} cuts */
function painterOfWords({ ink, left }, cuts) {
  const { runs } = componentsOf(ink);
  const words = runs.map(({ component: { box } }) => {
    const middle = left + (box.left + box.right) / 2;
    return cuts.filter((cut) => cut < middle).length;
  });
  return new LinePainter(ink, runs, words);
}
