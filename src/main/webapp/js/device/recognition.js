/**
 * @file From the outputs of the network to ranked characters, as `ink.neural.recognition` does: temperature, prior, guides,
 * charset and softmax.
 */

/** @typedef {import('../protocol').Candidate} Candidate */

/**
 * What must be known about a model, a part of `models/NAME.json`.
 * @typedef {object} Descriptor
 * @property {string} name
 * @property {string} version
 * @property {number} size
 * @property {number} box
 * @property {import('./glyph.js').GlyphSpec['fit']} fit
 * @property {import('./glyph.js').GlyphSpec['orientation']} orientation
 * @property {'logits' | 'probabilities'} [output]
 * @property {number} [temperature] divides the logits
 * @property {Record<string, number[]>} [priors]
 * @property {{output: string, scale?: number, offset?: number}} [legibility]
 * @property {import('../few-shot.js').FewShot} [features]
 * @property {{output: string, thresholds: Record<string, number>}} [cascade] two networks in one, which take the log prior and the
 * threshold after the glyphs; only metrics need their further output
 * @property {import('./guide-model.js').GuideModel} [guides]
 */

/** Keeps the logarithm of a probability finite. */
const MIN_PROBABILITY = 1e-12;
/** The prior for a drawing whose character is not known. */
export const PRIOR = 'predict';

/** The characters that each keyword stands for. @type {Record<string, RegExp>} */
const KEYWORDS = {
  digits: /^[0-9]$/,
  upper: /^[A-Z]$/,
  lower: /^[a-z]$/,
  letters: /^[A-Za-z]$/,
  alphanumeric: /^/,
};

/**
 * The log probability of each class, up to a common constant.
 * @param {ArrayLike<number>} outputs of the network
 * @param {Descriptor} descriptor
 */
export function scoresOf(outputs, descriptor) {
  const { output = 'logits', temperature = 1 } = descriptor;
  const logPrior = logPriorOf(descriptor, outputs.length);
  return Array.from(outputs, (value, i) => (output === 'logits' ? value : log(value)) / temperature + logPrior[i]);
}

/**
 * The log prior of each class, or zeros if the model has no prior.
 * @param {Descriptor} descriptor
 * @param {number} classes
 */
export const logPriorOf = ({ priors = {} }, classes) => Float32Array.from(priors[PRIOR] ?? Array(classes).fill(1), log);

/**
 * The probability that a glyph is one of the characters at all (Platt scaling).
 * @param {number} logit
 * @param {{scale?: number, offset?: number}} scaling
 */
export const legibilityOf = (logit, { scale = 1, offset = 0 }) => 1 / (1 + Math.exp(-(scale * logit + offset)));

/**
 * The most likely characters of a charset, given that it is one of them. The confidences of the whole charset add up to 1. They
 * approach each other if the glyph is hardly legible: it could then be any of them.
 * @param {readonly number[]} scores
 * @param {readonly string[]} labels
 * @param {number} count
 * @param {string} [charset] a keyword, or the characters themselves
 * @param {number} [legibility] a glyph that is no character at all could stand for any of them
 * @returns {Candidate[]} the most likely first
 */
export function rank(scores, labels, count, charset = 'alphanumeric', legibility = 1) {
  const isExpected = (/** @type {string} */ label) => KEYWORDS[charset]?.test(label) ?? charset.includes(label);
  const classes = labels.map((label, i) => ({ label, score: scores[i] })).filter(({ label }) => isExpected(label));
  const probabilities = softmax(classes.map(({ score }) => score));
  return classes
    .map(({ label }, i) => ({
      label,
      confidence: legibility * probabilities[i] + (1 - legibility) / classes.length,
    }))
    .sort((a, b) => b.confidence - a.confidence)
    .slice(0, count);
}

/** @param {readonly number[]} scores @returns {number[]} probabilities, which add up to 1 */
export function softmax(scores) {
  const highest = Math.max(...scores);
  const likelihoods = scores.map((score) => Math.exp(score - highest));
  const sum = likelihoods.reduce((total, likelihood) => total + likelihood, 0);
  return likelihoods.map((likelihood) => likelihood / sum);
}

/** @param {number} probability */
const log = (probability) => Math.log(Math.max(probability, MIN_PROBABILITY));
