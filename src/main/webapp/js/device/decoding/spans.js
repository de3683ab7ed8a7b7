/**
 * @file Finds where the best text has its characters, and how certain each is, as `ink.neural.decoding.Spans` does.
 */
import { align } from './alignment.js';

/** @typedef {import('./prefix.js').Prefix} Prefix */

/**
 * Where the best text has one of its characters.
 * @typedef {object} CharacterSpan
 * @property {string} character
 * @property {number} first the first frame of the character on the most probable CTC path
 * @property {number} last the last frame, at least `first`
 * @property {number} confidence the probability that this place has this character, from 0 to 1
 */

/**
 * The characters of the first text.
 * @param {readonly Prefix[]} texts at least one
 * @param {readonly number[]} probabilities of the texts
 * @param {readonly Float32Array[]} frames
 * @param {import('./alphabet.js').Alphabet} alphabet
 * @returns {CharacterSpan[]}
 */
export function spansOf(texts, probabilities, frames, alphabet) {
  const symbols = texts[0].symbols();
  const { first, last } = align(symbols, frames);
  const confidences = confidencesOf(texts, probabilities);
  return symbols.map((symbol, i) => ({
    character: alphabet.character(symbol),
    first: first[i],
    last: last[i],
    confidence: confidences[i],
  }));
}

/**
 * For each character of the first text, the share of the texts that have it at the same place.
 * @param {readonly Prefix[]} texts
 * @param {readonly number[]} probabilities
 */
function confidencesOf(texts, probabilities) {
  const symbols = texts[0].symbols();
  const frames = texts[0].frames();
  const confidences = new Float64Array(symbols.length);
  const sum = probabilities.reduce((total, probability) => total + probability, 0);
  texts.forEach((text, i) => support(symbols, frames, text, probabilities[i] / sum, confidences));
  return confidences.map((confidence) => Math.min(1, confidence));
}

/**
 * Adds a text's share to each character that the text has as well, no nearer to one of its neighbours.
 * @param {readonly number[]} symbols
 * @param {readonly number[]} frames
 * @param {Prefix} other
 * @param {number} share
 * @param {Float64Array} confidences
 */
function support(symbols, frames, other, share, confidences) {
  const otherSymbols = other.symbols();
  const otherFrames = other.frames();
  let next = 0;
  symbols.forEach((symbol, i) => {
    const from = i === 0 ? 0 : (frames[i - 1] + frames[i] + 1) >> 1;
    const to = i === symbols.length - 1 ? Infinity : (frames[i] + frames[i + 1] + 1) >> 1;
    while (next < otherFrames.length && otherFrames[next] < from) next++;
    let match = next;
    while (match < otherFrames.length && otherFrames[match] < to && otherSymbols[match] !== symbol) match++;
    if (match < otherFrames.length && otherFrames[match] < to) {
      confidences[i] += share;
      next = match + 1;
    }
  });
}
