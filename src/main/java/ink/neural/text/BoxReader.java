package ink.neural.text;

import ink.neural.decoding.Alphabet;
import ink.neural.decoding.CharacterSpan;
import ink.neural.recognition.LoadedModel;
import ink.neural.recognition.Prediction;
import java.util.List;
import java.util.Optional;

/**
 * Reads a row of boxes. Each box becomes one frame, as if a CTC network had seen it, and a frame with nothing but the blank
 * follows it. So the decoder's constraints hold for boxes, too.
 *
 * <p>The model of single characters reads letters and digits better than the text model, but knows no punctuation. So the text
 * model tells how likely the ink is a punctuation mark, and which, and the other model which letter or digit it is if not.
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
    float[][] logProbabilities(BoxedLine line) {
        List<Optional<LineImage>> images =
                line.cells().stream().map(BoxedLine.Cell::image).toList();
        List<LineImage> filled = images.stream().flatMap(Optional::stream).toList();
        int first = images.indexOf(Optional.of(filled.get(0)));
        int last = images.lastIndexOf(Optional.of(filled.get(filled.size() - 1)));
        float[][] frames = new float[FRAMES_PER_BOX * images.size()][];
        for (int i = 0; i < images.size(); i++) {
            boolean between = i > first && i < last;
            frames[FRAMES_PER_BOX * i] =
                    images.get(i).map(this::filledBox).orElseGet(() -> between ? emptyBox() : onlyBlank());
            frames[FRAMES_PER_BOX * i + 1] = onlyBlank();
        }
        return frames;
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

    /** The text model's opinion on punctuation marks, and that of the model of single characters on all others. */
    private float[] filledBox(LineImage image) {
        Alphabet alphabet = model.descriptor().alphabet();
        double[] probabilities = SingleSymbol.probabilities(model.logProbabilities(image));
        List<Prediction> predictions = characters
                .recognize(characters.normalize(image.line().ink()))
                .top(characters.labels().size());
        double known = 0;
        for (Prediction prediction : predictions) {
            known += probabilities[alphabet.symbol(prediction.label().charAt(0))];
        }
        for (Prediction prediction : predictions) {
            int symbol = alphabet.symbol(prediction.label().charAt(0));
            probabilities[symbol] = Math.max(UNLIKELY, known * prediction.confidence());
        }
        probabilities[Alphabet.BLANK] = 0;
        probabilities[alphabet.symbol(' ')] = 0;
        return logarithms(probabilities);
    }

    private static float[] logarithms(double[] probabilities) {
        float[] logarithms = new float[probabilities.length];
        for (int i = 0; i < logarithms.length; i++) {
            logarithms[i] = (float) Math.log(probabilities[i]);
        }
        return logarithms;
    }
}
