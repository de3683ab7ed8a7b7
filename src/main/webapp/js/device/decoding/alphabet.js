/**
 * The symbols of a CTC network's outputs, as in `ink.neural.decoding.Alphabet`: 0 is the blank, and symbol i stands for the
 * character at index i - 1.
 */
export class Alphabet {
  /** The symbol that stands for no character. */
  static BLANK = 0;

  /** @param {string} characters in the order of the network's outputs, without the blank */
  constructor(characters) {
    this.characters = characters;
    /** The number of symbols with the blank. */
    this.size = characters.length + 1;
  }

  /** @param {number} symbol other than the blank */
  character(symbol) {
    return this.characters[symbol - 1];
  }

  /** @param {string} character @returns {number} the blank if the network does not know the character */
  symbol(character) {
    return this.characters.indexOf(character) + 1;
  }
}
