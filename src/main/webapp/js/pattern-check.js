/**
 * @file Finds the mistake in a pattern. It is loaded with the first pattern that a person types.
 */
import { Alphabet } from './device/decoding/alphabet.js';
import { FieldPattern, InvalidPatternError } from './device/decoding/field-pattern.js';

/**
 * @param {string} pattern
 * @param {string} [characters] that the model reads; without them, it may read every character
 * @returns {InvalidPatternError | null}
 */
export function mistakeIn(pattern, characters = everything(pattern)) {
  try {
    FieldPattern.compile(pattern, new Alphabet(characters));
    return null;
  } catch (cause) {
    if (cause instanceof InvalidPatternError) return cause;
    throw cause;
  }
}

/** Every character that a pattern may stand for. @param {string} pattern */
const everything = (pattern) => String.fromCharCode(...Array.from({ length: 95 }, (_, i) => 32 + i)) + pattern;
