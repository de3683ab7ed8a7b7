package ink.neural.bulk;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Decompresses a gzip file, and does not pass over what follows the compressed data, as its parent does. */
final class Gzip extends GZIPInputStream {
    private static final int TRAILER = 8;

    Gzip(InputStream in, int buffer) throws IOException {
        super(in, buffer);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        if (count < 0 && (inf.getRemaining() > TRAILER || in.available() > 0)) {
            throw new IOException("there is something after its compressed data, which has not been read");
        }
        return count;
    }
}
