package ink.neural.http;

import static ink.neural.http.JsonBody.JSON;

import ink.neural.Settings;
import ink.neural.drawing.DataUrl;
import ink.neural.drawing.Drawing;
import ink.neural.drawing.DrawingDecoder;
import ink.neural.glyph.Glyph;
import ink.neural.recognition.Prediction;
import ink.neural.recognition.Recognition;
import ink.neural.recognition.Recognizer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The way of a drawing, from the bytes of its file to the answer. */
@ApplicationScoped
public class Reader {
    /** Confidences are given to a millionth: more would be noise. */
    private static final int DECIMALS = 6;

    private final DrawingDecoder decoder = new DrawingDecoder(
            Settings.number("neural.ink.max.side", 4096), Settings.number("neural.ink.max.pixels", 1024 * 1024));

    @Inject
    Admission admission;

    @Inject
    Metrics metrics;

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
        Deadline deadline = new Deadline();
        int[] classes = classes(options);
        return admission.admit(() -> {
            Glyph glyph = glyph(file, deadline);
            return answer(
                    options, classes, glyph, recognize(List.of(glyph), deadline).get(0));
        });
    }

    /**
     * Reads many drawings, and runs the network once for all of them.
     *
     * @param options what the answers should hold
     * @param files gives the bytes of each file
     * @return {@code {"results":[...]}}: an answer, or a problem, for each in their order
     */
    JsonObject readAll(Options options, List<Supplier<byte[]>> files) {
        Deadline deadline = new Deadline();
        int[] classes = classes(options);
        return admission.admit(() -> {
            Map<Integer, Glyph> glyphs = new LinkedHashMap<>();
            JsonValue[] results = new JsonValue[files.size()];
            for (int i = 0; i < results.length; i++) {
                try {
                    glyphs.put(i, glyph(files.get(i), deadline));
                } catch (RuntimeException e) {
                    results[i] = problem(e);
                }
            }
            Iterator<Recognition> recognitions = glyphs.isEmpty()
                    ? Collections.emptyIterator()
                    : recognize(List.copyOf(glyphs.values()), deadline).iterator();
            glyphs.forEach((i, glyph) -> results[i] = answer(options, classes, glyph, recognitions.next()));
            return JSON.createObjectBuilder()
                    .add("results", JSON.createArrayBuilder(List.of(results)))
                    .build();
        });
    }

    private static JsonObject problem(RuntimeException thrown) {
        Refused refusal = ProblemMapper.refusal(thrown);
        if (refusal.problem() == Problem.INTERNAL || refusal.problem() == Problem.TOO_LONG) {
            throw thrown;
        }
        return refusal.problem().toJson(refusal.getMessage());
    }

    private Glyph glyph(Supplier<byte[]> file, Deadline deadline) {
        deadline.check();
        Drawing drawing = metrics.time("decode", () -> decoder.decode(file.get()));
        return metrics.time("normalise", () -> recognizer.glyph(drawing));
    }

    private List<Recognition> recognize(List<Glyph> glyphs, Deadline deadline) {
        deadline.check();
        return metrics.time("infer", () -> recognizer.recognize(glyphs, Recognizer.PREDICT));
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
                JSON.createObjectBuilder().add("predictions", predictions(recognition.top(options.top(), classes)));
        if (options.glyph()) {
            answer.add("glyph", DataUrl.encode("image/png", glyph.upright().png()));
        }
        if (options.legibility()) {
            answer.add("legibility", rounded(recognition.legibility().orElseThrow()));
        }
        return answer.build();
    }

    private static JsonArrayBuilder predictions(List<Prediction> predictions) {
        JsonArrayBuilder json = JSON.createArrayBuilder();
        predictions.forEach(prediction -> json.add(JSON.createObjectBuilder()
                .add("label", prediction.label())
                .add("confidence", rounded(prediction.confidence()))));
        return json;
    }

    private static BigDecimal rounded(double probability) {
        return BigDecimal.valueOf(probability).setScale(DECIMALS, RoundingMode.HALF_UP);
    }
}
