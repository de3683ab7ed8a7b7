package ink.neural.prediction;

import ink.neural.decoding.DecodingOptions;
import ink.neural.drawing.Drawing;
import ink.neural.drawing.DrawingDecoder;
import ink.neural.drawing.InvalidImageException;
import ink.neural.ink.EmptyDrawingException;
import ink.neural.ink.InkExtractor;
import ink.neural.recognition.Check;
import ink.neural.recognition.InvalidModelException;
import ink.neural.recognition.LoadedModel;
import ink.neural.recognition.ModelFiles;
import ink.neural.recognition.Recognition;
import ink.neural.text.NoMatchException;
import ink.neural.text.TextReader;
import ink.neural.text.TooMuchTextException;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Tries a model before it answers requests. It must read the drawings that its descriptor lists. A few runs more and its first
 * request takes no longer than others.
 *
 * @param decoder decodes the drawings
 * @param files the files of the model, and the drawings beside them
 */
record TrialRun(DrawingDecoder decoder, ModelFiles files) {
    private static final int RUNS = 20;
    private static final int TEXT_RUNS = 5;
    private static final DecodingOptions WITH_DICTIONARY =
            new DecodingOptions(Optional.empty(), Optional.empty(), Optional.empty(), true, "");

    /**
     * Tries a model of single characters.
     *
     * @throws InvalidModelException if it reads a drawing wrongly, or its outputs are not finite
     */
    void run(LoadedModel model) {
        model.descriptor().checks().forEach(check -> requireExpected(check, drawing -> read(model, drawing)));
        for (int i = 0; i < RUNS; i++) {
            read(model, decoder.decode(SampleDrawing.png()));
        }
    }

    private static String read(LoadedModel model, Drawing drawing) {
        Recognition recognition = model.recognize(model.normalize(InkExtractor.extract(drawing)));
        if (!DoubleStream.of(recognition.scores()).allMatch(Double::isFinite)) {
            throw new InvalidModelException("the network's scores for a drawing are not finite");
        }
        return recognition.top(1).get(0).label();
    }

    /**
     * Tries a text model.
     *
     * @throws InvalidModelException if it reads a picture wrongly
     */
    void run(TextReader reader) {
        reader.descriptor().checks().forEach(check -> requireExpected(check, drawing -> read(reader, drawing)));
        for (int i = 0; i < TEXT_RUNS; i++) {
            read(reader, decoder.decode(SampleDrawing.png()));
        }
    }

    private static String read(TextReader reader, Drawing drawing) {
        return reader.lines(InkExtractor.extractText(drawing)).stream()
                .map(line -> reader.read(line, WITH_DICTIONARY, 1))
                .map(line -> line.reading().candidates().get(0).text())
                .collect(Collectors.joining("\n"));
    }

    private void requireExpected(Check check, Function<Drawing, String> read) {
        String found;
        try {
            found = read.apply(decoder.decode(files.read(check.drawing())));
        } catch (InvalidImageException | EmptyDrawingException | NoMatchException | TooMuchTextException e) {
            throw new InvalidModelException(
                    "the drawing %s of the checks cannot be read".formatted(check.drawing()), e);
        }
        if (!found.equals(check.expected())) {
            throw new InvalidModelException("the model reads the drawing %s of the checks as %s, not as %s"
                    .formatted(check.drawing(), found, check.expected()));
        }
    }
}
