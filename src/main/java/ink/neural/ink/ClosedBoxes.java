package ink.neural.ink;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the rows of closed boxes on a form. The cells of squared paper and of tables are none. */
final class ClosedBoxes {
    /** The ratio of a box's sides. A field for a whole word is broader. */
    private static final double MIN_ASPECT = 0.35;

    private static final double MAX_ASPECT = 1.8;
    /** How far the lines of a box may be from its corners, and two boxes of a row from each other in height, by the height. */
    private static final double TOLERANCE = 0.15;
    /** How far the end of a line may be from the side of a box, by the height. */
    private static final double END = 0.05;
    /** The widths of two boxes of a row differ at most by this factor. */
    private static final double SAME_WIDTH = 1.4;
    /** The largest gap between two boxes, by their width. */
    private static final double MAX_GAP = 1;

    /**
     * A closed box.
     *
     * @param left its left side
     * @param right its right side
     * @param top the line above
     * @param bottom the line below
     */
    private record Cell(Line left, Line right, Line top, Line bottom) {
        Box inside() {
            int upper = Math.max(left.from(), right.from());
            int lower = Math.min(left.to(), right.to());
            int first = (int) Math.ceil(left.middleColumn() + left.thickness() / 2);
            int last = (int) Math.floor(right.middleColumn() - right.thickness() / 2);
            return new Box(first, upper, Math.max(1, last - first), lower - upper);
        }

        /** Whether this cell has all columns of another in the same rows. */
        boolean isBroader(Cell other) {
            Box mine = inside();
            Box its = other.inside();
            boolean sameRows = Math.abs(mine.top() - its.top()) <= TOLERANCE * mine.height();
            return sameRows && mine.left() <= its.left() && mine.right() >= its.right();
        }

        /** Whether another box is the next of this one's row. */
        boolean isContinuedBy(Cell other) {
            Box last = inside();
            Box next = other.inside();
            double tolerance = 2 * TOLERANCE * last.height();
            return Math.abs(next.top() - last.top()) <= tolerance
                    && Math.abs(next.bottom() - last.bottom()) <= tolerance
                    && Math.max(next.width(), last.width()) <= SAME_WIDTH * Math.min(next.width(), last.width())
                    && next.left() >= last.right()
                    && next.left() - last.right() <= MAX_GAP * last.width();
        }
    }

    private ClosedBoxes() {}

    /**
     * Finds the rows.
     *
     * @param vertical the vertical lines, whose rows are those of the picture
     * @param horizontal the horizontal lines, found on the transposed picture
     */
    static List<Field> find(List<Line> vertical, List<Line> horizontal) {
        List<Line> sides = vertical.stream()
                .sorted(Comparator.comparingDouble(Line::middleColumn))
                .toList();
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < sides.size(); i++) {
            Line left = sides.get(i);
            sides.subList(i + 1, sides.size()).stream()
                    .flatMap(right -> cell(left, right, horizontal).stream())
                    .findFirst()
                    .ifPresent(cells::add);
        }
        // The gap between two boxes and the box after it look like a box, too.
        cells.removeIf(cell -> cells.stream().anyMatch(other -> other != cell && cell.isBroader(other)));
        List<Field> rows = rows(cells).stream().map(ClosedBoxes::field).toList();
        return rows.stream()
                .filter(row -> rows.stream().noneMatch(other -> shareLine(row, other)))
                .toList();
    }

    private static Optional<Cell> cell(Line left, Line right, List<Line> horizontal) {
        int top = Math.max(left.from(), right.from());
        int bottom = Math.min(left.to(), right.to());
        int height = Math.max(left.to(), right.to()) - Math.min(left.from(), right.from());
        double width = right.middleColumn() - left.middleColumn();
        if (bottom - top < (1 - 2 * TOLERANCE) * height || width < MIN_ASPECT * height || width > MAX_ASPECT * height) {
            return Optional.empty();
        }
        double middle = (left.middleColumn() + right.middleColumn()) / 2;
        List<Line> across = horizontal.stream()
                .filter(line -> isAcross(line, left, right, END * height))
                .toList();
        boolean divided = across.stream()
                .filter(line -> line.from() <= left.middleColumn() && line.to() >= right.middleColumn())
                .mapToDouble(line -> line.column(middle))
                .anyMatch(row -> row > top + 2 * TOLERANCE * height && row < bottom - 2 * TOLERANCE * height);
        if (divided) {
            return Optional.empty();
        }
        return nearest(across, middle, top, TOLERANCE * height)
                .flatMap(upper -> nearest(across, middle, bottom, TOLERANCE * height)
                        .map(lower -> new Cell(left, right, upper, lower)));
    }

    /** Whether a horizontal line connects two sides. */
    private static boolean isAcross(Line line, Line left, Line right, double end) {
        return line.from() <= left.middleColumn() + end + line.thickness()
                && line.to() >= right.middleColumn() - end - line.thickness();
    }

    private static Optional<Line> nearest(List<Line> lines, double column, int row, double tolerance) {
        return lines.stream()
                .filter(line -> Math.abs(line.column(column) - row) <= tolerance + line.thickness())
                .min(Comparator.comparingDouble(line -> Math.abs(line.column(column) - row)));
    }

    private static List<List<Cell>> rows(List<Cell> cells) {
        List<List<Cell>> rows = new ArrayList<>();
        for (Cell cell : cells) {
            List<Cell> row = rows.stream()
                    .filter(started -> started.get(started.size() - 1).isContinuedBy(cell))
                    .findFirst()
                    .orElseGet(() -> {
                        List<Cell> started = new ArrayList<>();
                        rows.add(started);
                        return started;
                    });
            row.add(cell);
        }
        rows.removeIf(row -> row.size() < 2);
        return rows;
    }

    private static Field field(List<Cell> row) {
        return new Field(
                new BoxRow(row.stream().map(Cell::inside).toList()),
                row.stream()
                        .flatMap(cell -> Stream.of(cell.left(), cell.right()))
                        .distinct()
                        .toList(),
                row.stream()
                        .flatMap(cell -> Stream.of(cell.top(), cell.bottom()))
                        .distinct()
                        .toList(),
                true);
    }

    /** Whether a row begins where another ends, as in a table. */
    private static boolean shareLine(Field row, Field other) {
        Box mine = row.row().boxes().get(0);
        Box its = other.row().boxes().get(0);
        double near = 2 * TOLERANCE * mine.height();
        return other != row
                && (Math.abs(mine.bottom() - its.top()) <= near || Math.abs(its.bottom() - mine.top()) <= near);
    }
}
