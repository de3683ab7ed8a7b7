package ink.neural.ink;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds writing lines, ruled and squared paper, boxes and combs, and erases them where no stroke crosses, as the lines of a
 * staff are erased from sheet music.
 */
final class Rules {
    /** The length of a rule under text, by the height of the tallest mark. A stroke is shorter. */
    private static final double MIN_RULE = 3;
    /** The same for an upright rule, such as that of a margin. A tall letter has long strokes. */
    private static final double MIN_MARGIN_RULE = 5;
    /** The same for a rule that spans the picture, and is thinner or fainter than the strokes. */
    private static final double MIN_SPANNING_RULE = 1.25;
    /** The share of a rule that is inked, and the share where no stroke crosses it. */
    private static final double MIN_SOLID = 0.95;

    private static final double MIN_ALONE = 0.75;
    /** The same of a line of boxes, into which the characters may hardly fit. */
    private static final double MIN_ALONE_IN_FORM = 0.4;
    /** In a smaller picture, no rule can be told from a stroke. */
    private static final int MIN_SIDE = 48;
    /** The least number of lines across a picture of squared paper. No character has as many. */
    private static final int MIN_GRID = 5;

    /**
     * The lines of one direction.
     *
     * @param channel the contrasts, turned so that the lines cross the rows
     * @param lines the lines
     */
    private record Direction(Channel channel, List<Line> lines) {
        static Direction of(Channel channel, int threshold, Subject subject) {
            return new Direction(channel, LineFinder.find(channel, threshold, subject));
        }

        boolean spans(Line line) {
            return line.spans(channel.height());
        }

        List<Line> spanning() {
            return lines.stream().filter(this::spans).toList();
        }

        boolean hasThinRule() {
            double thin = 0.025 * Math.min(channel.width(), channel.height()) + 1;
            return spanning().stream().anyMatch(line -> line.thickness() <= thin);
        }

        /** Whether a line runs along an edge of the picture, as a stroke does in a tight crop. */
        boolean hasLineAtEdge() {
            double near = Math.max(3, channel.width() / 32.0);
            return spanning().stream()
                    .anyMatch(line -> line.middleColumn() - line.thickness() / 2 <= near
                            || line.middleColumn() + line.thickness() / 2 >= channel.width() - near);
        }

        List<Line> nearlySpanning() {
            return lines.stream()
                    .filter(line -> line.length() >= 0.85 * channel.height())
                    .toList();
        }

        /** How many lines start and end like a line, itself included. */
        long alike(Line line) {
            return lines.stream().filter(line::isAlike).count();
        }

        /** Whether no parallel line lies to one side of a line. */
        boolean isOutermost(Line line) {
            return lines.stream().allMatch(other -> other.middleColumn() >= line.middleColumn())
                    || lines.stream().allMatch(other -> other.middleColumn() <= line.middleColumn());
        }
    }

    /**
     * What remains of the ink when all lines are erased, measured across and along the lines of one direction.
     *
     * @param from its start across the line
     * @param to its end across the line
     * @param first its start along the line
     * @param last its end along the line
     * @param strokeWidth the width of its strokes
     * @param contrast its typical contrast
     */
    private record Rest(int from, int to, int first, int last, double strokeWidth, double contrast) {
        /** A rule is thinner, fainter or darker than the strokes. */
        boolean isUnlike(Line line) {
            return line.thickness() <= 0.6 * strokeWidth
                    || line.contrast() <= 0.75 * contrast
                    || contrast <= 0.75 * line.contrast();
        }

        /** Whether a line goes on beyond the ink at both ends. */
        boolean isUnderlinedBy(Line line) {
            double overhang = 0.15 * (last - first);
            boolean beyond = line.from() <= first - overhang && line.to() >= last + overhang;
            return beyond && Math.max(last - first, to - from) >= 0.15 * line.length();
        }

        /** Whether the ink fills the picture across a line. The line may then be the bar of a T in a tight crop. */
        boolean isCroppedTightly(Line line, int columns) {
            int near = Math.max(3, columns / 20);
            return Math.min(from, line.middleColumn() - line.thickness()) <= near
                    && Math.max(to, line.middleColumn() + line.thickness()) >= columns - near;
        }

        /** Includes the crossing lines, which may be strokes. */
        Rest widenedBy(List<Line> crossing) {
            int start = crossing.stream().mapToInt(Line::from).reduce(from, Math::min);
            int end = crossing.stream().mapToInt(Line::to).reduce(to, Math::max);
            return new Rest(start, end, first, last, strokeWidth, contrast);
        }

        Rest transposed() {
            return new Rest(first, last, from, to, strokeWidth, contrast);
        }
    }

