package ink.neural.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Sketch;
import ink.neural.decoding.Alphabet;
import ink.neural.drawing.DrawingDecoder;
import ink.neural.ink.InkExtractor;
import ink.neural.recognition.LoadedModel;
import ink.neural.recognition.ModelFiles;
import java.awt.Color;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class GlyphExpertTest {
    private static final LoadedModel CHARACTERS = LoadedModel.load(ModelFiles.bundled());
    private static final Alphabet ALPHABET =
            new Alphabet(String.join("", CHARACTERS.labels().characters()) + "-");
    private static final GlyphExpert EXPERT = new GlyphExpert(ALPHABET, CHARACTERS);

    @AfterAll
    static void close() {
        CHARACTERS.close();
    }

    /** Two F that do not touch. */
    private static LineImage line() {
        Sketch sketch = Sketch.paper(400, 240, Color.WHITE, Color.BLACK, 14)
                .f(40, 40, 1)
                .f(220, 40, 1);
        var ink = InkExtractor.extractText(new DrawingDecoder(10_000, 10_000_000).decode(sketch.png()))
                .ink();
        return LineImage.of(LineSegmenter.segment(ink).get(0), new LineSpec(40, 32, 4, 5), 4000);
    }

    /** Frames that are blank but for one place in the first letter, where two symbols are equally likely. */
    private static float[][] undecided(LineImage image, char one, char other) {
        float[][] frames = new float[image.width() / 2][ALPHABET.size()];
        for (float[] frame : frames) {
            Arrays.fill(frame, (float) Math.log(1e-6));
            frame[Alphabet.BLANK] = 0;
        }
        float[] peak = frames[frames.length / 4];
        peak[Alphabet.BLANK] = (float) Math.log(0.1);
        peak[ALPHABET.symbol(one)] = (float) Math.log(0.45);
        peak[ALPHABET.symbol(other)] = (float) Math.log(0.45);
        return frames;
    }

    private static void consult(LineImage image, float[][] frames) {
        double[] columns = IntStream.range(0, frames.length)
                .mapToDouble(frame -> image.pictureColumn(2 * frame + 1))
                .toArray();
        EXPERT.consult(image, new Frames(frames, columns));
    }

    @Test
    void theExpertDecidesWhatTheNetworkLeavesOpen() {
        LineImage image = line();
        float[][] frames = undecided(image, 'F', 'E');
        consult(image, frames);
        float[] peak = frames[frames.length / 4];
        assertTrue(peak[ALPHABET.symbol('F')] > peak[ALPHABET.symbol('E')] + 1);
    }

    @Test
    void probabilitiesStillSumToOne() {
        LineImage image = line();
        float[][] frames = undecided(image, 'F', 'E');
        consult(image, frames);
        double sum = 0;
        for (float logProbability : frames[frames.length / 4]) {
            sum += Math.exp(logProbability);
        }
        assertEquals(1, sum, 1e-3);
    }

    @Test
    void punctuationMarksAndCertainCharactersAreLeftToTheNetwork() {
        LineImage image = line();
        for (char other : "-E".toCharArray()) {
            float[][] frames = undecided(image, '-', other);
            frames[frames.length / 4][ALPHABET.symbol(other)] = (float) Math.log(0.989);
            float[][] before = Arrays.stream(frames).map(float[]::clone).toArray(float[][]::new);
            consult(image, frames);
            assertArrayEquals(before[frames.length / 4], frames[frames.length / 4]);
        }
    }
}
