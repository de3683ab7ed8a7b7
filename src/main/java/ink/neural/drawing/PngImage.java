package ink.neural.drawing;

import ink.neural.drawing.pixel.Argb;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A parsed PNG file.
 *
 * @param file the whole file; the chunks from {@link PngParser#FIRST_CHUNK} on have been checked
 * @param end offset of the end of the last chunk
 * @param width columns
 * @param height rows
 * @param depth bits per sample: 1, 2, 4, 8 or 16
 * @param colourType 0 for grey, 2 for RGB, 3 for a palette, 4 for grey and alpha, 6 for RGBA
 * @param interlaced whether the pixels come in seven passes
 * @param palette the data of the palette chunk, or null
 * @param transparency the data of the transparency chunk, or null
 */
record PngImage(
        byte[] file,
        int end,
        int width,
        int height,
        int depth,
        int colourType,
        boolean interlaced,
        ByteBuffer palette,
        ByteBuffer transparency) {
    static final int GREY = 0;
    static final int RGB = 2;
    static final int PALETTE = 3;
    static final int GREY_ALPHA = 4;
    static final int RGBA = 6;

    private static final int[] SAMPLES_PER_PIXEL = {1, 0, 3, 1, 2, 0, 4};

    int samplesPerPixel() {
        return SAMPLES_PER_PIXEL[colourType];
    }

    /** The 256 colours of the palette. An index beyond the stored palette is black. */
    int[] colours() {
        ByteBuffer rgb = palette.duplicate();
        int alphas = transparency == null ? 0 : transparency.remaining();
        int[] colours = new int[256];
        Arrays.fill(colours, Argb.OPAQUE);
        for (int i = 0; i < colours.length && rgb.remaining() >= 3; i++) {
            int alpha = i < alphas ? transparency.get(i) : 255;
            colours[i] = alpha << 24 | (rgb.get() & 0xFF) << 16 | (rgb.get() & 0xFF) << 8 | rgb.get() & 0xFF;
        }
        return colours;
    }
}