    private final Channel contrast;
    private final int threshold;
    private final Direction vertical;
    private final Direction horizontal;

    private Rules(Channel contrast, int threshold, Subject subject) {
        this.contrast = contrast;
        this.threshold = threshold;
        vertical = Direction.of(contrast, threshold, subject);
        horizontal = Direction.of(contrast.transposed(), threshold, subject);
    }

    /**
     * Erases the rules from a channel of contrasts.
     *
     * @param contrast the contrasts
     * @param threshold the least contrast of a rule
     * @return the contrasts without rules
     */
    static Channel erase(Channel contrast, int threshold) {
        if (Math.min(contrast.width(), contrast.height()) < MIN_SIDE) {
            return contrast;
        }
        Rules rules = new Rules(contrast, threshold, Subject.CHARACTER);
        boolean none = rules.vertical.lines.isEmpty() && rules.horizontal.lines.isEmpty();
        return none ? contrast : rules.withoutRules();
    }

    /**
     * What is left of a picture of text.
     *
     * @param contrast the contrasts without rules
     * @param boxRows the rows of boxes that were erased
     */
    record Erased(Channel contrast, List<BoxRow> boxRows) {}

    /**
     * Erases the rules from the contrasts of a picture of text: rows of boxes, squared paper, and level lines that are longer
     * than any stroke.
     *
     * @param contrast the contrasts
     * @param threshold the least contrast of a rule
     */
    static Erased eraseFromText(Channel contrast, int threshold) {
        if (Math.min(contrast.width(), contrast.height()) < MIN_SIDE) {
            return new Erased(contrast, List.of());
        }
        return new Rules(contrast, threshold, Subject.TEXT).withoutRulesOfText();
    }

    private Erased withoutRulesOfText() {
        List<Line> verticals = rules(vertical);
        List<Line> horizontals = rules(horizontal);
        boolean squared = isSquared(verticals, horizontals);
        List<Field> fields =
                squared ? List.of() : fields(solid(vertical, MIN_ALONE_IN_FORM), solid(horizontal, MIN_ALONE_IN_FORM));
        List<Line> rulesOfPaper = rulesOfPaper();
        double tallest = tallestMark(verticals, horizontals);
        List<Line> verticalRules = Stream.concat(
                        fields.stream().flatMap(field -> field.verticals().stream()),
                        vertical.lines.stream()
                                .filter(line -> fields.stream().anyMatch(field -> field.hasVertical(line))
                                        || squared && vertical.spans(line)
                                        || rulesOfPaper.contains(line)
                                        || verticals.contains(line) && isLong(line, MIN_MARGIN_RULE * tallest)))
                .toList();
        List<Line> horizontalRules = horizontal.lines.stream()
                .filter(line -> fields.stream().anyMatch(field -> field.hasHorizontal(line))
                        || squared && horizontal.spans(line)
                        || rulesOfPaper.contains(line)
                        || horizontals.contains(line) && isLong(line, MIN_RULE * tallest))
                .toList();
        boolean none = verticalRules.isEmpty() && horizontalRules.isEmpty();
        return new Erased(
                none ? contrast : without(verticalRules, horizontalRules),
                fields.stream().map(Field::row).toList());
    }

    private List<Field> fields(List<Line> verticals, List<Line> horizontals) {
        List<Field> candidates = FormFinder.candidates(verticals, horizontals);
        if (candidates.isEmpty()) {
            return candidates;
        }
        Channel erased = without(
                candidates.stream().flatMap(field -> field.verticals().stream()).toList(),
                candidates.stream()
                        .flatMap(field -> field.horizontals().stream())
                        .toList());
        return FormFinder.fields(candidates, contrast, erased, threshold);
    }

    private boolean isSquared(List<Line> verticals, List<Line> horizontals) {
        return verticals.stream().filter(vertical::spans).count() >= MIN_GRID
                && horizontals.stream().filter(horizontal::spans).count() >= MIN_GRID;
    }

    /** The lines across the whole picture, longer than the largest mark is high, that are thinner or fainter than its strokes. */
    private List<Line> rulesOfPaper() {
        List<Line> verticals = spanning(vertical);
        List<Line> horizontals = spanning(horizontal);
        if (verticals.isEmpty() && horizontals.isEmpty()) {
            return List.of();
        }
        Channel unlined = without(verticals, horizontals);
        Components marks = Components.of(unlined, threshold);
        if (marks.isEmpty()) {
            return List.of();
        }
        Rest rest = rest(unlined, marks);
        double shortest = MIN_SPANNING_RULE * marks.box(marks.largest()).height();
        return Stream.concat(verticals.stream(), horizontals.stream())
                .filter(line -> rest.isUnlike(line) && line.length() >= shortest)
                .toList();
    }

