package ink.neural.http;

import ink.neural.drawing.DataUrl;
import ink.neural.prediction.PredictionOptions;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.function.Supplier;

/**
 * The request {@code {"image":"data:image/png;base64,..."}}.
 *
 * @param options what the answer should contain
 * @param file supplies the image file, or fails if the image is not a data URL
 */
record PredictRequest(PredictionOptions options, Supplier<byte[]> file) {
    private static final String USAGE = "Send the drawing as {\"image\":\"data:image/png;base64,...\"}.";

    /**
     * Binds a JSON object.
     *
     * @throws ProblemException if the image is missing or an option is invalid
     */
    static PredictRequest of(JsonObject json) {
        return new PredictRequest(RequestOptions.of(json), new File(image(json.get("image"), USAGE)));
    }

    /** The string that a JSON value is, if it is one and not empty. */
    static ChunkedString image(JsonValue value, String usage) {
        if (value instanceof ChunkedString image && !image.isEmpty()) {
            return image;
        }
        throw new ProblemException(Problem.NO_IMAGE, usage);
    }

    /** A file that is decoded when it is first needed. The data URL is dropped then, because both may have megabytes. */
    private static final class File implements Supplier<byte[]> {
        private ChunkedString url;
        private byte[] bytes;

        File(ChunkedString url) {
            this.url = url;
        }

        @Override
        public byte[] get() {
            if (bytes == null) {
                bytes = DataUrl.decode(url.getString());
                url = null;
            }
            return bytes;
        }
    }
}
