package ink.neural.prediction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Concurrently;
import ink.neural.Sketch;
import ink.neural.config.Configuration;
import ink.neural.config.Configurations;
import ink.neural.drawing.PngFile;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import ink.neural.recognition.Example;
import ink.neural.recognition.Guides;
import ink.neural.recognition.Prediction;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PredictionServiceTest {
    /** Most ink is in the upper right quarter, which the model calls b. */
    private static final byte[] UPPER_RIGHT = Sketch.paper()
            .stroke(50, 50, 50, 50)
            .stroke(230, 230, 230, 230)
            .stroke(150, 50, 230, 50, 230, 120, 160, 110)
            .png();

    private static final byte[] BLANK = Sketch.paper().png();
    private static final PredictionOptions ALL =
            new PredictionOptions(4, "alphanumeric", true, true, true, false, Optional.empty(), List.of());

    private static ModelHolder holder;

    private final PredictionService service = Predictions.service(Predictions.quarters(), holder);
    private final AtomicInteger imagesRead = new AtomicInteger();

    @BeforeAll
    static void load() {
        holder = Predictions.holder(Predictions.quarters());
    }

    @AfterAll
    static void close() {
        holder.close();
    }

    private Supplier<byte[]> image(byte[] png) {
        return () -> {
            imagesRead.incrementAndGet();
            return png;
        };
    }

    private static Supplier<byte[]> failing(RuntimeException failure) {
        return () -> {
            throw failure;
        };
    }

    private static Problem problem(Executable action) {
        return assertThrows(ProblemException.class, action).problem();
    }

    @Test
    void resultHasWhatTheOptionsAskFor() {
        PredictionResult all = service.predict(ALL, image(UPPER_RIGHT));
        assertEquals(4, all.predictions().size());
        assertEquals("b", all.predictions().get(0).label());
        assertEquals((byte) 'P', all.glyph().orElseThrow()[1], "a PNG file");
        assertTrue(all.legibility().getAsDouble() > 0.5);
        PredictionResult few = service.predict(
                new PredictionOptions(1, "cd", false, false, false, false, Optional.empty(), List.of()),
                image(UPPER_RIGHT));
        assertEquals(1, few.predictions().size());
        assertEquals("d", few.predictions().get(0).label());
        assertTrue(few.glyph().isEmpty());
        assertTrue(few.ink().isEmpty());
        assertEquals(OptionalDouble.empty(), few.legibility());
    }

    private static int longestSide(PredictionResult result) {
        try {
            BufferedImage ink =
                    ImageIO.read(new ByteArrayInputStream(result.ink().orElseThrow()));
            return Math.max(ink.getWidth(), ink.getHeight());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void inkShowsTheWholePictureReduced() {
        byte[] large = Sketch.paper(900, 300, Color.WHITE, Color.BLACK, 20)
                .f(40, 40, 1)
                .png();
        assertEquals(280, longestSide(service.predict(ALL, image(UPPER_RIGHT))));
        assertEquals(512, longestSide(service.predict(ALL, image(large))));
    }

    @Test
    void inkInALargeBatchIsSmallSoThatAllResultsFitInMemory() {
        byte[] large = Sketch.paper(900, 300, Color.WHITE, Color.BLACK, 20)
                .f(40, 40, 1)
                .png();
        for (int[] sizeAndSide : new int[][] {{2, 512}, {8, 512}, {32, 256}}) {
            List<BatchItem<PredictionResult>> items =
                    service.predictAll(ALL, Collections.nCopies(sizeAndSide[0], image(large)));
            items.forEach(item -> assertEquals(sizeAndSide[1], longestSide(item.result())));
        }
    }

    @Test
    void batchGivesTheSameResultsInOrder() {
        List<BatchItem<PredictionResult>> items = service.predictAll(
                ALL, List.of(image(UPPER_RIGHT), image(BLANK), image(new byte[3]), image(UPPER_RIGHT)));
        PredictionResult alone = service.predict(ALL, image(UPPER_RIGHT));
        for (int i : new int[] {0, 3}) {
            PredictionResult result = items.get(i).result();
            assertEquals(labels(alone), labels(result));
            assertEquals(
                    alone.predictions().get(0).confidence(),
                    result.predictions().get(0).confidence(),
                    1e-6);
            assertArrayEquals(alone.glyph().orElseThrow(), result.glyph().orElseThrow());
        }
        assertEquals(Problem.NOTHING_DRAWN, items.get(1).problem().problem());
        assertEquals(Problem.NOT_AN_IMAGE, items.get(2).problem().problem());
        assertEquals("nothing-drawn", items.get(1).map(result -> "", item -> item.problem()
                .slug()));
        assertEquals("b", items.get(0).map(result -> labels(result).get(0), item -> ""));
    }

    private static List<String> labels(PredictionResult result) {
        return result.predictions().stream().map(Prediction::label).toList();
    }

    @Test
    void batchWithoutAReadableImageHasOnlyProblems() {
        List<BatchItem<PredictionResult>> items = service.predictAll(ALL, List.of(image(BLANK), image(BLANK)));
        assertEquals(2, items.size());
        items.forEach(item -> assertEquals(Problem.NOTHING_DRAWN, item.problem().problem()));
    }

    @Test
    void optionsAreCheckedBeforeAPermitIsTaken() throws Exception {
        Configuration configuration = Predictions.quarters("neural.ink.concurrency", "1");
        PredictionService busy = Predictions.service(configuration, holder);
        PredictionOptions tooMany =
                new PredictionOptions(5, "alphanumeric", false, false, false, false, Optional.empty(), List.of());
        PredictionOptions unknown =
                new PredictionOptions(1, "xyz", false, false, false, false, Optional.empty(), List.of());
        Predictions.whileFull(busy.limiter, 1, 0, () -> {
            assertEquals(Problem.BAD_OPTION, problem(() -> busy.predict(tooMany, image(UPPER_RIGHT))));
            assertEquals(Problem.BAD_OPTION, problem(() -> busy.predictAll(tooMany, List.of(image(UPPER_RIGHT)))));
            RuntimeException thrown =
                    assertThrows(RuntimeException.class, () -> busy.predict(unknown, image(UPPER_RIGHT)));
            assertEquals(
                    Problem.BAD_OPTION,
                    ProblemException.find(thrown).orElseThrow().problem());
        });
        assertEquals(0, imagesRead.get());
    }

    @Test
    void legibilityIsRefusedIfTheModelCannotTell() {
        Configuration configuration = Predictions.quarters("neural.ink.model", "original");
        ModelHolder original = Predictions.holder(configuration);
        PredictionService other = Predictions.service(configuration, original);
        ProblemException refused = assertThrows(ProblemException.class, () -> other.predict(ALL, image(UPPER_RIGHT)));
        assertEquals("This model cannot tell legibility.", refused.getMessage());
        original.close();
    }

    @Test
    void guidesAreRefusedIfTheModelCannotUseThem() {
        Guides guides = new Guides(200, OptionalDouble.of(100), OptionalDouble.empty());
        PredictionOptions options =
                new PredictionOptions(1, "alphanumeric", false, false, false, false, Optional.of(guides), List.of());
        ProblemException refused =
                assertThrows(ProblemException.class, () -> service.predict(options, image(UPPER_RIGHT)));
        assertEquals(Problem.BAD_OPTION, refused.problem());
        assertEquals("This model cannot use guides.", refused.getMessage());
    }

    /** Options of one answer with what the writer has drawn before. */
    private static PredictionOptions with(String charset, Example... examples) {
        return new PredictionOptions(1, charset, false, false, false, true, Optional.empty(), List.of(examples));
    }

    @Test
    void examplesOfTheSameShapeDecide() {
        byte[] features = service.predict(with("alphanumeric"), image(UPPER_RIGHT))
                .features()
                .orElseThrow();
        Example mine = new Example("upright@1", "d", features);
        PredictionResult adapted = service.predict(with("alphanumeric", mine), image(UPPER_RIGHT));
        assertEquals("d", adapted.predictions().get(0).label());
        assertArrayEquals(features, adapted.features().orElseThrow());
        Example unknown = new Example("upright@1", "é", features);
        assertEquals("é", best(with("alphanumeric", unknown)));
        assertEquals("b", best(with("letters", unknown)));
        assertEquals("é", best(with("aé", unknown)));
        List<BatchItem<PredictionResult>> items =
                service.predictAll(with("alphanumeric", mine), List.of(image(BLANK), image(UPPER_RIGHT)));
        assertEquals("d", items.get(1).result().predictions().get(0).label());
    }

    private String best(PredictionOptions options) {
        return service.predict(options, image(UPPER_RIGHT)).predictions().get(0).label();
    }

    @Test
    void featuresOfAnotherModelAreRefused() {
        for (Example foreign : List.of(
                new Example("upright@2", "a", new byte[4]),
                new Example("mirrored@1", "a", new byte[4]),
                new Example("upright@1", "a", new byte[5]))) {
            assertEquals(Problem.BAD_OPTION, problem(() -> service.predict(with("a", foreign), image(UPPER_RIGHT))));
        }
        Configuration configuration = Predictions.quarters("neural.ink.model", "mirrored");
        ModelHolder mirrored = Predictions.holder(configuration);
        PredictionService other = Predictions.service(configuration, mirrored);
        Example own = new Example("mirrored@1", "a", new byte[4]);
        assertEquals(Problem.BAD_OPTION, problem(() -> other.predict(with("a", own), image(UPPER_RIGHT))));
        assertEquals(Problem.BAD_OPTION, problem(() -> other.predict(with("a"), image(UPPER_RIGHT))));
        mirrored.close();
    }

    @Test
    void noImageIsReadWithoutAPermit() throws Exception {
        Configuration configuration = Predictions.quarters(
                "neural.ink.concurrency", "1", "neural.ink.queue.timeout.ms", "1", "neural.ink.deadline.ms", "100");
        PredictionService busy = Predictions.service(configuration, holder);
        Predictions.whileFull(busy.limiter, 1, 0, () -> {
            assertEquals(Problem.BUSY, problem(() -> busy.predict(ALL, image(UPPER_RIGHT))));
            assertEquals(Problem.TOO_LONG, problem(() -> busy.predictAll(ALL, List.of(image(UPPER_RIGHT)))));
        });
        assertEquals(0, imagesRead.get());
    }

    /** The character of {@link #UPPER_RIGHT} on a picture of four megapixels. */
    private static byte[] large() {
        return Sketch.paper(2000, 2000, Color.WHITE, Color.BLACK, 110)
                .stroke(300, 300, 300, 300)
                .stroke(1600, 1600, 1600, 1600)
                .stroke(1000, 300, 1600, 300, 1600, 800, 1100, 750)
                .png();
    }

    /** A service with one slot, whose queue times out at once. */
    private static PredictionService withOneSlot() {
        return Predictions.service(
                Predictions.quarters("neural.ink.concurrency", "2", "neural.ink.queue.timeout.ms", "1"), holder);
    }

    @Test
    void largePictureNeedsASlotAndIsParsedAgainOnceItHasOne() throws Exception {
        PredictionService busy = withOneSlot();
        byte[] large = large();
        Predictions.whileLargeWorkRuns(busy.limiter, () -> {
            assertEquals(Problem.BUSY, problem(() -> busy.predict(ALL, image(large))));
            assertEquals("b", labels(busy.predict(ALL, image(UPPER_RIGHT))).get(0));
            assertEquals(2, imagesRead.get());
        });
        assertEquals("b", labels(busy.predict(ALL, image(large))).get(0));
        assertEquals(4, imagesRead.get());
    }

    @ParameterizedTest
    @CsvSource({"999, 1049, false", "1024, 1024, false", "1024, 1025, true", "16384, 65, true"})
    void pictureOfMoreThanAMegapixelIsLargeWork(int width, int height, boolean large) throws Exception {
        PredictionService busy = withOneSlot();
        byte[] png = Sketch.paper(width, height, Color.WHITE, Color.BLACK, 16)
                .f(10, 10, 0.2)
                .png();
        Predictions.whileLargeWorkRuns(busy.limiter, () -> {
            if (large) {
                assertEquals(Problem.BUSY, problem(() -> busy.predict(ALL, image(png))));
            } else {
                assertFalse(busy.predict(ALL, image(png)).predictions().isEmpty());
            }
        });
    }

    @Test
    void batchMayHoldAsManyWeightedPixelsAsConfigured() {
        PredictionService limited =
                Predictions.service(Predictions.quarters("neural.ink.max.batch.pixels", "240000"), holder);
        byte[] oneFifth = Sketch.paper(240, 200, Color.WHITE, Color.BLACK, 16)
                .f(10, 10, 0.5)
                .png();
        byte[] tooLarge = new PngFile().header(16384, 1025, 8, 0).end();
        List<Supplier<byte[]>> batch = new ArrayList<>(Collections.nCopies(5, image(oneFifth)));
        batch.add(image(new byte[3]));
        batch.add(image(tooLarge)); // does not count: it is not decoded
        List<BatchItem<PredictionResult>> items = limited.predictAll(ALL, batch);
        assertTrue(items.subList(0, 5).stream().allMatch(item -> item.problem() == null));
        assertEquals(Problem.NOT_AN_IMAGE, items.get(5).problem().problem());
        assertEquals(Problem.TOO_MANY_PIXELS, items.get(6).problem().problem());
        batch.add(image(new PngFile().header(1, 1, 16, 0).end()));
        ProblemException refused = assertThrows(ProblemException.class, () -> limited.predictAll(ALL, batch));
        assertEquals(Problem.BATCH_TOO_LARGE, refused.problem());
        assertEquals(
                "The images of the batch have 240004 weighted pixels together. The limit is 240000. Send several batches.",
                refused.getMessage());
    }

    @Test
    void batchOfCanvasesIsWithinTheDefaultLimit() {
        assertTrue(256 * 600 * 600 <= Predictions.quarters().maxBatchPixels());
    }

    /** Batches of large pictures take all slots and each runs for seconds. Drawings arrive meanwhile, one after the other. */
    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "4"})
    void drawingsAreAnsweredWhileBatchesRun(String permits) throws Exception {
        PredictionService busy = Predictions.service(
                Predictions.quarters(
                        "neural.ink.concurrency",
                        permits,
                        "neural.ink.deadline.ms",
                        "60000",
                        "neural.ink.queue.timeout.ms",
                        "10000"),
                holder);
        byte[] large = large();
        List<Supplier<byte[]>> batch = new ArrayList<>(Collections.nCopies(20, () -> large));
        batch.add(3, () -> BLANK);
        batch.add(7, () -> new byte[3]);
        int batches = Math.max(1, Integer.parseInt(permits) / 2);
        AtomicInteger unfinished = new AtomicInteger(batches);
        AtomicInteger answered = new AtomicInteger();
        List<List<BatchItem<PredictionResult>>> answers = Concurrently.run(batches + 1, batches + 1, i -> {
            if (i < batches) {
                List<BatchItem<PredictionResult>> items = busy.predictAll(ALL, batch);
                unfinished.decrementAndGet();
                return items;
            }
            while (unfinished.get() > 0) {
                assertEquals("b", labels(busy.predict(ALL, () -> UPPER_RIGHT)).get(0)); // and is not refused
                answered.incrementAndGet();
            }
            return List.of();
        });
        assertTrue(answered.get() > 10, answered + " drawings");
        for (List<BatchItem<PredictionResult>> items : answers.subList(0, batches)) {
            for (int i = 0; i < batch.size(); i++) {
                Problem problem = i == 3 ? Problem.NOTHING_DRAWN : i == 7 ? Problem.NOT_AN_IMAGE : null;
                String answer = items.get(i).map(result -> labels(result).get(0), thrown -> thrown.problem()
                        .slug());
                assertEquals(problem == null ? "b" : problem.slug(), answer, "image " + i);
            }
        }
    }

    @Test
    void resultsOfALongBatchAreInOrder() {
        byte[] lowerLeft = Sketch.paper()
                .stroke(230, 50, 230, 50)
                .stroke(50, 50, 50, 50)
                .stroke(50, 150, 50, 230, 130, 230, 100, 160)
                .png();
        List<Supplier<byte[]>> images = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            byte[] image = i % 7 == 3 ? BLANK : i % 3 == 0 ? lowerLeft : UPPER_RIGHT;
            images.add(() -> image);
            expected.add(image == BLANK ? "nothing-drawn" : image == lowerLeft ? "c" : "b");
        }
        assertEquals(
                expected,
                service.predictAll(ALL, images).stream()
                        .map(item -> item.map(result -> labels(result).get(0), thrown -> thrown.problem()
                                .slug()))
                        .toList());
    }

    @Test
    void missedDeadlineFailsADrawing() {
        PredictionService hurried = Predictions.service(Predictions.quarters("neural.ink.deadline.ms", "1"), holder);
        assertEquals(Problem.TOO_LONG, problem(() -> hurried.predict(ALL, slow(UPPER_RIGHT))));
    }

    @Test
    void missedDeadlineFailsAWholeBatch() {
        PredictionService hurried = Predictions.service(Predictions.quarters("neural.ink.deadline.ms", "1"), holder);
        assertEquals(
                Problem.TOO_LONG,
                problem(() -> hurried.predictAll(ALL, List.of(slow(UPPER_RIGHT), image(UPPER_RIGHT)))));
        assertEquals(Problem.TOO_LONG, problem(() -> hurried.predictAll(ALL, List.of(slow(UPPER_RIGHT)))));
        assertEquals(0, imagesRead.get(), "no image is read after the deadline");
    }

    /** An image that takes longer to read than the deadline of a millisecond. */
    private static Supplier<byte[]> slow(byte[] png) {
        return () -> {
            long end = System.nanoTime() + 2_000_000;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            return png;
        };
    }

    @Test
    void faultOfOursFailsAWholeBatch() {
        IllegalStateException fault = new IllegalStateException();
        assertSame(
                fault,
                assertThrows(
                        IllegalStateException.class,
                        () -> service.predictAll(ALL, List.of(image(UPPER_RIGHT), failing(fault)))));
    }

    @Test
    void permitIsReturnedAfterAFailure() {
        PredictionService single = Predictions.service(
                Predictions.quarters("neural.ink.concurrency", "1", "neural.ink.queue.timeout.ms", "1"), holder);
        for (int i = 0; i < 3; i++) {
            assertThrows(RuntimeException.class, () -> single.predict(ALL, image(BLANK)));
        }
        assertEquals("b", labels(single.predict(ALL, image(UPPER_RIGHT))).get(0));
    }

    @Test
    void nothingIsPredictedWithoutAModel() {
        ModelHolder empty = Predictions.emptyHolder(Configurations.of());
        PredictionService unready = Predictions.service(Configurations.of(), empty);
        assertEquals(Problem.NOT_READY, problem(() -> unready.predict(ALL, image(UPPER_RIGHT))));
        assertEquals(0, imagesRead.get());
    }

    @Test
    void eachStageIsTimed() {
        ModelHolder other = Predictions.holder(Predictions.quarters());
        Predictions.service(Predictions.quarters(), other)
                .predictAll(ALL, List.of(image(UPPER_RIGHT), image(UPPER_RIGHT)));
        String metrics = new String(other.metrics.scrape(), StandardCharsets.UTF_8);
        assertTrue(metrics.contains("neural_ink_stage_seconds_count{stage=\"parse\"} 4\n"), metrics);
        assertTrue(metrics.contains("neural_ink_stage_seconds_count{stage=\"decode\"} 2\n"));
        assertTrue(metrics.contains("neural_ink_stage_seconds_count{stage=\"extract\"} 2\n"));
        assertTrue(metrics.contains("neural_ink_stage_seconds_count{stage=\"normalise\"} 2\n"));
        assertTrue(metrics.contains("neural_ink_stage_seconds_count{stage=\"infer\"} 1\n"), "a short batch runs once");
        assertFalse(metrics.contains("neural_ink_rejected_total"));
        other.close();
    }
}
