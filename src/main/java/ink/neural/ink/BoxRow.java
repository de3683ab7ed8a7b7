package ink.neural.ink;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A row of boxes on a form, each for one character.
 *
 * @param boxes what lies inside the boxes' lines, from left to right; at least two
 */
public record BoxRow(List<Box> boxes) {
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
     * Finds the rows of boxes that lines form. The cells of squared paper and of tables are none.
     *
     * @param vertical the vertical lines, whose rows are those of the picture
     * @param horizontal the horizontal lines, found on the transposed picture
     */
    static List<BoxRow> find(List<Line> vertical, List<Line> horizontal) {
        List<Line> sides = vertical.stream()
                .sorted(Comparator.comparingDouble(Line::middleColumn))
                .toList();
        List<Box> cells = new ArrayList<>();
        for (int i = 0; i < sides.size(); i++) {
            Line left = sides.get(i);
            sides.subList(i + 1, sides.size()).stream()
                    .filter(right -> isBox(left, right, horizontal))
                    .findFirst()
                    .ifPresent(right -> cells.add(inside(left, right)));
        }
        // The gap between two boxes and the box after it look like a box, too.
        cells.removeIf(cell -> cells.stream().anyMatch(other -> other != cell && isBroader(cell, other)));
        List<BoxRow> rows = rows(cells);
        return rows.stream()
                .filter(row -> rows.stream().noneMatch(row::sharesLineWith))
                .toList();
    }

    /** Whether a vertical line is a side of one of the boxes. */
    boolean hasSide(Line line) {
        return boxes.stream().anyMatch(box -> {
            double near = TOLERANCE * box.width() + line.thickness();
            double column = line.middleColumn();
            boolean beside = Math.abs(column - box.left()) <= near || Math.abs(column - box.right()) <= near;
            return beside
                    && line.from() <= box.top() + 2 * TOLERANCE * box.height()
                    && line.to() >= box.bottom() - 2 * TOLERANCE * box.height();
        });
    }

    /** Whether a horizontal line is the top or bottom of one of the boxes. */
    boolean hasTopOrBottom(Line line) {
        return boxes.stream().anyMatch(box -> {
            double middle = box.left() + box.width() / 2.0;
            double near = TOLERANCE * box.height() + line.thickness();
            double row = line.column(middle);
            boolean across = line.from() <= middle && line.to() >= middle && line.length() >= 0.8 * box.width();
            return across && (Math.abs(row - box.top()) <= near || Math.abs(row - box.bottom()) <= near);
        });
    }

    private static boolean isBox(Line left, Line right, List<Line> horizontal) {
        int top = Math.max(left.from(), right.from());
        int bottom = Math.min(left.to(), right.to());
        int height = Math.max(left.to(), right.to()) - Math.min(left.from(), right.from());
        double width = right.middleColumn() - left.middleColumn();
        return bottom - top >= (1 - 2 * TOLERANCE) * height
                && width >= MIN_ASPECT * height
                && width <= MAX_ASPECT * height
                && isClosed(left, right, top, TOLERANCE * height, horizontal)
                && isClosed(left, right, bottom, TOLERANCE * height, horizontal);
    }

    /** Whether a horizontal line connects two sides at some row. */
    private static boolean isClosed(Line left, Line right, int row, double tolerance, List<Line> horizontal) {
        double middle = (left.middleColumn() + right.middleColumn()) / 2;
        double end = END / TOLERANCE * tolerance;
        return horizontal.stream()
                .anyMatch(line -> Math.abs(line.column(middle) - row) <= tolerance + line.thickness()
                        && line.from() <= left.middleColumn() + end + line.thickness()
                        && line.to() >= right.middleColumn() - end - line.thickness());
    }

    private static Box inside(Line left, Line right) {
        int top = Math.max(left.from(), right.from());
        int bottom = Math.min(left.to(), right.to());
        int first = (int) Math.ceil(left.middleColumn() + left.thickness() / 2);
        int last = (int) Math.floor(right.middleColumn() - right.thickness() / 2);
        return new Box(first, top, Math.max(1, last - first), bottom - top);
    }

    /** Whether a cell has all columns of another in the same rows. */
    private static boolean isBroader(Box cell, Box other) {
        boolean sameRows = Math.abs(cell.top() - other.top()) <= TOLERANCE * cell.height();
        return sameRows && cell.left() <= other.left() && cell.right() >= other.right();
    }

    private static List<BoxRow> rows(List<Box> cells) {
        List<List<Box>> rows = new ArrayList<>();
        for (Box cell : cells) {
            List<Box> row = rows.stream()
                    .filter(started -> continues(started.get(started.size() - 1), cell))
                    .findFirst()
                    .orElseGet(() -> {
                        List<Box> started = new ArrayList<>();
                        rows.add(started);
                        return started;
                    });
            row.add(cell);
        }
        return rows.stream().filter(row -> row.size() > 1).map(BoxRow::new).toList();
    }

    /** Whether a box is the next of a row. */
    private static boolean continues(Box last, Box next) {
        double tolerance = 2 * TOLERANCE * last.height();
        return Math.abs(next.top() - last.top()) <= tolerance
                && Math.abs(next.bottom() - last.bottom()) <= tolerance
                && Math.max(next.width(), last.width()) <= SAME_WIDTH * Math.min(next.width(), last.width())
                && next.left() >= last.right()
                && next.left() - last.right() <= MAX_GAP * last.width();
    }

    /** Whether another row begins where this one ends, or the other way round, as in a table. */
    private boolean sharesLineWith(BoxRow other) {
        Box mine = boxes.get(0);
        Box its = other.boxes.get(0);
        double near = 2 * TOLERANCE * mine.height();
        return other != this
                && (Math.abs(mine.bottom() - its.top()) <= near || Math.abs(its.bottom() - mine.top()) <= near);
    }
}
