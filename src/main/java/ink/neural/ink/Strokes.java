package ink.neural.ink;

import ink.neural.ink.Ink.Box;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/** The strokes of a character among everything that has contrast. */
final class Strokes {
    /** The lowest mean contrast, of 255, of a character. */
    private static final int MIN_INK = 20;
    /** The most pieces that a character is broken into. */
    private static final int MAX_STROKES = 100;

    private final Channel contrast;
    private final int noise;
    private final Components components;
    private final boolean[] kept;
    /** The mean contrast of each component. */
    private final double[] contrasts;

    private double slenderness;

    private Strokes(Channel contrast, int noise, Components components) {
        this.contrast = contrast;
        this.noise = noise;
        this.components = components;
        this.kept = new boolean[components.runs()];
        this.contrasts = components.means(contrast);
    }

    /** Finds the strokes. Empty if there are none. */
    static Optional<Strokes> of(Channel contrast) {
        Channel unruled = Rules.erase(contrast, Noise.of(contrast).ruleThreshold());
        Noise noise = Noise.of(unruled);
        Components components = Components.of(unruled, noise.threshold());
        if (components.roots().length == 0) {
            return Optional.empty();
        }
        Strokes strokes = new Strokes(unruled, noise.median() + 2 * noise.sigma(), components);
        return strokes.keep() ? Optional.of(strokes) : Optional.empty();
    }

    private boolean keep() {
        int main = main();
        Box first = components.box(main);
        boolean fills = 4 * first.width() >= contrast.width() || 4 * first.height() >= contrast.height();
        boolean tiny = components.area(main) < Math.max(6, contrast.values().length * 3 / 10000);
        if (contrasts[main] < MIN_INK || noise > 0 && tiny || touchesEdge(first) && !fills) {
            return false;
        }
        double width = components.strokeWidth(main);
        double dot = 0.4 * width * width;
        Box box = components.box(main);
        kept[main] = true;
        int[] candidates = candidates(dot);
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int root : candidates) {
                if (!kept[root] && isStroke(root, main, width, box)) {
                    kept[root] = true;
                    box = box.union(components.box(root));
                    changed = true;
                }
            }
        }
        slenderness = Math.max(box.width(), box.height())
                * Math.max(first.width(), first.height())
                / width
                / Math.max(contrast.width(), contrast.height())
                * (touchesEdge(box) ? 0.4 : 1);
        return true;
    }

    /** The largest components that are no specks. */
    private int[] candidates(double dot) {
        return Arrays.stream(components.roots())
                .filter(root -> components.area(root) >= dot)
                .boxed()
                .sorted(Comparator.comparing(root -> -components.area(root)))
                .limit(MAX_STROKES)
                .mapToInt(root -> root)
                .toArray();
    }

    /** How long the strokes are for their width, and how much of the picture they span. Low for anything but strokes. */
    double slenderness() {
        return slenderness;
    }

    /** The largest component. One that touches the edge of the picture counts less, for most of those are shadows. */
    private int main() {
        int main = components.roots()[0];
        double most = 0;
        for (int root : components.roots()) {
            double weight = components.area(root)
                    * contrasts[root]
                    * contrasts[root]
                    * (touchesEdge(components.box(root)) ? 0.2 : 1);
            if (weight > most) {
                most = weight;
                main = root;
            }
        }
        return main;
    }

    private boolean touchesEdge(Box box) {
        return box.left() == 0
                || box.top() == 0
                || box.right() == contrast.width()
                || box.bottom() == contrast.height();
    }

    private boolean isStroke(int root, int main, double width, Box box) {
        int area = components.area(root);
        Box other = components.box(root);
        if (touchesEdge(other) && !touchesEdge(box) || contrasts[root] < 0.6 * contrasts[main]) {
            return false;
        }
        int gapX = Math.max(0, Math.max(other.left() - box.right(), box.left() - other.right()));
        int gapY = Math.max(0, Math.max(other.top() - box.bottom(), box.top() - other.bottom()));
        double size = Math.max(box.width(), box.height());
        boolean near = Math.max(gapX, gapY) <= 0.6 * size;
        boolean large = area >= 0.15 * components.area(main) || Math.max(other.width(), other.height()) >= 0.3 * size;
        boolean above = other.bottom() <= box.top() + 0.25 * box.height() && gapX <= 0.25 * size && gapY <= size;
        boolean close = Math.max(gapX, gapY) <= 1.2 * width;
        return near && (large || close) || above;
    }

    Ink paint(int width, int height, Box inside) {
        int peak = typicalContrast();
        float low = noise == 0 ? 0.01f * peak : Math.max(noise, 0.2f * peak);
        float high = Math.max(low + 1, noise == 0 ? peak : 0.9f * peak);
        byte[] ramp = new byte[256];
        for (int value = 0; value < 256; value++) {
            ramp[value] = (byte) Math.round(255 * Math.max(0, Math.min(1, (value - low) / (high - low))));
        }
        byte[] levels = new byte[width * height];
        for (int run = 0; run < components.runs(); run++) {
            if (kept[components.root(run)]) {
                paintAround(run, ramp, levels, width, inside);
            }
        }
        float[] densities = new float[256];
        for (int value = 0; value < 256; value++) {
            densities[value] = value;
        }
        return new Ink(width, height, levels, densities, boundingBox(levels, width, height));
    }

    private static final int RIM = 2;

    private void paintAround(int run, byte[] ramp, byte[] levels, int width, Box inside) {
        int y = components.start(run) / contrast.width();
        int left = components.start(run) - y * contrast.width();
        int right = components.end(run) - y * contrast.width();
        for (int row = Math.max(0, y - RIM); row <= Math.min(contrast.height() - 1, y + RIM); row++) {
            for (int x = Math.max(0, left - RIM); x < Math.min(contrast.width(), right + RIM); x++) {
                levels[(inside.top() + row) * width + inside.left() + x] = ramp[contrast.value(x, row)];
            }
        }
    }

    private int typicalContrast() {
        int[] counts = new int[256];
        int total = 0;
        for (int run = 0; run < components.runs(); run++) {
            if (kept[components.root(run)]) {
                for (int i = components.start(run); i < components.end(run); i++) {
                    counts[contrast.values()[i] & 0xFF]++;
                    total++;
                }
            }
        }
        return Noise.percentile(counts, total * 3 / 4);
    }

    private static Box boundingBox(byte[] levels, int width, int height) {
        int peak = 0;
        for (byte level : levels) {
            peak = Math.max(peak, level & 0xFF);
        }
        int threshold = (int) Math.ceil(Ink.CROP_THRESHOLD * peak);
        int left = width;
        int right = 0;
        int top = height;
        int bottom = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if ((levels[y * width + x] & 0xFF) >= threshold) {
                    left = Math.min(left, x);
                    right = Math.max(right, x + 1);
                    top = Math.min(top, y);
                    bottom = y + 1;
                }
            }
        }
        return new Box(left, top, right - left, bottom - top);
    }
}
