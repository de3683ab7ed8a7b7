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
    /** The fewest lines of a field with nothing written in it, and the least distance of its ticks by their length. Ones stand closer. */
    private static final int FEWEST_IN_EMPTY = 4;

    private static final double APART = 2;
    /** The least length of a tick by its thickness. */
    private static final double SLENDER = 2;
    /** What is left of the lines of a box lies this close to its sides, by their length. */
    private static final double MARGIN = 0.15;
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
        strokeWidth = marks.isEmpty() ? 0 : marks.strokeWidth(marks.largest());
        typicalContrast =
                marks.isEmpty() ? 0 : marks.histogram(marks.largest(), contrast).median();
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
        FormFinder finder = new FormFinder(Components.of(contrast, threshold), marks, erased);
        List<Field> fields = new ArrayList<>();
        candidates.stream()
                .filter(field -> field.isClosed() || finder.isForCharacters(field) || finder.isEmpty(field))
                .sorted(Comparator.comparing(
                                (Field field) -> -field.row().boxes().size())
                        .thenComparing(field -> !field.isClosed()))
                .filter(field -> fields.stream().noneMatch(other -> field.overlaps(other) || field.sharesLine(other)))
                .forEachOrdered(fields::add);
        return fields;
    }

    /** Whether nothing is written in a field. Small marks are specks, and those at the sides of a box are what is left of its lines. */
    private boolean isEmpty(Field field) {
        return isPrintWithoutCharacters(field)
                && field.row().boxes().stream().allMatch(box -> marks.stream()
                        .filter(mark -> Math.max(mark.width(), mark.height()) >= SMALLEST * box.width())
                        .noneMatch(inside(box)::overlaps));
    }

    private static Box inside(Box box) {
        int marginX = (int) (MARGIN * box.width());
        int marginY = (int) (MARGIN * box.height());
        return new Box(
                box.left() + marginX,
                box.top() + marginY,
                Math.max(1, box.width() - 2 * marginX),
                Math.max(1, box.height() - 2 * marginY));
    }

    /** Whether the lines of a field are no letters, although no characters beside them show that. */
    private boolean isPrintWithoutCharacters(Field field) {
        boolean ruled =
                !field.verticals().isEmpty() && field.horizontals().stream().anyMatch(this::isUnbroken);
        boolean apart = field.verticals().stream()
                .allMatch(line -> field.row().boxes().get(0).width() >= APART * line.length()
                        && line.length() >= SLENDER * line.thickness());
        return field.lines().size() >= FEWEST_IN_EMPTY && (ruled || apart && isMostlyIsolated(field));
    }

    /** Whether a horizontal line lies in one component. */
    private boolean isUnbroken(Line line) {
        double near = 2 + line.thickness();
        return all.stream().anyMatch(box -> box.left() <= line.from() + near && box.right() >= line.to() - near);
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
        boolean unlike = field.lines().stream()
                .allMatch(line ->
                        line.thickness() <= THINNER * strokeWidth || line.contrast() <= FAINTER * typicalContrast);
        boolean low = field.verticals().stream().allMatch(line -> height >= TALLER * line.length());
        return isMostlyIsolated(field) && (low || unlike);
    }

    private boolean isMostlyIsolated(Field field) {
        List<Line> lines = field.lines();
        return lines.stream().filter(line -> isIsolated(field, line)).count() >= ISOLATED * lines.size();
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
