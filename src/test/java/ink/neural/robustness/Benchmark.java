package ink.neural.robustness;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Renders drawings as pictures of all kinds and reads them, on all processors.
 *
 * @param reader reads the pictures
 * @param seed another seed gives other pictures
 */
record Benchmark(Reader reader, long seed) {
    private static final int BATCH = 50;

    /**
     * A kind at one strength.
     *
     * @param kind the kind
     * @param strength from 1 to 3
     */
    record Case(PictureKind kind, int strength) {
        static List<Case> of(List<PictureKind> kinds) {
            return kinds.stream()
                    .flatMap(kind ->
                            IntStream.rangeClosed(1, Strength.STRONGEST).mapToObj(strength -> new Case(kind, strength)))
                    .toList();
        }
    }

    /** The answer to one picture of a case. */
    record CaseAnswer(Case picture, Answer answer) {}

    /** A drawing that is to be read as a picture. */
    private record Task(Case picture, PenDrawing drawing) {}

    /**
     * Reads drawings as pictures.
     *
     * @param drawings those that are not read right on a clean canvas are left out
     * @param kinds the kinds of pictures to make of them
     * @param empty the number of pictures on which nothing is written
     */
    Report run(List<PenDrawing> drawings, List<PictureKind> kinds, int empty) {
        List<Answer> clean = drawings.parallelStream().map(this::clean).toList();
        List<PenDrawing> readable = clean.stream()
                .filter(answer -> answer.verdict() == Verdict.RIGHT)
                .map(Answer::drawing)
                .toList();
        List<Case> cases = Case.of(kinds);
        AtomicInteger done = new AtomicInteger();
        Map<Case, List<Answer>> answers = IntStream.range(0, readable.size())
                .parallel()
                .mapToObj(i -> tasks(readable.get(i), i, cases))
                .map(this::read)
                .peek(read -> progress(done.incrementAndGet(), readable.size()))
                .flatMap(List::stream)
                .collect(Collectors.groupingBy(
                        CaseAnswer::picture, Collectors.mapping(CaseAnswer::answer, Collectors.toList())));
        return new Report(clean, cases, answers, empty(empty));
    }

    private static void progress(int done, int all) {
        if (done % 20 == 0 || done == all) {
            System.err.printf("%d of %d drawings%n", done, all);
        }
    }

    /** Reads a drawing on its clean canvas. */
    private Answer clean(PenDrawing drawing) {
        return new Answer(drawing, reader.read(Picture.clean(drawing).png()));
    }

    /** The cases of one drawing. */
    private List<Task> tasks(PenDrawing drawing, int index, List<Case> cases) {
        return cases.stream()
                .filter(each -> index % each.kind.every == 0 && isReadableWithPen(drawing, each))
                .map(each -> new Task(each, drawing))
                .toList();
    }

    private boolean isReadableWithPen(PenDrawing drawing, Case each) {
        return each.kind.keepsPen()
                || clean(each.kind.withPen(drawing, each.strength)).verdict() == Verdict.RIGHT;
    }

    /** Reads pictures of all kinds but the large ones, on which nothing is written. */
    private List<CaseAnswer> empty(int count) {
        List<Case> cases = Case.of(Arrays.stream(PictureKind.values())
                .filter(kind -> kind.every == 1)
                .toList());
        List<Task> tasks = IntStream.range(0, count)
                .mapToObj(i -> new Task(cases.get(i % cases.size()), PenDrawing.blank("blank-" + i)))
                .toList();
        return IntStream.rangeClosed(0, count / BATCH)
                .parallel()
                .mapToObj(batch -> tasks.subList(batch * BATCH, Math.min(count, (batch + 1) * BATCH)))
                .map(this::read)
                .flatMap(List::stream)
                .toList();
    }

    /** Reads pictures with one run of the network. */
    private List<CaseAnswer> read(List<Task> tasks) {
        List<Reading> readings = reader.read(
                tasks.stream().map(task -> file(task.drawing, task.picture)).iterator());
        return IntStream.range(0, tasks.size())
                .mapToObj(i -> new CaseAnswer(tasks.get(i).picture, new Answer(tasks.get(i).drawing, readings.get(i))))
                .toList();
    }

    /** The picture of a drawing, always the same. */
    byte[] file(PenDrawing drawing, Case each) {
        return each.kind.render(each.kind.withPen(drawing, each.strength), each.strength, seed);
    }
}
