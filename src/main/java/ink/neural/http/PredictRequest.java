package ink.neural.http;

import ink.neural.api.ChunkedString;
import ink.neural.api.OptionReader;
import ink.neural.drawing.DataUrl;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A request to predict or to read one drawing.
 *
 * @param <O> type of the options
 * @param options what the answer should contain
 * @param file supplies the image file, or fails if the image is not base64
 */
record PredictRequest<O>(O options, Supplier<byte[]> file) {
    private static final String USAGE =
            "Send the drawing as {\"image\":\"data:image/png;base64,...\"}, or an image file.";

    /**
     * Reads a request.
     *
     * @param options reads the options
     * @param query the value of a parameter of the query; null if there is no such parameter
     * @throws ProblemException if the image is missing, an option is invalid, or the body is of another kind
     */
    static <O> PredictRequest<O> of(
            RequestBody body, OptionReader<O> options, UnaryOperator<String> query, JsonRequestReader reader) {
        return switch (body.kind()) {
            case JSON -> of(options, reader.read(body.stream()));
            case PICTURE -> of(options.of(query), body.bytes());
            case FORM -> of(options, new MultipartForm(body.contentType(), body.bytes()), query);
            case EMPTY -> throw new ProblemException(Problem.NO_IMAGE, USAGE);
            case FOREIGN -> throw new ProblemException(Problem.UNSUPPORTED_MEDIA_TYPE);
        };
    }

    private static <O> PredictRequest<O> of(OptionReader<O> options, JsonObject json) {
        return new PredictRequest<>(options.of(json), new File(image(json.get("image"), USAGE)));
    }

    private static <O> PredictRequest<O> of(O options, byte[] file) {
        return new PredictRequest<>(options, () -> file);
    }

    /** Fields of the form take precedence over the query of its address. */
    private static <O> PredictRequest<O> of(
            OptionReader<O> optionReader, MultipartForm form, UnaryOperator<String> query) {
        O options = optionReader.of(name -> {
            String field = form.text(name);
            return field != null ? field : query.apply(name);
        });
        return of(options, form.file());
    }

    /** The string that a JSON value is, if it is one and not empty. */
    static ChunkedString image(JsonValue value, String usage) {
        if (value instanceof ChunkedString image && !image.isEmpty()) {
            return image;
        }
        throw new ProblemException(Problem.NO_IMAGE, usage);
    }

    /** A file that is decoded when it is first needed. The text is dropped then, because both may have megabytes. */
    private static final class File implements Supplier<byte[]> {
        private ChunkedString text;
        private byte[] bytes;

        File(ChunkedString text) {
            this.text = text;
        }

        @Override
        public byte[] get() {
            if (bytes == null) {
                bytes = DataUrl.decode(text.getString());
                text = null;
            }
            return bytes;
        }
    }
}
