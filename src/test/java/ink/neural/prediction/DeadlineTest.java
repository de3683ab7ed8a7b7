package ink.neural.prediction;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    @Test
    void deadlineAheadIsKept() {
        assertDoesNotThrow(Deadline.in(Duration.ofMinutes(1))::check);
    }

    @Test
    void missedDeadlineTakesTooLong() {
        Deadline missed = new Deadline(System.nanoTime() - 1);
        assertEquals(
                Problem.TOO_LONG,
                assertThrows(ProblemException.class, missed::check).problem());
    }

    @Test
    void durationIsCountedFromNow() {
        long before = System.nanoTime();
        long ahead = Deadline.in(Duration.ofSeconds(2)).nanoTime() - before;
        assertEquals(2, Duration.ofNanos(ahead).toSeconds());
    }
}
