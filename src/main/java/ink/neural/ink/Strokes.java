package ink.neural.ink;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The strokes of a character or of text among everything that has contrast: without specks, shadows and what else is on the paper. */
final class Strokes {
    /** The contrast of the faintest rule, as a fraction of the least contrast of ink. */
    private static final double FAINTEST_RULE = 0.6;
    /** The lowest mean contrast, of 255, of a character. */
    private static final int MIN_CONTRAST = 20;
    /** At the edge of a picture, the light is harder to estimate. */
    private static final int MIN_CONTRAST_AT_EDGE = 40;
    /** The share of a picture that no ink covers. */
    private static final double WHOLE_PAPER = 0.97;
    /** The most components at least half as large as the main one. */
    private static final int MAX_EQUALS = 12;
    /** The least contrast of a further stroke, as a fraction of the main stroke's. */
    private static final double SAME_PEN = 0.6;
    /** The same for a dot of a text on noisy paper. A speck is fainter than the pen. */
    private static final double SAME_PEN_OF_DOT = 0.75;
    /** The size of the largest dot by the stroke width. */
    private static final double LARGEST_DOT = 2.5;
    /** The area of the smallest dot, as a fraction of the square of the stroke width. Anything smaller is a speck. */
    static final double SMALLEST_DOT = 0.4;
    /** The most pieces that a character is broken into. */
    private static final int MAX_STROKES = 100;
    /** The most marks of a text. */
    private static final int MAX_MARKS = 4000;
    /** At the edge of a picture, the stroke width of the thickest mark of a text by that of the main one. A shadow is thicker. */
    private static final double SAME_WIDTH = 2.5;
    /** The least share of its bounding box that a blot fills. A disc fills 0.79. */
    private static final double FILLED = 0.7;
    /** Most components that reach the edge of a picture are shadows and tables. */
    private static final double WEIGHT_AT_EDGE = 0.15;

    private final Subject subject;
    private final List<BoxRow> boxRows;
    private final Channel contrast;
    private final Noise noise;
    private final Components components;
    /** The mean contrast of each component. */
    private final float[] contrasts;
    /** The largest component, and the width of its strokes. */
    private final int main;

    private final double strokeWidth;
    /** Which components are strokes, and their bounding box. */
    private final boolean[] strokes;

    private Box box;

    private Strokes(Subject subject, List<BoxRow> boxRows, Channel contrast, Noise noise, Components components) {
        this.subject = subject;
        this.boxRows = boxRows;
        this.contrast = contrast;
        this.noise = noise;
        this.components = components;
        contrasts = components.means(contrast);
        main = heaviest();
        strokeWidth = components.strokeWidth(main);
        strokes = new boolean[components.runs()];
        box = components.box(main);
    }

    /**
     * Finds the strokes.
     *
     * @param contrast how much each pixel differs from the paper
     * @param subject what the picture shows
     * @return the strokes, empty if there are none
     */
    static Optional<Strokes> in(Channel contrast, Subject subject) {
        Noise ruled = Noise.of(contrast);
        int faintest = Math.max((int) (FAINTEST_RULE * ruled.threshold()), ruled.floor());
        Rules.Erased erased = subject == Subject.TEXT
                ? Rules.eraseFromText(contrast, faintest)
                : new Rules.Erased(Rules.erase(contrast, faintest), List.of());
        Channel unruled = erased.contrast();
        Noise noise = unruled == contrast ? ruled : Noise.of(unruled);
        Components components = Components.of(unruled, noise.threshold());
        if (components.isEmpty()) {
            return Optional.empty();
        }
        Strokes strokes = new Strokes(subject, erased.boxRows(), unruled, noise, components);
        if (!strokes.isMainStroke()) {
            return Optional.empty();
        }
        strokes.collect();
        return Optional.of(strokes);
    }

    private int heaviest() {
        int heaviest = components.roots()[0];
        double most = 0;
        for (int root : components.roots()) {
            double weight = (double) components.area(root) * contrasts[root] * contrasts[root];
            weight *= contrast.touchesEdge(components.box(root)) ? WEIGHT_AT_EDGE : 1;
            if (weight > most) {
                most = weight;
                heaviest = root;
            }
        }
        return heaviest;
    }

