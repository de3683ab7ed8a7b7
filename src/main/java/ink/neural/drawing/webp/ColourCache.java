package ink.neural.drawing.webp;

/** The recent colours of an image, each at an index that its hash gives (RFC 9649, section 3.6.2.3). */
final class ColourCache {
    private static final int HASH_FACTOR = 0x1E35A7BD;

    private final int[] pixels;
    private final int[] colours;
    private final int shift;
    /** How many pixels have been entered. They are entered only when a colour is asked for. */
    private int entered;

    ColourCache(int[] pixels, int indexBits) {
        this.pixels = pixels;
        colours = new int[1 << indexBits];
        shift = 32 - indexBits;
    }

    /**
     * A colour of the cache.
     *
     * @param decoded how many pixels have been decoded
     */
    int colour(int index, int decoded) {
        for (; entered < decoded; entered++) {
            colours[pixels[entered] * HASH_FACTOR >>> shift] = pixels[entered];
        }
        return colours[index];
    }
}
