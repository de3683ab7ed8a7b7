package ink.neural.problem;

import java.util.Locale;

/** Every error the API reports, as problem details (RFC 9457). The types are stable, so programs may rely on them. */
public enum Problem {
    /** The body is not the expected JSON object. */
    NOT_JSON(400, "The request is not valid JSON."),
    /** The request contains no image. */
    NO_IMAGE(400, "The request has no image."),
    /** The image is not a data URL. */
    NOT_A_DATA_URL(400, "The image is not a data URL."),
    /** The data of the data URL is not base64. */
    NOT_BASE64(400, "The image is not valid base64."),
    /** An option has an invalid value. */
    BAD_OPTION(400, "An option has an invalid value."),
    /** The server rejected the request before it reached our code. */
    BAD_REQUEST(400, "The request cannot be understood."),
    /** The API key is missing or wrong. */
    UNAUTHORIZED(401, "This server requires an API key."),
    /** Nothing exists at this address. */
    NOT_FOUND(404, "There is nothing at this address."),
    /** The address does not accept this method. */
    METHOD_NOT_ALLOWED(405, "This address does not accept this method."),
    /** The client accepts none of the media types that the answer is available in. */
    NOT_ACCEPTABLE(406, "The answer is not available in an accepted media type."),
    /** The body did not arrive in time. */
    TOO_SLOW(408, "The request body arrived too slowly."),
    /** A batch contains more images than allowed. */
    TOO_MANY_IMAGES(413, "The batch has too many images."),
    /** The images of a batch have more pixels together than allowed. */
    BATCH_TOO_LARGE(413, "The images of the batch are too large together."),
    /** The body is longer than allowed. */
    BODY_TOO_LARGE(413, "The request is too large."),
    /** The address does not accept this media type. */
    UNSUPPORTED_MEDIA_TYPE(415, "This address does not accept this media type."),
    /** The data is not an image in a supported format. */
    NOT_AN_IMAGE(415, "The data is not a readable image."),
    /** Nothing is drawn, or no ink can be distinguished from the paper. */
    NOTHING_DRAWN(422, "Nothing is drawn."),
    /** The image has more pixels than allowed. */
    TOO_MANY_PIXELS(422, "The image is too large."),
    /** The work takes longer than a request may take. */
    TOO_LONG(503, "The request takes too long. Please send less at once."),
    /** The program failed. */
    INTERNAL(500, "Something went wrong on our side."),
    /** More requests arrive than can be answered. */
    BUSY(503, "The server is busy. Please try again."),
    /** No model is loaded. */
    NOT_READY(503, "The model is not ready. Please try again.");

    /** The media type of problem details. */
    public static final String MEDIA_TYPE = "application/problem+json";
    /** Seconds after which a client should try again. */
    public static final int RETRY_AFTER_SECONDS = 1;

    private final int status;
    private final String title;

    Problem(int status, String title) {
        this.status = status;
        this.title = title;
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
     * @param detail what is wrong in this case, for a person; null if the title says everything
     * @return the problem details
     */
    public ProblemDetails details(String detail) {
        return new ProblemDetails("urn:neural-ink:problem:" + slug(), title, status, detail);
    }
}
