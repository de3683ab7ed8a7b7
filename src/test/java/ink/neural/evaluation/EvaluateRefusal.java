package ink.neural.evaluation;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import ink.neural.glyph.Glyph;
import ink.neural.glyph.Orientation;
import ink.neural.recognition.LoadedModel;
import ink.neural.recognition.ModelFiles;
import ink.neural.recognition.Recognition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Evaluates how a model treats drawings of no character:
 *
 * <pre>mvn -q test-compile exec:java@refusal -Dexec.args="FOLDER [MODELS]"</pre>
 *
 * <p>The folder holds negatives-images-idx3-ubyte.gz, negatives-labels-idx1-ubyte.gz and negatives.tsv, which {@code
 * training/eval_sets.py --negatives} writes. A line of negatives.tsv has the group and the name of one kind of drawing. The
 * second argument is the folder of another model.
 */
public final class EvaluateRefusal {
    /** Nobody doubts an answer of more than this confidence. */
    private static final double SURE = 0.9;

    private static final int BATCH = 128;

    private EvaluateRefusal() {}

    /** How the model treats one drawing. */
    private record Verdict(String group, String kind, boolean isRefused, double confidence) {
        static Verdict of(String[] kind, Recognition recognition, double threshold) {
            boolean isRefused = recognition.legibility().orElse(1) < threshold;
            return new Verdict(
                    kind[0], kind[1], isRefused, recognition.top(1).get(0).confidence());
        }

        boolean isAcceptedForSure() {
            return !isRefused && confidence > SURE;
        }
    }

    /**
     * Prints the table.
     *
     * @param args the arguments that the class comment describes
     * @throws IOException if a file cannot be read
     */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        Optional<Path> models = args.length > 1 ? Optional.of(Path.of(args[1])) : Optional.empty();
        IdxDataset drawings = IdxDataset.read(
                folder.resolve("negatives-images-idx3-ubyte.gz"), folder.resolve("negatives-labels-idx1-ubyte.gz"));
        List<String[]> kinds = Files.readAllLines(folder.resolve("negatives.tsv")).stream()
                .map(line -> line.split("\t"))
                .toList();
        try (LoadedModel model =
                LoadedModel.load(new ModelFiles(models, ModelFiles.bundled().model()))) {
            System.out.printf(
                    "%s %s%n", model.descriptor().name(), model.descriptor().version());
            print(verdicts(model, drawings, kinds));
        }
    }

    private static List<Verdict> verdicts(LoadedModel model, IdxDataset drawings, List<String[]> kinds) {
        Orientation orientation = model.descriptor().glyph().orientation();
        double threshold = model.descriptor().legibility().orElseThrow().threshold();
        return IntStream.range(0, (drawings.count() + BATCH - 1) / BATCH)
                .boxed()
                .flatMap(batch -> {
                    int first = batch * BATCH;
                    int last = Math.min(first + BATCH, drawings.count());
                    List<Glyph> glyphs = IntStream.range(first, last)
                            .mapToObj(i -> drawings.glyph(i, Orientation.TRANSPOSED, orientation))
                            .toList();
                    List<Recognition> recognitions = model.recognize(glyphs, LoadedModel.PREDICT);
                    return IntStream.range(first, last)
                            .mapToObj(i -> Verdict.of(
                                    kinds.get(drawings.labels()[i]), recognitions.get(i - first), threshold));
                })
                .toList();
    }

    private static void print(List<Verdict> verdicts) {
        System.out.println("drawings  refused  accepted above 90 %  mean confidence");
        verdicts.stream()
                .collect(groupingBy(Verdict::group, TreeMap::new, groupingBy(Verdict::kind, TreeMap::new, toList())))
                .forEach((group, kinds) -> {
                    print(group, kinds.values().stream().flatMap(List::stream).toList());
                    kinds.forEach((kind, some) -> print("    " + kind, some));
                });
        print("all", verdicts);
    }

    private static void print(String name, List<Verdict> verdicts) {
        System.out.printf(
                "%,8d  %6.1f %%  %18.1f %%  %14.1f %%  %s%n",
                verdicts.size(),
                100 * mean(verdicts, verdict -> verdict.isRefused() ? 1 : 0),
                100 * mean(verdicts, verdict -> verdict.isAcceptedForSure() ? 1 : 0),
                100 * mean(verdicts, Verdict::confidence),
                name);
    }

    private static double mean(List<Verdict> verdicts, ToDoubleFunction<Verdict> value) {
        return verdicts.stream().mapToDouble(value).average().orElse(0);
    }
}
