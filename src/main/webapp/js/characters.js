/**
 * @file The characters that a model tells apart: their kinds, and how far to trust what it says of them.
 */

/** @typedef {'digit' | 'capital' | 'small' | 'other'} Kind */
/** @typedef {import('./protocol').Candidate} Candidate */

/** The character sets that `POST predict` knows by name, as the server defines them. */
const CHARSETS = { digits: /^[0-9]/, letters: /^[A-Za-z]/, upper: /^[A-Z]/, lower: /^[a-z]/ };

/** How many candidates the page shows. */
export const SHOWN = 3;
/** Confidence from which on another candidate is worth a word. Confidences are calibrated, so it is right once in 20 times. */
export const WORTH_A_WORD = 0.05;
/** An answer is in doubt if the best candidate, and all those shown, are less likely than this. */
const TRUSTED = 0.5;
const TRUSTED_TOGETHER = 0.75;

/**
 * @param {string} label
 * @returns {Kind}
 */
export function kindOf(label) {
  if (/^\d/.test(label)) return 'digit';
  if (label.toLowerCase() === label.toUpperCase()) return 'other';
  return label === label.toUpperCase() ? 'capital' : 'small';
}

/**
 * The names of the character sets that narrow the choice. A set is left out if it holds none of the classes, all of
 * them, or the same classes as a more specific set.
 * @param {readonly string[]} classes
 */
export function usefulCharsets(classes) {
  const count = (/** @type {RegExp} */ pattern) => classes.filter((label) => pattern.test(label)).length;
  const hasBothCases = count(CHARSETS.upper) > 0 && count(CHARSETS.lower) > 0;
  return Object.entries(CHARSETS)
    .filter(([, pattern]) => count(pattern) > 0 && count(pattern) < classes.length)
    .map(([name]) => name)
    .filter((name) => name !== 'letters' || hasBothCases);
}

/**
 * The text that invites a person to draw what the model can read.
 * @param {readonly string[]} classes
 * @returns {'prompt' | 'promptDigit' | 'promptLetter' | 'promptOther'}
 */
export function promptFor(classes) {
  const kinds = new Set(classes.map(kindOf));
  if (kinds.has('other')) return 'promptOther';
  if (!kinds.has('digit')) return 'promptLetter';
  return kinds.size === 1 ? 'promptDigit' : 'prompt';
}

/** The labels of what else the character may be, of the candidates shown. @param {Candidate[]} predictions most confident first */
export function alternatives(predictions) {
  return predictions
    .slice(1, SHOWN)
    .filter(({ confidence }) => confidence >= WORTH_A_WORD)
    .map(({ label }) => label);
}

/**
 * Whether the right answer may well be none of the candidates shown. Characters that look alike are no reason for doubt:
 * they share the confidence among them.
 * @param {Candidate[]} predictions most confident first
 */
export function isDoubtful(predictions) {
  const shown = predictions.slice(0, SHOWN).map(({ confidence }) => confidence);
  return shown[0] < TRUSTED && shown.reduce((a, b) => a + b, 0) < TRUSTED_TOGETHER;
}
