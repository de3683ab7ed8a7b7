package ink.neural.text;

import ink.neural.glyph.Plane;
import ink.neural.glyph.Resize;
import ink.neural.ink.Box;
import ink.neural.ink.Ink;

/**
 * A line of text as the text network sees it. Full ink is 1, paper is 0.
 *
 * <p>{@code training/line.py} takes the same steps for the training data. Both must give the same images.
 *
 * @param line the line
 * @param plane the image: as high as the network expects, and as wide as the line needs
 * @param columnsPerPixel columns of the image for each column of the picture
 * @param margin columns of the image to the left of the ink
 */
public record LineImage(TextLine line, Plane plane, double columnsPerPixel, int margin) implements Line {
    /** Twice the area of a shape by the length of its outline is the width of its strokes. */
    private static final double OUTLINE_PER_CRACK = Math.PI / 4;

    /**
     * Makes the image of a line. The line is scaled to the height of the ink, or less if its strokes would become too thick.
     *
     * @param spec the images that the network was trained on
     * @param maxWidth the most columns that the image may have
     * @throws TooMuchTextException if it would have more
     */
    static LineImage of(TextLine line, LineSpec spec, int maxWidth) {
        return of(line, spec, maxWidth, Double.POSITIVE_INFINITY);
    }

    /** The same, but a pixel of the picture becomes at most {@code maxScale} columns of the image. */
    static LineImage of(TextLine line, LineSpec spec, int maxWidth, double maxScale) {
        Box box = line.ink().boundingBox();
        double scale = Math.min(
                maxScale,
                Math.min(
                        (double) spec.inkHeight() / box.height(),
                        spec.maxStrokeWidth() / strokeWidth(line.ink(), box)));
        int width = roundUp(scaled(box.width(), scale) + 2 * spec.margin(), LineSpec.COLUMN_STEP);
        if (width > maxWidth) {
            throw TooMuchTextException.tooLong();
        }
        Plane ink = Resize.resize(line.ink(), box, scaled(box.width(), scale), scaled(box.height(), scale));
        return new LineImage(
                line, place(ink, width, spec).normalized(), (double) ink.width() / box.width(), spec.margin());
    }

    private static int scaled(int side, double scale) {
        return Math.max(1, (int) Math.floor(side * scale + 0.5));
    }

    private static int roundUp(int width, int step) {
        return (width + step - 1) / step * step;
    }

    private static Plane place(Plane ink, int width, LineSpec spec) {
        Plane plane = new Plane(width, spec.height());
        int top = (spec.height() - ink.height()) / 2;
        for (int y = 0; y < ink.height(); y++) {
            System.arraycopy(
                    ink.values(), y * ink.width(), plane.values(), (top + y) * width + spec.margin(), ink.width());
        }
        return plane;
    }

    /** The mean width of the strokes in a box, in pixels: pixels of at least half the peak density are ink. */
    private static double strokeWidth(Ink ink, Box box) {
        float[][] rows = new float[box.height()][box.width()];
        float peak = 0;
        for (int y = 0; y < rows.length; y++) {
            ink.copyRow((box.top() + y) * ink.width() + box.left(), rows[y]);
            for (float density : rows[y]) {
                peak = Math.max(peak, density);
            }
        }
        long area = 0;
        long cracks = 0;
        boolean[] above = new boolean[box.width()];
        for (float[] row : rows) {
            boolean left = false;
            for (int x = 0; x < row.length; x++) {
                boolean inked = row[x] >= peak / 2;
                area += inked ? 1 : 0;
                cracks += (inked == left ? 0 : 1) + (inked == above[x] ? 0 : 1);
                left = inked;
                above[x] = inked;
            }
            cracks += left ? 1 : 0;
        }
        for (boolean inked : above) {
            cracks += inked ? 1 : 0;
        }
        return 2 * area / (OUTLINE_PER_CRACK * cracks);
    }

    @Override
    public int top() {
        return line.box().top();
    }

    @Override
    public int width() {
        return plane.width();
    }

    /** The column of the picture that lies at a column of the image. */
    double pictureColumn(double column) {
        return line.box().left() + (column - margin) / columnsPerPixel;
    }
}
