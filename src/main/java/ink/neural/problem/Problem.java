package ink.neural.problem;

import java.util.Locale;

/** Every error the API reports, as problem details (RFC 9457). The types are stable, so programs may rely on them. */
public enum Problem {
    /** The body is not the expected JSON object. */
    NOT_JSON(
            400,
            "The request is not valid JSON.",
            "Send one JSON object, such as {\"image\":\"data:image/png;base64,...\"}."),
    /** The request contains no image. */
    NO_IMAGE(400, "The request has no image.", "Send an image of one character."),
    /** The image is not a data URL. */
    NOT_A_DATA_URL(
            400,
            "The image is not a data URL.",
            "Send the image as a data URL, data:image/png;base64,..., or as base64 alone."),
    /** The data of the data URL is not base64. */
    NOT_BASE64(
            400,
            "The image is not valid base64.",
            "Send the image as a data URL, data:image/png;base64,..., or as base64 alone."),
    /** An option has an invalid value. */
    BAD_OPTION(400, "An option has an invalid value.", "Check the options of the request."),
    /** The server rejected the request before it reached our code. */
    BAD_REQUEST(
            400,
            "The request cannot be understood.",
            "Check the address, its query and the header fields of the request."),
    /** The API key is missing or wrong. */
    UNAUTHORIZED(401, "This server requires an API key.", "Send it as Authorization: Bearer KEY."),
    /** Nothing exists at this address. */
    NOT_FOUND(
            404,
            "There is nothing at this address.",
            "Check the address. The page api.html describes the addresses of the API."),
    /** There is no text model. */
    NO_TEXT_MODEL(
            404, "This server reads no text.", "It has no text model. It reads single characters: POST /predict."),
    /** The address does not accept this method. */
    METHOD_NOT_ALLOWED(
            405,
            "This address does not accept this method.",
            "Use a method that the header field Allow of this answer lists."),
    /** The client accepts none of the media types that the answer is available in. */
    NOT_ACCEPTABLE(
            406,
            "The answer is not available in an accepted media type.",
            "Leave out Accept, or send Accept: */* with the request."),
    /** The body did not arrive in time. */
    TOO_SLOW(408, "The request body arrived too slowly.", "Send the request again, without pauses."),
    /** The newest files of a model were refused. */
    UNUSABLE_MODEL(409, "The model cannot be used.", "Correct its files. What was loaded before still answers."),
    /** A batch contains more images than allowed. */
    TOO_MANY_IMAGES(413, "The batch has too many images.", "Send several batches."),
    /** The images of a batch have more pixels together than allowed. */
    BATCH_TOO_LARGE(413, "The images of the batch are too large together.", "Send several batches."),
    /** A picture has more text than allowed. */
    TOO_MUCH_TEXT(413, "The picture has too much text.", "Send fewer lines or fewer words at once."),
    /** The body is longer than allowed. */
    BODY_TOO_LARGE(413, "The request is too large.", "Send a smaller body."),
    /** The address does not accept this media type. */
    UNSUPPORTED_MEDIA_TYPE(
            415,
            "This address does not accept this media type.",
            "Send JSON (application/json), an image file (image/png, image/jpeg, image/webp, image/gif, image/bmp or"
                    + " image/tiff), or a form with a file (multipart/form-data). A batch must be JSON."),
    /** The data is not an image in a supported format. */
    NOT_AN_IMAGE(415, "The data is not a readable image.", "Send a PNG, JPEG, WebP, GIF, BMP or TIFF image."),
    /** Nothing is drawn, or no ink can be distinguished from the paper. */
    NOTHING_DRAWN(422, "Nothing is drawn.", "Draw one character, dark on light or light on dark."),
    /** No text satisfies the constraints. */
    NO_MATCH(
            422,
            "No text satisfies the constraints.",
            "Check charset, pattern and words. Together they may allow no text, or none so short."),
    /** The image has more pixels than allowed. */
    TOO_MANY_PIXELS(422, "The image is too large.", "Send a smaller image."),
    /** The work takes longer than a request may take. */
    TOO_LONG(503, "The request takes too long.", "Send fewer or smaller images at once."),
    /** The program failed. */
    INTERNAL(
            500,
            "Something went wrong on our side.",
            "Try again. If that fails too, tell whoever runs this server the X-Request-Id of this answer."),
    /** More requests arrive than can be answered. */
    BUSY(503, "The server is busy.", "Send the request again after a second."),
    /** No model is loaded. */
    NOT_READY(
            503,
            "The model is not ready.",
            "Send the request again after a second. If that goes on, the log of the server says what is wrong.");

    /** The media type of problem details. */
    public static final String MEDIA_TYPE = "application/problem+json";
    /** Seconds after which a client should try again. */
    public static final int RETRY_AFTER_SECONDS = 1;

    private final int status;
    private final String title;
    private final String advice;

    Problem(int status, String title, String advice) {
        this.status = status;
        this.title = title;
        this.advice = advice;
    }

    /**
     * The HTTP status.
     *
     * @return 400 to 503
     */
    public int status() {
        return status;
    }

    /**
     * A short summary for a person.
     *
     * @return one or two sentences
     */
    public String title() {
        return title;
    }

    /**
     * What to do, for a person. It is the detail of an answer where nothing more is known.
     *
     * @return one or two sentences
     */
    public String advice() {
        return advice;
    }

    /**
     * The name of the problem for programs.
     *
     * @return such as {@code nothing-drawn}
     */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The body of an answer that reports this problem.
     *
     * @param detail what is wrong in this case and what to do, for a person
     * @return the problem details
     */
    public ProblemDetails details(String detail) {
        return new ProblemDetails("urn:neural-ink:problem:" + slug(), title, status, detail);
    }
}
