package ink.neural.decoding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the most probable texts in the output of a CTC network.
 *
 * @param alphabet the symbols of the network's outputs
 * @param parameters the constants tuned for the network
 */
public record Decoder(Alphabet alphabet, DecoderParameters parameters) {
    /** A text with its score. */
    private record Scored(Prefix prefix, double score) {}

    /**
     * Reads a line. The cost grows with the number of frames, and has a bound whatever they contain.
     *
     * @param logProbabilities for each frame the natural logarithms of the symbols' probabilities; may be minus infinity
     * @param options what is known about the text
     * @param top the most hypotheses wanted, at least 1
     * @return the most probable texts that satisfy the constraints
     */
    public NBestList decode(float[][] logProbabilities, DecodingOptions options, int top) {
        float[][] frames = restrict(logProbabilities, options);
        boolean dictionary = options.dictionary() && options.words().isEmpty();
        LanguageModel language = dictionary ? new LanguageModel(Dictionary.english(), parameters) : null;
        BeamSearch search = new BeamSearch(
                alphabet, frames, language, dictionary ? parameters.dictionaryWeight() : 0, parameters.letterCost());
        LanguageModel.State start = dictionary ? language.start(options.before()) : LanguageModel.NEUTRAL;
        List<Prefix> prefixes = search.run(acceptor(frames, options), start);
        return rank(prefixes, language, search.dropped(), frames, top);
    }

    /** Makes the characters outside the charset impossible. */
    private float[][] restrict(float[][] frames, DecodingOptions options) {
        if (options.charset().isEmpty()) {
            return frames;
        }
        float[][] restricted = new float[frames.length][];
        for (int t = 0; t < frames.length; t++) {
            restricted[t] = frames[t].clone();
            for (int symbol = 1; symbol < alphabet.size(); symbol++) {
                if (!options.allows(alphabet.character(symbol))) {
                    restricted[t][symbol] = Float.NEGATIVE_INFINITY;
                }
            }
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

    private NBestList rank(List<Prefix> prefixes, LanguageModel language, double dropped, float[][] frames, int top) {
        Map<Prefix, Double> scores = new LinkedHashMap<>();
        double lost = Math.log(dropped);
        for (Prefix prefix : prefixes) {
            double score = prefix.total
                    + (language == null ? 0 : parameters.dictionaryWeight() * language.end(prefix.language));
            Prefix text = withoutLastSpace(prefix);
            if (text.length > 0 && text.acceptor.accepts()) {
                scores.merge(text, score, LogProbability::add);
            } else {
                lost = LogProbability.add(lost, score);
            }
        }
        List<Scored> ranked = scores.entrySet().stream()
                .map(entry -> new Scored(entry.getKey(), entry.getValue() / parameters.temperature()))
                .sorted(Comparator.comparingDouble(Scored::score).reversed())
                .toList();
        if (ranked.isEmpty()) {
            return NBestList.EMPTY;
        }
        double sum =
                ranked.stream().mapToDouble(Scored::score).reduce(lost / parameters.temperature(), LogProbability::add);
        List<Hypothesis> hypotheses = ranked.stream()
                .limit(top)
                .map(scored -> new Hypothesis(text(scored.prefix()), Math.exp(scored.score() - sum)))
                .toList();
        return new NBestList(hypotheses, spans(ranked, frames));
    }

    private Prefix withoutLastSpace(Prefix prefix) {
        return prefix.length > 0 && alphabet.character(prefix.symbol) == ' ' ? prefix.parent : prefix;
    }

    private String text(Prefix prefix) {
        StringBuilder text = new StringBuilder();
        for (int symbol : prefix.symbols()) {
            text.append(alphabet.character(symbol));
        }
        return text.toString();
    }

    /** The places of the best text's characters. */
    private List<CharacterSpan> spans(List<Scored> ranked, float[][] frames) {
        int[] symbols = ranked.get(0).prefix().symbols();
        Alignment alignment = Alignment.of(symbols, frames);
        double[] confidences = confidences(ranked);
        List<CharacterSpan> spans = new ArrayList<>();
        for (int i = 0; i < symbols.length; i++) {
            spans.add(new CharacterSpan(
                    alphabet.character(symbols[i]),
                    alignment.first()[i],
                    alignment.last()[i],
                    confidences[i]));
        }
        return spans;
    }

    /** For each character of the best text, the share of the hypotheses that have it at the same place. */
    private static double[] confidences(List<Scored> ranked) {
        Scored best = ranked.get(0);
        int[] symbols = best.prefix().symbols();
        int[] frames = best.prefix().frames();
        double[] supported = new double[symbols.length];
        double all = 0;
        for (Scored scored : ranked) {
            double weight = Math.exp(scored.score() - best.score());
            all += weight;
            support(symbols, frames, scored.prefix(), weight, supported);
        }
        for (int i = 0; i < supported.length; i++) {
            supported[i] = Math.min(1, supported[i] / all);
        }
        return supported;
    }

    /** Adds a hypothesis' weight to the characters that it has as well, between the neighbours' frames. */
    private static void support(int[] symbols, int[] frames, Prefix other, double weight, double[] supported) {
        int[] otherSymbols = other.symbols();
        int[] otherFrames = other.frames();
        int j = 0;
        for (int i = 0; i < symbols.length; i++) {
            int from = i == 0 ? Integer.MIN_VALUE : (frames[i - 1] + frames[i] + 1) / 2;
            int to = i == symbols.length - 1 ? Integer.MAX_VALUE : (frames[i] + frames[i + 1] + 1) / 2;
            while (j < otherFrames.length && otherFrames[j] < from) {
                j++;
            }
            int k = j;
            while (k < otherFrames.length && otherFrames[k] < to && otherSymbols[k] != symbols[i]) {
                k++;
            }
            if (k < otherFrames.length && otherFrames[k] < to && otherSymbols[k] == symbols[i]) {
                supported[i] += weight;
                j = k + 1;
            }
        }
    }
}
