package ink.neural.drawing.pixel;

/** Colours as {@code 0xAARRGGBB}, not premultiplied. */
public final class Argb {
    /** An alpha of 255, and so black. */
    public static final int OPAQUE = 0xFF000000;

    private Argb() {}

    /**
     * An opaque colour.
     *
     * @param red from 0 to 255
     * @param green from 0 to 255
     * @param blue from 0 to 255
     * @return the colour
     */
    public static int rgb(int red, int green, int blue) {
        return OPAQUE | red << 16 | green << 8 | blue;
    }

    /**
     * An opaque grey.
     *
     * @param grey from 0 (black) to 255 (white)
     * @return the colour
     */
    public static int grey(int grey) {
        return OPAQUE | grey * 0x010101;
    }

    /**
     * The colour of inks on white paper, as if each took its share of the light. No colour profile is applied.
     *
     * @param cyan from 0 (none) to 255
     * @param magenta from 0 to 255
     * @param yellow from 0 to 255
     * @param black from 0 to 255
     * @return an opaque colour
     */
    public static int cmyk(int cyan, int magenta, int yellow, int black) {
        int light = 255 - black;
        return rgb((255 - cyan) * light / 255, (255 - magenta) * light / 255, (255 - yellow) * light / 255);
    }

    /**
     * The nearest number from 0 to 255.
     *
     * @param sample any number
     * @return the number, or 0 or 255
     */
    public static int clamp(int sample) {
        return Math.max(0, Math.min(255, sample));
    }
}
