package ink.neural.it;

import static ink.neural.it.Answers.assertProblem;
import static ink.neural.it.Answers.json;
import static ink.neural.it.Answers.label;
import static ink.neural.it.Answers.labels;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Golden;
import ink.neural.Sketch;
import ink.neural.drawing.DataUrl;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @CsvSource({"jpeg, image/jpeg", "gif, image/gif", "bmp, image/bmp", "bmp, image/x-ms-bmp", "tiff, image/tiff"})
    void bodyCanBeAFileOfAnotherFormat(String format, String mediaType) throws Exception {
        Sketch seven = Sketch.paper().stroke(80, 60, 200, 60, 130, 230);
        byte[] file = Sketch.encode(seven.as(BufferedImage.TYPE_3BYTE_BGR), format);
        assertEquals("7", label(SERVER.send(SERVER.post("/predict?charset=digits", mediaType, file))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image/jpg",
                "image/x-png",
                "image/pjpeg",
                "image/*",
                "IMAGE/PNG",
                "image/heic",
                "application/octet-stream",
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/json"
            })
    void pictureIsReadWhateverItsLabel(String mediaType) throws Exception {
        assertEquals("3", label(SERVER.send(SERVER.post("/predict?charset=digits", mediaType, THREE))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json; charset=utf-8",
                "application/json;charset=iso-8859-1",
                "application/json; charset=nonsense",
                "application/problem+json",
                "text/json",
                "text/plain",
                "text/plain; charset=us-ascii",
                "application/x-www-form-urlencoded",
                "application/x-www-form-urlencoded; charset=utf-8",
                "application/octet-stream",
                "image/png"
            })
    void jsonIsReadWhateverItsLabel(String mediaType) throws Exception {
        byte[] single = Requests.predict(THREE).getBytes();
        assertEquals("3", label(SERVER.send(SERVER.post("/predict", mediaType, single))));
        byte[] batch =
                Requests.batch(List.of(Golden.named("digit-3").dataUrl())).getBytes();
        assertEquals(
                200,
                SERVER.send(SERVER.post("/predict/batch", mediaType, batch)).statusCode());
    }

    @Test
    void bodyWithoutAMediaTypeIsRead() throws Exception {
        assertEquals("3", label(SERVER.send(SERVER.request("/predict?top=1").POST(BodyPublishers.ofByteArray(THREE)))));
        String json = "\n{" + Requests.predict(THREE).substring(1);
        assertEquals("3", label(SERVER.send(SERVER.request("/predict").POST(BodyPublishers.ofString(json)))));
        InputStream pieces = new ByteArrayInputStream(json.getBytes());
        assertEquals(
                "3", label(SERVER.send(SERVER.request("/predict").POST(BodyPublishers.ofInputStream(() -> pieces)))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void jsonIsReadInAnyEncodingOfUnicode(String encoding) throws Exception {
        for (String start : new String[] {"", "\uFEFF"}) {
            byte[] single = (start + Requests.predict(THREE)).getBytes(Charset.forName(encoding));
            assertEquals("3", label(SERVER.send(SERVER.post("/predict", "application/json", single))));
            String batch = Requests.batch(List.of(Golden.named("digit-3").dataUrl()));
            byte[] encoded = (start + batch).getBytes(Charset.forName(encoding));
            assertEquals(
                    200,
                    SERVER.send(SERVER.post("/predict/batch", "application/json", encoded))
                            .statusCode());
        }
    }

    @Test
    void base64IsReadAsProgramsWriteIt() throws Exception {
        String mime = Base64.getMimeEncoder().encodeToString(THREE);
        String dataUrl = DataUrl.encode("image/png", THREE);
        for (String image : List.of(
                mime,
                Base64.getUrlEncoder().withoutPadding().encodeToString(THREE),
                "data:image/png;charset=utf-8;base64," + mime.replace("\r", ""),
                dataUrl + "==",
                dataUrl.replace('+', ' '),
                dataUrl.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D"),
                URLEncoder.encode(dataUrl, StandardCharsets.UTF_8))) {
            JsonObject json = Json.createObjectBuilder()
                    .add("image", image)
                    .add("top", new BigDecimal("1.0"))
                    .addNull("charset")
                    .addNull("ink")
                    .build();
            JsonObject answer = SERVER.predict(json.toString());
            assertEquals(List.of("3"), labels(answer));
            assertEquals(Set.of("predictions"), answer.keySet());
        }
    }

    @Test
    void formIsReadWithItsFileAndOptions() throws Exception {
        byte[] form = Requests.form("-----x", THREE, "top=1", "charset=digits", "glyph=true", "ink=", "other=1");
        String mediaType = "multipart/form-data; boundary=\"-----x\"";
        JsonObject answer = json(SERVER.send(SERVER.post("/predict?ink=true&top=5", mediaType, form)));
        assertEquals(List.of("3"), labels(answer));
        assertEquals(Set.of("predictions", "glyph", "ink"), answer.keySet());
    }

    @Test
    void largeFormIsRead() throws Exception {
        byte[] file = Sketch.encode(
                Sketch.paper(1630, 1630, Color.WHITE, Color.BLACK, 90)
                        .stroke(470, 350, 1170, 350, 760, 1340)
                        .as(BufferedImage.TYPE_3BYTE_BGR),
                "bmp");
        byte[] form = Requests.form("x", file, "charset=digits");
        assertEquals("7", label(SERVER.send(SERVER.post("/predict", "multipart/form-data; boundary=x", form))));
    }

    @ParameterizedTest
    @CsvSource({"1025, 1025", "1200, 1200", "4000, 3000"})
    void largePictureIsRead(int width, int height) throws Exception {
        double scale = height / 280.0;
        BufferedImage picture = Sketch.paper(width, height, Color.WHITE, Color.BLACK, (float) (16 * scale))
                .stroke(80 * scale, 60 * scale, 200 * scale, 60 * scale, 130 * scale, 230 * scale)
                .as(BufferedImage.TYPE_BYTE_GRAY);
        byte[] png = Sketch.encode(picture, "png");
        assertEquals("7", label(SERVER.send(SERVER.post("/predict?charset=digits", "image/png", png))));
        String json = "{\"charset\":\"digits\",\"image\":\"" + DataUrl.encode("image/png", png) + "\"}";
        assertEquals("7", label(SERVER.send(SERVER.post("/predict", json))));
    }

    @Test
    void fileOfEightMegabytesIsReadInJson() throws Exception {
        BufferedImage picture = Sketch.paper(1630, 1630, Color.WHITE, Color.BLACK, 90)
                .stroke(470, 350, 1170, 350, 760, 1340)
                .as(BufferedImage.TYPE_3BYTE_BGR);
        byte[] bmp = Sketch.encode(picture, "bmp");
        assertEquals(8_000_000, bmp.length, 50_000);
        String json = "{\"charset\":\"digits\",\"image\":\"" + DataUrl.encode("image/bmp", bmp) + "\"}";
        assertEquals("7", label(SERVER.send(SERVER.post("/predict", json))));
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
