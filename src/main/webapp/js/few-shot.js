/**
 * @file The few-shot step: a person's own examples and the network's answer together say which character a drawing is, as
 * `ink.neural.recognition.Hand` does. Each example adds a Gaussian kernel to the probability that the network gives its
 * character.
 */

/** @typedef {{label: string, features: Int8Array}} Example */

/**
 * How far examples count, from the descriptor of the model.
 * @typedef {object} FewShot
 * @property {string} output of the network, with the features
 * @property {number} weight of an example that equals the drawing
 * @property {number} bandwidth of the kernel, a squared distance of features
 * @property {number} novelty the probability of a character that the network does not know, at a legibility of 0.5
 */

/**
 * What the network says of a drawing.
 * @typedef {object} Recognition
 * @property {readonly string[]} labels of the network's classes
 * @property {readonly number[]} probabilities of these classes
 * @property {number} [legibility]
 * @property {Int8Array} features
 */

/** Keeps the logarithm of a probability finite. */
const MIN_PROBABILITY = 1e-300;
const MIN_LEGIBILITY = 1e-9;
/** The legibility of a drawing of which nothing is known. */
const EVEN = 0.5;

/**
 * @param {Recognition} recognition
 * @param {readonly Example[]} examples
 * @param {FewShot} fewShot
 * @returns {{labels: string[], scores: number[], legibility?: number}} The labels of the network and then the others, in the
 *   order of their first example. The scores are logarithms.
 */
export function applyExamples({ labels, probabilities, legibility, features }, examples, fewShot) {
  /** @type {Map<string, {similarity: number, count: number}>} */
  const similarities = new Map(labels.map((label) => [label, { similarity: 0, count: 0 }]));
  for (const { label, features: own } of examples) {
    const { similarity, count } = similarities.get(label) ?? { similarity: 0, count: 0 };
    similarities.set(label, { similarity: similarity + kernel(features, own, fewShot), count: count + 1 });
  }
  const unknown = probabilityOfUnknown(legibility ?? EVEN, fewShot);
  const parts = [...similarities.values()].map(({ similarity, count }, i) => ({
    network: probabilities[i] ?? 0,
    own: count && fewShot.weight * Math.sqrt((probabilities[i] ?? unknown) / count) * similarity,
  }));
  const own = parts.reduce((sum, part) => sum + part.own, 0);
  const all = parts.reduce((sum, part) => sum + part.network, own);
  return {
    labels: [...similarities.keys()],
    scores: parts.map(({ network, own }) => Math.log(Math.max(network + own, MIN_PROBABILITY))),
    // What resembles an example is a character, whatever the network thinks of it.
    legibility: legibility === undefined ? undefined : legibility + (1 - legibility) * (own / all),
  };
}

/** @param {Int8Array} one @param {Int8Array} other @param {FewShot} fewShot */
function kernel(one, other, { bandwidth }) {
  const distance = one.reduce((sum, value, i) => sum + (value - other[i]) ** 2, 0);
  return Math.exp(-distance / bandwidth);
}

/** A drawing that is hardly one of the characters that the network knows is the more likely another. @param {number} legibility @param {FewShot} fewShot */
const probabilityOfUnknown = (legibility, { novelty }) =>
  Math.min(1, (novelty * (1 - legibility)) / Math.max(legibility, MIN_LEGIBILITY));

/** @param {string} base64 of signed bytes */
export const decodeFeatures = (base64) => Int8Array.from(atob(base64), (char) => char.charCodeAt(0));
