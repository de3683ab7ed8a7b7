package ink.neural.decoding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Finds the most probable texts in the output of a CTC network.
 *
 * @param alphabet the symbols of the network's outputs
 * @param parameters the constants tuned for the network
 */
public record Decoder(Alphabet alphabet, DecoderParameters parameters) {
    /** The most characters of the words that are tried one by one. */
    private static final int MOST_TRIED = 4000;

    /** The most work for matching these words with a pattern, in characters times states of its automaton. */
    private static final long MOST_MATCHED = 1_500_000;

    /**
     * Reads a line. The cost grows with the number of frames, and has a bound whatever they contain.
     *
     * @param logProbabilities for each frame the natural logarithms of the symbols' probabilities; may be minus infinity
     * @param options what is known about the text
     * @param top the most hypotheses wanted, at least 1
     * @return the most probable texts that satisfy the constraints
     */
    public NBestList decode(float[][] logProbabilities, DecodingOptions options, int top) {
        float[][] frames = options.charset().isEmpty() ? logProbabilities : restrict(logProbabilities, options);
        boolean dictionary = options.dictionary() && options.words().isEmpty();
        LanguageModel language = dictionary ? new LanguageModel(Dictionary.english(), parameters) : LanguageModel.NONE;
        Acceptor acceptor = acceptor(frames, options);
        BeamSearch search = new BeamSearch(alphabet, frames, language);
        List<Prefix> found = search.run(acceptor, language.start(options.before()));
        Map<Prefix, Double> scores = scores(found, language);
        if (scores.isEmpty() && options.words().isPresent()) {
            scores = tryWords(options, acceptor, frames);
        }
        double temperature = dictionary ? parameters.dictionaryTemperature() : parameters.temperature();
        return rank(scores, missing(found, acceptor, search.dropped()), temperature, frames, top);
    }

    /** Makes the characters outside the charset impossible, and the others likelier. */
    private float[][] restrict(float[][] frames, DecodingOptions options) {
        boolean[] allowed = new boolean[alphabet.size()];
        for (int symbol = 0; symbol < allowed.length; symbol++) {
            allowed[symbol] = symbol == Alphabet.BLANK || options.inCharset(alphabet.character(symbol));
        }
        float[][] restricted = new float[frames.length][];
        for (int t = 0; t < frames.length; t++) {
            restricted[t] = LogProbability.restrict(frames[t], allowed);
        }
        return restricted;
    }

    private Acceptor acceptor(float[][] frames, DecodingOptions options) {
        Optional<Acceptor> pattern = options.pattern().map(p -> new LazyDfa(p.nfa(), frames, alphabet.size()).start());
        Optional<Acceptor> words = options.words().map(w -> w.start(alphabet, frames));
        if (pattern.isPresent() && words.isPresent()) {
            return new Acceptor.Both(pattern.get(), words.get());
        }
        return pattern.or(() -> words).orElse(Acceptor.ANY);
    }

    /** The texts of prefixes that may end, each with its score. */
    private Map<Prefix, Double> scores(List<Prefix> prefixes, LanguageModel language) {
        Map<Prefix, Double> scores = new LinkedHashMap<>();
        for (Prefix prefix : prefixes) {
            boolean endsWithSpace = prefix.length > 0 && alphabet.character(prefix.symbol) == ' ';
            Prefix text = endsWithSpace ? prefix.parent : prefix;
            if (text.length > 0 && text.acceptor.accepts()) {
                scores.merge(text, prefix.total + language.end(prefix.language), LogProbability::add);
            }
        }
        return scores;
    }

    /** The probability of all other texts, the empty one included. Without an automaton all texts add up to 1. */
    private static double missing(List<Prefix> found, Acceptor acceptor, double dropped) {
        double sum = 0;
        double empty = 0;
        for (Prefix prefix : found) {
            if (prefix.length > 0) {
                sum += Math.exp(prefix.total);
            } else if (acceptor.accepts()) {
                empty = Math.exp(prefix.total);
            }
        }
        return acceptor == Acceptor.ANY ? Math.max(0, 1 - sum) : dropped + empty;
    }

    /**
     * Tries words one by one, first those whose characters are likely anywhere. The beam can be full of prefixes that come to
     * nothing if the words must match a pattern as well, or if frames allow no blank.
     */
    private Map<Prefix, Double> tryWords(DecodingOptions options, Acceptor start, float[][] frames) {
        int states = options.pattern().map(pattern -> pattern.nfa().size()).orElse(1);
        Map<Prefix, Double> scores = new LinkedHashMap<>();
        int tried = 0;
        long matched = 0;
        for (String word : likelyFirst(options.words().orElseThrow().words(), frames)) {
            matched += (long) word.length() * states;
            if (tried > MOST_TRIED || matched > MOST_MATCHED) {
                break;
            }
            Prefix prefix = Prefix.of(word, alphabet, start);
            if (prefix != null && prefix.acceptor.accepts()) {
                tried += word.length();
                double score = Alignment.of(prefix.symbols(), frames).logProbability();
                if (score > LogProbability.ZERO) {
                    scores.put(prefix, score);
                }
            }
        }
        return scores;
    }

    /** Words in the order of an upper bound of their probability: each character in its best frame. */
    private List<String> likelyFirst(List<String> words, float[][] frames) {
        float[] best = frames[0].clone();
        for (float[] frame : frames) {
            for (int symbol = 0; symbol < best.length; symbol++) {
                best[symbol] = Math.max(best[symbol], frame[symbol]);
            }
        }
        ToDoubleFunction<String> bound = word ->
                word.chars().mapToDouble(c -> best[alphabet.symbol((char) c)]).sum();
        Map<String, Double> bounds = new HashMap<>();
        words.forEach(word -> bounds.put(word, bound.applyAsDouble(word)));
        return words.stream()
                .sorted(Comparator.comparing(bounds::get, Comparator.reverseOrder()))
                .toList();
    }

    private NBestList rank(Map<Prefix, Double> scores, double missing, double temperature, float[][] frames, int top) {
        List<Map.Entry<Prefix, Double>> ranked = scores.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .toList();
        if (ranked.isEmpty()) {
            return NBestList.EMPTY;
        }
        double sum = ranked.stream()
                .mapToDouble(entry -> entry.getValue() / temperature)
                .reduce(Math.log(missing) / temperature, LogProbability::add);
        List<Hypothesis> hypotheses = new ArrayList<>();
        List<Double> probabilities = new ArrayList<>();
        for (Map.Entry<Prefix, Double> entry : ranked) {
            double probability = Math.exp(entry.getValue() / temperature - sum);
            probabilities.add(probability);
            hypotheses.add(new Hypothesis(entry.getKey().text(alphabet), probability));
        }
        List<Prefix> texts = ranked.stream().map(Map.Entry::getKey).toList();
        return new NBestList(
                List.copyOf(hypotheses.subList(0, Math.min(top, hypotheses.size()))),
                Spans.of(texts, probabilities, frames, alphabet));
    }
}
