package ink.neural.http.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ink.neural.http.FakeExchange;
import ink.neural.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    private final HttpServletRequest request = new FakeExchange("GET", "/").request();

    @Test
    void successIsOk() {
        assertEquals("ok", Outcome.of(request, 200));
        assertEquals("ok", Outcome.of(request, 304));
    }

    @Test
    void problemIsNamed() {
        Outcome.record(request, Problem.NOTHING_DRAWN);
        assertEquals("nothing-drawn", Outcome.of(request, 422));
    }

    @Test
    void errorOfTheServerIsNamedByItsStatus() {
        assertEquals("400", Outcome.of(request, 400));
    }
}
