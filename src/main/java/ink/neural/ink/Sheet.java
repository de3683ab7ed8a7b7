package ink.neural.ink;

import ink.neural.ink.Ink.Box;
import java.util.Arrays;
import java.util.Optional;

/**
 * A bright sheet of paper on a darker table.
 *
 * @param grid the picture, reduced
 * @param inside which blocks of the grid lie well inside the sheet
 * @param box their bounding box in pixels
 */
record Sheet(Grid grid, boolean[] inside, Box box) {
    private static final int MAX_SIDE = 108;
    /** The least share of the variance that two classes of brightness, sheet and table, explain. */
    private static final double MIN_SEPARATION = 0.75;

    /** Finds the sheet. Empty if the picture shows nothing but paper. */
    static Optional<Sheet> find(Channel picture) {
        if (Math.min(picture.width(), picture.height()) < 48) {
            return Optional.empty();
        }
        Grid grid = Grid.of(picture, MAX_SIDE);
        Channel bright = toChannel(grid);
        int[] counts = bright.histogram();
        int threshold = Noise.otsu(counts, bright.values().length);
        if (separation(counts, threshold) < MIN_SEPARATION) {
            return Optional.empty();
        }
        Components components = Components.of(bright, threshold);
        int root = components.largest();
        boolean[] sheet = components.pixels(root, bright.values().length);
        Box extent = components.box(root);
        double aspect = (double) Math.max(extent.width(), extent.height()) / Math.min(extent.width(), extent.height());
        if (aspect > 2.3 || !isSheet(sheet, grid, components.area(root))) {
            return Optional.empty();
        }
        boolean[] columns = transposed(sheet, grid.width(), grid.height());
        fillRows(columns, grid.height(), grid.width());
        fillRows(sheet, grid.width(), grid.height());
        int filled = Math.max(count(sheet), count(columns));
        int outside = 0;
        for (int other : components.roots()) {
            if (other != root
                    && components.area(other) > 2
                    && !extent.union(components.box(other)).equals(extent)) {
                outside += components.area(other);
            }
        }
        if (components.area(root) < 0.78 * filled
                || outside > 0.02 * sheet.length
                || quadrilateral(sheet, grid.width()) < 0.82 * filled) {
            return Optional.empty();
        }
        boolean[] inside = erode(sheet, grid, 2);
        return box(inside, grid, picture).map(box -> new Sheet(grid, inside, box));
    }

