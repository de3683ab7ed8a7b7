/**
 * @file The characters that a model tells apart: their kinds, and which of them look alike.
 */

/** @typedef {'digit' | 'capital' | 'small' | 'other'} Kind */

/** The character sets that `POST predict` knows by name, as the server defines them. */
const CHARSETS = { digits: /^[0-9]/, letters: /^[A-Za-z]/, upper: /^[A-Z]/, lower: /^[a-z]/ };

/** Characters drawn with the same shape: EMNIST's merged classes, and digits that share a letter's shape. */
// prettier-ignore
const LOOK_ALIKES = ['0Oo', '1Il', '2Zz', '5Ss', '9gq', 'Cc', 'Ff', 'Jj', 'Kk', 'Mm', 'Pp', 'Uu', 'Vv', 'Ww', 'Xx', 'Yy', 'ij'];

/** Confidence, relative to the best candidate's, from which on a look-alike is worth mentioning. */
const MIN_RELATIVE_CONFIDENCE = 0.1;

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
 * The classes by kind: digits, capitals, small letters, others.
 * @param {readonly string[]} classes
 * @returns {string[][]} without empty groups, each group in the model's order
 */
export function groupByKind(classes) {
  const kinds = /** @type {Kind[]} */ (['digit', 'capital', 'small', 'other']);
  return kinds.map((kind) => classes.filter((label) => kindOf(label) === kind)).filter((group) => group.length > 0);
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

/**
 * The best candidate and those that look like it.
 * @param {import('./predict.js').Candidate[]} predictions most confident first
 * @returns {string[]} the best candidate's label first, or nothing if no other candidate looks like it
 */
export function lookAlikes([best, ...others]) {
  const group = LOOK_ALIKES.filter((labels) => labels.includes(best.label)).join('');
  const minimum = MIN_RELATIVE_CONFIDENCE * best.confidence;
  const alike = others.filter(({ label, confidence }) => group.includes(label) && confidence >= minimum);
  return alike.length > 0 ? [best, ...alike].map(({ label }) => label) : [];
}
