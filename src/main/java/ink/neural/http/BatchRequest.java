package ink.neural.http;

import ink.neural.api.OptionReader;
import ink.neural.drawing.DataUrl;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.function.Supplier;

/**
 * The request {@code {"images":["data:image/png;base64,...", ...]}}.
 *
 * @param <O> type of the options
 * @param options what each answer should contain
 * @param images the values of {@code images}; each should be a data URL, and is answered with a problem if not
 */
record BatchRequest<O>(O options, List<JsonValue> images) {
    private static final String USAGE = "Send the drawings as {\"images\":[\"data:image/png;base64,...\", ...]}.";

    /**
     * Reads a request.
     *
     * @param options reads the options
     * @param maxImages the most images allowed
     * @throws ProblemException if there are no images or too many, an option is invalid, or the body is not JSON
     */
    static <O> BatchRequest<O> of(RequestBody body, JsonRequestReader reader, OptionReader<O> options, int maxImages) {
        return switch (body.kind()) {
            case JSON -> of(reader.read(body.stream()), options, maxImages);
            case EMPTY -> throw new ProblemException(Problem.NO_IMAGE, USAGE);
            case PICTURE, FORM, FOREIGN ->
                throw new ProblemException(
                        Problem.UNSUPPORTED_MEDIA_TYPE, "A batch must be JSON (application/json). " + USAGE);
        };
    }

    private static <O> BatchRequest<O> of(JsonObject json, OptionReader<O> optionReader, int maxImages) {
        O options = optionReader.of(json);
        if (!(json.get("images") instanceof JsonArray images) || images.isEmpty()) {
            throw new ProblemException(Problem.NO_IMAGE, USAGE);
        }
        if (images.size() > maxImages) {
            throw new ProblemException(
                    Problem.TOO_MANY_IMAGES,
                    "A batch may have at most %d images. Send several batches.".formatted(maxImages));
        }
        return new BatchRequest<>(options, images);
    }

    /** Suppliers of the image files. Each fails if its value is not an image. */
    List<Supplier<byte[]>> files() {
        return images.stream()
                .<Supplier<byte[]>>map(value ->
                        () -> DataUrl.decode(PredictRequest.image(value, USAGE).getString()))
                .toList();
    }
}
