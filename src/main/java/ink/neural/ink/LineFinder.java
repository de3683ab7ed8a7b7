package ink.neural.ink;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds straight lines that cross many rows of a channel nearly at right angles (Hough transform of the centres of the
 * rows' thin runs).
 */
final class LineFinder {
    private static final double MAX_SLOPE = 0.07;
    private static final double MIN_LENGTH = 0.14;
    /** The share of a line's rows in which it stands alone, so that its thickness shows. */
    private static final double MIN_SUPPORT = 0.45;

    private static final int SAMPLED_ROWS = 160;
    private static final int MAX_LINES = 80;
    /** More runs are a texture rather than lines. */
    private static final int MAX_RUNS = 40 * SAMPLED_ROWS;

    private final Channel contrast;
    private final int threshold;
    private final int maxThickness;
    private final int step;
    private final int bin;
    private final List<int[]> runs = new ArrayList<>(); // {row, start, end}

    private LineFinder(Channel contrast, int threshold) {
        this.contrast = contrast;
        this.threshold = threshold;
        maxThickness = Math.max(3, Math.min(contrast.width(), contrast.height()) * 6 / 100);
        step = Math.max(1, contrast.height() / SAMPLED_ROWS);
        bin = Math.max(1, contrast.height() / 400);
        for (int y = step / 2; y < contrast.height(); y += step) {
            addRuns(y);
        }
    }

    static List<Line> find(Channel contrast, int threshold) {
        return new LineFinder(contrast, threshold).find();
    }

    private void addRuns(int y) {
        for (int x = 0; x < contrast.width(); x++) {
            if (contrast.value(x, y) >= threshold) {
                int end = x + 1;
                while (end < contrast.width() && contrast.value(end, y) >= threshold) {
                    end++;
                }
                if (end - x <= maxThickness) {
                    runs.add(new int[] {y, x, end});
                }
                x = end;
            }
        }
    }

    private List<Line> find() {
        List<Line> lines = new ArrayList<>();
        if (runs.size() > MAX_RUNS) {
            return lines;
        }
        double rows = (double) contrast.height() / step;
        int slopes = 1 + 2 * (int) Math.ceil(MAX_SLOPE * contrast.height() / (2.0 * bin));
        int margin = (int) Math.ceil(MAX_SLOPE * contrast.height()) + 1;
        int bins = (contrast.width() + 2 * margin) / bin + 2;
        while (lines.size() < MAX_LINES && runs.size() >= MIN_LENGTH * MIN_SUPPORT * rows) {
            int[][] votes = new int[slopes][bins];
            for (int[] run : runs) {
                double centre = (run[1] + run[2]) / 2.0;
                for (int s = 0; s < slopes; s++) {
                    double intercept = centre - slope(s, slopes) * (run[0] + 0.5) + margin;
                    votes[s][(int) (intercept / bin)]++;
                }
            }
            int best = 0;
            int bestSlope = 0;
            int bestBin = 0;
            for (int s = 0; s < slopes; s++) {
                for (int b = 0; b + 1 < bins; b++) {
                    int sum = votes[s][b] + votes[s][b + 1];
                    if (sum > best
                            || sum == best && Math.abs(2 * s - slopes + 1) < Math.abs(2 * bestSlope - slopes + 1)) {
                        best = sum;
                        bestSlope = s;
                        bestBin = b;
                    }
                }
            }
            if (best < MIN_LENGTH * MIN_SUPPORT * rows) {
                break;
            }
            double slope = slope(bestSlope, slopes);
            double intercept = (bestBin + 1) * bin - margin;
            Line line = fit(intercept, slope);
            if (line != null) {
                lines.add(line);
            }
        }
        return lines;
    }

    private static double slope(int index, int slopes) {
        return slopes == 1 ? 0 : MAX_SLOPE * (2.0 * index / (slopes - 1) - 1);
    }

    /** Fits a line to the runs near it, and takes these runs out. Null if they do not make a line. */
    private Line fit(double intercept, double slope) {
        List<int[]> near = new ArrayList<>();
        for (int[] run : runs) {
            double column = intercept + slope * (run[0] + 0.5);
            if (Math.abs((run[1] + run[2]) / 2.0 - column) <= 1.5 * bin + 1) {
                near.add(run);
            }
        }
        runs.removeIf(run -> Math.abs((run[1] + run[2]) / 2.0 - (intercept + slope * (run[0] + 0.5))) <= 1.5 * bin + 1);
        if (near.size() < 3) {
            return null;
        }
        double[] thicknesses =
                near.stream().mapToDouble(run -> run[2] - run[1]).sorted().toArray();
        double thickness = thicknesses[thicknesses.length / 2];
        // least squares
        double n = 0;
        double sy = 0;
        double sx = 0;
        double syy = 0;
        double sxy = 0;
        for (int[] run : near) {
            if (run[2] - run[1] > 1.5 * thickness + 1) {
                continue;
            }
            double y = run[0] + 0.5;
            double x = (run[1] + run[2]) / 2.0;
            n++;
            sy += y;
            sx += x;
            syy += y * y;
            sxy += x * y;
        }
        double determinant = n * syy - sy * sy;
        if (n < 3 || determinant <= 0) {
            return null;
        }
        double fitted = (n * sxy - sx * sy) / determinant;
        double offset = (sx - fitted * sy) / n;
        int[] stretch = longestStretch(offset, fitted, thickness);
        double support = near.stream()
                        .filter(run -> run[0] >= stretch[0] && run[0] < stretch[1])
                        .filter(run -> run[2] - run[1] <= 1.5 * thickness + 2)
                        .count()
                * (double) step;
        int length = stretch[1] - stretch[0];
        if (length < MIN_LENGTH * contrast.height() || support < MIN_SUPPORT * length) {
            return null;
        }
        return new Line(offset, fitted, stretch[0], stretch[1], thickness, contrastOf(near, thickness));
    }

    /** The median of the strongest contrasts of the runs in which the line stands alone. */
    private double contrastOf(List<int[]> near, double thickness) {
        double[] strongest = near.stream()
                .filter(run -> run[2] - run[1] <= 1.5 * thickness + 1)
                .mapToDouble(run -> Rules.strongest(contrast, run[0], run[1], run[2]))
                .sorted()
                .toArray();
        return strongest[strongest.length / 2];
    }

    /** The longest stretch of rows that are inked where the line passes. Small gaps do not count. */
    private int[] longestStretch(double intercept, double slope, double thickness) {
        int maxGap = Math.max(3, contrast.height() / 50);
        int[] best = {0, 0};
        int from = -1;
        int last = -1;
        for (int y = 0; y < contrast.height(); y++) {
            if (isInked((int) Math.floor(intercept + slope * (y + 0.5)), y)) {
                if (from < 0 || y - last > maxGap) {
                    from = y;
                }
                last = y;
                if (last + 1 - from > best[1] - best[0]) {
                    best = new int[] {from, last + 1};
                }
            }
        }
        return best;
    }

    private boolean isInked(int column, int row) {
        for (int x = Math.max(0, column - 1); x <= Math.min(contrast.width() - 1, column + 1); x++) {
            if (contrast.value(x, row) >= threshold) {
                return true;
            }
        }
        return false;
    }
}
