package ink.neural.decoding;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * English words with their probabilities. {@code training/dictionary.py} builds the file, which sorts words into classes
 * of frequency. The words are in small letters; each may be a common word (may), a name (May) or initials (IT).
 */
public final class Dictionary {
    /** How a word is usually written. */
    enum Kind {
        COMMON,
        NAME,
        INITIALS
    }

    /** The share of each class in running text, from the most frequent to the rarest. */
    private static final double[] CLASS_SHARES = {0.70, 0.14, 0.10, 0.02, 0.02, 0.005, 0.01, 0.005};

    private static final Dictionary ENGLISH = of(file());

    private final Trie trie;

    /** The class of each word, by kind and number of the word; 0 if it is not of this kind. */
    private final byte[][] classes;

    /** The probability that a word in a text is a given one of a class, by class. */
    private final double[] probabilities;

    /** The probability that a word in a text begins with the letters that lead to a node, by kind and node. */
    private final float[][] prefix;

    private Dictionary(List<String> words, byte[][] classes) {
        trie = new Trie(words);
        this.classes = classes;
        probabilities = probabilities(classes);
        prefix = new float[classes.length][trie.size()];
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

    /** The probability that a word in a text is the one that ends at a node. */
    float wordProbability(Kind kind, int node) {
        int number = trie.word(node);
        return number == Trie.NONE ? 0 : (float) probabilities[classes[kind.ordinal()][number]];
    }

    float prefixProbability(Kind kind, int node) {
        return prefix[kind.ordinal()][node];
    }

    /** Returns the probability of one word of each class, where class 0 has no words. */
    private static double[] probabilities(byte[][] classes) {
        int[] counts = new int[CLASS_SHARES.length + 1];
        for (byte[] kind : classes) {
            for (byte number : kind) {
                counts[number]++;
            }
        }
        double[] probabilities = new double[counts.length];
        for (int i = 1; i < counts.length; i++) {
            probabilities[i] = CLASS_SHARES[i - 1] / Math.max(1, counts[i]);
        }
        return probabilities;
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
            byte[][] classes = new byte[Kind.values().length][];
            for (int kind = 0; kind < classes.length; kind++) {
                classes[kind] = in.readNBytes(shared.length);
            }
            String[] rests = new String(in.readAllBytes(), StandardCharsets.US_ASCII).split("\n");
            List<String> words = new ArrayList<>(shared.length);
            String previous = "";
            for (int i = 0; i < shared.length; i++) {
                previous = previous.substring(0, shared[i]) + rests[i];
                words.add(previous);
            }
            return new Dictionary(words, classes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
