package ink.neural.ink;

import ink.neural.ink.Series.Segment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Finds the rows of open boxes on a form: the spaces between dividers or ticks, below ticks that hang from a line, and above dashes. */
final class OpenBoxes {
    /** The fewest dividers that stand on a line. */
    private static final int FEWEST_ON_LINE = 3;
    /** The fewest dividers without a line, and the fewest dashes. */
    private static final int FEWEST = 4;

    private static final int FEWEST_DASHES = 3;
    /** The shortest dash by the distance of two. */
    private static final double DASH = 0.45;
    /** How much shorter or longer the box at an end of a line may be than the others. */
    private static final double SAME_WIDTH = 0.25;
    /** Strokes may hide the dividers of so many boxes at an end of a line. */
    private static final int MOST_BEYOND = 3;
    /** How much of a box may lie above the lines that it has, by its width. */
    private static final double HEIGHT = 1;

    private static final double TALLEST = 2.5;

    private OpenBoxes() {}

    /**
     * Finds the rows.
     *
     * @param vertical the vertical lines, whose rows are those of the picture
     * @param horizontal the horizontal lines, found on the transposed picture
     */
    static List<Field> find(List<Line> vertical, List<Line> horizontal) {
        List<Field> fields = new ArrayList<>();
        List<Segment> segments = vertical.stream().map(Segment::vertical).toList();
        for (Series series : Series.find(segments, FEWEST_ON_LINE)) {
            Optional<Line> base = base(series, horizontal);
            Optional<Line> ceiling = ceiling(series, horizontal);
            if (base.isPresent()) {
                fields.add(onLine(series, base.get(), vertical, horizontal));
            } else if (ceiling.isPresent()) {
                fields.add(belowLine(series, ceiling.get()));
            } else if (series.segments().size() >= FEWEST) {
                fields.add(field(series, 0, series.steps(), height(series), List.of(), List.of()));
            }
        }
        List<Segment> dashes = horizontal.stream().map(Segment::horizontal).toList();
        Series.find(dashes, FEWEST_DASHES).stream()
                .filter(series -> series.first().length() >= DASH * series.pitch()
                        && series.first().length() < series.pitch())
                .map(OpenBoxes::aboveDashes)
                .forEach(fields::add);
        return fields;
    }

    /** The line that all segments of a series stand on. */
    private static Optional<Line> base(Series series, List<Line> horizontal) {
        Segment first = series.first();
        Segment last = series.last();
        return horizontal.stream()
                .filter(line -> standsOn(first, line) && standsOn(last, line))
                .findFirst();
    }

    private static boolean standsOn(Segment segment, Line line) {
        return meets(segment, segment.endX(), segment.endY(), line);
    }

    /** The line that all segments of a series hang from. */
    private static Optional<Line> ceiling(Series series, List<Line> horizontal) {
        return horizontal.stream()
                .filter(line -> hangsFrom(series.first(), line) && hangsFrom(series.last(), line))
                .findFirst();
    }

    private static boolean hangsFrom(Segment segment, Line line) {
        return meets(segment, segment.x(), segment.y(), line);
    }

    /** Whether an end of a segment lies on a horizontal line. */
    private static boolean meets(Segment segment, double x, double y, Line line) {
        double tolerance = 2 + segment.line().thickness() + line.thickness();
        return Math.abs(line.column(x) - y) <= tolerance && line.from() <= x + tolerance && line.to() >= x - tolerance;
    }

    private static double height(Series series) {
        return Math.max(series.first().endY() - series.first().y(), HEIGHT * series.pitch());
    }

