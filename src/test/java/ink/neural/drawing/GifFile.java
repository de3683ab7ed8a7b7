package ink.neural.drawing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Builds GIF files block by block, valid or not. */
public final class GifFile {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final int screenWidth;
    private final int screenHeight;
    private boolean started;

    public GifFile(int screenWidth, int screenHeight) {
        this.screenWidth = screenWidth;
        this.screenHeight = screenHeight;
    }

    /** Adds the global colour table. The number of colours, which are {@code 0xRRGGBB}, is 2, 4, 8 and so on. */
    public GifFile colours(int... colours) {
        int count = Math.max(2, Integer.highestOneBit(colours.length));
        start(0x80 | Integer.numberOfTrailingZeros(count) - 1);
        for (int i = 0; i < count; i++) {
            int colour = colours[Math.min(i, colours.length - 1)];
            bytes(colour >> 16, colour >> 8, colour);
        }
        return this;
    }

    private void start(int flags) {
        if (!started) {
            started = true;
            out.writeBytes("GIF89a".getBytes(StandardCharsets.US_ASCII));
            shorts(screenWidth, screenHeight);
            bytes(flags, 0, 0);
        }
    }

    public GifFile extension(int label, int... data) {
        start(0);
        bytes(0x21, label);
        blocks(data);
        return this;
    }

    public GifFile transparent(int colour) {
        return extension(0xF9, 1, 0, 0, colour);
    }

    /** Adds a frame. The data is its compressed pixels. */
    public GifFile frame(int left, int top, int width, int height, int symbolBits, int... data) {
        start(0);
        bytes(0x2C);
        shorts(left, top, width, height);
        bytes(0, symbolBits);
        blocks(data);
        return this;
    }

    public byte[] end() {
        start(0);
        bytes(0x3B);
        return out.toByteArray();
    }

    private void blocks(int[] data) {
        for (int at = 0; at < data.length; at += 255) {
            int length = Math.min(255, data.length - at);
            bytes(length);
            for (int i = 0; i < length; i++) {
                out.write(data[at + i]);
            }
        }
        bytes(0);
    }

    private void shorts(int... values) {
        for (int value : values) {
            bytes(value, value >> 8);
        }
    }

    private void bytes(int... values) {
        for (int value : values) {
            out.write(value);
        }
    }
}
