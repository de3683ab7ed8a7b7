package ink.neural.ink;

/**
 * A straight line that crosses the rows of a channel nearly at a right angle. A line along the rows is a line of the
 * transposed channel.
 *
 * @param intercept its column in row 0
 * @param slope columns per row
 * @param from its first row
 * @param to the row after its last
 * @param thickness pixels along a row
 * @param contrast the typical contrast of its darkest pixels
 */
record Line(double intercept, double slope, int from, int to, double thickness, double contrast) {
    double column(double row) {
        return intercept + slope * row;
    }

    double middleColumn() {
        return column((from + to) / 2.0);
    }

    int length() {
        return to - from;
    }

    /** Whether a line reaches from edge to edge of a picture with so many rows. */
    boolean spans(int rows) {
        int tolerance = Math.max(3, rows / 50);
        return from <= tolerance && to >= rows - tolerance;
    }

    /** Whether a line starts and ends in the same rows as another. */
    boolean isAlike(Line other) {
        return Math.abs(other.from - from) <= 5 && Math.abs(other.to - to) <= 5;
    }

    /** The line at another place. */
    Line move(double columns, double rows) {
        int down = (int) Math.round(rows);
        return new Line(intercept + columns - slope * down, slope, from + down, to + down, thickness, contrast);
    }

    /** Whether another line is a part of this one, or the same line found twice. */
    boolean covers(Line other) {
        double middle = (other.from + other.to) / 2.0;
        double near = 2 + thickness;
        return other == this
                || Math.abs(column(middle) - other.column(middle)) <= near / 2
                        && other.from >= from - near
                        && other.to <= to + near
                        && other.contrast <= 1.2 * contrast
                        && other.thickness <= 1.5 * thickness + 1;
    }

    /** Whether one end of a line, given by its row, lies on a line of the same kind that crosses it. */
    boolean endsAt(int end, Line crossing) {
        double tolerance = 4 + thickness + crossing.thickness;
        double column = column(end);
        boolean sameKind = Math.max(thickness, crossing.thickness) <= 2 * Math.min(thickness, crossing.thickness) + 1;
        return sameKind
                && Math.abs(crossing.column(column) - end) <= tolerance
                && column >= crossing.from - tolerance
                && column <= crossing.to + tolerance;
    }
}
