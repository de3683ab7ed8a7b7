package ink.neural.ink;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds straight lines that cross many rows of a channel nearly at a right angle. The centres of the rows' short runs of
 * ink vote for lines (Hough transform; R. Duda and P. Hart, Use of the Hough Transformation to Detect Lines and Curves in
 * Pictures, 1972). The line with the most votes is fitted to its runs by least squares, and its votes are withdrawn.
 */
final class LineFinder {
    /** Columns per row, 4 degrees. */
    private static final double MAX_SLOPE = 0.07;
    /** The least length, as a fraction of the picture's height. */
    private static final double MIN_LENGTH = 0.14;
    /** The same on a picture of text, where boxes for characters may be small. */
    private static final double MIN_LENGTH_ON_TEXT = 0.06;
    /** The share of a line's rows in which it stands alone, so that its thickness shows. */
    private static final double MIN_SUPPORT = 0.45;
    /** The largest thickness, as a fraction of the picture's shorter side. */
    static final double MAX_THICKNESS = 0.06;
    /** The same on a picture of text. Two boxes side by side may each have a thick line there. */
    private static final double MAX_THICKNESS_ON_TEXT = 0.12;

    /** The share of a line's rows that are inked, if strokes cover the others. */
    private static final double MIN_INKED = 0.7;
    /** The least length of a piece of a line, as a fraction of the picture's height. */
    private static final double MIN_PIECE = 0.1;
    /** The same on a picture of text, where a row may have 40 boxes with gaps between them. */
    private static final double MIN_PIECE_ON_TEXT = 0.012;
    /** The least length of a piece in pixels. */
    private static final int SHORTEST = 8;

    /** The rank of a line's typical contrast among those of its rows, on a picture of text. Elsewhere it is the median. */
    private static final double TYPICAL_ON_TEXT = 0.3;

    private static final int SAMPLED_ROWS = 160;
    private static final int MAX_LINES = 128;
    /** The lines of all box rows of a page, in pieces. */
    private static final int MAX_PIECES = 400;
    /** How many times in a row the runs with the most votes may be no line. The others are a texture then. */
    private static final int MAX_FAILURES = 16;
    /** More runs are a texture. */
    private static final int MAX_RUNS = 40 * SAMPLED_ROWS;
    /** A line of text has many runs. */
    private static final int MAX_RUNS_OF_TEXT = 240 * SAMPLED_ROWS;

    /**
     * A short run of inked pixels.
     *
     * @param row its row
     * @param start its first column
     * @param end the column after its last
     */
    private record Run(int row, int start, int end) {
        double centre() {
            return (start + end) / 2.0;
        }

        int length() {
            return end - start;
        }
    }

    private final Channel contrast;
    private final int threshold;
    private final Subject subject;
    private final double minLength;
    private final int maxRuns;
    private final int step;
    /** Width of a bin of intercepts in pixels. */
    private final int bin;
    /** Added to an intercept, so that none is negative. */
    private final int margin;

    /** Columns per row, for each row of votes. */
    private final double[] slopes;

    private final int[][] votes;
    private final List<Run> runs = new ArrayList<>();

    private LineFinder(Channel contrast, int threshold, Subject subject) {
        this.contrast = contrast;
        this.threshold = threshold;
        this.subject = subject;
        minLength = subject == Subject.TEXT ? MIN_LENGTH_ON_TEXT : MIN_LENGTH;
        maxRuns = subject == Subject.TEXT ? MAX_RUNS_OF_TEXT : MAX_RUNS;
        int height = contrast.height();
        step = Math.max(1, height / SAMPLED_ROWS);
        bin = Math.max(1, height / 400);
        margin = (int) Math.ceil(MAX_SLOPE * height) + 1;
        slopes = new double[1 + 2 * (int) Math.ceil(MAX_SLOPE * height / (2.0 * bin))];
        Arrays.setAll(slopes, i -> MAX_SLOPE * (2.0 * i / (slopes.length - 1) - 1));
        votes = new int[slopes.length][(contrast.width() + 2 * margin) / bin + 2];
    }

    static List<Line> find(Channel contrast, int threshold, Subject subject) {
        LineFinder finder = new LineFinder(contrast, threshold, subject);
        finder.findRuns();
        return finder.runs.size() > finder.maxRuns ? List.of() : finder.findLines();
    }

    private void findRuns() {
        double thickest = subject == Subject.TEXT ? MAX_THICKNESS_ON_TEXT : MAX_THICKNESS;
        int maxLength = Math.max(3, (int) (thickest * Math.min(contrast.width(), contrast.height())));
        for (int y = step / 2; y < contrast.height() && runs.size() <= maxRuns; y += step) {
            for (int x = 0; x < contrast.width(); x++) {
                if (contrast.value(x, y) >= threshold) {
                    int end = contrast.runEnd(x, y, threshold);
                    if (end - x <= maxLength) {
                        runs.add(new Run(y, x, end));
                    }
                    x = end;
                }
            }
        }
    }

    private List<Line> findLines() {
        runs.forEach(run -> vote(run, 1));
        double fewest = minLength * MIN_SUPPORT * contrast.height() / step;
        List<Line> lines = new ArrayList<>();
        int failures = 0;
        for (int i = 0; i < MAX_LINES && failures < MAX_FAILURES && runs.size() >= fewest; i++) {
            double[] line = mostVoted(fewest);
            if (line == null) {
                break;
            }
            int found = lines.size();
            addLine(takeRunsNear(line[0], line[1]), lines);
            failures = lines.size() > found ? 0 : failures + 1;
        }
        return lines;
    }

