package ink.neural.robustness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.recognition.LoadedModel;
import ink.neural.recognition.ModelFiles;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A small form of the benchmark: a few golden drawings as pictures of some kinds. */
class RobustnessTest {
    private static final long SEED = 1;
    private static LoadedModel model;
    private static Benchmark benchmark;

    @BeforeAll
    static void load() {
        model = LoadedModel.load(ModelFiles.bundled());
        benchmark = new Benchmark(new Reader(model), SEED);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    /** Every third golden drawing. */
    private static List<PenDrawing> drawings() {
        List<PenDrawing> golden = PenDrawings.golden();
        return IntStream.range(0, golden.size() / 3)
                .mapToObj(i -> golden.get(3 * i))
                .toList();
    }

    private static Report report(String kinds) {
        List<PictureKind> some =
                Arrays.stream(kinds.split(" ")).map(PictureKind::valueOf).toList();
        return benchmark.run(drawings(), some, 0);
    }

    @Test
    void cleanDrawingsAreRead() {
        Score clean = Score.of(benchmark.run(drawings(), List.of(), 0).clean());
        assertTrue(clean.right() >= 13, clean.toString());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "CANVAS, 95, SPECK DUST BLACK_FRAME LIGHT_ON_TRANSPARENT BLACK_ON_GREY EQUAL_BRIGHTNESS MARKER_CROP",
        "LIGHT, 95, HARD_SHADOW GRADIENT DARK PENCIL_IN_SHADOW",
        "RULES, 88, WRITING_LINE BOX SQUARED DARK_TABLE",
    })
    void drawingsAreReadFromPictures(Group group, double lowestScore, String kinds) {
        Score score = report(kinds).score(group);
        assertTrue(score.percent() >= lowestScore, score + " is " + score.percent());
    }

    @Test
    void emptyPaperIsHardlyEverTakenForACharacter() {
        List<Benchmark.CaseAnswer> confident =
                benchmark.run(List.of(), List.of(), 200).confidentOnEmpty();
        assertTrue(confident.size() <= 4, confident.size() + " of 200");
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"LARGE", "LARGE_PHOTO"})
    void picturesDependOnTheSeedAlone(PictureKind kind) {
        PenDrawing drawing = kind.withPen(PenDrawings.golden().get(20), 2);
        byte[] file = kind.render(drawing, 2, SEED);
        assertArrayEquals(file, kind.render(drawing, 2, SEED));
        assertTrue(file.length > 100);
    }

    @Test
    void anotherSeedGivesAnotherPicture() {
        PenDrawing drawing = PenDrawings.golden().get(20);
        assertFalse(Arrays.equals(
                PictureKind.DUST.render(drawing, 1, SEED), PictureKind.DUST.render(drawing, 1, SEED + 1)));
    }
}
