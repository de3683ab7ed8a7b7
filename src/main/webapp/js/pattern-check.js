/**
 * @file Finds the mistake in a pattern. It is loaded with the first pattern that a person types.
 */
import { Alphabet } from './device/decoding/alphabet.js';
import { FieldPattern, InvalidPatternError } from './device/decoding/field-pattern.js';

/** @typedef {{position: number, reason: keyof import('./i18n.js').Texts}} Mistake where it is, and the key of the text that says what it is */

/** The start of what the compiler says, and what that means. @type {[start: string, reason: Mistake['reason']][]} */
const REASONS = [
  ['There is no "(" for', 'patternCloses'],
  ['Nothing is open', 'patternCloses'],
  ['There is no ")" for', 'patternOpens'],
  ['There is no "]" for', 'patternOpens'],
  ['There is nothing to repeat', 'patternRepeatsNothing'],
  ['"{" needs', 'patternNumbers'],
  ['Numbers of repeats', 'patternNumbers'],
  ['A number is missing', 'patternNumbers'],
  ['A class needs', 'patternEmpty'],
  ['This range', 'patternRange'],
  ['"\\" stands only', 'patternEscape'],
  ['The model does not read', 'patternUnread'],
  ['The pattern has too many', 'patternTooLarge'],
  ['A pattern has from', 'patternTooLarge'],
];

/**
 * @param {string} pattern
 * @param {string} [characters] that the model reads; without them, it may read every character
 * @returns {Mistake | null}
 */
export function mistakeIn(pattern, characters = everything(pattern)) {
  try {
    FieldPattern.compile(pattern, new Alphabet(characters));
    return null;
  } catch (cause) {
    if (!(cause instanceof InvalidPatternError)) throw cause;
    const { position, message } = cause;
    return { position, reason: isAnchor(pattern, position) ? 'patternAnchor' : reasonOf(message) };
  }
}

/** Every character that a pattern may stand for. @param {string} pattern */
const everything = (pattern) => String.fromCharCode(...Array.from({ length: 95 }, (_, i) => 32 + i)) + pattern;

/** Other regular expressions have these at their start and end. @param {string} pattern @param {number} position */
const isAnchor = (pattern, position) =>
  (position === 0 && pattern[0] === '^') || (position === pattern.length - 1 && pattern[position] === '$');

/** @param {string} message */
const reasonOf = (message) => REASONS.find(([start]) => message.startsWith(start))?.[1] ?? 'patternSyntax';