    /** Whether the main component stands out, and is larger than the specks and the corners of a picture. */
    private boolean isMainStroke() {
        double smallest = Math.max(noise.ceiling() == 0 ? 1 : 6, Noise.SMALLEST_INK * contrast.values().length);
        if (components.area(main) < smallest || isWholePaper() || subject == Subject.CHARACTER && isTexture()) {
            return false;
        }
        if (!contrast.touchesEdge(box)) {
            return contrasts[main] >= MIN_CONTRAST;
        }
        boolean large = 4 * box.width() >= contrast.width() || 4 * box.height() >= contrast.height();
        return contrasts[main] >= MIN_CONTRAST_AT_EDGE && large && !isWedgeInCorner();
    }

    private boolean isWholePaper() {
        return components.area(main) > WHOLE_PAPER * contrast.values().length;
    }

    /** Whether many components are about as large as the main one. */
    private boolean isTexture() {
        return Arrays.stream(components.roots())
                        .filter(root -> 2 * components.area(root) >= components.area(main))
                        .count()
                > MAX_EQUALS;
    }

    /** Whether the main component is a wedge in one corner of the picture, as shadows are. */
    private boolean isWedgeInCorner() {
        boolean oneSide = (box.left() == 0) != (box.right() == contrast.width());
        boolean oneEnd = (box.top() == 0) != (box.bottom() == contrast.height());
        return oneSide && oneEnd && strokeWidth > 0.28 * Math.max(box.width(), box.height());
    }

    /** Adds components to the main one as long as there are any that belong to those found. */
    private void collect() {
        strokes[main] = true;
        int[] candidates = candidates();
        if (subject == Subject.TEXT) {
            collectMarks(candidates);
            return;
        }
        boolean grows = true;
        while (grows) {
            grows = false;
            for (int root : candidates) {
                if (!strokes[root] && belongs(root)) {
                    strokes[root] = true;
                    box = box.union(components.box(root));
                    grows = true;
                }
            }
        }
    }

    /** Adds all components of the same pen, but small ones only if they may be dots of letters. On noisy paper, others are specks. */
    private void collectMarks(int[] candidates) {
        int[] marks = Arrays.stream(candidates).filter(this::isMark).toArray();
        List<Box> letters = Arrays.stream(marks)
                .filter(root -> !isSmall(root))
                .mapToObj(components::box)
                .toList();
        for (int root : marks) {
            strokes[root] = strokes[root] || noise.ceiling() == 0 || !isSmall(root) || isDotOfAny(root, letters);
        }
    }

    private boolean isMark(int root) {
        boolean shadow =
                contrast.touchesEdge(components.box(root)) && components.strokeWidth(root) > SAME_WIDTH * strokeWidth;
        return !shadow && !isBlot(root) && contrasts[root] >= SAME_PEN * contrasts[main];
    }

    /** Whether a component is filled, and thicker than the pen: a blot, or the hole of a punch. */
    private boolean isBlot(int root) {
        Box box = components.box(root);
        return Math.min(box.width(), box.height()) > SAME_WIDTH * strokeWidth
                && components.area(root) >= FILLED * box.width() * box.height();
    }

    private boolean isSmall(int root) {
        Box box = components.box(root);
        return Math.max(box.width(), box.height()) < LARGEST_DOT * strokeWidth;
    }

    /** Whether a small component has the contrast of the pen, and is no farther from a letter than that letter is large. */
    private boolean isDotOfAny(int root, List<Box> letters) {
        Box dot = components.box(root);
        return contrasts[root] >= SAME_PEN_OF_DOT * contrasts[main]
                && letters.stream().anyMatch(letter -> gap(dot, letter) <= Math.max(letter.width(), letter.height()));
    }

    private static int gap(Box a, Box b) {
        int gapX = Math.max(a.left() - b.right(), b.left() - a.right());
        int gapY = Math.max(a.top() - b.bottom(), b.top() - a.bottom());
        return Math.max(0, Math.max(gapX, gapY));
    }

    /** The largest components that are no specks. */
    private int[] candidates() {
        double smallest = SMALLEST_DOT * strokeWidth * strokeWidth;
        return Arrays.stream(components.roots())
                .filter(root -> components.area(root) >= smallest)
                .boxed()
                .sorted(Comparator.comparing(root -> -components.area(root)))
                .limit(subject == Subject.TEXT ? MAX_MARKS : MAX_STROKES)
                .mapToInt(root -> root)
                .toArray();
    }

