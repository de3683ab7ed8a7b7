package ink.neural.text;

import ink.neural.decoding.Alphabet;
import ink.neural.decoding.CharacterSpan;
import ink.neural.decoding.Decoder;
import ink.neural.decoding.DecodingOptions;
import ink.neural.decoding.NBestList;
import ink.neural.ink.Box;
import ink.neural.ink.Ink;
import ink.neural.recognition.Labels;
import ink.neural.recognition.ModelFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
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
    private final Decoder decoder;

    private TextReader(TextModel model) {
        this.model = model;
        this.decoder =
                new Decoder(model.descriptor().alphabet(), model.descriptor().decoder());
    }

    /**
     * A reader with a model.
     *
     * @param files the text model's files
     * @return the reader, to be closed by the caller
     * @throws ink.neural.recognition.InvalidModelException if a file is missing or damaged, or the files do not fit together
     */
    public static TextReader load(ModelFiles files) {
        return new TextReader(TextModel.load(files));
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
     * @param ink the ink of the picture
     * @return the images of its lines, from top to bottom, at least one
     * @throws TooMuchTextException if there are too many lines, or they are too long together
     */
    public List<LineImage> lines(Ink ink) {
        List<LineImage> images = new ArrayList<>();
        int left = MAX_COLUMNS;
        for (TextLine line : LineSegmenter.segment(ink)) {
            LineImage image = LineImage.of(line, descriptor().lines(), left);
            left -= image.width();
            images.add(image);
        }
        return images;
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
     * @param image the line
     * @param options what is known of its text
     * @param top the most candidates
     * @return what stands there
     * @throws NoMatchException if no text satisfies the options
     */
    public LineReading read(LineImage image, DecodingOptions options, int top) {
        float[][] logProbabilities = model.logProbabilities(image);
        NBestList texts = decoder.decode(logProbabilities, options, top);
        if (texts.hypotheses().isEmpty()) {
            throw new NoMatchException();
        }
        return new LineReading(reading(texts, image), legibility(logProbabilities));
    }

    private static Reading reading(NBestList texts, LineImage image) {
        CharacterBoxes boxes = new CharacterBoxes(image, texts.spans());
        return new Reading(
                texts.hypotheses().stream()
                        .map(text -> new Reading.Candidate(text.text(), text.probability()))
                        .toList(),
                IntStream.range(0, texts.spans().size())
                        .mapToObj(i -> character(texts.spans().get(i), boxes.box(i)))
                        .toList());
    }

    private static Reading.ReadCharacter character(CharacterSpan span, Box box) {
        return new Reading.ReadCharacter(Character.toString(span.character()), span.confidence(), box);
    }

    private OptionalDouble legibility(float[][] logProbabilities) {
        return descriptor()
                .legibility()
                .map(platt -> OptionalDouble.of(
                        platt.of(BestPath.through(logProbabilities).perCharacter())))
                .orElseGet(OptionalDouble::empty);
    }

    /** Frees the model's native memory. No thread may use the reader any more. */
    @Override
    public void close() {
        model.close();
    }
}
