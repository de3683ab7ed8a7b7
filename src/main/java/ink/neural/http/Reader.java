package ink.neural.http;

import ink.neural.Settings;
import ink.neural.drawing.DataUrl;
import ink.neural.drawing.DrawingDecoder;
import ink.neural.glyph.Glyph;
import ink.neural.recognition.Prediction;
import ink.neural.recognition.Recognition;
import ink.neural.recognition.Recognizer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.Supplier;

/** The way of a drawing, from the bytes of its file to the answer. */
@ApplicationScoped
public class Reader {
    /** Confidences are given to a millionth: more would be noise. */
    private static final int DECIMALS = 6;

    private final DrawingDecoder decoder = new DrawingDecoder(
            Settings.number("neural.ink.max.side", 4096), Settings.number("neural.ink.max.pixels", 2 * 1024 * 1024));

    @Inject
    Admission admission;

    @Inject
    Recognizer recognizer;

    /**
     * Reads a drawing.
     *
     * @param options what the answer should hold
     * @param file gives the bytes of a PNG or JPEG file
     * @return the answer
     */
    JsonObject read(Options options, Supplier<byte[]> file) {
        int[] classes = classes(options);
        return admission.admit(() -> {
            Glyph glyph = recognizer.glyph(decoder.decode(file.get()));
            return answer(options, classes, glyph, recognizer.recognize(glyph));
        });
    }

    private int[] classes(Options options) {
        int known = recognizer.labels().size();
        if (options.top() > known) {
            throw new Refused(Problem.BAD_OPTION, "top must be a whole number from 1 to %d.".formatted(known));
        }
        if (options.legibility() && recognizer.descriptor().legibility().isEmpty()) {
            throw new Refused(Problem.BAD_OPTION, "legibility is not something this model knows.");
        }
        return recognizer.labels().indices(options.charset());
    }

    private static JsonObject answer(Options options, int[] classes, Glyph glyph, Recognition recognition) {
        JsonObjectBuilder answer =
                Json.createObjectBuilder().add("predictions", predictions(recognition.top(options.top(), classes)));
        if (options.glyph()) {
            answer.add("glyph", DataUrl.encode("image/png", glyph.upright().png()));
        }
        if (options.legibility()) {
            answer.add("legibility", rounded(recognition.legibility().orElseThrow()));
        }
        return answer.build();
    }

    private static JsonArrayBuilder predictions(List<Prediction> predictions) {
        JsonArrayBuilder json = Json.createArrayBuilder();
        predictions.forEach(prediction -> json.add(Json.createObjectBuilder()
                .add("label", prediction.label())
                .add("confidence", rounded(prediction.confidence()))));
        return json;
    }

    private static BigDecimal rounded(double probability) {
        return BigDecimal.valueOf(probability).setScale(DECIMALS, RoundingMode.HALF_UP);
    }
}
