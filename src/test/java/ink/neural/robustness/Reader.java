package ink.neural.robustness;

import ink.neural.config.Configuration;
import ink.neural.config.Configurations;
import ink.neural.drawing.DrawingDecoder;
import ink.neural.drawing.InvalidImageException;
import ink.neural.glyph.Glyph;
import ink.neural.ink.EmptyDrawingException;
import ink.neural.ink.Ink;
import ink.neural.ink.InkExtractor;
import ink.neural.recognition.LoadedModel;
import ink.neural.recognition.ModelDescriptor.Legibility;
import ink.neural.recognition.Prediction;
import ink.neural.recognition.Recognition;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Reads image files with the default configuration, as the service does. */
final class Reader {
    private final DrawingDecoder decoder;
    private final LoadedModel model;
    private final double threshold;

    Reader(LoadedModel model) {
        Configuration configuration = Configurations.of();
        this.decoder = new DrawingDecoder(configuration.maxSide(), configuration.maxPixels());
        this.model = model;
        this.threshold =
                model.descriptor().legibility().map(Legibility::threshold).orElse(0.0);
    }

    /** The ink of an image file. */
    Ink ink(byte[] file) {
        return InkExtractor.extract(decoder.decode(file));
    }

    /**
     * Reads image files in one run of the network.
     *
     * @param files each is only kept until its glyph is made
     */
    List<Reading> read(Iterator<byte[]> files) {
        List<Reading> readings = new ArrayList<>();
        List<Glyph> glyphs = new ArrayList<>();
        while (files.hasNext()) {
            try {
                glyphs.add(model.normalize(ink(files.next())));
                readings.add(null);
            } catch (EmptyDrawingException e) {
                readings.add(Reading.nothingDrawn());
            } catch (InvalidImageException e) {
                readings.add(Reading.refused());
            }
        }
        if (!glyphs.isEmpty()) {
            var recognitions = model.recognize(glyphs, LoadedModel.PREDICT).iterator();
            readings.replaceAll(reading -> reading != null ? reading : reading(recognitions.next()));
        }
        return readings;
    }

    Reading read(byte[] file) {
        return read(List.of(file).iterator()).get(0);
    }

    private Reading reading(Recognition recognition) {
        Prediction first = recognition.top(1).get(0);
        double legibility = recognition.legibility().orElse(1);
        return new Reading(
                first.label(),
                first.confidence(),
                legibility,
                legibility < threshold ? Reading.Outcome.ILLEGIBLE : Reading.Outcome.LEGIBLE);
    }
}
