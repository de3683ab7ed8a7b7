package ink.neural.decoding;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Sums up every path through a few frames. */
final class ExactSearch {
    private ExactSearch() {}

    /** The probability of each text that is allowed, most probable first. The empty text is counted, but not returned. */
    static Map<String, Double> probabilities(Alphabet alphabet, float[][] frames, Predicate<String> allowed) {
        Map<String, Double> texts = new TreeMap<>();
        add(alphabet, frames, 0, Alphabet.BLANK, "", 0, texts);
        texts.keySet().removeIf(text -> !allowed.test(text));
        double sum = texts.values().stream().mapToDouble(p -> p).sum();
        texts.remove("");
        return texts.entrySet().stream()
                .filter(text -> text.getValue() > 0)
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, text -> text.getValue() / sum, (a, b) -> a, LinkedHashMap::new));
    }

    private static void add(
            Alphabet alphabet,
            float[][] frames,
            int t,
            int last,
            String text,
            double logProbability,
            Map<String, Double> texts) {
        if (t == frames.length) {
            texts.merge(text, Math.exp(logProbability), Double::sum);
            return;
        }
        for (int symbol = 0; symbol < alphabet.size(); symbol++) {
            boolean starts = symbol != Alphabet.BLANK && symbol != last;
            String next = starts ? text + alphabet.character(symbol) : text;
            add(alphabet, frames, t + 1, symbol, next, logProbability + frames[t][symbol], texts);
        }
    }
}
