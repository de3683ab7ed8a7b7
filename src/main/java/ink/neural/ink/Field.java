package ink.neural.ink;

import java.util.List;
import java.util.stream.Stream;

/**
 * A field of a form: a row of boxes and the lines that were printed for it.
 *
 * @param row the boxes
 * @param verticals its sides, dividers or ticks
 * @param horizontals the lines below its boxes and, if there are any, above them
 * @param isClosed whether each box has four sides
 */
record Field(BoxRow row, List<Line> verticals, List<Line> horizontals, boolean isClosed) {
    boolean hasVertical(Line line) {
        return verticals.stream().anyMatch(own -> own.covers(line));
    }

    boolean hasHorizontal(Line line) {
        return horizontals.stream().anyMatch(own -> own.covers(line));
    }

    List<Line> lines() {
        return Stream.concat(verticals.stream(), horizontals.stream()).toList();
    }

    boolean overlaps(Field other) {
        return row.boxes().stream().anyMatch(box -> other.row.boxes().stream().anyMatch(box::overlaps));
    }

    boolean sharesLine(Field other) {
        return lines().stream().anyMatch(other.lines()::contains);
    }
}
