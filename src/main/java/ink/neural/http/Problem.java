package ink.neural.http;

import static ink.neural.http.JsonBody.JSON;

import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;
import java.util.Locale;

/** All that can go wrong, as problem details (RFC 9457). The types are stable: a program may rely on them. */
public enum Problem implements Response.StatusType {
    /** The body is not the JSON object it should be. */
    NOT_JSON(400, "The request is not valid JSON."),
    /** There is no image in the request. */
    NO_IMAGE(400, "The request has no image."),
    /** The image is not given as a data URL. */
    NOT_A_DATA_URL(400, "The image is not a data URL."),
    /** The data URL's data are not base64. */
    NOT_BASE64(400, "The image is not valid base64."),
    /** An optional member or parameter has a value it cannot have. */
    BAD_OPTION(400, "An option has a value it cannot have."),
    /** The request is wrong in a way that the server noticed before we did. */
    BAD_REQUEST(400, "The request cannot be understood."),
    /** The key is missing or wrong. */
    UNAUTHORIZED(401, "This server asks for a key."),
    /** There is nothing at this address. */
    NOT_FOUND(404, "There is nothing at this address."),
    /** The address takes other methods. */
    METHOD_NOT_ALLOWED(405, "This address does not take this method."),
    /** The answer comes in none of the forms that would be accepted. */
    NOT_ACCEPTABLE(406, "The answer comes in none of the accepted media types."),
    /** The body did not come in by the deadline. */
    TOO_SLOW(408, "The request came in too slowly."),
    /** More images come in a batch than the limit. */
    TOO_MANY_IMAGES(413, "There are too many images in the batch."),
    /** The body is longer than the limit. */
    BODY_TOO_LARGE(413, "The request is too large."),
    /** The body is of a media type that the address does not take. */
    UNSUPPORTED_MEDIA_TYPE(415, "This address does not take this media type."),
    /** The data are not a picture we read. */
    NOT_AN_IMAGE(415, "The data are not a picture that can be read."),
    /** There is no ink on the drawing. */
    NOTHING_DRAWN(422, "Nothing is drawn."),
    /** The picture is larger than the limit. */
    TOO_MANY_PIXELS(422, "The picture is too large."),
    /** There is more than fits into the time for a request. */
    TOO_LONG(503, "The work takes too long. Please ask for less at once."),
    /** The headers are longer than the limit. */
    HEADERS_TOO_LARGE(431, "The headers of the request are too large."),
    /** A fault of ours. */
    INTERNAL(500, "Something went wrong on our side."),
    /** More requests come in than can be answered. */
    BUSY(503, "Too many requests at once. Please try again."),
    /** No model is loaded. */
    NOT_READY(503, "The model is not ready. Please try again.");

    /** Their media type. */
    static final String MEDIA_TYPE = "application/problem+json";
    /** Seconds after which trying again makes sense. */
    static final int RETRY_AFTER = 1;

    private static final String ATTRIBUTE = "ink.neural.problem";

    private final int status;
    private final String title;

    Problem(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /**
     * The problem's name for programs.
     *
     * @return such as {@code nothing-drawn}
     */
    String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Notes that a request is answered with this, for {@link #outcome}. */
    void note(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, slug());
    }

    /**
     * What became of a request.
     *
     * @param status its answer's
     * @return {@code ok}, or the problem noted for it; the status if none was
     */
    static String outcome(HttpServletRequest request, int status) {
        if (status < 400) {
            return "ok";
        }
        return request.getAttribute(ATTRIBUTE) instanceof String problem ? problem : Integer.toString(status);
    }

    @Override
    public int getStatusCode() {
        return status;
    }

    @Override
    public Response.Status.Family getFamily() {
        return Response.Status.Family.familyOf(status);
    }

    @Override
    public String getReasonPhrase() {
        return title;
    }

    /**
     * The problem as JSON.
     *
     * @param detail what is wrong in this case, for a person; null if the title says it all
     * @return an object of type, title, status and perhaps detail
     */
    JsonObject toJson(String detail) {
        var json = JSON.createObjectBuilder()
                .add("type", "urn:neural-ink:problem:" + slug())
                .add("title", title)
                .add("status", status);
        return (detail == null ? json : json.add("detail", detail)).build();
    }

    /**
     * The problem as an answer.
     *
     * @param detail as for {@link #toJson}
     * @return an answer that can be added to
     */
    Response.ResponseBuilder toResponse(String detail) {
        Response.ResponseBuilder response =
                Response.status(this).type(MEDIA_TYPE).entity(toJson(detail).toString());
        return switch (status) {
            case 503 -> response.header("Retry-After", RETRY_AFTER);
            case 401 -> response.header("WWW-Authenticate", "Bearer");
            default -> response;
        };
    }
}
