/**
 * @file Where each character stands between its guides, as `ink.neural.recognition.GuideModel` tells: the top and bottom of
 * its ink have a normal distribution. Heights are measured above the baseline. 1 is the top of an x, 2 that of a capital.
 */

/** @typedef {{mean: [number, number], covariance: [[number, number], [number, number]]}} Normal of the top and the bottom */
/** @typedef {{capheight?: number, outliers?: number, labels: Record<string, Normal>}} GuideModel */
/** @typedef {{baseline: number, xheight?: number, capheight?: number}} Guides rows of the picture, one of the upper two at least */

/** The density where a character may stand anywhere: that of a square with a side of 3 units. */
const ANYWHERE = 1 / 9;

/**
 * @param {GuideModel} model
 * @param {Guides} guides
 * @param {{top: number, bottom: number}} ink its bounding box
 * @param {readonly string[]} labels
 * @returns {number[]} for each label, the logarithm of the likelihood that it stands where the ink does
 */
export function guideLikelihoods({ capheight = 1.6, outliers = 0.05, labels: normals }, guides, ink, labels) {
  const top = heightOf(ink.top, guides, capheight);
  const bottom = heightOf(ink.bottom, guides, capheight);
  return labels.map((label) => Math.log((1 - outliers) * density(normals[label], top, bottom) + outliers * ANYWHERE));
}

/** @param {number} row @param {Guides} guides @param {number} capByX the usual height of a capital by that of an x */
function heightOf(row, { baseline, xheight, capheight }, capByX) {
  const pixels = baseline - row;
  const x = xheight === undefined ? (baseline - /** @type {number} */ (capheight)) / capByX : baseline - xheight;
  const capital = capheight === undefined ? x * capByX : baseline - capheight;
  return pixels <= x ? pixels / x : 1 + (pixels - x) / (capital - x);
}

/** @param {Normal} normal @param {number} top @param {number} bottom */
function density({ mean, covariance: [[a, b], [, c]] }, top, bottom) {
  const [t, s] = [top - mean[0], bottom - mean[1]];
  const determinant = a * c - b * b;
  const distance = (c * t * t - 2 * b * t * s + a * s * s) / determinant;
  return Math.exp(-distance / 2) / (2 * Math.PI * Math.sqrt(determinant));
}
