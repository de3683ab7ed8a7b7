/**
 * @file The few-shot step: a person's own examples and the network's answer together say which character a drawing is, as
 * `ink.neural.recognition.Hand` does. The examples tell where this person's drawings of each character are to be expected.
 */

/** @typedef {{label: string, features: Int8Array}} Example */

/**
 * How people write a character: the distribution of the mean features of one person's drawings.
 * @typedef {object} Normal
 * @property {string} mean over people, signed bytes in base64
 * @property {number} variance the part that no other character shares
 * @property {number[]} factors how far the character follows each way in which all characters of a person differ
 */

/**
 * How far examples count, from the descriptor of the model.
 * @typedef {object} FewShot
 * @property {string} output of the network, with the features
 * @property {number} noise the variance of one person's drawings of a character
 * @property {number} dimensions how many independent features those of a drawing amount to
 * @property {number} novelty the probability of a character that the network does not know, at a legibility of 0.5
 * @property {Record<string, Normal>} labels
 * @property {Normal} other how people write any other character
 */

/**
 * What is known of the mean features of each character, as a joint normal distribution.
 * @typedef {{means: Float64Array[], covariance: Float64Array[]}} Estimate
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
  const byLabel = grouped(examples);
  const all = [...new Set([...labels, ...byLabel.keys()])];
  const anybody = estimateOf(all, fewShot);
  const person = estimateOf(all, fewShot);
  for (const [label, own] of byLabel) learn(person, all.indexOf(label), own, fewShot);
  const unknown = probabilityOfUnknown(legibility ?? EVEN, fewShot);
  const scores = all.map(
    (_, i) =>
      Math.log(Math.max(probabilities[i] ?? unknown, MIN_PROBABILITY)) +
      logDensity(person, i, features, fewShot) -
      logDensity(anybody, i, features, fewShot),
  );
  const ofExamples = all
    .map((label, i) => (byLabel.has(label) ? Math.max(0, Math.exp(scores[i]) - (probabilities[i] ?? 0)) : 0))
    .reduce((sum, part) => sum + part);
  return {
    labels: all,
    scores,
    // What resembles an example is a character, whatever the network thinks of it.
    legibility: legibility === undefined ? undefined : 1 - (1 - legibility) / (1 + ofExamples),
  };
}

/** The features of the examples of each label. @param {readonly Example[]} examples */
function grouped(examples) {
  /** @type {Map<string, Int8Array[]>} */
  const byLabel = new Map();
  for (const { label, features } of examples) byLabel.set(label, [...(byLabel.get(label) ?? []), features]);
  return byLabel;
}

/** What is known of anybody. @type {(labels: readonly string[], fewShot: FewShot) => Estimate} */
function estimateOf(labels, fewShot) {
  const normals = labels.map((label) => fewShot.labels[label] ?? fewShot.other);
  return {
    means: normals.map(({ mean }) => Float64Array.from(decodeFeatures(mean))),
    covariance: normals.map(({ factors, variance }, i) =>
      Float64Array.from(normals, (other, j) => dot(factors, other.factors) + (i === j ? variance : 0)),
    ),
  };
}

/** The update of a Kalman filter. @type {(estimate: Estimate, character: number, own: Int8Array[], fewShot: FewShot) => void} */
function learn({ means, covariance }, character, own, { noise }) {
  const row = covariance[character].slice();
  const surprise = means[character].map((mean) => -mean);
  for (const features of own) add(1 / own.length, features, surprise);
  const variance = row[character] + noise / own.length;
  row.forEach((shared, i) => {
    if (shared === 0) return;
    const gain = shared / variance;
    add(gain, surprise, means[i]);
    add(-gain, row, covariance[i]);
  });
}

/** In a plain loop, which is several times as fast as one with a callback. @type {(factor: number, values: Int8Array | Float64Array, sums: Float64Array) => void} */
function add(factor, values, sums) {
  for (let k = 0; k < sums.length; k++) sums[k] += factor * values[k];
}

/** How likely the features are for a drawing of a character, but for a common constant. @type {(estimate: Estimate, character: number, features: Int8Array, fewShot: FewShot) => number} */
function logDensity({ means, covariance }, character, features, { noise, dimensions }) {
  const variance = covariance[character][character] + noise;
  const distance = means[character].reduce((sum, mean, k) => sum + (features[k] - mean) ** 2, 0);
  return -(distance / variance + dimensions * Math.log(variance)) / 2;
}

/** @type {(a: readonly number[], b: readonly number[]) => number} */
const dot = (a, b) => a.reduce((sum, value, k) => sum + value * b[k], 0);

/** A drawing that is hardly one of the characters that the network knows is the more likely another. @param {number} legibility @param {FewShot} fewShot */
const probabilityOfUnknown = (legibility, { novelty }) =>
  Math.min(1, (novelty * (1 - legibility)) / Math.max(legibility, MIN_LEGIBILITY));

/** @param {string} base64 of signed bytes */
export const decodeFeatures = (base64) => Int8Array.from(atob(base64), (char) => char.charCodeAt(0));
