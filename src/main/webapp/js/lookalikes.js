/**
 * @file Characters that are drawn with the same shape: no reader can tell them apart without the word around them.
 */

/** After EMNIST's merged classes, and the digits that share a letter's shape. */
const SHAPES = [
  '0Oo',
  '1Il',
  '2Zz',
  '5Ss',
  '9gq',
  'Cc',
  'Ff',
  'Jj',
  'Kk',
  'Mm',
  'Pp',
  'Uu',
  'Vv',
  'Ww',
  'Xx',
  'Yy',
  'ij',
];

/** A candidate counts beside the best one when it is at least so likely, in parts of the best one. */
const WORTH = 0.1;

/**
 * The candidates that share the best one's shape, the best one first; none where it stands alone.
 * @param {import('./predict.js').Candidate[]} predictions most confident first
 * @returns {string[]}
 */
export function lookAlikes([best, ...others]) {
  const shape = SHAPES.find((labels) => labels.includes(best.label)) ?? '';
  const twins = others.filter(
    ({ label, confidence }) => shape.includes(label) && confidence >= WORTH * best.confidence,
  );
  return twins.length > 0 ? [best, ...twins].map(({ label }) => label) : [];
}
