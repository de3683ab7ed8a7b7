package ink.neural.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.config.Configuration;
import ink.neural.config.Configurations;
import ink.neural.prediction.ConcurrencyLimiter;
import ink.neural.prediction.ModelHolder;
import ink.neural.prediction.Predictions;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers of {@code /api}, byte for byte. */
class ApiResourcesTest {
    private static final String UP = "{\"status\":\"up\"}";

    private static ModelHolder holder;
    private static ConcurrencyLimiter limiter;
    private static InMemoryApi api;

    private static InMemoryApi api(Configuration configuration, ModelHolder holder, ConcurrencyLimiter limiter) {
        return new InMemoryApi(
                new ApiApplication(),
                "/api",
                configuration,
                holder,
                limiter,
                Predictions.service(configuration, holder),
                Predictions.metrics(holder));
    }

    @BeforeAll
    static void start() {
        Configuration configuration = Predictions.quarters();
        holder = Predictions.holder(configuration);
        limiter = new ConcurrencyLimiter(configuration);
        api = api(configuration, holder, limiter);
    }

    @AfterAll
    static void stop() {
        api.close();
        Predictions.close(holder);
    }

    private static void assertAnswer(int status, String type, String body, Response response) {
        assertEquals(body, response.readEntity(String.class));
        assertEquals(status, response.getStatus());
        assertEquals(type, response.getMediaType().toString());
    }

    private static String hashes(String file, String descriptor) {
        return "\"hashes\":{\"file\":\"%s\",\"descriptor\":\"%s\"}".formatted(hash(file), hash(descriptor));
    }

