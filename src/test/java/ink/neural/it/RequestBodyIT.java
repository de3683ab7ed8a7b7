package ink.neural.it;

import static ink.neural.it.Answers.assertProblem;
import static ink.neural.it.Answers.json;
import static ink.neural.it.Answers.label;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Golden;
import ink.neural.Sketch;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are image files, options in the query, and content encodings. */
class RequestBodyIT {
    private static final Server SERVER = Server.shared();
    private static final byte[] THREE = Golden.named("digit-3").png();

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes());
        }
        return out.toByteArray();
    }

    @Test
    void bodyCanBeAPngFile() throws Exception {
        assertEquals("3", label(SERVER.predict(THREE)));
    }

    @Test
    void bodyCanBeAJpegFile() throws Exception {
        Sketch seven = Sketch.paper().stroke(80, 60, 200, 60, 130, 230);
        byte[] jpeg = Sketch.encode(seven.as(BufferedImage.TYPE_3BYTE_BGR), "jpeg");
        assertEquals("7", label(SERVER.send(SERVER.post("/predict?charset=digits", "image/jpeg", jpeg))));
    }

    @Test
    void queryCarriesTheOptionsOfAnImageFile() throws Exception {
        String path = "/predict?top=2&charset=digits&glyph=true&legibility=true";
        var answer = json(SERVER.send(SERVER.post(path, "image/png", THREE)));
        assertEquals(2, answer.getJsonArray("predictions").size());
        assertTrue(answer.containsKey("glyph"));
        assertTrue(answer.containsKey("legibility"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"top=0", "top=x", "top=63", "charset=%C3%A9", "charset=", "glyph=1", "legibility="})
    void invalidOptionInTheQueryIsRefused(String query) throws Exception {
        assertProblem(400, "bad-option", SERVER.send(SERVER.post("/predict?" + query, "image/png", THREE)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP", "x-gzip", "deflate", "br"})
    void compressedBodyIsRefused(String encoding) throws Exception {
        assertCompressedBodyIsRefused("/predict", encoding, Requests.predict(THREE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate"})
    void compressedBatchIsRefused(String encoding) throws Exception {
        String batch = Requests.batch(List.of(Golden.named("digit-3").dataUrl()));
        assertCompressedBodyIsRefused("/predict/batch", encoding, batch);
    }

    private static void assertCompressedBodyIsRefused(String path, String encoding, String json) throws Exception {
        HttpResponse<String> response =
                SERVER.send(SERVER.post(path, "application/json", gzip(json)).header("Content-Encoding", encoding));
        assertProblem(415, "unsupported-media-type", response);
    }

    @Test
    void identityEncodingIsAccepted() throws Exception {
        assertEquals(
                "3",
                label(SERVER.send(SERVER.post("/predict", "image/png", THREE).header("Content-Encoding", "identity"))));
    }
}
