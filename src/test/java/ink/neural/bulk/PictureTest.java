package ink.neural.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PictureTest {
    private static ProblemException problem(Picture picture) {
        return assertThrows(ProblemException.class, () -> picture.see(null, null));
    }

    @Test
    void pictureThatTakesTooMuchMemoryIsAProblem() {
        ProblemException problem = problem(new Picture("x", Optional.empty(), 0, (predictor, decoder) -> {
            throw new OutOfMemoryError();
        }));
        assertEquals(Problem.TOO_MANY_PIXELS, problem.problem());
        assertTrue(problem.getMessage().contains("JAVA_OPTS=-Xmx"), problem.getMessage());
    }

    @Test
    void damageIsToldInPlainWords() {
        assertEquals(
                "You have no permission to read the file.",
                problem(Picture.damaged("x", new AccessDeniedException("x"))).getMessage());
        assertEquals(
                "The file does not exist any more.",
                problem(Picture.damaged("x", new NoSuchFileException("x"))).getMessage());
        assertEquals(
                "It is damaged or cannot be read to its end: it has been cut off.",
                problem(Picture.damaged("x", new EOFException())).getMessage());
    }

    @Test
    void detailIsOneLine() {
        String message =
                problem(Picture.damaged("x", new IOException("in a\nb\r."))).getMessage();
        assertEquals("It is damaged or cannot be read to its end: in a b .", message);
    }
}
