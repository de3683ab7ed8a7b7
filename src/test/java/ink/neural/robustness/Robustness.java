package ink.neural.robustness;

import ink.neural.recognition.LoadedModel;
import ink.neural.recognition.ModelFiles;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Measures how well drawings are read from pictures of many kinds and strengths:
 *
 * <pre>mvn -q test-compile exec:java@robustness -Dexec.args="[options]"</pre>
 *
 * <ul>
 *   <li>{@code --kinds light,dust}: only these groups (canvas, light, rules, empty) or kinds
 *   <li>{@code --drawings 100}: only so many drawings. The default is all.
 *   <li>{@code --empty 1000}: the number of empty pictures
 *   <li>{@code --seed 1}: another seed gives other pictures
 *   <li>{@code --unipen FILE}: UNIPEN's drawings, by default ../shared/data/unipen_train_r01_v07.npz
 *   <li>{@code --model-dir DIR}, {@code --model NAME}: another model
 *   <li>{@code --sheet DIR}: writes contact sheets, with the wrong answers first
 *   <li>{@code --json FILE}: also writes the results to a file
 *   <li>{@code --before FILE}: also prints a Markdown table that compares with the results in such a file
 * </ul>
 *
 * <p>A drawing counts only if it is read right on a clean canvas.
 */
public final class Robustness {
    private static final int PER_CHARACTER = 5;
    private static final List<String> OPTIONS =
            List.of("kinds", "drawings", "empty", "seed", "unipen", "model-dir", "model", "sheet", "json", "before");

    private Robustness() {}

    /**
     * Prints the results.
     *
     * @param args the arguments that the class comment describes
     * @throws IOException if a file cannot be read or written
     */
    public static void main(String[] args) throws IOException {
        Map<String, String> options = options(args);
        ModelFiles files = new ModelFiles(
                Optional.ofNullable(options.get("model-dir")).map(Path::of),
                options.getOrDefault("model", ModelFiles.bundled().model()));
        try (LoadedModel model = LoadedModel.load(files)) {
            long start = System.nanoTime();
            Benchmark benchmark = new Benchmark(new Reader(model), Long.parseLong(options.getOrDefault("seed", "1")));
            List<PenDrawing> drawings = drawings(options);
            Report report = benchmark.run(drawings, kinds(options.get("kinds")), empty(options));
            System.out.printf(
                    "model %s %s, %d drawings, %.0f s%n%s",
                    model.descriptor().name(),
                    model.descriptor().version(),
                    drawings.size(),
                    (System.nanoTime() - start) / 1e9,
                    report.toText());
            if (options.containsKey("json")) {
                Files.writeString(Path.of(options.get("json")), report.toJson().toString());
            }
            if (options.containsKey("before")) {
                System.out.println(report.toMarkdown(json(Path.of(options.get("before")))));
            }
            if (options.containsKey("sheet")) {
                new ContactSheet(benchmark, Path.of(options.get("sheet"))).write(report);
            }
        }
    }

    private static JsonObject json(Path file) throws IOException {
        try (JsonReader reader = Json.createReader(Files.newBufferedReader(file))) {
            return reader.readObject();
        }
    }

    private static Map<String, String> options(String[] args) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i + 1 < args.length; i += 2) {
            options.put(args[i].replaceFirst("^--", ""), args[i + 1]);
        }
        if (args.length % 2 != 0 || !OPTIONS.containsAll(options.keySet())) {
            throw new IllegalArgumentException("usage: [--OPTION VALUE]..., where OPTION is one of " + OPTIONS);
        }
        return options;
    }

    private static List<PenDrawing> drawings(Map<String, String> options) {
        Path unipen = Path.of(options.getOrDefault("unipen", "../shared/data/unipen_train_r01_v07.npz"));
        List<PenDrawing> drawings;
        if (Files.exists(unipen)) {
            drawings = PenDrawings.all(unipen, PER_CHARACTER);
        } else if (options.containsKey("unipen")) {
            throw new IllegalArgumentException("there is no file " + unipen);
        } else {
            System.out.printf("NOTE: UNIPEN is not at %s. Only the golden drawings are read.%n", unipen);
            drawings = PenDrawings.golden();
        }
        int count = Integer.parseInt(options.getOrDefault("drawings", "" + drawings.size()));
        return drawings.subList(0, Math.min(count, drawings.size()));
    }

    private static int empty(Map<String, String> options) {
        boolean wanted =
                Arrays.asList(options.getOrDefault("kinds", "empty").split(",")).contains("empty");
        return wanted ? Integer.parseInt(options.getOrDefault("empty", "1000")) : 0;
    }

    /** The kinds that are named, or whose group is. */
    private static List<PictureKind> kinds(String names) {
        if (names == null) {
            return List.of(PictureKind.values());
        }
        List<PictureKind> kinds = new ArrayList<>();
        for (String name : names.split(",")) {
            List<PictureKind> named = Arrays.stream(PictureKind.values())
                    .filter(kind -> kind.toString().equals(name)
                            || kind.group.toString().equals(name))
                    .toList();
            if (named.isEmpty() && !name.equals("empty")) {
                throw new IllegalArgumentException("no kind is called %s; the kinds are %s"
                        .formatted(name, Arrays.toString(PictureKind.values())));
            }
            kinds.addAll(named);
        }
        return kinds;
    }
}
