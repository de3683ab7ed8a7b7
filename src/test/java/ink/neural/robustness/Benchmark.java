package ink.neural.robustness;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Renders drawings as pictures of all kinds and reads them, on all processors.
 *
 * @param reader reads the pictures
 * @param seed another seed gives other pictures
 */
record Benchmark(Reader reader, long seed) {
    private static final int EMPTY_BATCH = 50;

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

    Report run(List<PenDrawing> drawings, List<PictureKind> kinds, int empty) {
        List<Answer> clean = clean(drawings);
        List<PenDrawing> readable = clean.stream()
                .filter(answer -> answer.verdict() == Verdict.RIGHT)
                .map(Answer::drawing)
                .toList();
        List<Case> cases = Case.of(kinds);
        AtomicInteger done = new AtomicInteger();
        Map<Case, List<Answer>> answers = IntStream.range(0, readable.size())
                .parallel()
                .boxed()
                .flatMap(i -> {
                    Stream<CaseAnswer> read = read(readable.get(i), i, cases).stream();
                    progress(done.incrementAndGet(), readable.size());
                    return read;
                })
                .collect(Collectors.groupingByConcurrent(
                        CaseAnswer::picture, Collectors.mapping(CaseAnswer::answer, Collectors.toList())));
        return new Report(clean, cases, answers, empty(empty));
    }

    private static void progress(int done, int all) {
        if (done % 20 == 0 || done == all) {
            System.err.printf("%d of %d drawings%n", done, all);
        }
    }

    /** Reads drawings on their clean canvases. */
    private List<Answer> clean(List<PenDrawing> drawings) {
        return drawings.parallelStream().map(this::clean).toList();
    }

    private Answer clean(PenDrawing drawing) {
        byte[] file = Picture.clean(drawing).png();
        return new Answer(drawing, reader.read(List.of(file)).get(0));
    }

    /** Reads one drawing in all cases, with one run of the network. */
    private List<CaseAnswer> read(PenDrawing drawing, int index, List<Case> cases) {
        Reader.Batch batch = reader.new Batch();
        List<Case> read = new ArrayList<>();
        for (Case each : cases) {
            if (index % each.kind.every == 0 && isReadableWithPen(drawing, each)) {
                batch.add(file(drawing, each));
                read.add(each);
            }
        }
        List<Reading> readings = batch.read();
        return IntStream.range(0, read.size())
                .mapToObj(i -> new CaseAnswer(read.get(i), new Answer(drawing, readings.get(i))))
                .toList();
    }

    private boolean isReadableWithPen(PenDrawing drawing, Case each) {
        return each.kind.keepsPen()
                || clean(each.kind.withPen(drawing, each.strength)).verdict() == Verdict.RIGHT;
    }

    /** The picture of a drawing, always the same. */
    byte[] file(PenDrawing drawing, Case each) {
        return each.kind.render(each.kind.withPen(drawing, each.strength), each.strength, seed);
    }

    /** Reads pictures of all kinds but the large ones, on which nothing is written. */
    private List<CaseAnswer> empty(int count) {
        List<Case> cases = Case.of(Arrays.stream(PictureKind.values())
                .filter(kind -> kind.every == 1)
                .toList());
        return IntStream.range(0, (count + EMPTY_BATCH - 1) / EMPTY_BATCH)
                .parallel()
                .boxed()
                .flatMap(batch -> {
                    Reader.Batch pictures = reader.new Batch();
                    List<Case> read = new ArrayList<>();
                    List<PenDrawing> blanks = new ArrayList<>();
                    for (int i = batch * EMPTY_BATCH; i < Math.min(count, (batch + 1) * EMPTY_BATCH); i++) {
                        Case each = cases.get(i % cases.size());
                        PenDrawing blank = PenDrawing.blank("blank-" + i);
                        pictures.add(file(blank, each));
                        read.add(each);
                        blanks.add(blank);
                    }
                    List<Reading> readings = pictures.read();
                    return IntStream.range(0, read.size())
                            .mapToObj(i -> new CaseAnswer(read.get(i), new Answer(blanks.get(i), readings.get(i))));
                })
                .toList();
    }
}
