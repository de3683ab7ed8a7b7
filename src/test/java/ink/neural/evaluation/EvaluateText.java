package ink.neural.evaluation;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import ink.neural.decoding.DecodingOptions;
import ink.neural.decoding.FieldPattern;
import ink.neural.glyph.Glyph;
import ink.neural.ink.Box;
import ink.neural.ink.EmptyDrawingException;
import ink.neural.ink.Ink;
import ink.neural.recognition.LoadedModel;
import ink.neural.recognition.ModelFiles;
import ink.neural.recognition.Prediction;
import ink.neural.recognition.Recognition;
import ink.neural.text.Line;
import ink.neural.text.NoMatchException;
import ink.neural.text.Reading;
import ink.neural.text.TextReader;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Evaluates the text model on files that {@code training/text/eval_sets.py} has written:
 *
 * <pre>mvn -q test-compile exec:java@text -Dexec.args="FILE... [--model-dir DIR]"</pre>
 *
 * Words are read with and without the dictionary, and fields with their pattern as well. For composed fields, the character
 * model reads glyph by glyph, each within its expected set. Letters that were cut out of words are read with and without
 * guides.
 */
public final class EvaluateText {
    private static final int TOP = 3;

    private final TextReader reader;
    private final LoadedModel characters;

    private EvaluateText(TextReader reader, LoadedModel characters) {
        this.reader = reader;
        this.characters = characters;
    }

    /**
     * Prints the metrics.
     *
     * @param args the arguments that the class comment describes
     * @throws IOException if a file cannot be read
     */
    public static void main(String[] args) throws IOException {
        List<String> arguments = List.of(args);
        int option = arguments.indexOf("--model-dir");
        Optional<Path> models = option < 0 ? Optional.empty() : Optional.of(Path.of(arguments.get(option + 1)));
        try (LoadedModel characters = LoadedModel.load(ModelFiles.bundled());
                TextReader reader = TextReader.load(new ModelFiles(models, "text"), characters)) {
            EvaluateText evaluation = new EvaluateText(reader, characters);
            System.out.println(TextMetrics.HEADER);
            for (String file : arguments.subList(0, option < 0 ? arguments.size() : option)) {
                evaluation.print(Path.of(file));
            }
        }
    }

    private void print(Path file) throws IOException {
        List<Sample> samples = Sample.read(file);
        String name = file.getFileName().toString().replaceFirst("\\..*", "");
        if (samples.get(0).json().containsKey("guides")) {
            printLetters(name, samples);
        } else {
            printTexts(name, samples);
        }
    }

    private void printTexts(String name, List<Sample> samples) {
        printRows(name, samples, this::withoutDictionary);
        printRows(name + ", dictionary", samples, this::withDictionary);
        if (samples.get(0).json().containsKey("pattern")) {
            printRows(name + ", pattern", samples, this::withPattern);
            printRows(name + ", glyph by glyph", samples, this::glyphByGlyph);
        }
    }

    private void printLetters(String name, List<Sample> samples) {
        List<TextOutcome> without = samples.parallelStream()
                .map(sample -> letter(sample, characters.recognize(glyph(sample))))
                .toList();
        List<TextOutcome> with = samples.parallelStream().map(this::withGuides).toList();
        System.out.println(TextMetrics.of(without).row(name));
        System.out.println(TextMetrics.of(with).row(name + ", guides"));
        System.out.println("%s, letters taken for their other case, or 0, O and o for each other: %d, with guides %d"
                .formatted(name, count(without, TextOutcome::isSameShape), count(with, TextOutcome::isSameShape)));
        System.out.println("%s, other mistakes: %d, with guides %d"
                .formatted(name, count(without, TextOutcome::isOtherShape), count(with, TextOutcome::isOtherShape)));
    }

    private static long count(List<TextOutcome> outcomes, Predicate<TextOutcome> condition) {
        return outcomes.stream().filter(condition).count();
    }

    private Glyph glyph(Sample sample) {
        return characters.normalize(sample.letter());
    }

    private TextOutcome withGuides(Sample sample) {
        Box box = sample.letter().boundingBox();
        return letter(sample, characters.guide(characters.recognize(glyph(sample)), sample.guides(), box));
    }

    private static TextOutcome letter(Sample sample, Recognition recognition) {
        List<Prediction> best = recognition.top(TOP);
        List<String> labels = best.stream().map(Prediction::label).toList();
        return new TextOutcome(
                sample.text(), sample.group(), labels, best.get(0).confidence());
    }

    private static void printRows(String name, List<Sample> samples, Function<Sample, TextOutcome> read) {
        List<TextOutcome> outcomes = samples.parallelStream().map(read).toList();
        System.out.println(TextMetrics.of(outcomes).row(name));
        printGroups(outcomes, TextOutcome::group);
        printGroups(outcomes, TextOutcome::vocabulary);
    }

    private static void printGroups(List<TextOutcome> outcomes, Function<TextOutcome, String> groupOf) {
        Map<String, List<TextOutcome>> groups = outcomes.stream().collect(groupingBy(groupOf, TreeMap::new, toList()));
        if (groups.size() > 1) {
            groups.forEach(
                    (group, some) -> System.out.println(TextMetrics.of(some).row("  " + group)));
        }
    }

    private TextOutcome withoutDictionary(Sample sample) {
        return read(sample, DecodingOptions.NONE);
    }

    private TextOutcome withDictionary(Sample sample) {
        return read(sample, new DecodingOptions(Optional.empty(), Optional.empty(), Optional.empty(), true, ""));
    }

    private TextOutcome withPattern(Sample sample) {
        FieldPattern pattern = FieldPattern.compile(
                sample.json().getString("pattern"), reader.descriptor().alphabet());
        return read(sample, new DecodingOptions(Optional.empty(), Optional.of(pattern), Optional.empty(), true, ""));
    }

    private TextOutcome read(Sample sample, DecodingOptions options) {
        try {
            Reading reading = reader.lines(sample.ink()).stream()
                    .map(line -> read(line, options))
                    .reduce((upper, lower) -> upper.followedBy(lower, TOP))
                    .orElseThrow();
            List<Reading.Candidate> candidates = reading.candidates();
            return new TextOutcome(
                    sample.text(),
                    sample.group(),
                    candidates.stream().map(Reading.Candidate::text).toList(),
                    candidates.get(0).confidence());
        } catch (NoMatchException | EmptyDrawingException nothingRead) {
            return new TextOutcome(sample.text(), sample.group(), List.of(), 0);
        }
    }

    private Reading read(Line line, DecodingOptions options) {
        return reader.read(line, options, TOP).reading();
    }

    /** The glyphs are cut out for the model, which is an advantage over reading the line. */
    private TextOutcome glyphByGlyph(Sample sample) {
        StringBuilder text = new StringBuilder();
        double confidence = 1;
        for (JsonObject glyph : sample.json().getJsonArray("glyphs").getValuesAs(JsonObject.class)) {
            Ink ink = Sample.ink(glyph.getString("image"));
            int[] classes = characters.labels().indices(glyph.getString("charset"));
            Prediction best = characters
                    .recognize(characters.normalize(ink))
                    .top(1, classes)
                    .get(0);
            text.append(best.label());
            confidence *= best.confidence();
        }
        return new TextOutcome(sample.text(), sample.group(), List.of(text.toString()), confidence);
    }
}
