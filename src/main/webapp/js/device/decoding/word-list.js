import { Lookahead } from './lookahead.js';
import { Nfa } from './nfa.js';
import { NONE, ROOT, Trie } from './trie.js';

/** @typedef {import('./acceptor.js').Acceptor} Acceptor */
/** @typedef {import('./alphabet.js').Alphabet} Alphabet */

const MAX_WORDS = 5000;
const MAX_WORD_LENGTH = 40;

/**
 * The words that a text may consist of, one of them or several with single spaces between them, as in
 * `ink.neural.decoding.WordList`. A word may contain spaces itself.
 */
export class WordList {
  /** @param {readonly string[]} words from 1 to 5,000 words of 1 to 40 characters @throws {RangeError} if there are others */
  constructor(words) {
    const isInRange = words.length >= 1 && words.length <= MAX_WORDS;
    if (!isInRange || words.some((word) => word.length < 1 || word.length > MAX_WORD_LENGTH)) {
      throw new RangeError(`A list has 1 to ${MAX_WORDS} words of 1 to ${MAX_WORD_LENGTH} characters.`);
    }
    this.words = [...new Set(words)].sort();
    this.trie = new Trie(this.words);
    /** For each node of the trie, how many more characters a word needs at least. */
    this.remaining = new Uint8Array(this.trie.size);
    for (let node = this.trie.size - 1; node >= 0; node--) {
      const children = this.remaining.subarray(this.trie.firstChild[node], this.trie.firstChild[node + 1]);
      this.remaining[node] = this.trie.word[node] === NONE ? 1 + Math.min(...children) : 0;
    }
  }

  /** The state before the text. @param {Alphabet} alphabet @param {readonly Float32Array[]} logProbabilities @returns {Acceptor} */
  start(alphabet, logProbabilities) {
    const lookahead = new Lookahead(anyCharacters(alphabet), logProbabilities);
    return new State(this, alphabet, lookahead, [ROOT]);
  }
}

/** The automaton of any text with at least MAX_WORD_LENGTH characters. @param {Alphabet} alphabet */
function anyCharacters(alphabet) {
  const any = new Uint8Array(alphabet.size).fill(1, 1);
  const nfa = new Nfa();
  for (let i = 0; i < MAX_WORD_LENGTH; i++) nfa.read(any);
  const fork = nfa.skip();
  nfa.read(any);
  nfa.fork(nfa.skip(), fork + 1);
  nfa.fork(fork, nfa.size);
  nfa.skip();
  return nfa;
}

/** The nodes that the text leads to. There are several if words contain spaces. @implements {Acceptor} */
class State {
  #list;
  #alphabet;
  #lookahead;
  #nodes;
  /** How many more characters the text needs at least. */
  #needed;

  /** @param {WordList} list @param {Alphabet} alphabet @param {Lookahead} lookahead @param {readonly number[]} nodes */
  constructor(list, alphabet, lookahead, nodes) {
    this.#list = list;
    this.#alphabet = alphabet;
    this.#lookahead = lookahead;
    this.#nodes = nodes;
    this.#needed = Math.min(...nodes.map((node) => list.remaining[node]));
  }

  /** @param {number} symbol @returns {Acceptor | null} */
  next(symbol) {
    const character = this.#alphabet.character(symbol);
    const next = this.#nodes.map((node) => this.#list.trie.child(node, character)).filter((node) => node !== NONE);
    if (character === ' ' && this.accepts()) next.push(ROOT);
    return next.length > 0 ? new State(this.#list, this.#alphabet, this.#lookahead, next) : null;
  }

  accepts() {
    return this.#needed === 0;
  }

  /** @param {number} frame */
  lookahead(frame) {
    return this.#lookahead.value(frame, MAX_WORD_LENGTH - this.#needed);
  }

  /** @param {number} frame */
  bestLookahead(frame) {
    return this.#lookahead.best(frame);
  }
}
