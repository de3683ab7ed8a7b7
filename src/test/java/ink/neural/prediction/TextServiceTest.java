package ink.neural.prediction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Sketch;
import ink.neural.Writing;
import ink.neural.config.Configurations;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import ink.neural.text.LineReading;
import ink.neural.text.Reading;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class TextServiceTest {
    private static final Supplier<byte[]> DIGITS = image(Writing.of("47120"));
    private static final Supplier<byte[]> BLANK = () -> Sketch.paper().png();
    /** More columns than a short text has, and less than half of those that a picture may have. */
    private static final Supplier<byte[]> LONG = image(Writing.of("here here here here here here here here here"));

    private static final TextOptions FIVE_DIGITS = pattern("[0-9]{5}");

    private static ModelHolder holder;

    private final TextService service =
            Predictions.textService(Configurations.of("neural.ink.deadline.ms", "60000"), holder);

    @BeforeAll
    static void load() {
        holder = Predictions.holder(Configurations.of());
    }

    @AfterAll
    static void close() {
        holder.close();
    }

    private static Supplier<byte[]> image(Writing writing) {
        byte[] png = writing.png();
        return () -> png;
    }

    private static TextOptions pattern(String pattern) {
        return new TextOptions(3, Optional.empty(), Optional.of(pattern), Optional.empty(), true, "", false, false);
    }

    private static Problem problem(Executable action) {
        RuntimeException thrown = assertThrows(RuntimeException.class, action);
        return ProblemException.find(thrown).orElseThrow().problem();
    }

    private static String text(TextResult result) {
        return result.text().candidates().get(0).text();
    }

    @Test
    void modelDirectoryWithoutATextModelReadsNoTextButIsReady() {
        ModelHolder quarters = Predictions.holder(Predictions.quarters());
        TextService noText = Predictions.textService(Predictions.quarters(), quarters);
        assertEquals(Problem.NO_TEXT_MODEL, problem(() -> noText.read(TextOptions.DEFAULT, DIGITS)));
        assertEquals(Problem.NO_TEXT_MODEL, problem(() -> noText.readAll(TextOptions.DEFAULT, List.of(DIGITS))));
        assertTrue(quarters.isReady());
        assertFalse(quarters.canReadText());
        quarters.close();
    }

    @Test
    void batchGivesTheSameResultsInOrder() {
        List<BatchItem<TextResult>> items =
                service.readAll(FIVE_DIGITS, List.of(DIGITS, BLANK, () -> new byte[3], DIGITS));
        TextResult alone = service.read(FIVE_DIGITS, DIGITS);
        assertEquals("47120", text(alone));
        assertEquals(alone, items.get(0).result());
        assertEquals(Problem.NOTHING_DRAWN, items.get(1).problem().problem());
        assertEquals(Problem.NOT_AN_IMAGE, items.get(2).problem().problem());
        assertEquals(alone, items.get(3).result());
    }

    @Test
    void imagesOfABatchBeyondItsColumnsAreRefusedAndTheOthersAreRead() {
        List<BatchItem<TextResult>> items = service.readAll(TextOptions.DEFAULT, Collections.nCopies(8, LONG));
        String text = text(service.read(TextOptions.DEFAULT, LONG));
        assertEquals(text, text(items.get(0).result()));
        assertEquals(text, text(items.get(1).result()));
        assertEquals(Problem.TOO_MUCH_TEXT, items.get(7).problem().problem());
        long read = items.stream().filter(item -> item.problem() == null).count();
        assertTrue(items.subList(0, (int) read).stream().allMatch(item -> item.problem() == null), "the first ones");
    }

    @Test
    void optionsAreCheckedBeforeAPermitIsTaken() throws Exception {
        TextService busy = Predictions.textService(Configurations.of("neural.ink.concurrency", "1"), holder);
        Predictions.whileFull(busy.limiter, 1, 0, () -> {
            assertEquals(Problem.BAD_OPTION, problem(() -> busy.read(pattern("(a"), DIGITS)));
            assertEquals(Problem.BAD_OPTION, problem(() -> busy.readAll(pattern("(a"), List.of(DIGITS))));
        });
    }

    @Test
    void listOfWordsIsCompiledWithAPermit() throws Exception {
        TextService busy = Predictions.textService(
                Configurations.of("neural.ink.concurrency", "1", "neural.ink.queue.timeout.ms", "1"), holder);
        TextOptions words = new TextOptions(
                3, Optional.empty(), Optional.empty(), Optional.of(List.of("here")), true, "", false, false);
        Supplier<byte[]> unread = () -> {
            throw new AssertionError("the image is read");
        };
        Predictions.whileFull(
                busy.limiter, 1, 0, () -> assertEquals(Problem.BUSY, problem(() -> busy.read(words, unread))));
        assertEquals("here", text(busy.read(words, image(Writing.of("here")))));
    }

    @Test
    void longTextIsReadInSlicesAndAShortOneWithItsPermit() throws Exception {
        TextService busy = Predictions.textService(
                Configurations.of("neural.ink.concurrency", "2", "neural.ink.deadline.ms", "2000"), holder);
        Predictions.whileLargeWorkRuns(busy.limiter, () -> {
            assertEquals("47120", text(busy.read(FIVE_DIGITS, DIGITS)));
            assertEquals(Problem.TOO_LONG, problem(() -> busy.read(TextOptions.DEFAULT, LONG)));
        });
        assertFalse(text(service.read(TextOptions.DEFAULT, LONG)).isEmpty());
    }

    @Test
    void legibilityIsRefusedIfTheTextModelCannotTell() {
        TextOptions legibility =
                new TextOptions(3, Optional.empty(), Optional.empty(), Optional.empty(), true, "", true, false);
        boolean canTell =
                holder.useTextReader(reader -> reader.descriptor().legibility().isPresent());
        if (canTell) {
            assertTrue(service.read(legibility, DIGITS).legibility().isPresent());
        } else {
            assertEquals(Problem.BAD_OPTION, problem(() -> service.read(legibility, DIGITS)));
        }
    }

    @Test
    void textsOfEachLineAreJoined() {
        TextResult result = service.read(TextOptions.DEFAULT, image(Writing.of("Help", "here")));
        assertEquals("Help\nhere", text(result));
        assertEquals(
                text(result),
                result.lines().stream()
                        .map(line -> line.candidates().get(0).text())
                        .collect(Collectors.joining("\n")));
    }

    @Test
    void lineIsPrecededByTheLineAboveAndTheFirstByTheTextBeforeThePicture() {
        Text unread = new Text(List.of(), List.of(), 1, Optional.empty());
        assertEquals("Dear ", unread.before("Dear "));
        Reading hand =
                new Reading(List.of(new Reading.Candidate("Hand", 0.9), new Reading.Candidate("hand", 0.1)), List.of());
        Text read = unread.with(new LineReading(hand, OptionalDouble.empty()));
        assertEquals("Hand ", read.before("Dear "));
    }

    /** Without context a small t and a large T are nearly equally likely in this drawing. */
    @Test
    void textBeforeMakesACapitalLikelierAfterAFullStop() {
        assertTrue(confidence("The", "It ends. ") > confidence("The", "It ends, "));
    }

    private double confidence(String text, String before) {
        TextOptions options =
                new TextOptions(10, Optional.empty(), Optional.empty(), Optional.empty(), true, before, false, false);
        return service.read(options, image(Writing.of("The"))).text().candidates().stream()
                .filter(candidate -> candidate.text().equals(text))
                .mapToDouble(Reading.Candidate::confidence)
                .sum();
    }
}
