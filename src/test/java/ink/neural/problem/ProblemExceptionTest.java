package ink.neural.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ink.neural.decoding.Alphabet;
import ink.neural.decoding.FieldPattern;
import ink.neural.decoding.InvalidPatternException;
import ink.neural.drawing.InvalidImageException;
import ink.neural.drawing.InvalidImageException.Reason;
import ink.neural.ink.EmptyDrawingException;
import ink.neural.recognition.InvalidModelException;
import ink.neural.recognition.Labels;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemExceptionTest {
    private static void assertProblem(Problem problem, String detail, Throwable thrown) {
        ProblemException found = ProblemException.find(thrown).orElseThrow();
        assertEquals(problem, found.problem());
        assertEquals(detail, found.getMessage());
    }

    @ParameterizedTest
    @EnumSource
    void everyReasonIsTheProblemOfThatName(Reason reason) {
        assertProblem(Problem.valueOf(reason.name()), "why", new InvalidImageException(reason, "why"));
    }

    @Test
    void emptyDrawingMeansThatThereIsNoInk() {
        assertProblem(
                Problem.NOTHING_DRAWN,
                "No ink can be distinguished from the paper. Draw in another colour than the background.",
                new EmptyDrawingException());
    }

    @ParameterizedTest
    @CsvSource({
        "é, charset contains characters that the model does not know: é",
        "digits, charset contains none of the model's characters."
    })
    void unknownCharactersAreABadOption(String charset, String detail) {
        RuntimeException thrown = null;
        try {
            new Labels(List.of("a")).indices(charset);
        } catch (RuntimeException e) {
            thrown = e;
        }
        assertProblem(Problem.BAD_OPTION, detail, thrown);
    }

    @Test
    void mistakeInAPatternHasItsPosition() {
        InvalidPatternException thrown =
                assertThrows(InvalidPatternException.class, () -> FieldPattern.compile("ab)c", new Alphabet("abc")));
        ProblemDetails details = ProblemException.find(thrown).orElseThrow().details();
        assertEquals(2, details.position());
        assertEquals("bad-option", details.type().replaceAll(".*:", ""));
    }

    @Test
    void problemIsFoundAmongTheCauses() {
        ProblemException problem = new ProblemException(Problem.TOO_SLOW);
        Throwable wrapped = new RuntimeException(new IOException(problem));
        assertSame(problem, ProblemException.find(wrapped).orElseThrow());
    }

    @Test
    void outermostProblemCounts() {
        ProblemException outer = new ProblemException(Problem.BUSY);
        outer.initCause(new ProblemException(Problem.TOO_SLOW));
        assertSame(outer, ProblemException.find(outer).orElseThrow());
    }

    @Test
    void otherExceptionsAreNoProblems() {
        assertEquals(Optional.empty(), ProblemException.find(new InvalidModelException("broken")));
        assertEquals(Optional.empty(), ProblemException.find(new IllegalStateException(new IOException())));
        assertEquals(Optional.empty(), ProblemException.find(null));
    }
}
