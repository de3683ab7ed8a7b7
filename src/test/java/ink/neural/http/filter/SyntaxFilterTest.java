package ink.neural.http.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ink.neural.http.FakeExchange;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyntaxFilterTest {
    private static FakeExchange post() {
        return new FakeExchange("POST", "/predict");
    }

    private static FakeExchange send(FakeExchange exchange) throws Exception {
        new SyntaxFilter().doFilter(exchange.request(), exchange.response(), exchange.chain());
        return exchange;
    }

    private static Problem refusal(FakeExchange exchange) {
        Problem problem =
                assertThrows(ProblemException.class, () -> send(exchange)).problem();
        assertEquals(0, exchange.timesPassedOn());
        return problem;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Length    | 12",
                "Content-Length    | 2147483648",
                "Transfer-Encoding | chunked",
                "Transfer-Encoding | Chunked",
                "Content-Type      | image/png",
                "Content-Type      | application/json; charset=utf-8",
                "Content-Type      | multipart/form-data; boundary=\"=_\\\"; /\"",
                "Content-Type      | text/plain;",
                "Content-Type      | ''",
                "Accept            | */*",
                "Accept            | text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
                "Accept            | ,, application/json ;q=0.25,",
                "Accept            | text/html;level=1;q=1.000"
            })
    void requestThatFollowsTheRulesPasses(String name, String value) throws Exception {
        FakeExchange exchange = send(post().header(name, value));
        assertEquals(1, exchange.timesPassedOn());
        assertNull(exchange.answerHeader("Connection"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"12\n12", "12\n13", "-1", "+1", "12, 12", "1e3", "9223372036854775808"})
    void ambiguousLengthIsRefusedAndTheConnectionClosed(String lengths) {
        FakeExchange exchange = post().header("Content-Length", lengths);
        assertEquals(Problem.BAD_REQUEST, refusal(exchange));
        assertEquals("close", exchange.answerHeader("Connection"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "identity", "chunked, chunked", "chunked\nchunked"})
    void otherTransferEncodingIsRefusedAndTheConnectionClosed(String coding) {
        FakeExchange exchange = post().header("Transfer-Encoding", coding);
        assertEquals(Problem.BAD_REQUEST, refusal(exchange));
        assertEquals("close", exchange.answerHeader("Connection"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"chunked", "gzip"})
    void lengthBesideATransferEncodingIsRefused(String coding) {
        assertEquals(
                Problem.BAD_REQUEST,
                refusal(post().header("Content-Length", "1").header("Transfer-Encoding", coding)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "*",
                "image/",
                "/png",
                "image/png, image/png",
                "image/png; charset",
                "image/png; charset=\"",
                "image/png; charset = utf-8",
                "image /png",
                "*/*;q=2",
                "*/*;q=",
                "image/png\u0001"
            })
    void malformedContentTypeIsRefused(String type) {
        assertEquals(Problem.UNSUPPORTED_MEDIA_TYPE, refusal(post().header("Content-Type", type)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x", "text/html;q=", "*/*;q=2", "*/*;q=-1", "text/html image/png", "text/html;q=0.5x", "\""})
    void malformedAcceptIsRefused(String accept) {
        assertEquals(Problem.BAD_REQUEST, refusal(post().header("Accept", accept)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"charset=%zz", "%", "top=1%2", "charset=50%"})
    void malformedPercentEncodingIsRefused(String query) {
        assertEquals(Problem.BAD_REQUEST, refusal(post().query(query)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"charset=%C3%A9", "charset=é", "", "top=1&&=", "%25"})
    void otherQueryPasses(String query) throws Exception {
        assertEquals(1, send(post().query(query)).timesPassedOn());
    }
}
