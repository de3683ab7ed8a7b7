package ink.neural.decoding;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * English words with their probabilities. {@code training/dictionary.py} builds the file. The words are in small letters; each
 * may be a common word (may), a name (May) or initials (IT).
 */
public final class Dictionary {
    /** How a word is usually written. */
    enum Kind {
        COMMON,
        NAME,
        INITIALS
    }

    /** The probability of a word, by its rarity, which is -2 log2 of it. A word that is not of a kind has rarity 0. */
    private static final float[] PROBABILITIES = new float[Byte.MAX_VALUE + 1];

    static {
        for (int rarity = 1; rarity < PROBABILITIES.length; rarity++) {
            PROBABILITIES[rarity] = (float) Math.pow(2, -rarity / 2.0);
        }
    }

    private static final Dictionary ENGLISH = of(file());

    private final Trie trie;

    /** The rarity of each word, by kind and number of the word. */
    private final byte[][] rarities;

    /** The probability that a word in a text begins with the letters that lead to a node, by kind and node. */
    private final float[][] prefix;

    private Dictionary(List<String> words, byte[][] rarities) {
        trie = new Trie(words);
        this.rarities = rarities;
        prefix = new float[rarities.length][trie.size()];
        for (Kind kind : Kind.values()) {
            float[] ofKind = prefix[kind.ordinal()];
            for (int node = trie.size() - 1; node >= 0; node--) {
                ofKind[node] = wordProbability(kind, node);
                for (int child = trie.firstChild(node); child < trie.endOfChildren(node); child++) {
                    ofKind[node] += ofKind[child];
                }
            }
        }
    }

    /**
     * The English dictionary. It is loaded when it is first used.
     *
     * @return one object for all callers
     */
    public static Dictionary english() {
        return ENGLISH;
    }

    Trie trie() {
        return trie;
    }

    /**
     * Looks a word up.
     *
     * @param word a word, in whatever case
     * @return whether the dictionary has it
     */
    public boolean contains(String word) {
        int node = Trie.ROOT;
        for (char letter : word.toLowerCase(Locale.ROOT).toCharArray()) {
            node = trie.child(node, letter);
            if (node == Trie.NONE) {
                return false;
            }
        }
        return trie.word(node) != Trie.NONE;
    }

    /** The probability that a word in a text is the one that ends at a node. */
    float wordProbability(Kind kind, int node) {
        int number = trie.word(node);
        return number == Trie.NONE ? 0 : PROBABILITIES[rarities[kind.ordinal()][number]];
    }

    float prefixProbability(Kind kind, int node) {
        return prefix[kind.ordinal()][node];
    }

    /**
     * The file of the English dictionary, for programs that decode themselves.
     *
     * @return a gzip file
     */
    public static byte[] file() {
        try (InputStream file = Dictionary.class.getResourceAsStream("english.gz")) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Dictionary of(byte[] file) {
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(new ByteArrayInputStream(file)))) {
            byte[] shared = in.readNBytes(in.readInt());
            byte[][] rarities = new byte[Kind.values().length][];
            for (int kind = 0; kind < rarities.length; kind++) {
                rarities[kind] = in.readNBytes(shared.length);
            }
            String[] rests = new String(in.readAllBytes(), StandardCharsets.US_ASCII).split("\n");
            List<String> words = new ArrayList<>(shared.length);
            String previous = "";
            for (int i = 0; i < shared.length; i++) {
                previous = previous.substring(0, shared[i]) + rests[i];
                words.add(previous);
            }
            return new Dictionary(words, rarities);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
