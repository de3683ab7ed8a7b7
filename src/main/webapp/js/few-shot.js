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
 * @property {number} novelty the probability, before examples, of a character that the network does not know
 */

/** Keeps the logarithm of a probability finite. */
const MIN_PROBABILITY = 1e-300;

/**
 * @param {readonly string[]} labels of the network's classes
 * @param {readonly number[]} probabilities of these classes
 * @param {Int8Array} features of the drawing
 * @param {readonly Example[]} examples at least one
 * @param {FewShot} fewShot
 * @returns {{labels: string[], scores: number[], share: number}} The labels of the network and then the others, in the order
 *   of their first example. The scores are logarithms. The share of the examples in the answer is in [0,1].
 */
export function applyExamples(labels, probabilities, features, examples, fewShot) {
  const { weight, novelty } = fewShot;
  /** @type {Map<string, {similarity: number, count: number}>} */
  const similarities = new Map(labels.map((label) => [label, { similarity: 0, count: 0 }]));
  for (const { label, features: own } of examples) {
    const { similarity, count } = similarities.get(label) ?? { similarity: 0, count: 0 };
    similarities.set(label, { similarity: similarity + kernel(features, own, fewShot), count: count + 1 });
  }
  const parts = [...similarities.values()].map(({ similarity, count }, i) => ({
    network: probabilities[i] ?? 0,
    own: count && weight * Math.sqrt((probabilities[i] ?? novelty) / count) * similarity,
  }));
  const own = parts.reduce((sum, part) => sum + part.own, 0);
  const all = parts.reduce((sum, part) => sum + part.network, own);
  return {
    labels: [...similarities.keys()],
    scores: parts.map(({ network, own }) => Math.log(Math.max(network + own, MIN_PROBABILITY))),
    share: own / all,
  };
}

/** @param {Int8Array} one @param {Int8Array} other @param {FewShot} fewShot */
function kernel(one, other, { bandwidth }) {
  const distance = one.reduce((sum, value, i) => sum + (value - other[i]) ** 2, 0);
  return Math.exp(-distance / bandwidth);
}

/** What resembles an example is a character. @param {number} legibility of the network @param {number} share of the examples */
export const legibilityWith = (legibility, share) => legibility + (1 - legibility) * share;

/** @param {string} base64 of signed bytes */
export const decodeFeatures = (base64) => Int8Array.from(atob(base64), (char) => char.charCodeAt(0));
