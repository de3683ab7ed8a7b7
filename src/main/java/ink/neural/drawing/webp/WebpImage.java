package ink.neural.drawing.webp;

import static ink.neural.drawing.webp.InvalidWebpException.damaged;
import static ink.neural.drawing.webp.InvalidWebpException.truncated;

import ink.neural.drawing.pixel.Argb;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A parsed WebP file (RFC 9649): lossy or lossless, with or without alpha. Of an animation, the first frame. What the
 * frame does not cover is transparent.
 */
public final class WebpImage {
    private static final int RIFF = type("RIFF");
    private static final int WEBP = type("WEBP");
    private static final int VP8 = type("VP8 ");
    private static final int VP8L = type("VP8L");
    private static final int VP8X = type("VP8X");
    private static final int ALPH = type("ALPH");
    private static final int ANMF = type("ANMF");
    private static final int EXIF = type("EXIF");
    /** Some programs begin EXIF data with this, as in a JPEG. */
    private static final byte[] EXIF_NAME = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);

    private static final int FIRST_CHUNK = 12;
    private static final int CHUNK_HEADER = 8;
    private static final int FRAME_HEADER = 16;
    private static final int ANIMATED = 2;
    private static final int START_CODE = 0x2A019D;
    private static final int LOSSLESS_SIGNATURE = 0x2F;
    private static final int LOSSLESS_HEADER = 5;

    private final ByteBuffer in;
    private int canvasWidth;
    private int canvasHeight;
    private boolean animated;
    private ByteBuffer exif;
    /** The pixels, once they have been found, and their size and place on the canvas. */
    private Chunk pixels;

    private Chunk alpha;
    private int left;
    private int top;
    private int width;
    private int height;

    /** The type of a chunk and where its data lies. */
    private record Chunk(int type, int start, int end) {}

    private WebpImage(byte[] file) {
        in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int type(String name) {
        return ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
    }

    /**
     * Tells whether a file starts as a WebP does.
     *
     * @param file any bytes
     * @return whether it is worth parsing
     */
    public static boolean recognises(byte[] file) {
        if (file.length < FIRST_CHUNK) {
            return false;
        }
        ByteBuffer start = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        return start.getInt(0) == RIFF && start.getInt(8) == WEBP;
    }

    /**
     * Parses the chunks of a file that starts as a WebP does.
     *
     * @param file the file
     * @return the image, ready to be decoded
     * @throws InvalidWebpException if the file is truncated or damaged, or contains no image
     */
    public static WebpImage parse(byte[] file) {
        WebpImage image = new WebpImage(file);
        try {
            image.readChunks();
        } catch (IndexOutOfBoundsException e) {
            throw truncated();
        }
        image.requireWithinCanvas();
        return image;
    }

    /**
     * Its width.
     *
     * @return pixels, at least 1 unless the file is lossy and damaged
     */
    public int width() {
        return canvasWidth;
    }

    /**
     * Its height.
     *
     * @return pixels, at least 1 unless the file is lossy and damaged
     */
    public int height() {
        return canvasHeight;
    }

    /**
     * Its EXIF data.
     *
     * @return a TIFF file, or null if there is none
     */
    public ByteBuffer exif() {
        return exif;
    }

    private void readChunks() {
        int end = end(CHUNK_HEADER, in.getInt(4), in.limit());
        for (int at = FIRST_CHUNK; at + CHUNK_HEADER <= end; ) {
            Chunk chunk = chunk(at, end);
            if (chunk.type() == VP8X) {
                readCanvas(chunk.start());
            } else if (chunk.type() == EXIF) {
                readExif(chunk);
            } else if (chunk.type() == ANMF && animated) {
                readFrame(chunk);
            } else {
                readPixels(chunk);
            }
            at = next(chunk);
        }
    }

    private Chunk chunk(int at, int limit) {
        int start = at + CHUNK_HEADER;
        return new Chunk(in.getInt(at), start, end(start, in.getInt(at + 4), limit));
    }

    /** Where data of a length, an unsigned number, ends. */
    private static int end(int start, int length, int limit) {
        long end = start + Integer.toUnsignedLong(length);
        if (end > limit) {
            throw truncated();
        }
        return (int) end;
    }

    /** Where the chunk after this one begins: chunks are padded to an even length. */
    private static int next(Chunk chunk) {
        return chunk.end() + (chunk.end() - chunk.start()) % 2;
    }

    private int read24(int at) {
        return in.getShort(at) & 0xFFFF | (in.get(at + 2) & 0xFF) << 16;
    }

    private void readCanvas(int at) {
        animated = (in.get(at) & ANIMATED) != 0;
        canvasWidth = 1 + read24(at + 4);
        canvasHeight = 1 + read24(at + 7);
    }

    private void readExif(Chunk chunk) {
        ByteBuffer data = in.slice(chunk.start(), chunk.end() - chunk.start());
        int named = data.mismatch(ByteBuffer.wrap(EXIF_NAME));
        if (data.hasRemaining()) {
            exif = named == EXIF_NAME.length ? data.position(EXIF_NAME.length) : data;
        }
    }

    private void readFrame(Chunk frame) {
        if (pixels != null) {
            return;
        }
        left = 2 * read24(frame.start());
        top = 2 * read24(frame.start() + 3);
        for (int at = frame.start() + FRAME_HEADER; at + CHUNK_HEADER <= frame.end(); ) {
            Chunk chunk = chunk(at, frame.end());
            readPixels(chunk);
            at = next(chunk);
        }
    }

    private void readPixels(Chunk chunk) {
        if (pixels != null) {
            return;
        }
        if (chunk.type() == ALPH) {
            alpha = chunk;
        } else if (chunk.type() == VP8) {
            readLossyHeader(chunk);
        } else if (chunk.type() == VP8L) {
            readLosslessHeader(chunk);
        }
    }

    private void readLossyHeader(Chunk chunk) {
        int at = chunk.start();
        boolean keyFrame = (in.get(at) & 1) == 0;
        if (!keyFrame || read24(at + 3) != START_CODE || chunk.end() < at + Vp8Decoder.HEADER_LENGTH) {
            throw damaged();
        }
        pixels = chunk;
        width = in.getShort(at + 6) & 0x3FFF;
        height = in.getShort(at + 8) & 0x3FFF;
    }

    private void readLosslessHeader(Chunk chunk) {
        int at = chunk.start();
        if (in.get(at) != LOSSLESS_SIGNATURE || chunk.end() < at + LOSSLESS_HEADER) {
            throw damaged();
        }
        int size = in.getInt(at + 1);
        pixels = chunk;
        width = 1 + (size & 0x3FFF);
        height = 1 + (size >> 14 & 0x3FFF);
    }

    private void requireWithinCanvas() {
        if (pixels == null) {
            throw new InvalidWebpException("The WebP file contains no image.");
        }
        if (canvasWidth == 0) {
            canvasWidth = width;
            canvasHeight = height;
        }
        boolean within = left + width <= canvasWidth && top + height <= canvasHeight;
        boolean whole = width == canvasWidth && height == canvasHeight;
        if (!(animated ? within : whole)) {
            throw damaged();
        }
    }

    /**
     * Decodes the pixels.
     *
     * @param rows receives all rows, from the top
     * @throws InvalidWebpException if they are damaged
     */
    public void decode(RowConsumer rows) {
        int[] row = new int[canvasWidth];
        for (int y = 0; y < top; y++) {
            rows.accept(y, row);
        }
        if (pixels.type() == VP8L) {
            decodeLossless(row, rows);
        } else {
            decodeLossy(row, rows);
        }
        int[] blank = new int[canvasWidth];
        for (int y = top + height; y < canvasHeight; y++) {
            rows.accept(y, blank);
        }
    }

    private void decodeLossless(int[] row, RowConsumer rows) {
        boolean hasAlpha = (in.getInt(pixels.start() + 1) >> 28 & 1) == 1;
        int opaque = hasAlpha ? 0 : Argb.OPAQUE;
        int[] argb = Vp8lDecoder.decode(in.array(), pixels.start() + LOSSLESS_HEADER, pixels.end(), width, height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                row[left + x] = argb[y * width + x] | opaque;
            }
            rows.accept(top + y, row);
        }
    }

    private void decodeLossy(int[] row, RowConsumer rows) {
        byte[] alphas = alpha == null ? null : AlphaChunk.decode(in.array(), alpha.start(), alpha.end(), width, height);
        Vp8Decoder frame = new Vp8Decoder(in.array(), pixels.start(), pixels.end(), width, height);
        frame.decode();
        for (int y = 0; y < height; y++) {
            frame.copyRow(y, row, left);
            for (int x = 0; x < width && alphas != null; x++) {
                row[left + x] &= 0xFFFFFF | alphas[y * width + x] << 24;
            }
            rows.accept(top + y, row);
        }
    }
}
