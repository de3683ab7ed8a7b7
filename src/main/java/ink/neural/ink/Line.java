package ink.neural.ink;

/**
 * A straight line that crosses the rows of a channel, one pixel a row. Lines that run along the rows are lines of the
 * transposed channel.
 *
 * @param intercept its column in row 0
 * @param slope columns per row
 * @param from its first row
 * @param to the row after its last
 * @param thickness pixels along a row
 * @param contrast its contrast
 */
record Line(double intercept, double slope, int from, int to, double thickness, double contrast) {
    double column(double row) {
        return intercept + slope * row;
    }

    int length() {
        return to - from;
    }
}
