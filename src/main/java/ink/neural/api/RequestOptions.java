package ink.neural.api;

import ink.neural.decoding.FieldPattern;
import ink.neural.decoding.WordList;
import ink.neural.prediction.PredictionOptions;
import ink.neural.prediction.TextOptions;
import ink.neural.problem.ProblemException;
import ink.neural.recognition.Example;
import ink.neural.recognition.Guides;
import java.text.Normalizer;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The options of each kind of request. An option that is absent or null has its default. */
public final class RequestOptions {
    /** The options of {@code /predict}. */
    public static final OptionReader<PredictionOptions> CHARACTER = new OptionReader<>(
            List.of("top", "charset", "glyph", "ink", "legibility", "features", "guides", "examples"),
            Set.of("charset"),
            RequestOptions::character);
    /** The options of {@code /predict/text}. */
    public static final OptionReader<TextOptions> TEXT = new OptionReader<>(
            List.of("top", "charset", "pattern", "words", "dictionary", "before", "legibility", "ink"),
            Set.of("charset", "pattern", "words", "dictionary", "before"),
            RequestOptions::text);

    /** The most characters of a charset. Alphabets are smaller. */
    private static final int MAX_CHARSET = 500;

    private static final int MAX_EXAMPLES = 500;
    /** The most characters of what an example consists of. */
    private static final int MAX_TEXT = 250;

    private static final int MAX_TEXTS = 10;
    private static final double MIN_GUIDE_GAP = 1;
    private static final int MAX_WORD_CHARACTERS = 64 * 1024;
    private static final int MAX_BEFORE = 20;

    private RequestOptions() {}

    private static PredictionOptions character(Options options) {
        int top = options.wholeNumber("top").orElse(PredictionOptions.DEFAULT.top());
        if (top < 1) {
            throw Options.invalid("top must be a whole number from 1 to the number of characters the model knows.");
        }
        return new PredictionOptions(
                top,
                options.text("charset", MAX_CHARSET).orElse(PredictionOptions.DEFAULT.charset()),
                options.flag("glyph"),
                options.flag("ink"),
                options.flag("legibility"),
                options.flag("features"),
                options.object("guides").map(RequestOptions::guides),
                examples(options.objects("examples")));
    }

    private static List<Example> examples(List<Options> examples) {
        if (examples.size() > MAX_EXAMPLES) {
            throw Options.invalid("examples may be at most %d.".formatted(MAX_EXAMPLES));
        }
        return IntStream.range(0, examples.size())
                .mapToObj(i -> example(i + 1, examples.get(i)))
                .toList();
    }

    private static Example example(int number, Options options) {
        try {
            return example(options);
        } catch (ProblemException wrong) {
            throw Options.invalid("Example %d: %s".formatted(number, wrong.getMessage()));
        }
    }

    private static Example example(Options options) {
        Supplier<ProblemException> incomplete = () -> Options.invalid("A model, a label and features are needed.");
        return new Example(
                options.text("model", MAX_TEXT).orElseThrow(incomplete),
                label(options.text("label", MAX_TEXT).orElseThrow(incomplete)),
                bytes(options.text("features", MAX_TEXT).orElseThrow(incomplete)));
    }

    /** A label may be written as a letter and an accent, which together are one character. */
    private static String label(String text) {
        String label = Normalizer.normalize(text, Normalizer.Form.NFC);
        if (label.codePointCount(0, label.length()) != 1 || !isVisible(label.codePointAt(0))) {
            throw Options.invalid("The label must be one character.");
        }
        return label;
    }

    private static boolean isVisible(int character) {
        return !Character.isWhitespace(character)
                && !Character.isISOControl(character)
                && Character.isDefined(character)
                && Character.getType(character) != Character.SURROGATE;
    }

    private static byte[] bytes(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw Options.invalid("The features must be base64.");
        }
    }

    private static Guides guides(Options options) {
        Guides guides = new Guides(
                options.coordinate("baseline").orElseThrow(() -> Options.invalid("guides must have a baseline.")),
                options.coordinate("xheight"),
                options.coordinate("capheight"));
        if (guides.xHeight().isEmpty() && guides.capHeight().isEmpty()) {
            throw Options.invalid("guides must have an xheight, a capheight or both besides the baseline.");
        }
        double xHeight = guides.xHeight().orElse(guides.baseline());
        boolean xHeightIsAbove = guides.xHeight().isEmpty() || guides.baseline() - xHeight >= MIN_GUIDE_GAP;
        boolean capHeightIsAbove = xHeight - guides.capHeight().orElse(Double.NEGATIVE_INFINITY) >= MIN_GUIDE_GAP;
        if (!xHeightIsAbove || !capHeightIsAbove) {
            throw Options.invalid(
                    "guides must lie at least one pixel apart: the capheight above the xheight, and that above"
                            + " the baseline. They count from the top of the picture.");
        }
        return guides;
    }

    private static TextOptions text(Options options) {
        int top = options.wholeNumber("top").orElse(TextOptions.DEFAULT.top());
        if (top < 1 || top > MAX_TEXTS) {
            throw Options.invalid("top must be a whole number from 1 to %d.".formatted(MAX_TEXTS));
        }
        return new TextOptions(
                top,
                options.text("charset", MAX_CHARSET),
                options.text("pattern", FieldPattern.MAX_LENGTH),
                options.texts("words").map(RequestOptions::words),
                dictionary(options.text("dictionary", MAX_BEFORE).orElse("en")),
                options.text("before", MAX_BEFORE).orElse(TextOptions.DEFAULT.before()),
                options.flag("legibility"),
                options.flag("ink"));
    }

    private static List<String> words(List<String> words) {
        int characters = words.stream().mapToInt(String::length).sum();
        if (words.isEmpty() || words.size() > WordList.MAX_WORDS || characters > MAX_WORD_CHARACTERS) {
            throw Options.invalid("words must be from 1 to %d words of at most %d characters together."
                    .formatted(WordList.MAX_WORDS, MAX_WORD_CHARACTERS));
        }
        if (words.stream().anyMatch(word -> word.isEmpty() || word.length() > WordList.MAX_WORD_LENGTH)) {
            throw Options.invalid(
                    "Each of the words must have from 1 to %d characters.".formatted(WordList.MAX_WORD_LENGTH));
        }
        return words;
    }

    private static boolean dictionary(String name) {
        return switch (name) {
            case "en" -> true;
            case "none" -> false;
            default -> throw Options.invalid("dictionary must be \"en\" or \"none\".");
        };
    }
}
