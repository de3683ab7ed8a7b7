import { NONE, Trie } from './trie.js';

/** How a word is usually written: may, May or IT. */
export const KINDS = 3;

/** The share of each class in running text, from the most frequent to the rarest. */
const CLASS_SHARES = [0.7, 0.14, 0.1, 0.02, 0.02, 0.005, 0.01, 0.005];

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
   * @param {readonly Uint8Array[]} classes of the words, for each kind
   */
  constructor(words, classes) {
    this.trie = new Trie(words);
    const { size, word, firstChild } = this.trie;
    const probabilities = probabilitiesOf(classes);
    this.word = classes.map((kind) => {
      const ofNodes = new Float32Array(size);
      word.forEach((index, node) => {
        if (index !== NONE) ofNodes[node] = probabilities[kind[index]];
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
    const classes = Array.from({ length: KINDS }, (_, kind) => new Uint8Array(file, 4 + (1 + kind) * count, count));
    const rests = new TextDecoder().decode(new Uint8Array(file, 4 + (1 + KINDS) * count)).split('\n');
    let word = '';
    const words = Array.from(shared, (length, i) => (word = word.slice(0, length) + rests[i]));
    return new Dictionary(words, classes);
  }
}

/** The probability of one word of each class, where class 0 has no words. @param {readonly Uint8Array[]} classes */
function probabilitiesOf(classes) {
  const counts = new Array(CLASS_SHARES.length + 1).fill(0);
  for (const kind of classes) kind.forEach((number) => counts[number]++);
  return counts.map((count, i) => (i === 0 ? 0 : CLASS_SHARES[i - 1] / Math.max(1, count)));
}
