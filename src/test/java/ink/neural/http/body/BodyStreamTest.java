package ink.neural.http.body;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyStreamTest {
    private final BodyStream stream = new BodyStream();

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1023, 1024, 1025, 8192, 65_536, 65_537, 200_000})
    void bytesComeOutAsTheyWentIn(int count) throws Exception {
        byte[] bytes = bytes(count);
        stream.append(bytes, count);
        assertEquals(count, stream.available());
        assertArrayEquals(bytes, stream.readAllBytes());
        assertEquals(0, stream.available());
        assertTrue(stream.isFinished());
    }

    @Test
    void readsAndAppendsOfAnySizeMayAlternate() {
        Random random = new Random(1);
        ByteArrayOutputStream in = new ByteArrayOutputStream();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[5000];
        for (int i = 0; i < 500; i++) {
            byte[] piece = bytes(random.nextInt(buffer.length));
            stream.append(piece, piece.length);
            in.writeBytes(piece);
            int count = stream.read(buffer, 0, 1 + random.nextInt(buffer.length));
            out.write(buffer, 0, Math.max(0, count));
            assertEquals(in.size() - out.size(), stream.available());
        }
        for (int count = stream.read(buffer, 0, buffer.length); count >= 0; ) {
            out.write(buffer, 0, count);
            count = stream.read(buffer, 0, buffer.length);
        }
        assertArrayEquals(in.toByteArray(), out.toByteArray());
    }

    @Test
    void onlyTheGivenPartOfABufferIsAppendedAndWritten() {
        stream.append(new byte[] {1, 2, 3}, 2);
        byte[] buffer = new byte[4];
        assertEquals(2, stream.read(buffer, 1, 3));
        assertArrayEquals(new byte[] {0, 1, 2, 0}, buffer);
    }

    @Test
    void singleBytesAreUnsigned() {
        stream.append(new byte[] {(byte) 0xFF}, 1);
        assertEquals(0xFF, stream.read());
        assertEquals(-1, stream.read());
    }

    @Test
    void emptyStreamIsAtItsEnd() {
        assertEquals(-1, stream.read(new byte[1], 0, 1));
        assertTrue(stream.isFinished());
    }

    @Test
    void streamIsFinishedOnlyAfterItsLastByte() {
        stream.append(new byte[2], 2);
        stream.read();
        assertFalse(stream.isFinished());
        stream.read();
        assertTrue(stream.isFinished());
    }

    @Test
    void readsOfAFailedStreamThrowTheProblem() {
        ProblemException problem = new ProblemException(Problem.TOO_SLOW);
        stream.append(new byte[2000], 2000);
        stream.fail(() -> problem);
        assertEquals(0, stream.available(), "the bytes are freed");
        assertSame(problem, assertThrows(ProblemException.class, stream::read));
        assertSame(problem, assertThrows(ProblemException.class, stream::readAllBytes));
    }

    @Test
    void firstFailureCounts() {
        stream.fail(() -> new ProblemException(Problem.BODY_TOO_LARGE));
        stream.fail(() -> new ProblemException(Problem.TOO_SLOW));
        assertEquals(
                Problem.BODY_TOO_LARGE,
                assertThrows(ProblemException.class, stream::read).problem());
    }

    @Test
    void readingNeverBlocksSoNoListenerIsNeeded() {
        assertTrue(stream.isReady());
        assertThrows(IllegalStateException.class, () -> stream.setReadListener(null));
    }
}
