/**
 * @file What the networks have read on a line, frame by frame.
 */

/**
 * @typedef {object} Frames
 * @property {Float32Array[]} logProbabilities for each frame, of the blank and of each character
 * @property {number[]} columns for each frame the column of the picture in the middle of the character that is read there
 */

/** The column in the middle of a character that is read in some consecutive frames. @param {Frames} frames @param {number} first @param {number} last */
export const middleOf = ({ columns }, first, last) => (columns[first] + columns[last]) / 2;

/** The frames from one up to another, which is not included. @param {Frames} frames @param {number} from @param {number} [to] @returns {Frames} */
export const between = ({ logProbabilities, columns }, from, to) => ({
  logProbabilities: logProbabilities.slice(from, to),
  columns: columns.slice(from, to),
});

/** The same frames, none of which lies outside two columns. @param {Frames} frames @param {number} left @param {number} right @returns {Frames} */
export const clamped = ({ logProbabilities, columns }, left, right) => ({
  logProbabilities,
  columns: columns.map((column) => Math.max(left, Math.min(right, column))),
});

/** @param {Frames} frames @param {number} frame @returns {Frames} */
export const only = ({ logProbabilities, columns }, frame) => ({
  logProbabilities: [logProbabilities[frame]],
  columns: [columns[frame]],
});

/** @param {Frames[]} parts @returns {Frames} */
export const concatenated = (parts) => ({
  logProbabilities: parts.flatMap(({ logProbabilities }) => logProbabilities),
  columns: parts.flatMap(({ columns }) => columns),
});
