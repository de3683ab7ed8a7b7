package ink.neural.text;

import ink.neural.ink.Box;
import ink.neural.ink.Components;
import ink.neural.ink.Ink;
import ink.neural.ink.TextInk;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Takes the ink in rows of boxes from the rest. A component belongs to the box where its middle lies, or column by column if
 * it reaches into several boxes.
 */
final class BoxRowSplitter {
    private static final int NO_BOX = -1;
    /** The owner of what is no ink. */
    private static final int NOTHING = -2;
    /** A component this much broader than a box reaches into several. */
    private static final double BROAD = 1.2;
    /** How far the middle of a character may lie above or below its box, by the height of the box. */
    private static final double OVERHANG = 0.2;
    /** What lies this close to the outline of a box, by the box's sides, is what is left of its lines. */
    private static final double MARGIN = 0.12;

    private final List<Box> boxes;
    private final LinePainter painter;

    BoxRowSplitter(TextInk text) {
        Ink ink = text.ink();
        boxes = text.boxRows().stream().flatMap(row -> row.boxes().stream()).toList();
        Components components = Components.of(ink);
        int[] owners = IntStream.range(0, components.runs())
                .map(run -> owner(components, run, ink.width()))
                .toArray();
        painter = new LinePainter(ink, components, owners);
    }

    private int owner(Components components, int run, int width) {
        Box component = components.box(components.root(run));
        double row = component.top() + component.height() / 2.0;
        double middle = component.left() + component.width() / 2.0;
        double middleOfRun =
                (components.start(run) + components.end(run)) / 2.0 - components.start(run) / width * width;
        if (boxes.stream().anyMatch(box -> isRestOfLine(component, box))) {
            return NOTHING;
        }
        return IntStream.range(0, boxes.size())
                .filter(i -> {
                    Box box = boxes.get(i);
                    double column = component.width() > BROAD * box.width() ? middleOfRun : middle;
                    return column >= box.left() - 1
                            && column <= box.right() + 1
                            && row >= box.top() - OVERHANG * box.height()
                            && row <= box.bottom() + OVERHANG * box.height();
                })
                .findFirst()
                .orElse(NO_BOX);
    }

    /** Whether a component lies on the outline of a box. */
    private static boolean isRestOfLine(Box component, Box box) {
        int marginX = (int) (MARGIN * box.width());
        int marginY = (int) (MARGIN * box.height());
        Box outer = new Box(
                box.left() - marginX, box.top() - marginY, box.width() + 2 * marginX, box.height() + 2 * marginY);
        return outer.contains(component)
                && (component.right() <= box.left() + marginX
                        || component.left() >= box.right() - marginX
                        || component.bottom() <= box.top() + marginY
                        || component.top() >= box.bottom() - marginY);
    }

    /** The ink in a box. */
    Optional<TextLine> inkIn(Box box) {
        return painted(boxes.indexOf(box));
    }

    /** The ink that lies in no box. */
    Optional<TextLine> rest() {
        return painted(NO_BOX);
    }

    private Optional<TextLine> painted(int owner) {
        return painter.hasInk(owner) ? Optional.of(painter.paint(owner)) : Optional.empty();
    }
}
