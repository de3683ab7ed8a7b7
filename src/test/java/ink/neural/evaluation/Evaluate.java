package ink.neural.evaluation;

import ink.neural.glyph.Glyph;
import ink.neural.glyph.Orientation;
import ink.neural.recognition.LoadedModel;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Measures the recogniser on an IDX pair such as EMNIST's test split:
 *
 * <pre>mvn -q test-compile exec:java -Dexec.args="--images FILE --labels FILE [options]"</pre>
 *
 * <ul>
 *   <li>{@code --layout transposed|upright}: how the images lie; transposed, as EMNIST is published, unless said
 *   <li>{@code --prior benchmark|predict|uniform}: which of the model's priors to use; benchmark unless said
 *   <li>{@code --model-dir DIR}, {@code --model NAME}: another model
 *   <li>{@code --json FILE}: keep the figures
 * </ul>
 */
public final class Evaluate {
    private static final int BATCH = 128;
    private static final int BAR = 40;

    private Evaluate() {}

    /**
     * Prints the figures.
     *
     * @param args as said above
     * @throws IOException if a file cannot be read or written
     */
    public static void main(String[] args) throws IOException {
        Map<String, String> options = options(args);
        ModelFiles files = new ModelFiles(
                Optional.ofNullable(options.get("model-dir")).map(Path::of),
                options.getOrDefault("model", ModelFiles.bundled().model()));
        IdxPair pair = IdxPair.read(Path.of(options.get("images")), Path.of(options.get("labels")));
        Orientation layout =
                Orientation.valueOf(options.getOrDefault("layout", "transposed").toUpperCase(Locale.ROOT));
        try (LoadedModel model = LoadedModel.load(files)) {
            long start = System.nanoTime();
            Figures figures = Figures.of(outcomes(model, pair, layout, options.getOrDefault("prior", "benchmark")));
            System.out.printf(
                    "model              %s %s%n",
                    model.descriptor().name(), model.descriptor().version());
            System.out.printf("seconds            %.1f%n", (System.nanoTime() - start) / 1e9);
            System.out.println(figures.toText());
            if (options.containsKey("json")) {
                Files.writeString(Path.of(options.get("json")), figures.toJson().toString());
            }
        }
    }

    private static Map<String, String> options(String[] args) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i + 1 < args.length; i += 2) {
            if (!args[i].startsWith("--")) {
                throw new IllegalArgumentException("an option begins with --, not: " + args[i]);
            }
            options.put(args[i].substring(2), args[i + 1]);
        }
        if (args.length % 2 != 0 || !options.keySet().containsAll(List.of("images", "labels"))) {
            throw new IllegalArgumentException("give --images FILE --labels FILE, and options as --name value");
        }
        return options;
    }

    /** Recognises all images, batch by batch on all processors. */
    private static List<Outcome> outcomes(LoadedModel model, IdxPair pair, Orientation layout, String prior) {
        AtomicInteger done = new AtomicInteger();
        return IntStream.range(0, (pair.count() + BATCH - 1) / BATCH)
                .parallel()
                .mapToObj(batch -> IntStream.range(batch * BATCH, Math.min(pair.count(), (batch + 1) * BATCH))
                        .toArray())
                .flatMap(batch -> {
                    Stream<Outcome> outcomes = outcomes(model, pair, layout, prior, batch);
                    showProgress(done.addAndGet(batch.length), pair.count());
                    return outcomes;
                })
                .toList();
    }

    private static Stream<Outcome> outcomes(
            LoadedModel model, IdxPair pair, Orientation layout, String prior, int[] batch) {
        Orientation orientation = model.descriptor().glyph().orientation();
        List<Glyph> glyphs = IntStream.of(batch)
                .mapToObj(i -> layout.apply(pair.image(i), pair.size()))
                .map(upright -> new Glyph(pair.size(), orientation, orientation.apply(upright, pair.size())))
                .toList();
        List<Recognition> recognitions = model.recognize(glyphs, prior);
        return IntStream.range(0, batch.length).mapToObj(i -> Outcome.of(recognitions.get(i), pair.labels()[batch[i]]));
    }

    private static void showProgress(int done, int all) {
        int filled = (int) ((long) BAR * done / all);
        System.err.printf(
                "\r[%s%s] %,d of %,d%s",
                "#".repeat(filled), " ".repeat(BAR - filled), done, all, done == all ? "%n".formatted() : "");
    }
}
