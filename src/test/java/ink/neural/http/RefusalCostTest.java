package ink.neural.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.prediction.ConcurrencyLimiter;
import ink.neural.prediction.Predictions;
import ink.neural.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies of 2 MiB that are refused before a picture is decoded, in the shapes that cost the most. */
class RefusalCostTest {
    private static final int LENGTH = 2 << 20;
    /** Values and names that a body may have. */
    private static final int VALUES = 1500;
    /** What a refusal may cost, in nanoseconds of CPU: three times the target of 20 ms, as machines differ. */
    private static final long MAX_COST = 3 * 20_000_000;

    private static final int ROUNDS = 40;
    private static final PredictResource RESOURCE = resource();

    private static PredictResource resource() {
        PredictResource resource = new PredictResource();
        resource.configuration = Predictions.quarters();
        resource.service = Predictions.service(resource.configuration, Predictions.holder(resource.configuration));
        resource.reader = new JsonRequestReader(resource.configuration, new ConcurrencyLimiter(resource.configuration));
        return resource;
    }

    private static Arguments body(String type, String slug, String text) {
        return body(type, slug, text, StandardCharsets.UTF_8);
    }

    private static Arguments body(String type, String slug, String text, Charset encoding) {
        return Arguments.of(type, slug, text.getBytes(encoding));
    }

    /** A text of 2 MiB between two others. */
    private static String filled(String start, String piece, String end) {
        return start + piece.repeat((LENGTH - start.length() - end.length()) / piece.length()) + end;
    }

    /** An object of 2 MiB with as many members as are allowed, then a fault. The names are equally long. */
    private static String members(IntFunction<String> name, String value) {
        String padding = "x".repeat(LENGTH / VALUES - 8 - name.apply(0).length() - value.length());
        return IntStream.range(0, VALUES)
                .mapToObj(i -> "\"" + padding + name.apply(i) + "\":" + value)
                .collect(Collectors.joining(",", "{", "!"));
    }

    /** Different names with the same {@link String#hashCode()}: Aa and BB have one hash. */
    private static String colliding(int i) {
        return IntStream.range(0, 11)
                .mapToObj(bit -> (i >> bit & 1) == 0 ? "Aa" : "BB")
                .collect(Collectors.joining());
    }

    static Stream<Arguments> refusedBodies() {
        return Stream.of(
                body("white space", "not-json", filled("{", " \n\t\r", "!")),
                body("white space in UTF-16", "not-json", filled("{", " \n", "!"), StandardCharsets.UTF_16LE),
                body("no object", "not-json", filled("[", "1,", "")),
                body("long name", "not-json", filled("{\"", "name", "\"!")),
                body("long string", "not-json", filled("{\"x\":\"", "text", "\"!")),
                body("escapes", "not-json", filled("{\"x\":\"", "\\n", "\"!")),
                body("escaped characters", "not-json", filled("{\"x\":\"", "\\u20aC", "\"!")),
                body("accents", "not-json", filled("{\"x\":\"", "é", "\"!").substring(0, LENGTH / 2)),
                body("Chinese", "not-json", filled("{\"x\":\"", "日", "\"!").substring(0, LENGTH / 3)),
                body("emoji in UTF-16", "not-json", filled("{\"x\":\"", "😀", "\"!"), StandardCharsets.UTF_16BE),
                body(
                        "half pairs in UTF-16",
                        "not-json",
                        filled("{\"x\":\"", "\uD800", "\""),
                        StandardCharsets.UTF_16BE),
                body("UTF-32", "not-json", filled("{\"x\":\"", "text", "\"!"), Charset.forName("UTF-32LE")),
                body(
                        "one name twice",
                        "not-json",
                        "{" + filled("\"", "x", "\":1,").repeat(2)),
                body("names", "not-json", members("%05d"::formatted, "1")),
                body("names with equal hashes", "not-json", members(RefusalCostTest::colliding, "1")),
                body("numbers", "not-json", members("%05d"::formatted, "1234567890123456.78901234567e-99")),
                body("huge exponents", "not-json", members("%05d"::formatted, "1e-999999999")),
                body("empty arrays", "not-json", filled("{\"x\":[", "[],", "")),
                body("empty objects", "not-json", filled("{\"x\":[", "{},", "")),
                body("nesting", "not-json", filled("{\"x\":", "[", "")),
                body("digits", "not-json", filled("{\"x\":", "1", "}")),
                body("no image", "no-image", filled("{\"x\":\"", "text", "\"}")),
                body(
                        "long charset",
                        "bad-option",
                        filled("{\"charset\":\"", "日本", "\"}").substring(0, LENGTH / 3) + "\"}"),
                body("text as top", "bad-option", filled("{\"top\":\"", "\\\"\\n", "\"}")),
                body("list as top", "bad-option", "{\"top\":[" + filled("\"", "\\n", "\"") + "]}"),
                body("text as a flag", "bad-option", filled("{\"ink\":\"", "\\u0001", "\"}")),
                body("no base64", "not-base64", filled("{\"image\":\"", "AAAA", "!\"}")),
                body("no base64, in lines", "not-base64", filled("{\"image\":\"", "A\\n", "!\"}")),
                body("no base64, percent-encoded", "not-base64", filled("{\"image\":\"", "%41%2B", "!\"}")),
                body("spaces", "not-base64", filled("{\"image\":\"A", " ", "!\"}")),
                body("no form", "bad-request", filled("--x\r\n", "\r\n--", "")),
                body("parts", "bad-request", filled("--x", "\r\n\r\n\r\n--x", "")),
                body(
                        "long headers of a part",
                        "bad-request",
                        filled("--x\r\nContent-Disposition: form-data; a=\"", "\\\"", "")));
    }

    private static String problem(String name, byte[] body) {
        String contentType = name.matches("no form|.*part.*") ? "multipart/form-data; boundary=x" : "application/json";
        return ProblemException.find(assertThrows(
                        RuntimeException.class,
                        () -> RESOURCE.predict(contentType, Queries.none(), new ByteArrayInputStream(body))))
                .orElseThrow()
                .problem()
                .slug();
    }

    /** The least of many rounds counts, because the first ones run without the compiler and any may be disturbed. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedBodies")
    void refusalCostsLittle(String name, String slug, byte[] body) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < ROUNDS && (i < 5 || least > MAX_COST / 2); i++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            assertEquals(slug, problem(name, body));
            least = Math.min(least, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);
        }
        System.out.printf("| %s | %s | %.1f MiB | %.1f ms |%n", name, slug, body.length / 1048576.0, least / 1e6);
        long cost = least;
        assertTrue(least * LENGTH / body.length <= MAX_COST, () -> cost + " ns for " + body.length + " bytes");
    }
}
