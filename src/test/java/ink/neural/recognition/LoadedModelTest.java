package ink.neural.recognition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Golden;
import ink.neural.Sketch;
import ink.neural.drawing.DrawingDecoder;
import ink.neural.glyph.Glyph;
import ink.neural.ink.InkExtractor;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tiny models of {@code models/make.py} tell in which quarter most of the ink is: a b above, c d below. */
class LoadedModelTest {
    private static final Path MODELS = Path.of("src/test/resources/models");
    /** A full arc in the upper right and a little ink in the other quarters, so that the crop is the whole square. */
    private static final Sketch UPPER_RIGHT = Sketch.paper()
            .stroke(50, 50, 50, 50)
            .stroke(230, 230, 230, 230)
            .stroke(150, 50, 230, 50, 230, 120, 160, 110);

    private static LoadedModel load(String name) {
        return LoadedModel.load(new ModelFiles(Optional.of(MODELS), name));
    }

    private static Recognition recognize(LoadedModel model, Sketch sketch) {
        return model.recognize(model.normalize(InkExtractor.extract(sketch.drawing())));
    }

    @ParameterizedTest
    @CsvSource({"upright, b", "mirrored, a", "transposed, c", "original, a"})
    void networkSeesTheGlyphInItsOrientation(String name, String seen) {
        try (LoadedModel model = load(name)) {
            assertEquals(seen, recognize(model, UPPER_RIGHT).top(1).get(0).label());
        }
    }

    @Test
    void confidencesAreOneSoftmaxInDescendingOrder() {
        try (LoadedModel model = load("upright")) {
            List<Prediction> all = recognize(model, UPPER_RIGHT).top(99);
            assertEquals(4, all.size());
            assertEquals(1, all.stream().mapToDouble(Prediction::confidence).sum(), 1e-9);
            for (int i = 1; i < all.size(); i++) {
                assertTrue(all.get(i - 1).confidence() >= all.get(i).confidence());
            }
        }
    }

    @Test
    void confidencesOfACharsetSumToOne() {
        try (LoadedModel model = load("upright")) {
            Recognition recognition = recognize(model, UPPER_RIGHT);
            List<Prediction> all = recognition.top(4);
            List<Prediction> some = recognition.top(3, model.labels().indices("ad"));
            assertEquals(2, some.size());
            assertEquals(1, some.stream().mapToDouble(Prediction::confidence).sum(), 1e-9);
            assertEquals(
                    confidence(all, "a") / confidence(all, "d"), confidence(some, "a") / confidence(some, "d"), 1e-4);
        }
    }

    private static double confidence(List<Prediction> predictions, String label) {
        return predictions.stream()
                .filter(prediction -> prediction.label().equals(label))
                .findFirst()
                .orElseThrow()
                .confidence();
    }

    @Test
    void temperatureAndPriorWeightTheLogits() {
        try (LoadedModel model = load("upright")) {
            Glyph glyph = model.normalize(InkExtractor.extract(UPPER_RIGHT.drawing()));
            double[] even = model.recognize(List.of(glyph), "none").get(0).scores();
            double[] biased =
                    model.recognize(List.of(glyph), "benchmark").get(0).scores();
            assertEquals(Math.log(97) + even[0] - even[1], biased[0] - biased[1], 1e-6);
            double[] ink = quarters(glyph);
            assertEquals((ink[1] - ink[0]) / 10 / 2, even[1] - even[0], 1e-3);
        }
    }

    private static double[] quarters(Glyph glyph) {
        double[] ink = new double[4];
        for (int i = 0; i < glyph.pixels().length; i++) {
            ink[i / 28 / 14 * 2 + i % 28 / 14] += glyph.pixels()[i];
        }
        return ink;
    }

    @Test
    void outputsMayBeProbabilities() {
        try (LoadedModel model = load("original")) {
            Glyph glyph = model.normalize(InkExtractor.extract(UPPER_RIGHT.drawing()));
            double[] ink = quarters(glyph);
            List<Prediction> all = model.recognize(glyph).top(4);
            assertEquals(Math.exp((ink[0] - ink[1]) / 10), confidence(all, "a") / confidence(all, "b"), 1e-2);
            assertTrue(model.recognize(glyph).legibility().isEmpty());
        }
    }

    @Test
    void legibilityIsPlattScalingOfASecondOutput() {
        try (LoadedModel model = load("upright")) {
            Glyph glyph = model.normalize(InkExtractor.extract(UPPER_RIGHT.drawing()));
            double ink = 0;
            for (float pixel : glyph.pixels()) {
                ink += pixel;
            }
            double expected = 1 / (1 + Math.exp(-(0.5 * (ink - 50) + 1)));
            assertEquals(expected, model.recognize(glyph).legibility().orElseThrow(), 1e-4);
        }
    }

    @Test
    void featuresAreAnOutputRoundedToBytes() {
        try (LoadedModel model = load("upright");
                LoadedModel without = load("mirrored")) {
            Glyph glyph = model.normalize(InkExtractor.extract(UPPER_RIGHT.drawing()));
            double[] ink = quarters(glyph);
            byte[] features = model.recognize(glyph).features().orElseThrow();
            for (int i = 0; i < ink.length; i++) {
                assertEquals(Math.min(127, ink[i]), features[i], 0.51);
            }
            assertTrue(without.recognize(glyph).features().isEmpty());
        }
    }

    @Test
    void batchGivesTheSameResultsAsSingleGlyphs() {
        try (LoadedModel model = LoadedModel.load(ModelFiles.bundled())) {
            DrawingDecoder decoder = new DrawingDecoder(1000, 1_000_000);
            List<Glyph> glyphs = Golden.all().stream()
                    .map(golden -> model.normalize(InkExtractor.extract(decoder.decode(golden.png()))))
                    .toList();
            List<Recognition> batch = model.recognize(glyphs, LoadedModel.PREDICT);
            assertEquals(glyphs.size(), batch.size());
            for (int i = 0; i < glyphs.size(); i++) {
                Recognition one = model.recognize(glyphs.get(i));
                assertEquals(
                        one.top(1).get(0).label(), batch.get(i).top(1).get(0).label());
                assertEquals(
                        one.top(1).get(0).confidence(),
                        batch.get(i).top(1).get(0).confidence(),
                        1e-4);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nowhere          | the file nowhere.json",
                "cut              | damaged",
                "absent           | the file absent.onnx",
                "colours          | accepts neither",
                "too-few-labels   | has 4 classes, but three-labels.json has 3 labels",
                "wrong-prior      | 2 probabilities for 4 labels",
                "wrong-legibility | no output named absent",
                "wrong-features   | 4 features, but the descriptor says 5",
                "wrong-fit        | a member has the wrong type",
                "cold             | temperature above 0",
                "three-labels     | unknown member \"0\"",
            })
    void invalidModelIsRefusedWithAReason(String name, String reason) {
        String message =
                assertThrows(InvalidModelException.class, () -> load(name)).getMessage();
        assertTrue(message.contains(reason), message);
    }
}