    private static Channel toChannel(Grid grid) {
        byte[] values = new byte[grid.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) grid.values()[i];
        }
        return new Channel(grid.width(), grid.height(), values);
    }

    /** The share of the variance that lies between the classes. */
    private static double separation(int[] counts, int threshold) {
        double n = 0;
        double sum = 0;
        double squares = 0;
        double below = 0;
        double sumBelow = 0;
        for (int value = 0; value < 256; value++) {
            n += counts[value];
            sum += (double) counts[value] * value;
            squares += (double) counts[value] * value * value;
            if (value < threshold) {
                below += counts[value];
                sumBelow += (double) counts[value] * value;
            }
        }
        double above = n - below;
        if (below == 0 || above == 0) {
            return 0;
        }
        double difference = sumBelow / below - (sum - sumBelow) / above;
        double variance = squares / n - sum / n * sum / n;
        if (Math.abs(difference) < 20) {
            return 0;
        }
        return below / n * above / n * difference * difference / variance;
    }

    /** Whether a component is large and leaves at least three sides of the picture to the table. */
    private static boolean isSheet(boolean[] sheet, Grid grid, int area) {
        int width = grid.width();
        int height = grid.height();
        int free = 0;
        int[] occupied = new int[4];
        for (int x = 0; x < width; x++) {
            occupied[0] += sheet[x] ? 1 : 0;
            occupied[1] += sheet[(height - 1) * width + x] ? 1 : 0;
        }
        for (int y = 0; y < height; y++) {
            occupied[2] += sheet[y * width] ? 1 : 0;
            occupied[3] += sheet[y * width + width - 1] ? 1 : 0;
        }
        for (int side = 0; side < 4; side++) {
            if (occupied[side] < 0.3 * (side < 2 ? width : height)) {
                free++;
            }
        }
        return free >= 3 && area >= 0.15 * sheet.length;
    }

    /** Fills each row between the sheet's first and last block. */
    private static void fillRows(boolean[] sheet, int width, int height) {
        for (int y = 0; y < height; y++) {
            int first = -1;
            int last = -1;
            for (int x = 0; x < width; x++) {
                if (sheet[y * width + x]) {
                    first = first < 0 ? x : first;
                    last = x;
                }
            }
            if (first >= 0) {
                Arrays.fill(sheet, y * width + first, y * width + last + 1, true);
            }
        }
    }

    /** The area of the largest quadrilateral whose corners are extreme in four directions, axial or diagonal. */
    private static double quadrilateral(boolean[] sheet, int width) {
        return Math.max(quadrilateral(sheet, width, 1, 0), quadrilateral(sheet, width, 1, 1));
    }

    private static double quadrilateral(boolean[] sheet, int width, int alongX, int alongY) {
        int[][] directions = {{alongX, alongY}, {-alongY, alongX}, {-alongX, -alongY}, {alongY, -alongX}};
        double[] xs = new double[4];
        double[] ys = new double[4];
        for (int d = 0; d < 4; d++) {
            int best = Integer.MIN_VALUE;
            for (int i = 0; i < sheet.length; i++) {
                int score = directions[d][0] * (i % width) + directions[d][1] * (i / width);
                if (sheet[i] && score > best) {
                    best = score;
                    xs[d] = i % width;
                    ys[d] = i / width;
                }
            }
        }
        double doubled = 0;
        for (int d = 0; d < 4; d++) {
            doubled += xs[d] * ys[(d + 1) % 4] - xs[(d + 1) % 4] * ys[d];
        }
        return Math.abs(doubled) / 2;
    }

    private static boolean[] transposed(boolean[] sheet, int width, int height) {
        boolean[] transposed = new boolean[sheet.length];
        for (int i = 0; i < sheet.length; i++) {
            transposed[i % width * height + i / width] = sheet[i];
        }
        return transposed;
    }

    private static int count(boolean[] sheet) {
        int count = 0;
        for (boolean cell : sheet) {
            count += cell ? 1 : 0;
        }
        return count;
    }

    private static boolean[] erode(boolean[] sheet, Grid grid, int radius) {
        int[] values = new int[sheet.length];
        for (int i = 0; i < sheet.length; i++) {
            values[i] = sheet[i] ? 255 : 0;
        }
        int[] eroded = new Grid(grid.width(), grid.height(), grid.factor(), values)
                .erode(radius)
                .values();
        boolean[] inside = new boolean[sheet.length];
        for (int i = 0; i < sheet.length; i++) {
            inside[i] = eroded[i] > 0;
        }
        return inside;
    }

    private static Optional<Box> box(boolean[] inside, Grid grid, Channel picture) {
        int left = grid.width();
        int right = 0;
        int top = grid.height();
        int bottom = 0;
        for (int y = 0; y < grid.height(); y++) {
            for (int x = 0; x < grid.width(); x++) {
                if (inside[y * grid.width() + x]) {
                    left = Math.min(left, x);
                    right = Math.max(right, x + 1);
                    top = Math.min(top, y);
                    bottom = y + 1;
                }
            }
        }
        if (right <= left) {
            return Optional.empty();
        }
        int factor = grid.factor();
        return Optional.of(new Box(
                left * factor,
                top * factor,
                Math.min(picture.width(), right * factor) - left * factor,
                Math.min(picture.height(), bottom * factor) - top * factor));
    }

    /** Crops a channel to the sheet and paints what lies outside in the sheet's median. */
    Channel crop(Channel picture) {
        Channel cropped = picture.crop(box);
        if (cropped == picture) {
            cropped = new Channel(
                    picture.width(), picture.height(), picture.values().clone());
        }
        int[] counts = new int[256];
        int total = 0;
        for (int y = 0; y < cropped.height(); y++) {
            for (int x = 0; x < cropped.width(); x++) {
                if (contains(x + box.left(), y + box.top())) {
                    counts[cropped.value(x, y)]++;
                    total++;
                }
            }
        }
        byte median = (byte) Noise.percentile(counts, total / 2);
        for (int y = 0; y < cropped.height(); y++) {
            for (int x = 0; x < cropped.width(); x++) {
                if (!contains(x + box.left(), y + box.top())) {
                    cropped.values()[y * cropped.width() + x] = median;
                }
            }
        }
        return cropped;
    }

    private boolean contains(int x, int y) {
        return inside[y / grid.factor() * grid.width() + x / grid.factor()];
    }
}
