package ink.neural.text;

import static java.util.stream.Collectors.groupingBy;

import ink.neural.decoding.Alphabet;
import ink.neural.glyph.Glyph;
import ink.neural.ink.Ink;
import ink.neural.recognition.LoadedModel;
import ink.neural.recognition.Recognition;
import ink.neural.text.BestPath.Peak;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Asks the model of single characters about glyphs that touch no other, where the text network is not certain. Both opinions
 * are multiplied (G. Hinton, Training Products of Experts by Minimizing Contrastive Divergence, 2002).
 */
final class GlyphExpert {
    /** The network is certain of a character whose log probability is at least this. */
    static final double CERTAIN = Math.log(0.98);
    /** The exponent of the other model's opinion, chosen on the words of validation writers. */
    private static final double WEIGHT = 0.5;
    /** The chance that the other model sees no glyph, but a part of one. */
    private static final double MISTAKEN = 0.02;

    /** So many columns of a line allow one question. It bounds the work on a line that is hard to read. */
    private static final int COLUMNS_PER_QUESTION = 20;

    private final LoadedModel characters;
    /** The symbol of each character that the other model knows. */
    private final int[] symbols;

    /**
     * An expert.
     *
     * @param alphabet the characters of the text network
     * @param characters the other model; it knows no character that the alphabet lacks
     */
    GlyphExpert(Alphabet alphabet, LoadedModel characters) {
        this.characters = characters;
        this.symbols = characters.labels().characters().stream()
                .mapToInt(label -> alphabet.symbol(label.charAt(0)))
                .toArray();
    }

    /**
     * Multiplies the other model's opinions into the text network's.
     *
     * @param image a line
     * @param frames what the text network has read there; they are changed
     */
    void consult(LineImage image, Frames frames) {
        Segments segments = new Segments(image.line(), frames);
        Map<Integer, List<Peak>> peaks = BestPath.through(frames.logProbabilities()).peaks().stream()
                .collect(groupingBy(peak -> segments.nearest(peak.frame(), segment -> true)));
        List<Integer> glyphs = peaks.keySet().stream()
                .filter(segment -> isUncertain(peaks.get(segment)))
                .sorted()
                .limit(image.width() / COLUMNS_PER_QUESTION)
                .toList();
        if (!glyphs.isEmpty()) {
            List<double[]> opinions = opinions(segments.paint(glyphs, peaks.keySet()));
            for (int t = 0; t < frames.count(); t++) {
                int glyph = glyphs.indexOf(segments.nearest(t, peaks::containsKey));
                if (glyph >= 0) {
                    multiply(frames.logProbabilities()[t], opinions.get(glyph));
                }
            }
        }
    }

    /** Whether a segment shows one letter or digit, and the text network is not certain which. */
    private boolean isUncertain(List<Peak> peaks) {
        Peak peak = peaks.get(0);
        return peaks.size() == 1
                && peak.logProbability() < CERTAIN
                && IntStream.of(symbols).anyMatch(symbol -> symbol == peak.symbol());
    }

    /** For each glyph, the factor of each character's probability. */
    private List<double[]> opinions(List<Ink> glyphs) {
        List<Glyph> normalized = glyphs.stream().map(characters::normalize).toList();
        return characters.recognize(normalized, LoadedModel.PREDICT).stream()
                .map(this::opinion)
                .toList();
    }

    private double[] opinion(Recognition recognition) {
        double[] probabilities = recognition.probabilities();
        return DoubleStream.of(probabilities)
                .map(p -> Math.pow((1 - MISTAKEN) * p + MISTAKEN / probabilities.length, WEIGHT))
                .toArray();
    }

    /** Shares out the probability of all known characters anew. Those of the blank and of punctuation marks stay. */
    private void multiply(float[] frame, double[] opinion) {
        double before = 0;
        double after = 0;
        for (int i = 0; i < symbols.length; i++) {
            double probability = Math.exp(frame[symbols[i]]);
            before += probability;
            after += probability * opinion[i];
        }
        if (after > 0) {
            for (int i = 0; i < symbols.length; i++) {
                frame[symbols[i]] += (float) Math.log(opinion[i] * before / after);
            }
        }
    }
}
