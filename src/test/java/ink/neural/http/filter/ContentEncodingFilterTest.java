package ink.neural.http.filter;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ink.neural.http.Fake;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentEncodingFilterTest {
    private static void filter(String encoding) {
        new ContentEncodingFilter()
                .filter(Fake.of(
                        ContainerRequestContext.class, new ApiKeyFilterTest.Headers("Content-Encoding", encoding)));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"identity", "Identity"})
    void plainBodyIsAccepted(String encoding) {
        assertDoesNotThrow(() -> filter(encoding));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "identity, gzip", "x", ""})
    void encodedBodyIsRefused(String encoding) {
        assertEquals(
                Problem.UNSUPPORTED_MEDIA_TYPE,
                assertThrows(ProblemException.class, () -> filter(encoding)).problem());
    }
}
