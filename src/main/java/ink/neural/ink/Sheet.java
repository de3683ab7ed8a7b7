package ink.neural.ink;

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
    /** In a smaller picture, no sheet can be told from a character. */
    private static final int MIN_SIDE = 48;
    /** The least share of the variance between sheet and table. */
    private static final double MIN_SEPARATION = 0.75;
    /** The least difference of sheet and table in grey levels. */
    private static final int MIN_DIFFERENCE = 20;

    private static final double MIN_AREA = 0.15;
    private static final double MAX_ASPECT = 2.3;
    /** On at least three sides of the picture, the sheet covers at most this share of the side. */
    private static final double MAX_CONTACT = 0.3;
    /** The least share of bright blocks in a sheet. The rest is ink. */
    private static final double MIN_PAPER = 0.78;
    /** The least ratio of the areas of a sheet and a quadrilateral, either way. */
    private static final double MIN_QUADRILATERAL = 0.82;
    /** The most of the picture that may be as bright as the sheet elsewhere. */
    private static final double MAX_BRIGHT_TABLE = 0.02;

    /** The least ratio of a sheet's thickness, if it were a stroke, to the side of a square of the same area. */
    private static final double MIN_THICKNESS = 0.38;

    private static final int EDGE = 2;

    /** Finds the sheet. Empty if the picture shows nothing but paper. */
    static Optional<Sheet> on(Channel picture) {
        if (Math.min(picture.width(), picture.height()) < MIN_SIDE) {
            return Optional.empty();
        }
        Grid grid = Grid.of(picture, MAX_SIDE);
        Histogram histogram = grid.histogram();
        int threshold = histogram.otsuThreshold();
        double difference =
                histogram.from(threshold).mean() - histogram.below(threshold).mean();
        if (difference < MIN_DIFFERENCE || histogram.separation(threshold) < MIN_SEPARATION) {
            return Optional.empty();
        }
        Components bright = Components.of(grid.toChannel(), threshold);
        boolean[] paper = bright.pixels(bright.largest(), grid.values().length);
        boolean[] sheet = filledRows(paper, grid.width());
        return isSheet(bright, paper, sheet, grid) ? inside(sheet, grid, picture) : Optional.empty();
    }

    /** Fills each row between its first and last block. */
    private static boolean[] filledRows(boolean[] blocks, int width) {
        boolean[] filled = new boolean[blocks.length];
        for (int row = 0; row < blocks.length; row += width) {
            int first = row;
            int last = row + width - 1;
            while (first <= last && !blocks[first]) {
                first++;
            }
            while (last >= first && !blocks[last]) {
                last--;
            }
            Arrays.fill(filled, first, last + 1, true);
        }
        return filled;
    }

    private static boolean isSheet(Components bright, boolean[] paper, boolean[] sheet, Grid grid) {
        int area = bright.area(bright.largest());
        Box box = bright.box(bright.largest());
        int filled = Math.max(count(sheet), count(filledRows(transposed(paper, grid.width()), grid.height())));
        int elsewhere = Arrays.stream(bright.roots())
                .filter(root -> !box.contains(bright.box(root)))
                .map(bright::area)
                .filter(other -> other > 2)
                .sum();
        Components filledSheet = Components.of(new Channel(grid.width(), grid.height(), bytes(sheet)), 1);
        double thickness = filledSheet.strokeWidth(filledSheet.largest());
        return area >= MIN_AREA * sheet.length
                && thickness >= MIN_THICKNESS * Math.sqrt(filled)
                && Math.max(box.width(), box.height()) <= MAX_ASPECT * Math.min(box.width(), box.height())
                && area >= MIN_PAPER * filled
                && elsewhere <= MAX_BRIGHT_TABLE * sheet.length
                && liesOnTable(paper, grid)
                && isQuadrilateral(sheet, grid.width(), filled);
    }

    private static byte[] bytes(boolean[] blocks) {
        byte[] bytes = new byte[blocks.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (blocks[i] ? 1 : 0);
        }
        return bytes;
    }

    private static int count(boolean[] blocks) {
        int count = 0;
        for (boolean block : blocks) {
            count += block ? 1 : 0;
        }
        return count;
    }

    private static boolean[] transposed(boolean[] blocks, int width) {
        int height = blocks.length / width;
        boolean[] transposed = new boolean[blocks.length];
        for (int i = 0; i < blocks.length; i++) {
            transposed[i % width * height + i / width] = blocks[i];
        }
        return transposed;
    }

    /** Whether the sheet leaves at least three sides of the picture to the table. A lit half leaves fewer to the shadow. */
    private static boolean liesOnTable(boolean[] paper, Grid grid) {
        int width = grid.width();
        int height = grid.height();
        int[] contacts = new int[4];
        for (int x = 0; x < width; x++) {
            contacts[0] += paper[x] ? 1 : 0;
            contacts[1] += paper[(height - 1) * width + x] ? 1 : 0;
        }
        for (int y = 0; y < height; y++) {
            contacts[2] += paper[y * width] ? 1 : 0;
            contacts[3] += paper[y * width + width - 1] ? 1 : 0;
        }
        int free = 0;
        for (int side = 0; side < 4; side++) {
            free += contacts[side] < MAX_CONTACT * (side < 2 ? width : height) ? 1 : 0;
        }
        return free >= 3;
    }

    private static boolean isQuadrilateral(boolean[] sheet, int width, int area) {
        double quadrilateral = quadrilateral(sheet, width);
        return quadrilateral >= MIN_QUADRILATERAL * area && area >= MIN_QUADRILATERAL * quadrilateral;
    }

    /** The area of the larger quadrilateral whose corners are the extreme blocks in four directions, axial or diagonal. */
    private static double quadrilateral(boolean[] sheet, int width) {
        return Math.max(quadrilateral(sheet, width, 0), quadrilateral(sheet, width, 1));
    }

    private static double quadrilateral(boolean[] sheet, int width, int diagonal) {
        int[][] directions = {{1, diagonal}, {-diagonal, 1}, {-1, -diagonal}, {diagonal, -1}};
        int[] corners = new int[4];
        for (int d = 0; d < 4; d++) {
            int farthest = Integer.MIN_VALUE;
            for (int i = 0; i < sheet.length; i++) {
                int distance = directions[d][0] * (i % width) + directions[d][1] * (i / width);
                if (sheet[i] && distance > farthest) {
                    farthest = distance;
                    corners[d] = i;
                }
            }
        }
        double twiceArea = 0; // shoelace formula
        for (int d = 0; d < 4; d++) {
            int next = corners[(d + 1) % 4];
            twiceArea += corners[d] % width * (next / width) - next % width * (corners[d] / width);
        }
        return Math.abs(twiceArea) / 2;
    }

    /** The sheet without its edges. */
    private static Optional<Sheet> inside(boolean[] sheet, Grid grid, Channel picture) {
        int[] blocks = new int[sheet.length];
        Arrays.setAll(blocks, i -> sheet[i] ? 255 : 0);
        Grid eroded = new Grid(grid.width(), grid.height(), grid.factor(), blocks).erode(EDGE);
        Components inside = Components.of(eroded.toChannel(), 1);
        if (inside.isEmpty()) {
            return Optional.empty();
        }
        int root = inside.largest();
        Box box = inside.box(root);
        int factor = grid.factor();
        return Optional.of(new Sheet(
                grid,
                inside.pixels(root, sheet.length),
                new Box(
                        box.left() * factor,
                        box.top() * factor,
                        Math.min(picture.width(), box.right() * factor) - box.left() * factor,
                        Math.min(picture.height(), box.bottom() * factor) - box.top() * factor)));
    }

    /** Crops a picture to the sheet, and paints what lies outside it in the sheet's median. */
    Channel crop(Channel picture) {
        Channel cropped = picture.crop(box);
        int[] counts = new int[256];
        int total = 0;
        for (int i = 0; i < cropped.values().length; i++) {
            if (contains(i, cropped.width())) {
                counts[cropped.values()[i] & 0xFF]++;
                total++;
            }
        }
        byte median = (byte) new Histogram(counts, total).median();
        for (int i = 0; i < cropped.values().length; i++) {
            if (!contains(i, cropped.width())) {
                cropped.values()[i] = median;
            }
        }
        return cropped;
    }

    /** Whether a pixel of the cropped picture lies on the sheet. */
    private boolean contains(int pixel, int width) {
        int column = (box.left() + pixel % width) / grid.factor();
        int row = (box.top() + pixel / width) / grid.factor();
        return inside[row * grid.width() + column];
    }
}
