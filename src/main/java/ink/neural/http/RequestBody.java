package ink.neural.http;

import ink.neural.api.JsonEncoding;
import ink.neural.api.PeekedStream;
import ink.neural.drawing.DrawingDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;

/**
 * The body of a prediction request. Many clients send a wrong media type or none: {@code curl -d} calls everything a form. So
 * the first bytes tell what a body is, and its media type counts only where they do not.
 *
 * @param contentType the header {@code Content-Type}; null if there is none
 * @param kind what the body is
 * @param stream the whole body
 */
record RequestBody(String contentType, Kind kind, InputStream stream) {
    /** What a body is. */
    enum Kind {
        /** There is no body. */
        EMPTY,
        /** A JSON object, or what the client calls JSON. */
        JSON,
        /** An image file, or what the client calls one. */
        PICTURE,
        /** A form, {@code multipart/form-data}. */
        FORM,
        /** Anything else. */
        FOREIGN
    }

    /** The bytes that tell what a body is. They may begin with white space. */
    private static final int START_LENGTH = 1024;
    /** The types of clients that did not say what they send. An empty string stands for no type. */
    private static final Set<String> UNSPECIFIC = Set.of("", "*/*", "text/plain", "application/x-www-form-urlencoded");

    /** Looks at the beginning of a body. */
    static RequestBody of(String contentType, InputStream stream) {
        PeekedStream body = PeekedStream.of(stream, START_LENGTH);
        return new RequestBody(contentType, kind(mediaType(contentType), body.start()), body.whole());
    }

    /** The whole body. It can be read only once. */
    byte[] bytes() {
        try {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String mediaType(String contentType) {
        return contentType == null
                ? ""
                : contentType.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    }

    private static Kind kind(String mediaType, byte[] start) {
        Kind labelled = labelled(mediaType);
        if (labelled == Kind.FOREIGN && !UNSPECIFIC.contains(mediaType)) {
            return Kind.FOREIGN;
        }
        if (start.length == 0) {
            return Kind.EMPTY;
        }
        if (labelled == Kind.FORM) {
            return Kind.FORM;
        }
        if (isObject(start)) {
            return Kind.JSON;
        }
        return DrawingDecoder.recognises(start) ? Kind.PICTURE : labelled;
    }

    private static Kind labelled(String mediaType) {
        if (mediaType.equals("application/json") || mediaType.equals("text/json") || mediaType.endsWith("+json")) {
            return Kind.JSON;
        }
        if (mediaType.startsWith("image/") || mediaType.equals("application/octet-stream")) {
            return Kind.PICTURE;
        }
        return mediaType.equals("multipart/form-data") ? Kind.FORM : Kind.FOREIGN;
    }

    /** Whether a text begins with a brace. */
    private static boolean isObject(byte[] start) {
        return new String(start, JsonEncoding.of(start))
                .replace(JsonEncoding.BYTE_ORDER_MARK, ' ')
                .stripLeading()
                .startsWith("{");
    }
}
