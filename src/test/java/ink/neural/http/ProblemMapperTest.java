package ink.neural.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.LogCapture;
import ink.neural.drawing.DataUrl;
import ink.neural.http.filter.Failure;
import ink.neural.ink.EmptyDrawingException;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemDetails;
import ink.neural.problem.ProblemException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.ServerErrorException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemMapperTest {
    private final FakeExchange exchange = new FakeExchange("POST", "/predict");
    private final ProblemMapper mapper = new ProblemMapper();
    private final LogCapture log = new LogCapture(Failure.class.getName());

    @BeforeEach
    void setUp() {
        mapper.request = exchange.request();
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    private ProblemDetails details(Throwable thrown) {
        Response response = mapper.toResponse(thrown);
        ProblemDetails details = (ProblemDetails) response.getEntity();
        assertEquals(details.status(), response.getStatus());
        assertEquals("application/problem+json", response.getMediaType().toString());
        return details;
    }

    @ParameterizedTest
    @EnumSource
    void problemBecomesItsAnswer(Problem problem) {
        Response response = mapper.toResponse(new ProblemException(problem, "because"));
        assertEquals(problem.details("because"), response.getEntity());
        assertEquals(problem.title(), response.getStatusInfo().getReasonPhrase());
        assertEquals(problem.slug(), exchange.request().getAttribute("ink.neural.problem"));
        assertEquals(problem.status() == 503 ? "1" : null, response.getHeaderString("Retry-After"));
        assertEquals(
                problem.status() == 401 ? "Bearer realm=\"Neural Ink\"" : null,
                response.getHeaderString("WWW-Authenticate"));
    }

    @Test
    void problemIsFoundAmongTheCauses() {
        ProblemException problem = new ProblemException(Problem.TOO_SLOW);
        assertEquals(
                problem.details(),
                details(new ProcessingException(new IOException(new IllegalStateException(problem)))));
    }

    @Test
    void problemMattersMoreThanTheExceptionAroundIt() {
        Throwable wrapped = new ClientErrorException(400, new ProblemException(Problem.BODY_TOO_LARGE));
        assertEquals(413, details(wrapped).status());
    }

    @ParameterizedTest
    @CsvSource({
        "404, NOT_FOUND",
        "405, METHOD_NOT_ALLOWED",
        "406, NOT_ACCEPTABLE",
        "413, BODY_TOO_LARGE",
        "400, BAD_REQUEST",
        "418, BAD_REQUEST",
        "302, BAD_REQUEST"
    })
    void statusOfTheServerBecomesAProblem(int status, Problem problem) {
        ProblemDetails details = details(new WebApplicationException("secret", status));
        assertEquals(problem.details(details.detail()), details);
        assertTrue(details.detail().length() > 10 && !details.detail().contains("secret"), details.detail());
    }

    @Test
    void acceptedMediaTypesAreNamed() {
        ProblemDetails details = details(new NotSupportedException("secret"));
        assertEquals("urn:neural-ink:problem:unsupported-media-type", details.type());
        assertTrue(details.detail().startsWith("Send JSON (application/json), an image file"), details.detail());
    }

    @Test
    void failureOfTheServerIsOurs() {
        assertEquals(Failure.ofStatus(500).details(), details(new ServerErrorException("secret", 503)));
    }

    @Test
    void allowedMethodsAreKept() {
        Response response = mapper.toResponse(new NotAllowedException("POST", new String[0]));
        assertEquals("POST", response.getHeaderString("Allow"));
        assertNull(mapper.toResponse(new ProblemException(Problem.BUSY)).getHeaderString("Allow"));
    }

    @Test
    void brokenConnectionIsTheClientsFault() {
        assertEquals(
                Problem.BAD_REQUEST.details("The request ended early. Please send it again, all of it."),
                details(new UncheckedIOException(new IOException("secret"))));
    }

    @Test
    void drawingThatCannotBeReadIsTheClientsFault() {
        assertEquals(
                Problem.NOTHING_DRAWN.details(
                        "No ink can be distinguished from the paper. Draw in another colour than the background."),
                details(new EmptyDrawingException()));
        assertEquals(
                "urn:neural-ink:problem:not-a-data-url",
                details(failure("data:,x")).type());
        assertEquals(
                "urn:neural-ink:problem:not-base64",
                details(failure("data:;base64,?")).type());
    }

    private static RuntimeException failure(String url) {
        try {
            DataUrl.decode(url);
            throw new AssertionError("this is no image");
        } catch (RuntimeException e) {
            return e;
        }
    }

    @Test
    void faultOfOursIsHiddenFromTheClient() {
        assertEquals(Failure.ofStatus(500).details(), details(new IllegalStateException("secret")));
        assertEquals(Failure.ofStatus(500).details(), details(new StackOverflowError("secret")));
    }

    /** All mappers share ten lines a minute, of which the other tests of this class use a few. */
    @Test
    void faultsOfOursAreLoggedButCannotFloodTheLog() {
        IllegalStateException fault = new IllegalStateException("secret");
        for (int i = 0; i < 100; i++) {
            mapper.toResponse(fault);
        }
        assertTrue(
                !log.records().isEmpty() && log.records().size() <= 10,
                log.records().size() + " lines");
        assertSame(fault, log.records().get(0).getThrown());
    }

    @Test
    void faultsOfTheClientAreNotLogged() {
        details(new ProblemException(Problem.NOT_JSON));
        details(new IOException());
        assertEquals(List.of(), log.records());
    }
}