    /** Whether a component is of the same pen and is a large stroke nearby, a piece of a broken stroke, or a dot above. */
    private boolean belongs(int root) {
        Box other = components.box(root);
        if (contrasts[root] < SAME_PEN * contrasts[main] || contrast.touchesEdge(other) && !contrast.touchesEdge(box)) {
            return false;
        }
        double size = Math.max(box.width(), box.height());
        int gapX = Math.max(0, Math.max(other.left() - box.right(), box.left() - other.right()));
        int gapY = Math.max(0, Math.max(other.top() - box.bottom(), box.top() - other.bottom()));
        int gap = Math.max(gapX, gapY);
        boolean large = components.area(root) >= 0.15 * components.area(main)
                || Math.max(other.width(), other.height()) >= 0.3 * size;
        boolean dot = other.bottom() <= box.top() + 0.25 * box.height() && gapX <= 0.25 * size && gapY <= size;
        return gap <= 1.2 * strokeWidth || large && gap <= 0.6 * size || dot;
    }

    boolean hasBoxRows() {
        return !boxRows.isEmpty();
    }

    /** The rows of boxes on the paper, at their places on a picture that this channel is a part of. */
    List<BoxRow> boxRows(Box inside) {
        return boxRows.stream()
                .map(row -> new BoxRow(row.boxes().stream()
                        .map(cell -> cell.move(inside.left(), inside.top()))
                        .toList()))
                .toList();
    }

    /** How large and long the main stroke is for its width, and how much of the picture it spans. Blots score lower. */
    double prominence() {
        Box stroke = components.box(main);
        double length = Math.max(stroke.width(), stroke.height());
        double span = length / Math.max(contrast.width(), contrast.height());
        return Math.sqrt(components.area(main))
                * length
                / strokeWidth
                * span
                * (contrast.touchesEdge(stroke) ? WEIGHT_AT_EDGE : 1);
    }

    /**
     * Paints the strokes into an empty picture, with their rims, because the edges of strokes are smooth.
     *
     * @param width the picture's width
     * @param height the picture's height
     * @param inside where the contrasts lie in the picture
     */
    Ink paint(int width, int height, Box inside) {
        int rim = 2 + Math.max(contrast.width(), contrast.height()) / 200;
        byte[] levels = new byte[width * height];
        byte[] densities = densities();
        boolean[] widened = widened(rim);
        // The last row so far, of those widened, that has a stroke in each column.
        int[] last = new int[contrast.width()];
        Arrays.fill(last, -2 * rim - 1);
        for (int y = 0; y < contrast.height() + rim; y++) {
            findStrokes(widened, y, last);
            paintRow(y - rim, rim, last, densities, levels, (inside.top() + y - rim) * width + inside.left());
        }
        return Ink.of(width, height, levels);
    }

    /** The pixels of strokes and those up to {@code rim} columns away. */
    private boolean[] widened(int rim) {
        boolean[] widened = new boolean[contrast.values().length];
        for (int run = 0; run < components.runs(); run++) {
            if (strokes[components.root(run)]) {
                int row = components.start(run) / contrast.width() * contrast.width();
                int left = Math.max(row, components.start(run) - rim);
                int right = Math.min(row + contrast.width(), components.end(run) + rim);
                Arrays.fill(widened, left, right, true);
            }
        }
        return widened;
    }

    private void findStrokes(boolean[] widened, int y, int[] last) {
        for (int x = 0; x < last.length && y < contrast.height(); x++) {
            if (widened[y * last.length + x]) {
                last[x] = y;
            }
        }
    }

    /** Paints the pixels of a row that have a stroke at most {@code rim} rows away. */
    private void paintRow(int y, int rim, int[] last, byte[] densities, byte[] levels, int target) {
        for (int x = 0; x < last.length && y >= 0; x++) {
            if (last[x] >= y - rim) {
                levels[target + x] = densities[contrast.value(x, y)];
            }
        }
    }

    /** The ink density of each contrast: linear from the noise to the typical contrast of the main stroke. */
    private byte[] densities() {
        int typical = components.histogram(main, contrast).valueAt(components.area(main) * 3 / 4);
        boolean noisy = noise.ceiling() > 0;
        double low = noisy ? Math.max(noise.ceiling(), 0.2 * typical) : 0;
        double high = Math.max(low + 1, noisy ? 0.9 * typical : typical);
        byte[] densities = new byte[256];
        for (int value = 0; value < 256; value++) {
            densities[value] = (byte) Math.round(255 * Math.max(0, Math.min(1, (value - low) / (high - low))));
        }
        return densities;
    }
}