    private void vote(Run run, int vote) {
        double centre = run.centre();
        double row = run.row() + 0.5;
        for (int s = 0; s < votes.length; s++) {
            double intercept = centre - slopes[s] * row;
            votes[s][(int) ((intercept + margin) / bin)] += vote;
        }
    }

    /** The intercept and slope with the most votes in two adjacent bins, null if these are too few. */
    private double[] mostVoted(double fewest) {
        int most = 0;
        double[] line = null;
        for (int s = 0; s < votes.length; s++) {
            for (int b = 0; b + 1 < votes[s].length; b++) {
                int count = votes[s][b] + votes[s][b + 1];
                if (count > most && count >= fewest) {
                    most = count;
                    line = new double[] {(b + 1) * bin - margin, slopes[s]};
                }
            }
        }
        return line;
    }

    /** Takes the runs near a line out of the vote. */
    private List<Run> takeRunsNear(double intercept, double slope) {
        Predicate<Run> isNear =
                run -> Math.abs(run.centre() - (intercept + slope * (run.row() + 0.5))) <= 1.5 * bin + 1;
        List<Run> near = runs.stream().filter(isNear).toList();
        near.forEach(run -> vote(run, -1));
        runs.removeIf(isNear);
        return near;
    }

    /** Fits a line to runs and adds it, unless they are too few or too scattered. */
    private void addLine(List<Run> near, List<Line> lines) {
        double[] lengths = near.stream().mapToDouble(Run::length).sorted().toArray();
        double thickness = lengths[lengths.length / 2];
        List<Run> alone =
                near.stream().filter(run -> run.length() <= 1.5 * thickness + 1).toList();
        double[] fitted = leastSquares(alone);
        if (fitted == null) {
            return;
        }
        double strongest = contrastOf(alone);
        stretches(fitted[0], fitted[1], thickness).stream()
                .filter(stretch -> standsAlone(stretch, alone))
                .limit(MAX_PIECES - lines.size())
                .map(stretch -> new Line(fitted[0], fitted[1], stretch[0], stretch[1], thickness, strongest))
                .forEach(lines::add);
    }

    private boolean standsAlone(int[] stretch, List<Run> alone) {
        long support = step
                * alone.stream()
                        .filter(run -> run.row() >= stretch[0] && run.row() < stretch[1])
                        .count();
        return support >= MIN_SUPPORT * (stretch[1] - stretch[0]);
    }

    /** Intercept and slope of the line through the centres of runs. Null if they are in fewer than three rows. */
    private static double[] leastSquares(List<Run> runs) {
        double meanRow =
                runs.stream().mapToDouble(run -> run.row() + 0.5).average().orElse(0);
        double meanCentre = runs.stream().mapToDouble(Run::centre).average().orElse(0);
        double variance = 0;
        double covariance = 0;
        for (Run run : runs) {
            double row = run.row() + 0.5 - meanRow;
            variance += row * row;
            covariance += row * (run.centre() - meanCentre);
        }
        if (runs.size() < 3 || variance == 0) {
            return null;
        }
        double slope = covariance / variance;
        return new double[] {meanCentre - slope * meanRow, slope};
    }

    /** The typical value of the strongest contrasts of runs. Strokes may cover half of the line of a text. */
    private double contrastOf(List<Run> runs) {
        int[] strongest = runs.stream()
                .mapToInt(run -> contrast.strongest(run.row(), run.start(), run.end()))
                .sorted()
                .toArray();
        return strongest[(int) ((subject == Subject.TEXT ? TYPICAL_ON_TEXT : 0.5) * strongest.length)];
    }

    /** The rows where a line is inked: its pieces on a picture of text, where they may be sides of separate boxes. */
    private List<int[]> stretches(double intercept, double slope, double thickness) {
        if (subject == Subject.TEXT) {
            double shortest = Math.max(SHORTEST, MIN_PIECE_ON_TEXT * contrast.height());
            return pieces(intercept, slope, Math.max(2, (int) (thickness / 2)), shortest);
        }
        int maxGap = Math.max(3, contrast.height() / 50);
        return whole(pieces(intercept, slope, maxGap, Math.min(MIN_PIECE, minLength) * contrast.height())).stream()
                .filter(stretch -> stretch[1] - stretch[0] >= minLength * contrast.height())
                .toList();
    }

    /** The rows from the first to the last piece of a line, or the longest piece if there is little ink between them. */
    private static Optional<int[]> whole(List<int[]> pieces) {
        if (pieces.isEmpty()) {
            return Optional.empty();
        }
        int[] whole = {pieces.get(0)[0], pieces.get(pieces.size() - 1)[1]};
        int inked = pieces.stream().mapToInt(piece -> piece[1] - piece[0]).sum();
        return Optional.of(
                inked >= MIN_INKED * (whole[1] - whole[0])
                        ? whole
                        : Collections.max(pieces, Comparator.comparingInt(piece -> piece[1] - piece[0])));
    }

    /** The first rows of a line's pieces and the rows after their last. */
    private List<int[]> pieces(double intercept, double slope, int maxGap, double shortest) {
        List<int[]> pieces = new ArrayList<>();
        int last = -maxGap - 1;
        for (int y = 0; y < contrast.height(); y++) {
            if (isInked((int) Math.floor(intercept + slope * (y + 0.5)), y)) {
                if (y - last > maxGap) {
                    pieces.add(new int[] {y, y});
                }
                pieces.get(pieces.size() - 1)[1] = y + 1;
                last = y;
            }
        }
        pieces.removeIf(piece -> piece[1] - piece[0] < shortest);
        return pieces;
    }

    private boolean isInked(int column, int row) {
        int from = Math.max(0, column - 1);
        int to = Math.min(contrast.width(), column + 2);
        return from < to && contrast.strongest(row, from, to) >= threshold;
    }
}