    private List<Line> spanning(Direction direction) {
        return solid(direction, MIN_ALONE_IN_FORM).stream()
                .filter(direction::spans)
                .toList();
    }

    /** The lines that may be rules. Only the lines of boxes may be thicker, or covered by strokes. */
    private List<Line> rules(Direction direction) {
        double thickest = Math.max(3, LineFinder.MAX_THICKNESS * Math.min(contrast.width(), contrast.height()));
        return solid(direction, MIN_ALONE).stream()
                .filter(line -> line.thickness() <= thickest)
                .toList();
    }

    /** Whether a line is a rule because of its length. If there are no marks, no line is. */
    private static boolean isLong(Line line, double least) {
        return least > 0 && line.length() >= least;
    }

    /** The lines without gaps that mostly stand alone. A row of letters is found as a line, too, but crosses many strokes. */
    private List<Line> solid(Direction direction, double minAlone) {
        return direction.lines.stream()
                .filter(line -> isSolid(line, direction.channel, minAlone))
                .toList();
    }

    private boolean isSolid(Line line, Channel source, double minAlone) {
        double longest = 1.5 * line.thickness() + 1;
        int inked = 0;
        int alone = 0;
        for (int y = line.from(); y < line.to(); y++) {
            int start = inkNear((int) Math.floor(line.column(y + 0.5)), y, 2, source);
            if (start >= 0) {
                inked++;
                int end = start;
                while (end - start <= longest && isInked(end, y, source)) {
                    end++;
                }
                while (end - start <= longest && isInked(start - 1, y, source)) {
                    start--;
                }
                alone += end - start <= longest ? 1 : 0;
            }
        }
        return inked >= MIN_SOLID * line.length() && alone >= minAlone * line.length();
    }

    /** The height of the tallest mark that is no line; 0 if there are only lines. */
    private double tallestMark(List<Line> verticals, List<Line> horizontals) {
        Components marks = Components.of(without(verticals, horizontals), threshold);
        return Arrays.stream(marks.roots())
                .mapToDouble(root -> marks.box(root).height())
                .filter(height -> height > 2 * thickestLine())
                .max()
                .orElse(0);
    }

    private Channel withoutRules() {
        Channel unlined = without(vertical.lines, horizontal.lines);
        Components ink = Components.of(unlined, threshold);
        if (ink.isEmpty() || isFragment(ink.box(ink.largest()))) {
            return isEmptyForm()
                    ? without(rulesOfForm(vertical, horizontal), rulesOfForm(horizontal, vertical))
                    : contrast;
        }
        Rest rest = rest(unlined, ink);
        Rest acrossVertical = rest.widenedBy(horizontal.nearlySpanning());
        Rest acrossHorizontal = rest.transposed().widenedBy(vertical.nearlySpanning());
        return without(
                vertical.lines.stream()
                        .filter(line -> isRule(line, vertical, horizontal, acrossVertical))
                        .toList(),
                horizontal.lines.stream()
                        .filter(line -> isRule(line, horizontal, vertical, acrossHorizontal))
                        .toList());
    }

    /** Whether a component is no more than what remains where lines cross. */
    private boolean isFragment(Box box) {
        return Math.max(box.width(), box.height()) < Math.max(4 * thickestLine(), 0.05 * contrast.width());
    }

    private double thickestLine() {
        return Stream.of(vertical, horizontal)
                .flatMap(direction -> direction.lines.stream())
                .mapToDouble(Line::thickness)
                .max()
                .orElse(0);
    }

    /** Whether a picture with nothing but lines is an empty form rather than a character of straight strokes. */
    private boolean isEmptyForm() {
        boolean box = vertical.lines.stream().anyMatch(line -> isSideOfBox(line, vertical, horizontal));
        boolean grid = vertical.spanning().size() + horizontal.spanning().size() >= MIN_GRID;
        boolean writingLine = vertical.lines.isEmpty() && horizontal.hasThinRule();
        boolean ruled = (vertical.hasThinRule() || horizontal.hasThinRule())
                && !vertical.hasLineAtEdge()
                && !horizontal.hasLineAtEdge();
        return box || grid || writingLine || ruled;
    }

    private static List<Line> rulesOfForm(Direction direction, Direction crossing) {
        return direction.lines.stream()
                .filter(line -> direction.spans(line) || isSideOfBox(line, direction, crossing))
                .toList();
    }

