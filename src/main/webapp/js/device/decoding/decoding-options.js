/**
 * @file What is known about the text, as in `ink.neural.decoding.DecodingOptions`.
 */

/**
 * Charset, pattern and words are constraints: a text that breaks one is never found. The dictionary and the text before only
 * make some texts likelier.
 * @typedef {object} DecodingOptions
 * @property {string} [charset] the characters that may occur
 * @property {import('./field-pattern.js').FieldPattern} [pattern] the pattern that the whole text matches
 * @property {import('./word-list.js').WordList} [words] the words that the text consists of
 * @property {boolean} [dictionary] whether the English dictionary is consulted; with `words` it never is
 * @property {string} [before] the text that precedes the line, or its end
 */

/** Whether charset and pattern allow a character of the alphabet anywhere in the text. @param {DecodingOptions} options @param {string} character */
export const allows = ({ charset, pattern }, character) =>
  (charset?.includes(character) ?? true) && (pattern?.allows(character) ?? true);
