package ink.neural.text;

import ink.neural.ink.Box;
import ink.neural.ink.Components;
import ink.neural.recognition.LoadedModel;
import ink.neural.text.BestPath.Peak;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads a line in two passes. The first pass shows where the spaces are. The second reads each word alone, and so as large as
 * the network expects: a whole line is higher than its words, because it has ascenders and descenders, and may slope.
 */
final class LineReader {
    /** A word is enlarged at most so much, which bounds the work. */
    private static final double LARGEST_ENLARGEMENT = 2;
    /** A word of fewer characters is easier to read beside others, which show its size. */
    private static final int LEAST_CHARACTERS = 3;

    private final TextModel model;
    private final GlyphExpert expert;
    private final int space;

    LineReader(TextModel model, LoadedModel characters) {
        this.model = model;
        this.expert = new GlyphExpert(model.descriptor().alphabet(), characters);
        this.space = model.descriptor().alphabet().symbol(' ');
    }

    Frames read(LineImage line) {
        Frames whole = model.read(line);
        List<Peak> peaks = BestPath.through(whole.logProbabilities()).peaks();
        int[] spaces = peaks.stream()
                .filter(peak -> peak.symbol() == space)
                .mapToInt(Peak::frame)
                .toArray();
        if (spaces.length == 0) {
            expert.consult(line, whole);
            return whole;
        }
        return concatenatedWords(line, whole, spaces);
    }

    /** Reads the words between the spaces. */
    private Frames concatenatedWords(LineImage line, Frames whole, int[] spaces) {
        double[] cuts = Arrays.stream(spaces)
                .mapToDouble(space -> line.pictureColumn(TextModel.imageColumn(space)))
                .toArray();
        Words words = new Words(line.line(), cuts);
        List<Frames> parts = new ArrayList<>();
        for (int word = 0; word <= cuts.length; word++) {
            double left = word == 0 ? Double.NEGATIVE_INFINITY : Math.nextUp(cuts[word - 1]);
            double right = word == cuts.length ? Double.POSITIVE_INFINITY : cuts[word];
            Frames small = whole.between(
                    word == 0 ? 0 : spaces[word - 1] + 1, word == cuts.length ? whole.count() : spaces[word]);
            if (word > 0) {
                parts.add(whole.only(spaces[word - 1]));
            }
            parts.add(
                    isWorthEnlarging(small) && words.hasInk(word)
                            ? enlarged(words.paint(word), line).clamped(left, right)
                            : small);
        }
        return Frames.concatenated(parts);
    }

    /** Whether a word is long enough, and the network not certain of it. */
    private static boolean isWorthEnlarging(Frames word) {
        List<Peak> peaks = BestPath.through(word.logProbabilities()).peaks();
        return peaks.size() >= LEAST_CHARACTERS
                && peaks.stream().anyMatch(peak -> peak.logProbability() < GlyphExpert.CERTAIN);
    }

    private Frames enlarged(TextLine word, LineImage line) {
        LineImage image = LineImage.of(
                word, model.descriptor().lines(), Integer.MAX_VALUE, LARGEST_ENLARGEMENT * line.columnsPerPixel());
        Frames frames = model.read(image);
        expert.consult(image, frames);
        return frames;
    }

    /** The ink of a line, divided at some columns of the picture. A component belongs to the word where its middle lies. */
    private static final class Words {
        private final TextLine line;
        private final LinePainter painter;

        Words(TextLine line, double[] cuts) {
            this.line = line;
            Components components = Components.of(line.ink());
            int[] wordOfRun = IntStream.range(0, components.runs())
                    .map(run -> {
                        Box box = components.box(components.root(run));
                        double middle = line.left() + box.left() + box.width() / 2.0;
                        return (int)
                                Arrays.stream(cuts).filter(cut -> cut < middle).count();
                    })
                    .toArray();
            this.painter = new LinePainter(line.ink(), components, wordOfRun);
        }

        boolean hasInk(int word) {
            return painter.hasInk(word);
        }

        TextLine paint(int word) {
            return painter.paint(word).move(line.left(), line.top());
        }
    }
}
