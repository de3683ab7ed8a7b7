package ink.neural.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;

/**
 * A stream whose first bytes are known before it is read.
 *
 * @param start the first bytes, fewer than asked for if the stream is shorter
 * @param whole the whole stream, the first bytes included
 */
public record PeekedStream(byte[] start, InputStream whole) {
    /**
     * Looks at the first bytes of a stream, which must not be read itself after that.
     *
     * @param stream the stream
     * @param length how many bytes to look at
     * @return the stream with its first bytes
     * @throws UncheckedIOException if it cannot be read
     */
    public static PeekedStream of(InputStream stream, int length) {
        try {
            byte[] start = stream.readNBytes(length);
            return new PeekedStream(start, new SequenceInputStream(new ByteArrayInputStream(start), stream));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
