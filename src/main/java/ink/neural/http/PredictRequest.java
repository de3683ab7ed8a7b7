package ink.neural.http;

import ink.neural.drawing.DataUrl;
import ink.neural.prediction.PredictionOptions;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

/**
 * The request {@code {"image":"data:image/png;base64,..."}}.
 *
 * @param options what the answer should contain
 * @param image the image as a data URL, not empty
 */
record PredictRequest(PredictionOptions options, ChunkedString image) {
    private static final String USAGE = "Send the drawing as {\"image\":\"data:image/png;base64,...\"}.";

    /**
     * Binds a JSON object.
     *
     * @throws ProblemException if the image is missing or an option is invalid
     */
    static PredictRequest of(JsonObject json) {
        return new PredictRequest(RequestOptions.of(json), image(json.get("image"), USAGE));
    }

    /** The string that a JSON value is, if it is one and not empty. */
    static ChunkedString image(JsonValue value, String usage) {
        if (value instanceof ChunkedString image && !image.isEmpty()) {
            return image;
        }
        throw new ProblemException(Problem.NO_IMAGE, usage);
    }

    /** The image file. */
    byte[] file() {
        return DataUrl.decode(image.getString());
    }
}
