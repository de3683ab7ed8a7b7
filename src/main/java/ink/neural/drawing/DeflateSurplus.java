package ink.neural.drawing;

import static ink.neural.drawing.InvalidImageException.notAnImage;

import java.util.zip.Inflater;

/**
 * Refuses compressed pixels that are longer than what comes out of them. A deflate stream may hold any number of empty
 * blocks, each of which costs more than a microsecond. Encoders add a few bytes to data that they cannot compress: five for
 * each block of up to 65,535 bytes, or for each row that they flush (RFC 1951, section 3.2.4).
 */
final class DeflateSurplus {
    /** How much input should be given to an inflater at once, so that it is checked soon enough. */
    static final int PIECE = 1 << 13;

    private static final int MAX_SURPLUS = 1 << 16;

    private long ofEarlierStreams;

    /**
     * Checks an inflater before it gets more input.
     *
     * @throws InvalidImageException if its input so far was much longer than its output
     */
    void check(Inflater inflater) {
        if (ofEarlierStreams + inflater.getBytesRead() - inflater.getBytesWritten() > MAX_SURPLUS) {
            throw notAnImage("The compressed pixels of the image are malformed: they are longer than its pixels.");
        }
    }

    /** Makes an inflater ready for the next stream of the same image. */
    void reset(Inflater inflater) {
        ofEarlierStreams += inflater.getBytesRead() - inflater.getBytesWritten();
        inflater.reset();
    }
}
