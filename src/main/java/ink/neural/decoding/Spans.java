package ink.neural.decoding;

import java.util.ArrayList;
import java.util.List;

/** Finds where the best text has its characters, and how certain each is. */
final class Spans {
    private Spans() {}

    /**
     * Returns the characters of the first text.
     *
     * @param texts at least one
     * @param probabilities of the texts
     */
    static List<CharacterSpan> of(List<Prefix> texts, List<Double> probabilities, float[][] frames, Alphabet alphabet) {
        int[] symbols = texts.get(0).symbols();
        Alignment alignment = Alignment.of(symbols, frames);
        double[] confidences = confidences(texts, probabilities);
        List<CharacterSpan> spans = new ArrayList<>();
        for (int i = 0; i < symbols.length; i++) {
            char character = alphabet.character(symbols[i]);
            spans.add(
                    new CharacterSpan(character, alignment.first()[i], alignment.last()[i], confidences[i]));
        }
        return spans;
    }

    /** For each character of the first text, the share of the texts that have it at the same place. */
    private static double[] confidences(List<Prefix> texts, List<Double> probabilities) {
        int[] symbols = texts.get(0).symbols();
        int[] frames = texts.get(0).frames();
        double[] confidences = new double[symbols.length];
        double sum =
                probabilities.stream().mapToDouble(probability -> probability).sum();
        for (int i = 0; i < texts.size(); i++) {
            support(symbols, frames, texts.get(i), probabilities.get(i) / sum, confidences);
        }
        for (int i = 0; i < confidences.length; i++) {
            confidences[i] = Math.min(1, confidences[i]);
        }
        return confidences;
    }

    /** Adds a text's share to each character that the text has as well, no nearer to one of its neighbours. */
    private static void support(int[] symbols, int[] frames, Prefix other, double share, double[] confidences) {
        int[] otherSymbols = other.symbols();
        int[] otherFrames = other.frames();
        int next = 0;
        for (int i = 0; i < symbols.length; i++) {
            int from = i == 0 ? 0 : (frames[i - 1] + frames[i] + 1) / 2;
            int to = i == symbols.length - 1 ? Integer.MAX_VALUE : (frames[i] + frames[i + 1] + 1) / 2;
            while (next < otherFrames.length && otherFrames[next] < from) {
                next++;
            }
            int match = next;
            while (match < otherFrames.length && otherFrames[match] < to && otherSymbols[match] != symbols[i]) {
                match++;
            }
            if (match < otherFrames.length && otherFrames[match] < to) {
                confidences[i] += share;
                next = match + 1;
            }
        }
    }
}
