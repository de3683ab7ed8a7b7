package ink.neural.it;

import static ink.neural.it.Answers.header;
import static ink.neural.it.Answers.json;
import static ink.neural.it.Answers.label;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Golden;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Unknown addresses, other methods and malformed header fields, at a context root of its own. */
class ErrorPageIT {
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(Version.HTTP_1_1).build();
    private static Server server;

    @BeforeAll
    static void start() {
        server = new Server("/neural-ink/").start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Sends a request whose answer openapi.yaml does not describe. */
    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String method, String path) {
        return server.request(path).method(method, BodyPublishers.noBody());
    }

    private static void assertProblem(int status, String type, HttpResponse<String> response) {
        Answers.assertProblem(status, type, response);
        assertEquals("application/problem+json", header(response, "Content-Type"));
        assertFalse(json(response).getString("detail").isBlank());
        assertEquals("nosniff", header(response, "X-Content-Type-Options"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/a/b/nothing",
                "/predict/nothing",
                "/api/nothing",
                "/js/",
                "/error",
                "/webjars/nothing.js",
                "/index.html/more"
            })
    void unknownAddressIsAProblemForAProgramAndAPageForAPerson(String path) throws Exception {
        assertProblem(404, "not-found", send(server.request(path)));
        assertProblem(
                404, "not-found", send(server.request(path).header("Accept", "text/html;q=0.5,application/json")));
        HttpResponse<String> page = send(server.request(path).header("Accept", BROWSER));
        assertEquals(404, page.statusCode());
        assertEquals(
                "text/html;charset=utf-8",
                header(page, "Content-Type").toLowerCase().replace(" ", ""));
        assertTrue(page.body().contains("There is nothing at this address."), page.body());
        assertTrue(header(page, "Content-Security-Policy").startsWith("default-src 'none'"));
    }

    @Test
    void everyLinkOfThePageForUnknownAddressesWorks() throws Exception {
        HttpResponse<String> page = send(server.request("/a/b/nothing").header("Accept", BROWSER));
        Matcher links = Pattern.compile("(?:href|src)=\"([^\"]*)\"").matcher(page.body());
        int count = 0;
        for (; links.find(); count++) {
            HttpRequest.Builder linked = HttpRequest.newBuilder(page.uri().resolve(links.group(1)));
            assertEquals(200, send(linked).statusCode(), links.group(1));
        }
        assertEquals(6, count, page.body());
        assertFalse(page.body().matches("(?s).*(<style|style=|<script>| on\\w+=|https?:).*"), page.body());
    }

    @ParameterizedTest
    @CsvSource({"POST, /", "POST, /index.html", "PUT, /index.html", "DELETE, /api.html", "PATCH, /js/main.js"})
    void fileIsOnlyRead(String method, String path) throws Exception {
        HttpResponse<String> response = send(request(method, path));
        assertProblem(405, "method-not-allowed", response);
        assertEquals("GET, HEAD, OPTIONS", header(response, "Allow"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/              | GET, HEAD, OPTIONS",
                "/js/main.js    | GET, HEAD, OPTIONS",
                "/api/model     | GET, HEAD, OPTIONS",
                "/api/metrics/  | GET, HEAD, OPTIONS",
                "/predict       | POST, OPTIONS",
                "/predict/batch | POST, OPTIONS"
            })
    void optionsNamesTheMethodsOfAnAddress(String path, String methods) throws Exception {
        HttpResponse<String> options = send(request("OPTIONS", path));
        assertEquals(204, options.statusCode());
        assertEquals(methods, header(options, "Allow"));
        assertEquals("", options.body());
        HttpResponse<String> refused = send(request(methods.startsWith("GET") ? "DELETE" : "GET", path));
        assertProblem(405, "method-not-allowed", refused);
        assertEquals(methods, header(refused, "Allow"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/api/nothing", "/predict/nothing"})
    void optionsOfAnUnknownAddressAreNotFound(String path) throws Exception {
        assertProblem(404, "not-found", send(request("OPTIONS", path)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/index.html", "/api/model", "/api/model/", "/api/health/live", "/nothing", "/predict"})
    void headIsGetWithoutTheBody(String path) throws Exception {
        HttpResponse<String> get = send(server.request(path));
        HttpResponse<String> head = send(request("HEAD", path));
        assertEquals(get.statusCode(), head.statusCode());
        assertEquals(header(get, "Content-Type"), header(head, "Content-Type"));
        assertEquals("", head.body());
        String length = Integer.toString(get.body().getBytes().length);
        assertEquals(length, head.headers().firstValue("Content-Length").orElse(length));
        assertEquals(get.headers().firstValue("Allow"), head.headers().firstValue("Allow"));
    }

    @Test
    void headOfTheMetricsHasNoFalseLength() throws Exception {
        HttpResponse<String> head = send(request("HEAD", "/api/metrics"));
        assertEquals(200, head.statusCode());
        assertTrue(head.headers().firstValueAsLong("Content-Length").orElse(1000) >= 1000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Type | */*;q=2              | 415 | unsupported-media-type",
                "Content-Type | x                    | 415 | unsupported-media-type",
                "Content-Type | image/png; charset=\" | 415 | unsupported-media-type",
                "Accept       | x                    | 400 | bad-request",
                "Accept       | */*;q=2              | 400 | bad-request",
                "Accept       | text/html;q=         | 400 | bad-request",
            })
    void malformedHeaderFieldIsRefused(String name, String value, int status, String type) throws Exception {
        for (String path : new String[] {"/api/health/live", "/api/model", "/predict"}) {
            String method = path.equals("/predict") ? "POST" : "GET";
            assertProblem(status, type, send(request(method, path).header(name, value)));
        }
        assertFalse(server.log().contains("HeaderValueException"), "the log has no stack trace");
        assertFalse(server.log().contains("ParseException"), "the log has no stack trace");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"})
    void acceptAsOlderClientsSendItIsUnderstood(String accept) throws Exception {
        assertEquals(
                200, send(server.request("/api/model").header("Accept", accept)).statusCode());
    }

    @Test
    void bodyOfAnUnknownAddressIsNotWaitedFor() throws Exception {
        HttpResponse<String> response = send(server.request("/predict/nothing")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[100_000]))));
        assertProblem(404, "not-found", response);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/predict", "/predict/"})
    void slashAtTheEndMakesNoDifference(String path) throws Exception {
        byte[] three = Golden.named("digit-3").png();
        assertEquals("3", label(send(server.post(path, "image/png", three))));
    }
}
