package ink.neural.decoding;

import java.util.Arrays;
import java.util.List;

/**
 * A trie in arrays. Nodes are numbered level by level, so the children of a node are neighbours, and have larger
 * numbers than their parent.
 */
final class Trie {
    static final int ROOT = 0;
    static final int NONE = -1;

    /** The children of node n are the nodes from firstChild[n] to firstChild[n + 1] - 1. */
    private final int[] firstChild;

    /** The character on the edge to each node. */
    private final char[] label;

    /** The index of the word that ends at each node, or NONE. */
    private final int[] word;

    /** @param words distinct and in natural order */
    Trie(List<String> words) {
        int nodes = nodes(words);
        firstChild = new int[nodes + 1];
        label = new char[nodes];
        word = new int[nodes];
        int[] depth = new int[nodes];
        int[] from = new int[nodes];
        int[] to = new int[nodes];
        to[ROOT] = words.size();
        int next = 1;
        for (int node = 0; node < nodes; node++) {
            firstChild[node] = next;
            int i = from[node];
            boolean isWord = i < to[node] && words.get(i).length() == depth[node];
            word[node] = isWord ? i++ : NONE;
            while (i < to[node]) {
                char c = words.get(i).charAt(depth[node]);
                label[next] = c;
                depth[next] = depth[node] + 1;
                from[next] = i;
                while (i < to[node] && words.get(i).charAt(depth[node]) == c) {
                    i++;
                }
                to[next++] = i;
            }
        }
        firstChild[nodes] = next;
    }

    /** Each word adds a node for each character after what it shares with the word before it. */
    private static int nodes(List<String> words) {
        int nodes = 1;
        String previous = "";
        for (String word : words) {
            int mismatch = Arrays.mismatch(previous.toCharArray(), word.toCharArray());
            nodes += word.length() - Math.max(mismatch, 0);
            previous = word;
        }
        return nodes;
    }

    int size() {
        return label.length;
    }

    int firstChild(int node) {
        return firstChild[node];
    }

    int endOfChildren(int node) {
        return firstChild[node + 1];
    }

    char label(int node) {
        return label[node];
    }

    /** Returns the node that the character leads to, or NONE. */
    int child(int node, char character) {
        for (int child = firstChild[node]; child < firstChild[node + 1]; child++) {
            if (label[child] == character) {
                return child;
            }
        }
        return NONE;
    }

    /** Returns the index of the word that ends at the node, or NONE. */
    int word(int node) {
        return word[node];
    }
}
