package ink.neural.text;

import ink.neural.ink.Box;
import java.util.List;
import java.util.Optional;

/**
 * A row of boxes with a character each, as on forms.
 *
 * @param cells the boxes from left to right
 */
public record BoxedLine(List<Cell> cells) implements Line {
    /**
     * A box.
     *
     * @param box its place on the picture
     * @param image its ink as a line of text; empty if the box is
     */
    record Cell(Box box, Optional<LineImage> image) {
        /** The ink's bounding box on the picture, or the whole box if it is empty. */
        Box inkBox() {
            return image.map(ink -> ink.line().box()).orElse(box);
        }
    }

    boolean isEmpty() {
        return cells.stream().allMatch(cell -> cell.image().isEmpty());
    }

    @Override
    public int top() {
        return cells.get(0).box().top();
    }

    @Override
    public int width() {
        return Math.max(
                LineSpec.COLUMN_STEP,
                cells.stream()
                        .flatMap(cell -> cell.image().stream())
                        .mapToInt(Line::width)
                        .sum());
    }
}
