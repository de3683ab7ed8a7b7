package ink.neural.drawing;

import static ink.neural.drawing.InvalidImageException.damaged;
import static ink.neural.drawing.InvalidImageException.notAnImage;

import ink.neural.drawing.pixel.Argb;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Decodes the first frame of a GIF file (GIF89a specification). What the frame does not cover is transparent. */
final class GifDecoder {
    private static final byte[] SIGNATURE = "GIF8".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER_LENGTH = 13;
    private static final int EXTENSION = 0x21;
    private static final int GRAPHIC_CONTROL = 0xF9;
    private static final int IMAGE = 0x2C;
    private static final int HAS_COLOUR_TABLE = 0x80;
    private static final int INTERLACED = 0x40;
    private static final int TRANSPARENT = 1;
    /** The passes of an interlaced frame: first row, and rows from each to the next. */
    private static final int[][] PASSES = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};

    private static final int[][] ONE_PASS = {{0, 1}};

    private final ByteBuffer in;
    private int width;
    private int height;
    private int[] colours;
    private int transparent = -1;
    private int left;
    private int top;
    private int frameWidth;
    private int frameHeight;
    private boolean interlaced;
    private int symbolBits;
    /** Offset of the compressed pixels. */
    private int data;

    private GifDecoder(byte[] file) {
        in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Whether a file starts as a GIF does. */
    static boolean recognises(byte[] file) {
        return file.length >= HEADER_LENGTH && Arrays.equals(file, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
    }

    /**
     * Parses a GIF file up to the end of the first frame.
     *
     * @throws InvalidImageException if the file is truncated or damaged, or has no frame
     */
    static ImageFile parse(byte[] file) {
        GifDecoder gif = new GifDecoder(file);
        try {
            gif.parse();
        } catch (BufferUnderflowException e) {
            throw notAnImage("The GIF file is truncated.");
        }
        return new ImageFile(
                gif.width, gif.height, 1, gif.in.position() - gif.data, ExifOrientation.UPRIGHT, gif::decode);
    }

    private void parse() {
        in.position(SIGNATURE.length + 2);
        width = readShort();
        height = readShort();
        int flags = in.get();
        in.position(HEADER_LENGTH);
        readColours(flags);
        int block = in.get() & 0xFF;
        while (block == EXTENSION) {
            readExtension();
            block = in.get() & 0xFF;
        }
        if (block != IMAGE) {
            throw notAnImage("The GIF file contains no image.");
        }
        readFrame();
    }

    private int readShort() {
        return in.getShort() & 0xFFFF;
    }

    private void readColours(int flags) {
        if ((flags & HAS_COLOUR_TABLE) == 0) {
            return;
        }
        colours = new int[256];
        Arrays.fill(colours, Argb.OPAQUE);
        for (int i = 0; i < 2 << (flags & 7); i++) {
            colours[i] = Argb.rgb(in.get() & 0xFF, in.get() & 0xFF, in.get() & 0xFF);
        }
    }

    private void readExtension() {
        int label = in.get() & 0xFF;
        int start = in.position();
        skipBlocks();
        if (label == GRAPHIC_CONTROL && in.position() - start > 4) {
            transparent = (in.get(start + 1) & TRANSPARENT) == 0 ? -1 : in.get(start + 4) & 0xFF;
        }
    }

    /** Skips blocks of up to 255 bytes, each after its length, up to and including the empty one. */
    private void skipBlocks() {
        for (int length = in.get() & 0xFF; length > 0; length = in.get() & 0xFF) {
            if (length > in.remaining()) {
                throw new BufferUnderflowException();
            }
            in.position(in.position() + length);
        }
    }

    private void readFrame() {
        left = readShort();
        top = readShort();
        frameWidth = readShort();
        frameHeight = readShort();
        int flags = in.get();
        interlaced = (flags & INTERLACED) != 0;
        readColours(flags);
        symbolBits = in.get();
        if (colours == null || symbolBits < 2 || symbolBits > 8 || frameWidth == 0 || frameHeight == 0) {
            throw damaged();
        }
        if (transparent >= 0) {
            colours[transparent] = 0;
        }
        width = Math.max(width, left + frameWidth);
        height = Math.max(height, top + frameHeight);
        data = in.position();
        skipBlocks();
    }

    private Drawing decode() {
        BoxFilter pixels = interlaced ? BoxFilter.ofPixels(width, height) : BoxFilter.ofRows(width, height);
        int[] blank = new int[width];
        for (int y = 0; y < top; y++) {
            pixels.addRow(y, blank);
        }
        try {
            decodeFrame(pixels);
        } catch (IOException e) {
            throw damaged();
        }
        for (int y = top + frameHeight; y < height; y++) {
            pixels.addRow(y, blank);
        }
        return pixels.drawing();
    }

    private void decodeFrame(BoxFilter pixels) throws IOException {
        InputStream indices = LzwInput.ofGif(symbolBits).restart(new Blocks());
        byte[] row = new byte[frameWidth];
        int[] argb = new int[width];
        for (int[] pass : interlaced ? PASSES : ONE_PASS) {
            for (int y = pass[0]; y < frameHeight; y += pass[1]) {
                if (indices.readNBytes(row, 0, frameWidth) < frameWidth) {
                    throw damaged();
                }
                for (int x = 0; x < frameWidth; x++) {
                    argb[left + x] = colours[row[x] & 0xFF];
                }
                pixels.addRow(top + y, argb);
            }
        }
    }

    /** The bytes of the blocks that hold the compressed pixels. */
    private final class Blocks extends InputStream {
        private int at = data;
        private int end = data;

        @Override
        public int read() {
            if (at == end) {
                int length = in.get(at) & 0xFF;
                if (length == 0) {
                    return -1;
                }
                at++;
                end = at + length;
            }
            return in.get(at++) & 0xFF;
        }
    }
}
