package ink.neural.evaluation;

import ink.neural.bulk.Progress;
import ink.neural.glyph.Glyph;
import ink.neural.glyph.Orientation;
import ink.neural.recognition.LoadedModel;
import ink.neural.recognition.ModelDescriptor.Legibility;
import ink.neural.recognition.ModelFiles;
import ink.neural.recognition.Recognition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;

/**
 * Evaluates the model on an IDX dataset such as EMNIST's test split:
 *
 * <pre>mvn -q test-compile exec:java -Dexec.args="--images FILE --labels FILE [options]"</pre>
 *
 * <ul>
 *   <li>{@code --layout transposed|upright}: orientation of the images. The default is transposed, as EMNIST is published.
 *   <li>{@code --prior benchmark|predict|uniform}: which prior of the model to use. The default is benchmark.
 *   <li>{@code --model-dir DIR}, {@code --model NAME}: another model
 *   <li>{@code --json FILE}: also writes the metrics to a file
 * </ul>
 */
public final class Evaluate {
    private static final int BATCH = 128;

    private Evaluate() {}

    /**
     * Prints the metrics.
     *
     * @param args the arguments that the class comment describes
     * @throws IOException if a file cannot be read or written
     */
    public static void main(String[] args) throws IOException {
        Map<String, String> options = options(args);
        ModelFiles files = new ModelFiles(
                Optional.ofNullable(options.get("model-dir")).map(Path::of),
                options.getOrDefault("model", ModelFiles.bundled().model()));
        IdxDataset dataset = IdxDataset.read(Path.of(options.get("images")), Path.of(options.get("labels")));
        Orientation layout =
                Orientation.valueOf(options.getOrDefault("layout", "transposed").toUpperCase(Locale.ROOT));
        try (LoadedModel model = LoadedModel.load(files)) {
            long start = System.nanoTime();
            EvaluationMetrics metrics =
                    EvaluationMetrics.of(outcomes(model, dataset, layout, options.getOrDefault("prior", "benchmark")));
            System.out.printf(
                    "model              %s %s%n",
                    model.descriptor().name(), model.descriptor().version());
            System.out.printf("seconds            %.1f%n", (System.nanoTime() - start) / 1e9);
            System.out.println(metrics.toText());
            if (options.containsKey("json")) {
                Files.writeString(Path.of(options.get("json")), metrics.toJson().toString());
            }
        }
    }

    private static Map<String, String> options(String[] args) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i + 1 < args.length; i += 2) {
            if (!args[i].startsWith("--")) {
                throw new IllegalArgumentException("the name of an option starts with --, not: " + args[i]);
            }
            options.put(args[i].substring(2), args[i + 1]);
        }
        if (args.length % 2 != 0 || !options.keySet().containsAll(List.of("images", "labels"))) {
            throw new IllegalArgumentException("usage: --images FILE --labels FILE [--OPTION VALUE]...");
        }
        return options;
    }

    /** Recognises all images in batches on all processors. */
    private static List<Outcome> outcomes(LoadedModel model, IdxDataset dataset, Orientation layout, String prior) {
        try (ProgressBar progress = Progress.builder("images", dataset.count()).build()) {
            return IntStream.range(0, (dataset.count() + BATCH - 1) / BATCH)
                    .parallel()
                    .mapToObj(batch -> IntStream.range(batch * BATCH, Math.min(dataset.count(), (batch + 1) * BATCH))
                            .toArray())
                    .flatMap(batch -> {
                        Stream<Outcome> outcomes = outcomes(model, dataset, layout, prior, batch);
                        progress.stepBy(batch.length);
                        return outcomes;
                    })
                    .toList();
        }
    }

    private static Stream<Outcome> outcomes(
            LoadedModel model, IdxDataset dataset, Orientation layout, String prior, int[] batch) {
        Orientation orientation = model.descriptor().glyph().orientation();
        List<Glyph> glyphs = IntStream.of(batch)
                .mapToObj(i -> dataset.glyph(i, layout, orientation))
                .toList();
        double threshold =
                model.descriptor().legibility().map(Legibility::threshold).orElse(0.0);
        List<Recognition> recognitions = model.recognize(glyphs, prior);
        return IntStream.range(0, batch.length)
                .mapToObj(i -> Outcome.of(recognitions.get(i), threshold, dataset.labels()[batch[i]]));
    }
}
