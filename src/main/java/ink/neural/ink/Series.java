package ink.neural.ink;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Equal segments at equal distances, from left to right. No hand draws its strokes so evenly, but forms have such dividers, ticks
 * and dashes.
 *
 * @param segments the segments
 * @param steps how many distances apart the first and the last segment are; more than there are gaps, if some segments are missing
 */
record Series(List<Segment> segments, int steps) {
    /** How far a segment may be from its place, by the distance of two segments. */
    private static final double TOLERANCE = 0.04;
    /** The same in pixels, at least. */
    private static final double LEAST_TOLERANCE = 2;
    /** Rows per column, 4 degrees. */
    private static final double MAX_SLOPE = 0.07;
    /** Strokes may hide so many segments in a row. */
    private static final int MAX_HIDDEN = 1;
    /** Alike strokes may stand between two segments. */
    private static final int NEIGHBOURS = 6;

    private static final int SHORTEST_DISTANCE = 10;

    /**
     * A line in the coordinates of the picture.
     *
     * @param line the line
     * @param x its column at the start
     * @param y its row at the start
     * @param endX its column at the end
     * @param endY its row at the end
     */
    record Segment(Line line, double x, double y, double endX, double endY) {
        static Segment vertical(Line line) {
            return new Segment(line, line.column(line.from()), line.from(), line.column(line.to()), line.to());
        }

        static Segment horizontal(Line line) {
            return new Segment(line, line.from(), line.column(line.from()), line.to(), line.column(line.to()));
        }

        double length() {
            return Math.hypot(endX - x, endY - y);
        }

        boolean isAlike(Segment other) {
            return Math.max(line.thickness(), other.line.thickness())
                            <= 1.3 * Math.min(line.thickness(), other.line.thickness()) + 1
                    && Math.max(line.contrast(), other.line.contrast())
                            <= 1.3 * Math.min(line.contrast(), other.line.contrast());
        }

        /** How far both ends are from where they would be if this segment were moved. */
        double distance(Segment other, double right, double down) {
            return Math.max(
                    Math.max(Math.abs(x + right - other.x), Math.abs(y + down - other.y)),
                    Math.max(Math.abs(endX + right - other.endX), Math.abs(endY + down - other.endY)));
        }
    }

    /** Finds series of at least so many segments. No segment belongs to two. */
    static List<Series> find(List<Segment> segments, int fewest) {
        List<Segment> left = new ArrayList<>(segments);
        left.sort(Comparator.comparingDouble(Segment::x));
        List<Series> found = new ArrayList<>();
        Optional<Series> longest = longest(left, fewest);
        while (longest.isPresent()) {
            found.add(longest.get());
            left.removeAll(longest.get().segments);
            longest = longest(left, fewest);
        }
        return found;
    }

    private static Optional<Series> longest(List<Segment> segments, int fewest) {
        Series longest = null;
        for (int i = 0; i < segments.size(); i++) {
            Segment first = segments.get(i);
            List<Segment> right = segments.subList(i + 1, segments.size());
            List<Segment> next = right.stream()
                    .filter(segment -> mayFollow(first, segment))
                    .limit(NEIGHBOURS)
                    .toList();
            for (Segment second : next) {
                Series series = from(first, second, right);
                if (series.segments.size() >= fewest && (longest == null || series.isBetterThan(longest))) {
                    longest = series;
                }
            }
        }
        return Optional.ofNullable(longest);
    }

    /** Of two series of as many segments, the closer one skips none. */
    private boolean isBetterThan(Series other) {
        int more = segments.size() - other.segments.size();
        return more > 0 || more == 0 && pitch() < other.pitch();
    }

    private static boolean mayFollow(Segment first, Segment second) {
        double right = second.x - first.x;
        double down = second.y - first.y;
        return right >= SHORTEST_DISTANCE
                && Math.abs(down) <= MAX_SLOPE * right + LEAST_TOLERANCE
                && first.isAlike(second)
                && first.distance(second, right, down) <= tolerance(right);
    }

    private static double tolerance(double distance) {
        return Math.max(LEAST_TOLERANCE, TOLERANCE * distance);
    }

    /** Goes on from two segments as long as there are others in line. */
    private static Series from(Segment first, Segment second, List<Segment> candidates) {
        List<Segment> series = new ArrayList<>(List.of(first, second));
        int steps = 1;
        for (int ahead = 1; ahead <= 1 + MAX_HIDDEN; ahead++) {
            Segment last = series.get(series.size() - 1);
            double right = (last.x - first.x) / steps;
            double down = (last.y - first.y) / steps;
            int next = steps + ahead;
            Optional<Segment> found = candidates.stream()
                    .dropWhile(segment -> segment.x <= last.x)
                    .takeWhile(segment -> segment.x <= first.x + next * right + tolerance(right))
                    .filter(segment -> first.isAlike(segment)
                            && first.distance(segment, next * right, next * down) <= tolerance(right))
                    .findFirst();
            if (found.isPresent()) {
                series.add(found.get());
                steps = next;
                ahead = 0;
            }
        }
        return new Series(series, steps);
    }

    Segment first() {
        return segments.get(0);
    }

    Segment last() {
        return segments.get(segments.size() - 1);
    }

    /** The distance of two segments. */
    double pitch() {
        return (last().x - first().x) / steps;
    }

    /** The column of a place in the series; 0 is the first segment's. */
    double column(int place) {
        return first().x + place * pitch();
    }

    /** The row where the segment at a place ends. */
    double bottom(double place) {
        return first().endY + place * (last().endY - first().endY) / steps;
    }

    /** The vertical line at a place, even if no segment was found there. */
    Line line(int place) {
        return first().line().move(column(place) - first().x, bottom(place) - first().endY);
    }
}
