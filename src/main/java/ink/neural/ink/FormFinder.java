package ink.neural.ink;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the fields of a form whose boxes have a character each. */
final class FormFinder {
    /** How far a character may rise above its box or reach below it, by the height of the box. */
    private static final double OVERHANG = 0.2;
    /** The least height of the characters by the width of a box. Blanks for words are broader. */
    private static final double SMALLEST = 0.3;
    /** The largest ratio of a character's width to its height. */
    private static final double BROADEST = 1.6;
    /** How much taller than ticks the characters are. */
    private static final double TALLER = 1.2;
    /** The share of ticks or dashes that no stroke touches. Strokes of letters are joined to others. */
    private static final double ISOLATED = 0.6;
    /** Print is this much thinner or fainter than strokes of the pen. */
    private static final double THINNER = 0.7;

    private static final double FAINTER = 0.8;
    /** Components with fewer pixels are noise. */
    private static final int SPECK = 8;

    /** The boxes of all components, print included. */
    private final List<Box> all;
    /** The boxes of the marks that are no specks. */
    private final List<Box> marks;

    private final double strokeWidth;
    private final double typicalContrast;

    /**
     * A finder.
     *
     * @param all the ink and the print
     * @param marks what is left without the lines that may be print
     * @param contrast the contrasts without them
     */
    private FormFinder(Components all, Components marks, Channel contrast) {
        int largest = marks.largest();
        strokeWidth = marks.strokeWidth(largest);
        typicalContrast = marks.histogram(largest, contrast).median();
        this.all = boxes(all, SPECK);
        this.marks = boxes(marks, strokeWidth * strokeWidth);
    }

    private static List<Box> boxes(Components components, double smallest) {
        return Arrays.stream(components.roots())
                .filter(root -> components.area(root) >= smallest)
                .mapToObj(components::box)
                .toList();
    }

    /** The rows that vertical and horizontal lines may form. Some may be letters, and some may overlap. */
    static List<Field> candidates(List<Line> vertical, List<Line> horizontal) {
        return Stream.concat(
                        ClosedBoxes.find(vertical, horizontal).stream(), OpenBoxes.find(vertical, horizontal).stream())
                .toList();
    }

    /** The candidates that are no letters. Of several in the same place, the one with the most boxes is right. */
    static List<Field> fields(List<Field> candidates, Channel contrast, Channel erased, int threshold) {
        Components marks = Components.of(erased, threshold);
        if (marks.isEmpty()) {
            return candidates.stream().filter(Field::isClosed).toList();
        }
        FormFinder finder = new FormFinder(Components.of(contrast, threshold), marks, erased);
        List<Field> fields = new ArrayList<>();
        candidates.stream()
                .filter(field -> field.isClosed() || finder.isForCharacters(field))
                .sorted(Comparator.comparing(
                                (Field field) -> -field.row().boxes().size())
                        .thenComparing(field -> !field.isClosed()))
                .filter(field -> fields.stream().noneMatch(field::overlaps))
                .forEachOrdered(fields::add);
        return fields;
    }

    private boolean isForCharacters(Field field) {
        List<Box> written =
                field.row().boxes().stream().flatMap(box -> inkIn(box).stream()).toList();
        boolean ruled = !field.verticals().isEmpty() && !field.horizontals().isEmpty();
        if (written.size() < (ruled ? 1 : 2)) {
            return false;
        }
        double height = median(written.stream().mapToDouble(Box::height).toArray());
        double width = median(written.stream().mapToDouble(Box::width).toArray());
        boolean characters = height >= SMALLEST * field.row().boxes().get(0).width() && width <= BROADEST * height;
        return characters && (ruled || isPrint(field, height));
    }

    /** Whether segments that stand on no line stand alone, and are shorter or of another pen than the characters. */
    private boolean isPrint(Field field, double height) {
        List<Line> lines = field.lines();
        double isolated = lines.stream().filter(line -> isIsolated(field, line)).count();
        boolean unlike = lines.stream()
                .allMatch(line ->
                        line.thickness() <= THINNER * strokeWidth || line.contrast() <= FAINTER * typicalContrast);
        boolean low = field.verticals().stream().allMatch(line -> height >= TALLER * line.length());
        return isolated >= ISOLATED * lines.size() && (low || unlike);
    }

    /** Whether a line is a component of its own. */
    private boolean isIsolated(Field field, Line line) {
        Series.Segment segment =
                field.verticals().contains(line) ? Series.Segment.vertical(line) : Series.Segment.horizontal(line);
        double near = 2 + line.thickness();
        return all.stream()
                .anyMatch(box -> Math.abs(Math.min(segment.x(), segment.endX()) - box.left()) <= near
                        && Math.abs(Math.max(segment.x(), segment.endX()) - box.right()) <= near
                        && Math.abs(Math.min(segment.y(), segment.endY()) - box.top()) <= near
                        && Math.abs(Math.max(segment.y(), segment.endY()) - box.bottom()) <= near);
    }

    private Optional<Box> inkIn(Box box) {
        double overhang = OVERHANG * box.height();
        return marks.stream()
                .filter(mark -> {
                    double column = mark.left() + mark.width() / 2.0;
                    double row = mark.top() + mark.height() / 2.0;
                    return column >= box.left()
                            && column < box.right()
                            && row >= box.top() - overhang
                            && row <= box.bottom() + overhang;
                })
                .reduce(Box::union);
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
