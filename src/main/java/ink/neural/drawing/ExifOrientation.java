package ink.neural.drawing;

import java.nio.ByteBuffer;

/** The EXIF orientation: how a camera was held, as a number from 1 to 8 (Exif 2.32, section 4.6). */
final class ExifOrientation {
    static final int UPRIGHT = 1;

    private ExifOrientation() {}

    /** Reads the orientation from EXIF data. An image counts as upright if this data is damaged. */
    static int read(ByteBuffer exif) {
        try {
            return valid(new TiffDirectory(exif).number(TiffDirectory.ORIENTATION, UPRIGHT));
        } catch (IndexOutOfBoundsException e) {
            return UPRIGHT;
        }
    }

    /** A stored orientation, or {@link #UPRIGHT} if there is no such orientation. */
    static int valid(long orientation) {
        return orientation >= 1 && orientation <= 8 ? (int) orientation : UPRIGHT;
    }

    /** Turns a stored image upright. Orientations 5 to 8 swap rows and columns, and each axis may be reversed. */
    static Drawing turnUpright(Drawing stored, int orientation) {
        if (orientation == UPRIGHT) {
            return stored;
        }
        boolean swapped = orientation >= 5;
        boolean fromRight = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
        boolean fromBottom = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
        int width = swapped ? stored.height() : stored.width();
        int height = swapped ? stored.width() : stored.height();
        byte[] greys = new byte[width * height];
        int[] colours = stored.colours() == null ? null : new int[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int column = swapped ? y : x;
                int row = swapped ? x : y;
                int storedColumn = fromRight ? stored.width() - 1 - column : column;
                int storedRow = fromBottom ? stored.height() - 1 - row : row;
                int from = storedRow * stored.width() + storedColumn;
                int to = y * width + x;
                greys[to] = stored.greys()[from];
                if (colours != null) {
                    colours[to] = stored.colours()[from];
                }
            }
        }
        return new Drawing(width, height, greys, colours);
    }
}
