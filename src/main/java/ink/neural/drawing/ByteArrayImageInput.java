package ink.neural.drawing;

import javax.imageio.stream.ImageInputStreamImpl;

/** Reads a file that is in memory. ImageIO's own streams would copy it. */
final class ByteArrayImageInput extends ImageInputStreamImpl {
    private final byte[] file;
    private final int end;

    /**
     * Opens a file.
     *
     * @param file holds the file
     * @param end length of the file
     */
    ByteArrayImageInput(byte[] file, int end) {
        this.file = file;
        this.end = end;
    }

    @Override
    public int read() {
        bitOffset = 0;
        return streamPos < end ? file[(int) streamPos++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        bitOffset = 0;
        if (streamPos >= end) {
            return -1;
        }
        int count = (int) Math.min(length, end - streamPos);
        System.arraycopy(file, (int) streamPos, target, offset, count);
        streamPos += count;
        return count;
    }

    @Override
    public long length() {
        return end;
    }
}
