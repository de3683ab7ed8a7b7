import { NONE, Trie } from './trie.js';

/** How a word is usually written: may, May or IT. */
export const KINDS = 3;

/**
 * English words with their probabilities, as in `ink.neural.decoding.Dictionary`. The words are in small letters; each may be a
 * common word (may), a name (May) or initials (IT).
 */
export class Dictionary {
  /** The probability that a word in a text is the one that ends at a node, by kind and node. @type {Float32Array[]} */
  word;
  /** The probability that a word begins with the letters that lead to a node, by kind and node. @type {Float32Array[]} */
  prefix;

  /**
   * @param {readonly string[]} words distinct and in natural order
   * @param {readonly Uint8Array[]} rarities of the words, for each kind: -2 log2 of the probability, or 0 if a word is not of this kind
   */
  constructor(words, rarities) {
    this.trie = new Trie(words);
    const { size, word, firstChild } = this.trie;
    this.word = rarities.map((kind) => {
      const ofNodes = new Float32Array(size);
      word.forEach((index, node) => {
        if (index !== NONE) ofNodes[node] = kind[index] && 2 ** (-kind[index] / 2);
      });
      return ofNodes;
    });
    this.prefix = this.word.map((ofWords) => ofWords.slice());
    for (const prefix of this.prefix) {
      for (let node = size - 1; node >= 0; node--) {
        for (let child = firstChild[node]; child < firstChild[node + 1]; child++) prefix[node] += prefix[child];
      }
    }
  }

  /** @param {Response} response with the file that `training/dictionary.py` builds */
  static async load(response) {
    const inflated = /** @type {ReadableStream} */ (response.body).pipeThrough(new DecompressionStream('gzip'));
    const file = await new Response(inflated).arrayBuffer();
    const count = new DataView(file).getInt32(0);
    const shared = new Uint8Array(file, 4, count);
    const rarities = Array.from({ length: KINDS }, (_, kind) => new Uint8Array(file, 4 + (1 + kind) * count, count));
    const rests = new TextDecoder().decode(new Uint8Array(file, 4 + (1 + KINDS) * count)).split('\n');
    let word = '';
    const words = Array.from(shared, (length, i) => (word = word.slice(0, length) + rests[i]));
    return new Dictionary(words, rarities);
  }
}
