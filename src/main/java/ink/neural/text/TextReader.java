package ink.neural.text;

import ink.neural.ink.Ink;
import ink.neural.recognition.ModelFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Reads the text on a picture. Any number of threads may use a reader. */
public final class TextReader implements AutoCloseable {
    /** The most lines of a picture. */
    static final int MAX_LINES = 12;
    /** The most columns that the images of a picture's lines may have together. */
    public static final int MAX_COLUMNS = 4000;

    private final TextModel model;

    private TextReader(TextModel model) {
        this.model = model;
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
     * Reads one line.
     *
     * @param image the line
     * @return what stands there
     */
    public LineReading read(LineImage image) {
        float[][] logProbabilities = model.logProbabilities(image);
        GreedyPath path = GreedyPath.through(logProbabilities);
        int[] frames = path.frames().stream().mapToInt(frame -> frame).toArray();
        CharacterBoxes boxes = new CharacterBoxes(image, frames);
        List<Reading.ReadCharacter> characters = IntStream.range(0, frames.length)
                .mapToObj(i -> new Reading.ReadCharacter(
                        label(path.outputs().get(i)),
                        Math.exp(logProbabilities[frames[i]][path.outputs().get(i)]),
                        boxes.box(i)))
                .toList();
        String text = String.join("", path.outputs().stream().map(this::label).toList());
        Reading reading =
                new Reading(List.of(new Reading.Candidate(text, Math.exp(path.logProbability()))), characters);
        return new LineReading(reading, legibility(path));
    }

    private String label(int output) {
        return descriptor().alphabet().get(output - 1);
    }

    private OptionalDouble legibility(GreedyPath path) {
        return descriptor()
                .legibility()
                .map(platt ->
                        OptionalDouble.of(1 / (1 + Math.exp(-(platt.scale() * path.perCharacter() + platt.offset())))))
                .orElseGet(OptionalDouble::empty);
    }

    /** Frees the model's native memory. No thread may use the reader any more. */
    @Override
    public void close() {
        model.close();
    }
}
