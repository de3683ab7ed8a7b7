package ink.neural.drawing;

import ink.neural.drawing.pixel.Argb;
import java.util.Arrays;

/** Collects the pixels of a drawing. It keeps colours only if it meets a pixel that is not an opaque grey. */
final class DrawingBuilder {
    private final int width;
    private final int height;
    private final byte[] greys;
    private int[] colours;

    DrawingBuilder(int width, int height) {
        this.width = width;
        this.height = height;
        greys = new byte[width * height];
    }

    /**
     * Sets a pixel.
     *
     * @param index its index, row by row from the top left
     * @param argb its colour, not premultiplied
     */
    void set(int index, int argb) {
        if (colours == null && isOpaqueGrey(argb)) {
            greys[index] = (byte) argb;
            return;
        }
        greys[index] = Drawing.grey(argb);
        colours()[index] = argb;
    }

    /** Sets the first pixels of a row, as many as are wanted, from an index on. */
    void set(int index, int[] argb, int count) {
        int done = colours == null ? setOpaqueGreys(index, argb, count) : 0;
        if (done < count) {
            System.arraycopy(argb, done, colours(), index + done, count - done);
        }
        for (int i = done; i < count; i++) {
            greys[index + i] = Drawing.grey(argb[i]);
        }
    }

    /** Sets pixels up to the first that is not an opaque grey. Returns how many. */
    private int setOpaqueGreys(int index, int[] argb, int count) {
        int done = 0;
        while (done < count && isOpaqueGrey(argb[done])) {
            greys[index + done] = (byte) argb[done];
            done++;
        }
        return done;
    }

    /** Sets the pixels from one index to before another to the same colour. */
    void fill(int from, int to, int argb) {
        Arrays.fill(greys, from, to, Drawing.grey(argb));
        if (colours != null || !isOpaqueGrey(argb)) {
            Arrays.fill(colours(), from, to, argb);
        }
    }

    /** Copies pixels that have been set already. */
    void copy(int from, int to, int length) {
        System.arraycopy(greys, from, greys, to, length);
        if (colours != null) {
            System.arraycopy(colours, from, colours, to, length);
        }
    }

    private int[] colours() {
        if (colours == null) {
            colours = new int[greys.length];
            Arrays.setAll(colours, i -> Argb.grey(greys[i] & 0xFF));
        }
        return colours;
    }

    Drawing drawing() {
        return new Drawing(width, height, greys, colours);
    }

    private static boolean isOpaqueGrey(int argb) {
        return argb == Argb.grey(argb & 0xFF);
    }
}
