package ink.neural.drawing;

import static ink.neural.drawing.InvalidImageException.damaged;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates the pixel data of a PNG file, which is one zlib stream (RFC 1950) divided among the IDAT chunks.
 *
 * <p>The zlib header is checked here and hidden from the inflater. Otherwise the inflater would compute the stream's
 * Adler-32 checksum, about a tenth of the time a prediction takes, although {@link PngParser} has already checked
 * each chunk's CRC.
 */
final class IdatInflater implements AutoCloseable {
    /** The bits of the two header bytes that matter: the compression method and the preset-dictionary flag. */
    private static final int[] ZLIB_HEADER_MASK = {0x0F, 0x20};
    /** Their values: deflate, no dictionary. */
    private static final int[] ZLIB_HEADER = {8, 0};

    private final ByteBuffer chunks;
    private final Inflater inflater = new Inflater(true);
    private final DeflateSurplus surplus = new DeflateSurplus();
    /** What the inflater has not been given of the current chunk. */
    private int start;

    private int end;
    private int headerBytesRead;

    IdatInflater(PngImage image) {
        chunks = ByteBuffer.wrap(image.file(), 0, image.end()).position(PngParser.FIRST_CHUNK);
    }

    /**
     * Reads the next {@code length} bytes.
     *
     * @throws InvalidImageException if the stream is damaged or has fewer bytes left
     */
    void read(byte[] target, int length) {
        int done = 0;
        while (done < length) {
            int count = inflate(target, done, length - done);
            if (count == 0) {
                nextPiece();
            }
            done += count;
        }
    }

    /** Inflates what it can from the current piece. Returns 0 if the inflater needs the next one. */
    private int inflate(byte[] target, int offset, int length) {
        try {
            int count = inflater.inflate(target, offset, length);
            if (count == 0 && (inflater.finished() || !inflater.needsInput())) {
                throw damaged();
            }
            return count;
        } catch (DataFormatException e) {
            throw damaged();
        }
    }

    private void nextPiece() {
        surplus.check(inflater);
        if (start == end) {
            nextChunk();
        }
        int length = Math.min(DeflateSurplus.PIECE, end - start);
        inflater.setInput(chunks.array(), start, length);
        start += length;
    }

    private void nextChunk() {
        while (chunks.hasRemaining()) {
            int length = chunks.getInt();
            int type = chunks.getInt();
            start = chunks.position();
            end = start + length;
            chunks.position(end + 4);
            if (type == PngParser.IDAT) {
                start += skipHeader(start, length);
                return;
            }
        }
        throw damaged();
    }

    /** Checks what the chunk holds of the zlib header, and returns how many bytes that is. */
    private int skipHeader(int start, int length) {
        int skipped = 0;
        while (headerBytesRead < ZLIB_HEADER.length && skipped < length) {
            int masked = chunks.get(start + skipped) & ZLIB_HEADER_MASK[headerBytesRead];
            if (masked != ZLIB_HEADER[headerBytesRead]) {
                throw damaged();
            }
            headerBytesRead++;
            skipped++;
        }
        return skipped;
    }

    @Override
    public void close() {
        inflater.end();
    }
}