    /** The first and the last box may end where the line ends, or at the side of a frame. */
    private static Field onLine(Series series, Line base, List<Line> vertical, List<Line> horizontal) {
        double pitch = series.pitch();
        double middle = (base.from() + base.to()) / 2.0;
        double near = 2 + 2 * base.thickness();
        Optional<Line> top = horizontal.stream()
                .filter(line -> Math.abs(line.from() - base.from()) <= SAME_WIDTH * pitch
                        && Math.abs(line.to() - base.to()) <= SAME_WIDTH * pitch
                        && base.column(middle) - line.column(middle) > near
                        && base.column(middle) - line.column(middle) <= TALLEST * pitch)
                .max(Comparator.comparingDouble(line -> line.column(middle)));
        List<Line> sides = vertical.stream()
                .filter(line -> Math.abs(base.column(line.column(line.to())) - line.to()) <= near
                        && (Math.abs(line.column(line.to()) - base.from()) <= near
                                || Math.abs(line.column(line.to()) - base.to()) <= near))
                .toList();
        List<Line> horizontals = new ArrayList<>(List.of(base));
        top.ifPresent(horizontals::add);
        double height =
                top.map(line -> base.column(middle) - line.column(middle)).orElse(height(series));
        return field(series, firstOn(base, series), lastOn(base, series), height, sides, horizontals);
    }

    /** The characters may be longer than the ticks. */
    private static Field belowLine(Series series, Line ceiling) {
        double down = Math.max(
                0, height(series) - (series.first().endY() - series.first().y()));
        return field(
                series,
                firstOn(ceiling, series),
                lastOn(ceiling, series),
                height(series),
                down,
                List.of(),
                List.of(ceiling));
    }

    /** The place of the first divider on a line that all dividers touch. */
    private static int firstOn(Line line, Series series) {
        return -boxesBeyond((series.first().endX() - line.from()) / series.pitch());
    }

    private static int lastOn(Line line, Series series) {
        return series.steps() + boxesBeyond((line.to() - series.last().endX()) / series.pitch());
    }

    /** How many boxes lie between the last divider that was found and the end of the line; none if the line just goes on. */
    private static int boxesBeyond(double pitches) {
        long boxes = Math.round(pitches);
        return boxes > 0 && boxes <= MOST_BEYOND && Math.abs(pitches - boxes) <= SAME_WIDTH ? (int) boxes : 0;
    }

    private static Field field(
            Series series, int first, int last, double height, List<Line> sides, List<Line> horizontals) {
        return field(series, first, last, height, 0, sides, horizontals);
    }

    /** A field whose boxes end so many rows below the segments. */
    private static Field field(
            Series series, int first, int last, double height, double down, List<Line> sides, List<Line> horizontals) {
        double thickness = series.first().line().thickness();
        List<Box> boxes = IntStream.range(first, last)
                .mapToObj(place -> {
                    double bottom = series.bottom(place + 0.5) + down;
                    int left = (int) Math.ceil(series.column(place) + thickness / 2);
                    int right = (int) Math.floor(series.column(place + 1) - thickness / 2);
                    return box(left, bottom - height, right, bottom);
                })
                .toList();
        List<Line> verticals = new ArrayList<>(sides);
        series.segments().forEach(segment -> verticals.add(segment.line()));
        IntStream.rangeClosed(first, last)
                .mapToObj(series::line)
                .filter(line -> verticals.stream().noneMatch(found -> found.covers(line)))
                .toList()
                .forEach(verticals::add);
        return new Field(new BoxRow(boxes), verticals, horizontals, false);
    }

    private static Field aboveDashes(Series series) {
        double half = series.pitch() / 2;
        double middle = series.first().length() / 2;
        List<Box> boxes = IntStream.rangeClosed(0, series.steps())
                .mapToObj(place -> {
                    double centre = series.column(place) + middle;
                    double bottom = series.bottom(place);
                    return box((int) (centre - half), bottom - HEIGHT * series.pitch(), (int) (centre + half), bottom);
                })
                .toList();
        return new Field(
                new BoxRow(boxes),
                List.of(),
                series.segments().stream().map(Segment::line).toList(),
                false);
    }

    private static Box box(int left, double top, int right, double bottom) {
        int upper = (int) Math.max(0, top);
        int start = Math.max(0, left);
        return new Box(start, upper, Math.max(1, right - start), Math.max(1, (int) Math.ceil(bottom) - upper));
    }
}
