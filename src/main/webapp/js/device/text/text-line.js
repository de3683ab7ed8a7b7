/**
 * @file A line of text on a picture.
 */

/** @typedef {import('../components.js').Box} Box */

/** @typedef {{ink: import('../ink.js').Ink, left: number, top: number}} TextLine the ink of this line alone, and where its first column and row lie on the picture */

/** The smallest rectangle of the picture that contains the line. @param {TextLine} line @returns {Box} */
export const boxOf = ({ ink, left, top }) => moved(ink.box, left, top);

/** @param {Box} box @param {number} columns @param {number} rows @returns {Box} */
export const moved = ({ left, top, right, bottom }, columns, rows) => ({
  left: left + columns,
  top: top + rows,
  right: right + columns,
  bottom: bottom + rows,
});
