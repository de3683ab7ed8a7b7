package ink.neural.bulk;

import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;

/** An image file is larger than the server would accept. */
final class TooLargeException extends ProblemException {
    private static final long serialVersionUID = 1;

    TooLargeException(int maxFile) {
        super(Problem.BODY_TOO_LARGE, "An image file may have at most %d bytes.".formatted(maxFile));
    }

    /** Reads a stream to its end, unless it is too long. */
    static byte[] readAtMost(InputStream in, int maxFile) throws IOException {
        byte[] bytes = in.readNBytes(maxFile + 1);
        if (bytes.length > maxFile) {
            throw new TooLargeException(maxFile);
        }
        return bytes;
    }
}
