/**
 * @file What is known about the text, as in `ink.neural.decoding.DecodingOptions`.
 */

/**
 * Charset and pattern are constraints: a text that breaks one is never found. The dictionary and the text before only make some
 * texts likelier.
 * @typedef {object} DecodingOptions
 * @property {string} [charset] the characters that may occur
 * @property {import('./field-pattern.js').FieldPattern} [pattern] the pattern that the whole text matches
 * @property {boolean} [dictionary] whether the English dictionary is consulted
 * @property {string} [before] the text that precedes the line, or its end
 */

export {};