    private static byte[] file(String name) {
        try {
            return Files.readAllBytes(Path.of("src/test/resources/models", name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonObject json(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    private static String hash(String file) {
        return hash(file(file));
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/model/file, application/octet-stream, quarters.onnx",
        "/model/descriptor, application/json, upright.json"
    })
    void fileOfTheModelIsServedUnderItsHash(String address, String type, String name) {
        String tag = '"' + hash(name) + '"';
        Response response = api.request(address).get();
        assertArrayEquals(file(name), response.readEntity(byte[].class));
        assertEquals(type, response.getMediaType().toString());
        assertEquals(tag, response.getHeaderString("ETag"));
        Response known = api.request(address).header("If-None-Match", tag).get();
        assertEquals(304, known.getStatus());
        assertEquals(tag, known.getHeaderString("ETag"));
        assertEquals(
                200,
                api.request(address).header("If-None-Match", "\"other\"").get().getStatus());
        Response head = api.request(address).head();
        assertEquals(200, head.getStatus());
        assertEquals(tag, head.getHeaderString("ETag"));
    }

    @Test
    void filesOfTheTextModelAreServedUnderTheHashesOfItsDescription() throws Exception {
        Configuration configuration = Configurations.of();
        ModelHolder bundled = Predictions.holder(configuration);
        try (InMemoryApi other = api(configuration, bundled, limiter)) {
            JsonObject hashes = json(other.request("/model").get(String.class))
                    .getJsonObject("text")
                    .getJsonObject("hashes");
            assertEquals(Set.of("file", "descriptor", "dictionary"), hashes.keySet());
            for (String name : hashes.keySet()) {
                Response response = other.request("/model/text/" + name).get();
                byte[] content = response.readEntity(byte[].class);
                assertEquals(hashes.getString(name), hash(content), name);
                assertEquals('"' + hash(content) + '"', response.getHeaderString("ETag"), name);
            }
            assertArrayEquals(
                    Files.readAllBytes(Path.of("models/text.onnx")),
                    other.request("/model/text/file").get(byte[].class));
            assertEquals(404, api.request("/model/text/file").get().getStatus());
        } finally {
            Predictions.close(bundled);
        }
    }

    @Test
    void modelIsDescribed() {
        assertAnswer(
                200,
                "application/json",
                "{\"name\":\"upright\",\"version\":\"1\",\"classes\":[\"a\",\"b\",\"c\",\"d\"],"
                        + "\"input\":{\"size\":28,\"box\":24,\"fit\":\"aspect\",\"orientation\":\"upright\"},"
                        + "\"scores\":{},\"legibility\":{\"threshold\":0.5},\"features\":4,"
                        + hashes("quarters.onnx", "upright.json")
                        + "}",
                api.request("/model").get());
    }

    @Test
    void runtimeForBrowsersIsNamedIfTheWarHasIt() {
        ModelResource resource = new ModelResource();
        resource.holder = holder;
        assertEquals("onnxruntime-web/1.30.0/", runtime(resource, Set.of("/onnxruntime-web/1.30.0/")));
        assertNull(runtime(resource, Set.of()));
    }

    private static String runtime(ModelResource resource, Set<String> paths) {
        return resource.model(Fake.of(ServletContext.class, new InMemoryApi.Files(paths)))
                .runtime();
    }

    @Test
    void modelWithoutLegibilityHasNoSuchMember() {
        Configuration configuration = Predictions.quarters("neural.ink.model", "original");
        ModelHolder original = Predictions.holder(configuration);
        try (InMemoryApi other = api(configuration, original, limiter)) {
            assertAnswer(
                    200,
                    "application/json",
                    "{\"name\":\"original\",\"version\":\"1\",\"classes\":[\"a\",\"b\",\"c\",\"d\"],"
                            + "\"input\":{\"size\":28,\"box\":20,\"fit\":\"stretch\",\"orientation\":\"mirrored\"},"
                            + "\"scores\":{}," + hashes("quarters-keras.onnx", "original.json") + "}",
                    other.request("/model").get());
        } finally {
            Predictions.close(original);
        }
    }

    @Test
    void refusedModelIsAProblemOfItsReloadAndPartOfTheDescription(@TempDir Path models) throws Exception {
        for (String file : new String[] {"upright.json", "quarters.onnx", "quarters-labels.json"}) {
            Files.copy(Path.of("src/test/resources/models", file), models.resolve(file));
        }
        Configuration configuration = Predictions.quarters("neural.ink.models", models.toString());
        ModelHolder watched = Predictions.holder(configuration);
        try (InMemoryApi other = api(configuration, watched, limiter)) {
            String before = other.request("/model").get(String.class);
            assertAnswer(
                    200,
                    "application/json",
                    before,
                    other.request("/model/reload").post(null));
            Files.delete(models.resolve("quarters.onnx"));
            assertAnswer(
                    409,
                    "application/problem+json",
                    "{\"type\":\"urn:neural-ink:problem:unusable-model\",\"title\":\"The model cannot be used.\","
                            + "\"status\":409,\"detail\":\"upright: the file quarters.onnx is missing or cannot be read."
                            + " What was loaded before still answers.\"}",
                    other.request("/model/reload").post(null));
            assertAnswer(
                    200,
                    "application/json",
                    before.replaceFirst(
                            "}$",
                            ",\"refused\":{\"upright\":\"the file quarters.onnx is missing or cannot be read\"}}"),
                    other.request("/model").get());
        } finally {
            Predictions.close(watched);
        }
    }

    @Test
    void measuredFiguresAreCopiedFromTheDescriptor() {
        Configuration configuration = Configurations.of();
        ModelHolder bundled = Predictions.holder(configuration);
        try (InMemoryApi other = api(configuration, bundled, limiter)) {
            String body = other.request("/model").get(String.class);
            assertTrue(body.startsWith("{\"name\":\"emnist-byclass\",\"version\":\""), body);
            assertTrue(body.contains(",\"scores\":{\""), body);
        } finally {
            Predictions.close(bundled);
        }
    }

    @Test
    void runningProgramIsLiveAndReady() {
        assertAnswer(200, "application/json", UP, api.request("/health/live").get());
        assertAnswer(200, "application/json", UP, api.request("/health/ready").get());
    }

    @Test
    void programWithoutAModelIsLiveButNotReady() {
        ModelHolder empty = Predictions.emptyHolder(Configurations.of());
        try (InMemoryApi unready = api(Configurations.of(), empty, limiter)) {
            assertAnswer(
                    200, "application/json", UP, unready.request("/health/live").get());
            assertNotReady(unready.request("/health/ready").get());
            assertNotReady(unready.request("/model").get());
            assertNotReady(unready.request("/model/file").get());
        }
    }

    @Test
    void programThatWarmsUpIsNotReady() {
        HealthResource health = new HealthResource();
        health.holder = holder;
        health.limiter = limiter;
        health.warmUp = new WarmUp();
        assertSame(
                Problem.NOT_READY,
                assertThrows(ProblemException.class, health::ready).problem());
    }

    @Test
    void programThatStopsIsLiveButNotReady() throws Exception {
        ConcurrencyLimiter stopping = new ConcurrencyLimiter(Configurations.of());
        Predictions.shutDown(stopping);
        try (InMemoryApi stopped = api(Predictions.quarters(), holder, stopping)) {
            assertAnswer(
                    200, "application/json", UP, stopped.request("/health/live").get());
            assertNotReady(stopped.request("/health/ready").get());
        }
    }

    private static void assertNotReady(Response response) {
        assertEquals("1", response.getHeaderString("Retry-After"));
        assertAnswer(
                503,
                "application/problem+json",
                "{\"type\":\"urn:neural-ink:problem:not-ready\","
                        + "\"title\":\"The model is not ready.\",\"status\":503,\"detail\":\"Send the request again after a second. If that goes on, the log of the server says what is wrong.\"}",
                response);
    }

    @Test
    void healthChecksNeedNoKey() {
        Configuration locked = Predictions.quarters("neural.ink.api.key", "secret");
        try (InMemoryApi other = api(locked, holder, limiter)) {
            assertEquals(200, other.request("/health/live").get().getStatus());
            assertEquals(200, other.request("/health/ready").get().getStatus());
            assertEquals(401, other.request("/model").get().getStatus());
            assertEquals(401, other.request("/metrics").get().getStatus());
        }
    }

    @Test
    void metricsAreServedAsText() {
        Response response = api.request("/metrics").get();
        assertEquals(200, response.getStatus());
        assertEquals(MediaType.valueOf("text/plain; version=0.0.4; charset=utf-8"), response.getMediaType());
        String text = response.readEntity(String.class);
        assertTrue(text.contains("neural_ink_model_info{name=\"upright\",version=\"1\"} 1\n"), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/x", "/health", "/model/x", "/application.wadl"})
    void unknownAddressIsNotFound(String address) {
        assertAnswer(
                404,
                "application/problem+json",
                "{\"type\":\"urn:neural-ink:problem:not-found\",\"title\":\"There is nothing at this address.\","
                        + "\"status\":404,\"detail\":\"Check the address. The page api.html describes the addresses of the"
                        + " API.\"}",
                api.request(address).get());
    }

    @Test
    void otherMethodIsRefusedAndTheAllowedOnesAreNamed() {
        Response response = api.request("/model").delete();
        assertEquals("GET,OPTIONS", response.getHeaderString("Allow"));
        assertEquals(405, response.getStatus());
        assertEquals(404, api.request("/x").delete().getStatus());
    }

    @Test
    void answerThatTheClientDoesNotAcceptIsRefused() {
        assertEquals(406, api.request("/model").accept("text/html").get().getStatus());
    }
}
