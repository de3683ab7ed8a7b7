/** No node, or no word. */
export const NONE = -1;
export const ROOT = 0;

/**
 * A trie in arrays, as in `ink.neural.decoding.Trie`. Nodes are numbered level by level, so the children of a node are
 * neighbours, and have larger numbers than their parent.
 */
export class Trie {
  /** The children of node n are the nodes from firstChild[n] to firstChild[n + 1] - 1. */
  firstChild;
  /** The index of the word that ends at each node, or NONE. */
  word;
  /** The character code on the edge to each node. */
  #label;

  /** @param {readonly string[]} words distinct and in natural order */
  constructor(words) {
    const nodes = countNodes(words);
    this.firstChild = new Int32Array(nodes + 1);
    this.word = new Int32Array(nodes);
    this.#label = new Uint16Array(nodes);
    const depth = new Uint8Array(nodes);
    const from = new Int32Array(nodes);
    const to = new Int32Array(nodes);
    to[ROOT] = words.length;
    let next = 1;
    for (let node = 0; node < nodes; node++) {
      this.firstChild[node] = next;
      let i = from[node];
      const isWord = i < to[node] && words[i].length === depth[node];
      this.word[node] = isWord ? i++ : NONE;
      while (i < to[node]) {
        const c = words[i].charCodeAt(depth[node]);
        this.#label[next] = c;
        depth[next] = depth[node] + 1;
        from[next] = i;
        while (i < to[node] && words[i].charCodeAt(depth[node]) === c) i++;
        to[next++] = i;
      }
    }
    this.firstChild[nodes] = next;
  }

  get size() {
    return this.word.length;
  }

  /** @param {number} node @param {string} character @returns {number} the node that the character leads to, or NONE */
  child(node, character) {
    const code = character.charCodeAt(0);
    const end = this.firstChild[node + 1];
    for (let child = this.firstChild[node]; child < end; child++) {
      if (this.#label[child] === code) return child;
    }
    return NONE;
  }
}

/** Each word adds a node for each character after what it shares with the word before it. @param {readonly string[]} words */
function countNodes(words) {
  let nodes = 1;
  words.forEach((word, i) => {
    const previous = i > 0 ? words[i - 1] : '';
    let shared = 0;
    while (shared < previous.length && previous[shared] === word[shared]) shared++;
    nodes += word.length - shared;
  });
  return nodes;
}
