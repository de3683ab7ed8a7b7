package ink.neural.text;

import ink.neural.glyph.Plane;
import ink.neural.glyph.Resize;
import ink.neural.ink.Box;
import ink.neural.ink.Ink;
import java.util.ArrayList;
import java.util.List;

/**
 * A line of text as the text network sees it. Full ink is 1, paper is 0.
 *
 * <p>{@code training/line.py} takes the same steps for the training data. Both must give the same images.
 *
 * @param line the line
 * @param plane the image: as high as the network expects, and as wide as the line needs
 * @param parts the parts of the line, from left to right
 */
public record LineImage(TextLine line, Plane plane, List<Part> parts) implements Line {
    /** The height of a small word beside a large one in the image, by the height of the large one. */
    private static final double SMALL = 0.75;
    /** Twice the area of a shape by the length of its outline is the width of its strokes. */
    private static final double OUTLINE_PER_CRACK = Math.PI / 4;

    /**
     * A part of a line, which has a size of its own.
     *
     * @param box its ink, in pixels of the line's ink
     * @param left its first column in the image
     * @param width its columns in the image
     */
    record Part(Box box, int left, int width) {
        double columnsPerPixel() {
            return (double) width / box.width();
        }

        int right() {
            return left + width;
        }
    }

    /**
     * Makes the image of a line. Each part is scaled to the height of the ink, or less if its strokes would become too thick.
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
        List<Box> boxes = SizedParts.of(line.ink());
        if (boxes.size() < 2) {
            boxes = List.of(line.ink().boundingBox());
        }
        Box whole = boxes.stream().reduce(Box::union).orElseThrow();
        double[] scales = boxes.stream()
                .mapToDouble(box -> Math.min(maxScale, scale(line.ink(), box, height(box, whole, spec), spec)))
                .toArray();
        List<Part> parts = parts(boxes, scales, spec.margin());
        int width = roundUp(parts.get(parts.size() - 1).right() + spec.margin(), LineSpec.COLUMN_STEP);
        if (width > maxWidth) {
            throw TooMuchTextException.tooLong();
        }
        Plane plane = new Plane(width, spec.height());
        for (int i = 0; i < scales.length; i++) {
            Part part = parts.get(i);
            Plane ink = Resize.resize(
                    line.ink(), part.box(), part.width(), scaled(part.box().height(), scales[i]));
            place(ink, part.left(), top(ink, part.box(), whole, spec), plane);
        }
        return new LineImage(line, plane.normalized(), parts);
    }

    /** The height of a part in the image. Small words stay smaller than others, which tells small letters from capitals. */
    private static double height(Box box, Box whole, LineSpec spec) {
        return box.height() <= SMALL * whole.height() ? SMALL * spec.inkHeight() : spec.inkHeight();
    }

    private static double scale(Ink ink, Box box, double height, LineSpec spec) {
        return Math.min(height / box.height(), spec.maxStrokeWidth() / strokeWidth(ink, box));
    }

    /** The first row of a part in the image. A small word stays at the top, at the bottom or between them. */
    private static int top(Plane ink, Box box, Box whole, LineSpec spec) {
        int free = whole.height() - box.height();
        if (free == 0) {
            return (spec.height() - ink.height()) / 2;
        }
        int above = (spec.height() - spec.inkHeight()) / 2;
        double place = (double) (box.top() - whole.top()) / free;
        return above + (int) Math.round(place * Math.max(0, spec.inkHeight() - ink.height()));
    }

    /** Places the parts beside each other. The gap between two has the mean of their scales. */
    private static List<Part> parts(List<Box> boxes, double[] scales, int margin) {
        List<Part> parts = new ArrayList<>();
        int left = margin;
        for (int i = 0; i < scales.length; i++) {
            if (i > 0) {
                int gap = boxes.get(i).left() - boxes.get(i - 1).right();
                left += scaled(gap, (scales[i - 1] + scales[i]) / 2);
            }
            Part part = new Part(boxes.get(i), left, scaled(boxes.get(i).width(), scales[i]));
            parts.add(part);
            left = part.right();
        }
        return parts;
    }

    private static int scaled(int side, double scale) {
        return Math.max(1, (int) Math.floor(side * scale + 0.5));
    }

    private static int roundUp(int width, int step) {
        return (width + step - 1) / step * step;
    }

    private static void place(Plane ink, int left, int top, Plane plane) {
        for (int y = 0; y < ink.height(); y++) {
            System.arraycopy(
                    ink.values(), y * ink.width(), plane.values(), (top + y) * plane.width() + left, ink.width());
        }
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

    /** Columns of the image for each column of the picture, where these are fewest. */
    double columnsPerPixel() {
        return parts.stream().mapToDouble(Part::columnsPerPixel).min().orElseThrow();
    }

    /** The column of the picture that lies at a column of the image. */
    double pictureColumn(double column) {
        Part part = parts.stream()
                .filter(other -> column < other.right())
                .findFirst()
                .orElse(parts.get(parts.size() - 1));
        return line.left() + part.box().left() + (column - part.left()) / part.columnsPerPixel();
    }
}
