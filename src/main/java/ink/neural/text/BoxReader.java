package ink.neural.text;

import ink.neural.decoding.Alphabet;
import ink.neural.decoding.CharacterSpan;
import ink.neural.decoding.DecodingOptions;
import ink.neural.glyph.Glyph;
import ink.neural.recognition.LoadedModel;
import ink.neural.recognition.Prediction;
import ink.neural.recognition.Recognition;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Reads a row of boxes. Each box becomes one frame, as if a CTC network had seen it, and a frame with nothing but the blank
 * follows it. So the decoder's constraints hold for boxes, too.
 *
 * <p>The model of single characters reads letters and digits better than the text model, but knows no punctuation. So the text
 * model tells how likely the ink is a punctuation mark, and which, and the other model which letter or digit it is if not. Where no
 * punctuation is allowed, the text model is not asked.
 */
final class BoxReader {
    private static final int FRAMES_PER_BOX = 2;
    /** The probability that an empty box between others is a space. If no space is allowed, it is nothing. */
    private static final double SPACE = 0.99;
    /** The least probability of a character that some ink may be. */
    private static final double UNLIKELY = 1e-6;

    private final TextModel model;
    private final LoadedModel characters;

    BoxReader(TextModel model, LoadedModel characters) {
        this.model = model;
        this.characters = characters;
    }

    /** The box of a character that the decoder has found. */
    static int cell(CharacterSpan span) {
        return span.first() / FRAMES_PER_BOX;
    }

    /** The frames of a row, {@value #FRAMES_PER_BOX} for each box. */
    Frames read(BoxedLine line, DecodingOptions options) {
        List<Optional<LineImage>> images =
                line.cells().stream().map(BoxedLine.Cell::image).toList();
        List<LineImage> filled = images.stream().flatMap(Optional::stream).toList();
        int first = images.indexOf(Optional.of(filled.get(0)));
        int last = images.lastIndexOf(Optional.of(filled.get(filled.size() - 1)));
        Iterator<float[]> filledBoxes = filledBoxes(filled, mayHavePunctuation(options));
        float[][] frames = new float[FRAMES_PER_BOX * images.size()][];
        for (int i = 0; i < images.size(); i++) {
            boolean between = i > first && i < last;
            boolean isFilled = images.get(i).isPresent();
            frames[FRAMES_PER_BOX * i] = isFilled ? filledBoxes.next() : between ? emptyBox() : onlyBlank();
            frames[FRAMES_PER_BOX * i + 1] = onlyBlank();
        }
        return new Frames(frames, columns(line));
    }

    private static double[] columns(BoxedLine line) {
        return line.cells().stream()
                .map(BoxedLine.Cell::box)
                .flatMapToDouble(box -> DoubleStream.generate(() -> box.left() + box.width() / 2.0)
                        .limit(FRAMES_PER_BOX))
                .toArray();
    }

    private boolean mayHavePunctuation(DecodingOptions options) {
        List<String> known = characters.labels().characters();
        return model.descriptor()
                .alphabet()
                .characters()
                .chars()
                .filter(c -> c != ' ' && !known.contains(Character.toString(c)))
                .anyMatch(c -> options.allows((char) c));
    }

    private Iterator<float[]> filledBoxes(List<LineImage> images, boolean punctuation) {
        List<Glyph> glyphs = images.stream()
                .map(image -> characters.normalize(image.line().ink()))
                .toList();
        List<Recognition> recognitions = characters.recognize(glyphs, LoadedModel.PREDICT);
        List<double[]> field = IntStream.range(0, images.size())
                .mapToObj(i -> filledBox(
                        punctuation ? Optional.of(images.get(i)) : Optional.empty(),
                        recognitions.get(i).top(characters.labels().size())))
                .toList();
        new FieldKinds(model.descriptor().alphabet()).weigh(field);
        return field.stream().map(BoxReader::logarithms).iterator();
    }

    private float[] onlyBlank() {
        double[] probabilities = new double[model.descriptor().alphabet().size()];
        probabilities[Alphabet.BLANK] = 1;
        return logarithms(probabilities);
    }

    private float[] emptyBox() {
        double[] probabilities = new double[model.descriptor().alphabet().size()];
        int space = model.descriptor().alphabet().symbol(' ');
        probabilities[space] = SPACE;
        probabilities[Alphabet.BLANK] += 1 - SPACE;
        return logarithms(probabilities);
    }

    /** The text model's opinion on punctuation marks, if it is asked, and that of the model of single characters on all others. */
    private double[] filledBox(Optional<LineImage> image, List<Prediction> predictions) {
        Alphabet alphabet = model.descriptor().alphabet();
        double[] probabilities = image.map(
                        asked -> SingleSymbol.probabilities(model.read(asked).logProbabilities()))
                .orElseGet(() -> new double[alphabet.size()]);
        double known = image.isPresent() ? 0 : 1;
        for (Prediction prediction : predictions) {
            known += probabilities[alphabet.symbol(prediction.label().charAt(0))];
        }
        for (Prediction prediction : predictions) {
            int symbol = alphabet.symbol(prediction.label().charAt(0));
            probabilities[symbol] = Math.max(UNLIKELY, known * prediction.confidence());
        }
        probabilities[Alphabet.BLANK] = 0;
        probabilities[alphabet.symbol(' ')] = 0;
        return probabilities;
    }

    private static float[] logarithms(double[] probabilities) {
        float[] logarithms = new float[probabilities.length];
        for (int i = 0; i < logarithms.length; i++) {
            logarithms[i] = (float) Math.log(probabilities[i]);
        }
        return logarithms;
    }
}