    /** The large components of the ink. */
    private Rest rest(Channel unlined, Components ink) {
        int main = ink.largest();
        Box box = Arrays.stream(ink.roots())
                .filter(root -> ink.area(root) >= 0.2 * ink.area(main))
                .mapToObj(ink::box)
                .reduce(Box::union)
                .orElseThrow();
        double typical = ink.histogram(main, unlined).valueAt(ink.area(main) * 3 / 4);
        return new Rest(box.left(), box.right(), box.top(), box.bottom(), ink.strokeWidth(main), typical);
    }

    private static boolean isRule(Line line, Direction direction, Direction crossing, Rest rest) {
        boolean unlikeStrokes = rest.isUnlike(line);
        int columns = direction.channel.width();
        if (direction.spans(line)) {
            boolean ruledPaper = direction.spanning().size() >= 3
                    || direction.spanning().size() + crossing.spanning().size() >= 4;
            if (ruledPaper || unlikeStrokes || !rest.isCroppedTightly(line, columns)) {
                return true;
            }
        }
        boolean box =
                isSideOfBox(line, direction, crossing) && (direction.isOutermost(line) || direction.alike(line) >= 4);
        boolean writingLine =
                unlikeStrokes && rest.isUnderlinedBy(line) && line.length() >= 0.22 * direction.channel.height();
        return box || writingLine || isToothOfComb(line, direction, crossing);
    }

    /** Whether both ends of a thin line lie on lines across it that themselves end at lines. */
    private static boolean isSideOfBox(Line line, Direction direction, Direction crossing) {
        return line.thickness() <= 0.065 * line.length()
                && isCorner(line, line.from(), direction, crossing)
                && isCorner(line, line.to(), direction, crossing);
    }

    private static boolean isCorner(Line line, int end, Direction direction, Direction crossing) {
        return crossing.lines.stream()
                .filter(other -> line.endsAt(end, other))
                .anyMatch(
                        other -> endsAtAny(other, other.from(), direction) && endsAtAny(other, other.to(), direction));
    }

    private static boolean endsAtAny(Line line, int end, Direction crossing) {
        return crossing.lines.stream().anyMatch(other -> line.endsAt(end, other));
    }

    /** Whether a line is one of several of the same length that stand on a rule. */
    private static boolean isToothOfComb(Line line, Direction direction, Direction crossing) {
        return direction.alike(line) >= 3
                && crossing.lines.stream()
                        .filter(rule -> rule.length() >= 0.9 * direction.channel.width())
                        .anyMatch(rule -> line.endsAt(line.from(), rule) || line.endsAt(line.to(), rule));
    }

    /** A copy of the contrasts without some lines. */
    private Channel without(List<Line> verticalRules, List<Line> horizontalRules) {
        Channel erased = new Channel(
                contrast.width(), contrast.height(), contrast.values().clone());
        for (Line line : horizontalRules) {
            eraseLine(line, horizontal.channel, erased, contrast.width(), 1);
        }
        for (Line line : verticalRules) {
            eraseLine(line, erased, erased, 1, contrast.width()); // where lines cross, the other is gone
        }
        return erased;
    }

    /**
     * Erases a line where it stands alone. A longer or darker run of ink is a stroke that crosses.
     *
     * @param source the channel whose rows the line crosses
     * @param target the channel to erase it from
     * @param columnStride pixels of the target from one column of the source to the next
     * @param rowStride pixels of the target from one row of the source to the next
     */
    private void eraseLine(Line line, Channel source, Channel target, int columnStride, int rowStride) {
        int margin = (int) Math.ceil(line.thickness()) + 2;
        double longest = 1.25 * line.thickness() + 1.5;
        for (int y = Math.max(0, line.from() - margin); y < Math.min(source.height(), line.to() + margin); y++) {
            int start = inkNear((int) Math.floor(line.column(y + 0.5)), y, margin - 1, source);
            if (start < 0) {
                continue;
            }
            int end = start + 1;
            while (end - start <= longest && isInked(end, y, source)) {
                end++;
            }
            while (end - start <= longest && isInked(start - 1, y, source)) {
                start--;
            }
            if (end - start <= longest && source.strongest(y, start, end) <= 1.35 * line.contrast()) {
                for (int x = Math.max(0, start - 2); x < Math.min(source.width(), end + 2); x++) {
                    target.values()[x * columnStride + y * rowStride] = 0;
                }
            }
        }
    }

    /** The column of the inked pixel nearest to a position, -1 if there is none. */
    private int inkNear(int column, int row, int reach, Channel source) {
        for (int distance = 0; distance <= reach; distance++) {
            if (isInked(column - distance, row, source)) {
                return column - distance;
            }
            if (isInked(column + distance, row, source)) {
                return column + distance;
            }
        }
        return -1;
    }

    private boolean isInked(int column, int row, Channel source) {
        return column >= 0 && column < source.width() && source.value(column, row) >= threshold;
    }
}
