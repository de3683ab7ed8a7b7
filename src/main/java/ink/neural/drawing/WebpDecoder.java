package ink.neural.drawing;

import static ink.neural.drawing.InvalidImageException.damaged;
import static ink.neural.drawing.InvalidImageException.notAnImage;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Decodes WebP files (RFC 9649): lossy or lossless, with or without alpha. Of an animation, the first frame. */
final class WebpDecoder {
    private static final int RIFF = type("RIFF");
    private static final int WEBP = type("WEBP");
    private static final int VP8 = type("VP8 ");
    private static final int VP8L = type("VP8L");
    private static final int VP8X = type("VP8X");
    private static final int ALPH = type("ALPH");
    private static final int ANMF = type("ANMF");
    private static final int EXIF = type("EXIF");
    private static final byte[] EXIF_NAME = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);

    private static final int FIRST_CHUNK = 12;
    private static final int CHUNK_HEADER = 8;
    private static final int FRAME_HEADER = 16;
    private static final int START_CODE = 0x2A019D;
    private static final int LOSSLESS_SIGNATURE = 0x2F;
    private static final int LOSSLESS_HEADER = 5;
    private static final int DECODE_COST = 8;

    private final byte[] file;
    private final ByteBuffer in;
    private int canvasWidth;
    private int canvasHeight;
    private boolean animated;
    private int orientation = ExifOrientation.UPRIGHT;
    /** The pixels, once they have been found, and their size and place on the canvas. */
    private Chunk pixels;

    private Chunk alpha;
    private int left;
    private int top;
    private int width;
    private int height;

    /** The type of a chunk and where its data lies. */
    private record Chunk(int type, int start, int end) {}

    private WebpDecoder(byte[] file) {
        this.file = file;
        in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int type(String name) {
        return ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
    }

    /** Whether a file starts as a WebP does. */
    static boolean recognises(byte[] file) {
        if (file.length < FIRST_CHUNK) {
            return false;
        }
        ByteBuffer start = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        return start.getInt(0) == RIFF && start.getInt(8) == WEBP;
    }

    /**
     * Parses the chunks of a WebP file.
     *
     * @throws InvalidImageException if the file is truncated or damaged, or contains no image
     */
    static ImageFile parse(byte[] file) {
        WebpDecoder webp = new WebpDecoder(file);
        try {
            webp.readChunks();
        } catch (IndexOutOfBoundsException e) {
            throw truncated();
        }
        return new ImageFile(webp.canvasWidth, webp.canvasHeight, DECODE_COST, webp.orientation, webp::decode);
    }

    private static InvalidImageException truncated() {
        return notAnImage("The WebP file is truncated.");
    }

    private void readChunks() {
        long end = CHUNK_HEADER + (in.getInt(4) & 0xFFFFFFFFL);
        if (end > file.length) {
            throw truncated();
        }
        for (int at = FIRST_CHUNK; at + CHUNK_HEADER <= end; ) {
            Chunk chunk = chunk(at, (int) end);
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
        if (pixels == null) {
            throw notAnImage("The WebP file contains no image.");
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

    private Chunk chunk(int at, int end) {
        long stop = at + CHUNK_HEADER + (in.getInt(at + 4) & 0xFFFFFFFFL);
        if (stop > end) {
            throw truncated();
        }
        return new Chunk(in.getInt(at), at + CHUNK_HEADER, (int) stop);
    }

    /** Where the chunk after this one begins: chunks are padded to an even length. */
    private static int next(Chunk chunk) {
        return chunk.end() + (chunk.end() - chunk.start()) % 2;
    }

    private int read24(int at) {
        return in.getShort(at) & 0xFFFF | (in.get(at + 2) & 0xFF) << 16;
    }

    private void readCanvas(int at) {
        animated = (in.get(at) & 2) != 0;
        canvasWidth = 1 + read24(at + 4);
        canvasHeight = 1 + read24(at + 7);
    }

    private void readExif(Chunk chunk) {
        ByteBuffer exif = in.slice(chunk.start(), chunk.end() - chunk.start());
        boolean named = exif.remaining() > EXIF_NAME.length
                && exif.slice(0, EXIF_NAME.length).equals(ByteBuffer.wrap(EXIF_NAME));
        if (exif.hasRemaining()) {
            orientation = ExifOrientation.read(named ? exif.position(EXIF_NAME.length) : exif);
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
        int at = chunk.start();
        if (chunk.type() == ALPH) {
            alpha = chunk;
        } else if (chunk.type() == VP8) {
            boolean keyFrame = (in.get(at) & 1) == 0;
            if (!keyFrame || read24(at + 3) != START_CODE || chunk.end() < at + Vp8Decoder.HEADER_LENGTH) {
                throw damaged();
            }
            pixels = chunk;
            width = in.getShort(at + 6) & 0x3FFF;
            height = in.getShort(at + 8) & 0x3FFF;
        } else if (chunk.type() == VP8L) {
            if (in.get(at) != LOSSLESS_SIGNATURE || chunk.end() < at + LOSSLESS_HEADER) {
                throw damaged();
            }
            int size = in.getInt(at + 1);
            pixels = chunk;
            width = 1 + (size & 0x3FFF);
            height = 1 + (size >> 14 & 0x3FFF);
        }
    }

    private Drawing decode() {
        BoxFilter drawing = BoxFilter.ofRows(canvasWidth, canvasHeight);
        int[] blank = new int[canvasWidth];
        for (int y = 0; y < top; y++) {
            drawing.addRow(y, blank);
        }
        if (pixels.type() == VP8L) {
            addLossless(drawing);
        } else {
            addLossy(drawing);
        }
        for (int y = top + height; y < canvasHeight; y++) {
            drawing.addRow(y, blank);
        }
        return drawing.drawing();
    }

    private void addLossless(BoxFilter drawing) {
        boolean hasAlpha = (in.getInt(pixels.start() + 1) >> 28 & 1) == 1;
        int opaque = hasAlpha ? 0 : 0xFF000000;
        int[] argb = Vp8lDecoder.decode(file, pixels.start() + LOSSLESS_HEADER, pixels.end(), width, height);
        int[] row = new int[canvasWidth];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                row[left + x] = argb[y * width + x] | opaque;
            }
            drawing.addRow(top + y, row);
        }
    }

    private void addLossy(BoxFilter drawing) {
        byte[] alphas = alpha == null ? null : readAlpha();
        Vp8Decoder frame = new Vp8Decoder(file, pixels.start(), pixels.end(), width, height);
        frame.decode();
        int[] row = new int[canvasWidth];
        for (int y = 0; y < height; y++) {
            frame.copyRow(y, row, left);
            for (int x = 0; x < width && alphas != null; x++) {
                row[left + x] &= 0xFFFFFF | alphas[y * width + x] << 24;
            }
            drawing.addRow(top + y, row);
        }
    }

    /** Reads the alphas of a lossy image: stored as they are, or as the greens of a lossless image, and filtered. */
    private byte[] readAlpha() {
        int flags = in.get(alpha.start());
        byte[] alphas = new byte[width * height];
        if ((flags & 3) == 0) {
            if (alpha.end() - alpha.start() - 1 < alphas.length) {
                throw damaged();
            }
            in.get(alpha.start() + 1, alphas);
        } else {
            int[] argb = Vp8lDecoder.decode(file, alpha.start() + 1, alpha.end(), width, height);
            for (int i = 0; i < alphas.length; i++) {
                alphas[i] = (byte) (argb[i] >> 8);
            }
        }
        unfilter(alphas, flags >> 2 & 3);
        return alphas;
    }

    /** Adds to each alpha its prediction: none (0), that on the left (1), that above (2) or their gradient (3). */
    private void unfilter(byte[] alphas, int filter) {
        for (int y = 0, i = 0; y < height && filter != 0; y++) {
            for (int x = 0; x < width; x++, i++) {
                int previous = x == 0 ? y == 0 ? 0 : alphas[i - width] & 0xFF : alphas[i - 1] & 0xFF;
                int above = y == 0 ? previous : alphas[i - width] & 0xFF;
                alphas[i] += (byte)
                        switch (filter) {
                            case 1 -> previous;
                            case 2 -> above;
                            default ->
                                x == 0 || y == 0
                                        ? previous
                                        : Vp8Plane.clamp(previous + above - (alphas[i - width - 1] & 0xFF));
                        };
            }
        }
    }
}
