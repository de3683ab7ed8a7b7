package ink.neural.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ink.neural.Golden;
import ink.neural.http.RequestBody.Kind;
import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestBodyTest {
    private static final byte[] PNG = Golden.named("digit-3").png();

    private static Kind kind(String contentType, byte[] body) {
        return RequestBody.of(contentType, new ByteArrayInputStream(body)).kind();
    }

    private static Kind kind(String contentType, String body) {
        return kind(contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    /** What each media type makes of a JSON object, an image file, a text and no body. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none                              | JSON    | PICTURE | FOREIGN | EMPTY",
                "''                                | JSON    | PICTURE | FOREIGN | EMPTY",
                "*/*                               | JSON    | PICTURE | FOREIGN | EMPTY",
                "text/plain; charset=latin1        | JSON    | PICTURE | FOREIGN | EMPTY",
                "application/x-www-form-urlencoded | JSON    | PICTURE | FOREIGN | EMPTY",
                "application/json                  | JSON    | PICTURE | JSON    | EMPTY",
                "Application/JSON;charset=x        | JSON    | PICTURE | JSON    | EMPTY",
                "text/json                         | JSON    | PICTURE | JSON    | EMPTY",
                "application/vnd.x+json            | JSON    | PICTURE | JSON    | EMPTY",
                "application/octet-stream          | JSON    | PICTURE | PICTURE | EMPTY",
                "image/png                         | JSON    | PICTURE | PICTURE | EMPTY",
                "IMAGE/X-PNG ; q=1                 | JSON    | PICTURE | PICTURE | EMPTY",
                "image/*                           | JSON    | PICTURE | PICTURE | EMPTY",
                "image/svg+xml                     | JSON    | PICTURE | PICTURE | EMPTY",
                "multipart/form-data; boundary=x   | FORM    | FORM    | FORM    | EMPTY",
                "application/xml                   | FOREIGN | FOREIGN | FOREIGN | FOREIGN",
                "text/html                         | FOREIGN | FOREIGN | FOREIGN | FOREIGN",
                "video/mp4                         | FOREIGN | FOREIGN | FOREIGN | FOREIGN",
                "application                       | FOREIGN | FOREIGN | FOREIGN | FOREIGN"
            })
    void bytesTellWhatABodyIsUnlessItsTypeIsForeign(String type, Kind object, Kind png, Kind text, Kind nothing) {
        assertEquals(object, kind(type, "{\"x\":1}"));
        assertEquals(png, kind(type, PNG));
        assertEquals(text, kind(type, "hello"));
        assertEquals(nothing, kind(type, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void objectIsKnownInAnyEncoding(String encoding) {
        for (String start : new String[] {"", "\uFEFF", "\uFEFF \r\n\t", " \n".repeat(100)}) {
            assertEquals(Kind.JSON, kind(null, (start + "{}").getBytes(Charset.forName(encoding))));
            assertEquals(Kind.FOREIGN, kind(null, (start + "[]").getBytes(Charset.forName(encoding))));
        }
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"image/png"})
    void wholeBodyIsKept(String type) {
        byte[] body = new byte[5000];
        body[4999] = 1;
        assertArrayEquals(
                body, RequestBody.of(type, new ByteArrayInputStream(body)).bytes());
    }
}
