package ink.neural.text;

import ink.neural.decoding.Alphabet;
import ink.neural.decoding.CharacterSpan;
import ink.neural.decoding.Decoder;
import ink.neural.decoding.DecodingOptions;
import ink.neural.decoding.NBestList;
import ink.neural.ink.Box;
import ink.neural.ink.TextInk;
import ink.neural.recognition.InvalidModelException;
import ink.neural.recognition.Labels;
import ink.neural.recognition.LoadedModel;
import ink.neural.recognition.ModelFiles;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads the text on a picture. Any number of threads may use a reader. */
public final class TextReader implements AutoCloseable {
    /** The most lines of a picture. */
    static final int MAX_LINES = 12;
    /** The most columns that the images of a picture's lines may have together. */
    public static final int MAX_COLUMNS = 4000;

    private final TextModel model;
    private final LineReader lineReader;
    private final BoxReader boxReader;
    private final Decoder decoder;
    /** The model of single characters is calibrated itself. */
    private final Decoder boxDecoder;

    /**
     * A reader with two models.
     *
     * @param model the text model, which {@link #close} closes
     * @param characters the model that reads the characters in boxes, to be closed by the caller after the reader
     * @throws InvalidModelException if it knows a character that the text model does not
     */
    public TextReader(TextModel model, LoadedModel characters) {
        requireAlphabetWith(characters.labels(), model.descriptor().alphabet());
        this.model = model;
        this.lineReader = new LineReader(model, characters);
        this.boxReader = new BoxReader(model, characters);
        TextDescriptor descriptor = model.descriptor();
        this.decoder = new Decoder(descriptor.alphabet(), descriptor.decoder());
        this.boxDecoder =
                new Decoder(descriptor.alphabet(), descriptor.decoder().uncalibrated());
    }

    /**
     * A reader with a text model from files.
     *
     * @param files the text model's files
     * @param characters the model that reads the characters in boxes, to be closed by the caller after the reader
     * @return the reader, to be closed by the caller
     * @throws InvalidModelException if a file is missing or damaged, or the files do not fit together
     */
    public static TextReader load(ModelFiles files, LoadedModel characters) {
        TextModel model = TextModel.load(files);
        try {
            return new TextReader(model, characters);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private static void requireAlphabetWith(Labels labels, Alphabet alphabet) {
        for (String label : labels.characters()) {
            if (label.length() != 1 || !alphabet.contains(label.charAt(0))) {
                throw new InvalidModelException(
                        "the text model does not know %s, as the model of single characters does".formatted(label));
            }
        }
    }

    /**
     * The text model.
     *
     * @return the model
     */
    public TextModel model() {
        return model;
    }

    /**
     * The properties of the model.
     *
     * @return its descriptor
     */
    public TextDescriptor descriptor() {
        return model.descriptor();
    }

    /**
     * Finds the lines on a picture.
     *
     * @param text the ink of the picture, and the rows of boxes on it
     * @return its lines, from top to bottom, at least one
     * @throws TooMuchTextException if there are too many lines, or they are too long together
     */
    public List<Line> lines(TextInk text) {
        return new PageReader(descriptor().lines()).lines(text);
    }

    /**
     * The characters of a charset.
     *
     * @param charset a keyword or the characters themselves, see {@link Labels#indices}
     * @return the characters that a text may have
     * @throws ink.neural.recognition.InvalidCharsetException if a listed character is unknown, there are none, or the charset
     *     looks like a misspelt keyword
     */
    public Set<Character> charset(String charset) {
        Alphabet alphabet = descriptor().alphabet();
        Labels labels = new Labels(
                alphabet.characters().chars().mapToObj(Character::toString).toList());
        Stream<String> charsets = charset.equals("alphanumeric") ? Stream.of("digits", "letters") : Stream.of(charset);
        return charsets.flatMapToInt(part -> IntStream.of(labels.indices(part)))
                .mapToObj(index -> alphabet.characters().charAt(index))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Reads one line.
     *
     * @param line the line
     * @param options what is known of its text
     * @param top the most candidates
     * @return what stands there
     * @throws NoMatchException if no text satisfies the options
     */
    public LineReading read(Line line, DecodingOptions options, int top) {
        return decode(line, infer(line, options), options, top);
    }

    /**
     * Runs the networks over a line, which is the first half of reading it.
     *
     * @param line the line
     * @param options what is known of its text; they tell which networks are needed
     * @return what the networks say
     */
    public Frames infer(Line line, DecodingOptions options) {
        return line instanceof BoxedLine boxed ? boxReader.read(boxed, options) : lineReader.read((LineImage) line);
    }

    /**
     * Finds the most likely texts of a line, which is the second half of reading it.
     *
     * @param line the line
     * @param frames what the networks say
     * @param options what is known of its text
     * @param top the most candidates
     * @return what stands there
     * @throws NoMatchException if no text satisfies the options
     */
    public LineReading decode(Line line, Frames frames, DecodingOptions options, int top) {
        Decoder suitable = line instanceof BoxedLine ? boxDecoder : decoder;
        NBestList texts = suitable.decode(frames.logProbabilities(), options, top);
        if (texts.hypotheses().isEmpty()) {
            throw new NoMatchException();
        }
        return new LineReading(reading(texts, boxes(line, frames, texts.spans())), legibility(frames));
    }

    private static IntFunction<Box> boxes(Line line, Frames frames, List<CharacterSpan> spans) {
        return line instanceof BoxedLine boxed
                ? i -> boxed.cells().get(BoxReader.cell(spans.get(i))).inkBox()
                : new CharacterBoxes(((LineImage) line).line(), frames, spans)::box;
    }

    private static Reading reading(NBestList texts, IntFunction<Box> boxes) {
        return new Reading(
                texts.hypotheses().stream()
                        .map(text -> new Reading.Candidate(text.text(), text.probability()))
                        .toList(),
                IntStream.range(0, texts.spans().size())
                        .mapToObj(i -> character(texts.spans().get(i), boxes.apply(i)))
                        .toList());
    }

    private static Reading.ReadCharacter character(CharacterSpan span, Box box) {
        return new Reading.ReadCharacter(Character.toString(span.character()), span.confidence(), box);
    }

    private OptionalDouble legibility(Frames frames) {
        return descriptor()
                .legibility()
                .map(platt -> OptionalDouble.of(
                        platt.of(BestPath.through(frames.logProbabilities()).perCharacter())))
                .orElseGet(OptionalDouble::empty);
    }

    /** Frees the model's native memory. No thread may use the reader any more. */
    @Override
    public void close() {
        model.close();
    }
}
