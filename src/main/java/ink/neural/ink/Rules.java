package ink.neural.ink;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds writing lines, ruled and squared paper and boxes, and erases them where no stroke crosses. */
final class Rules {
    /** In a smaller picture no rule can be told from a stroke. */
    private static final int MIN_SIDE = 48;

    private final Channel contrast;
    private final Channel transposed;
    private final int threshold;
    private final List<Line> vertical;
    private final List<Line> horizontal;

    private Rules(Channel contrast, int threshold) {
        this.contrast = contrast;
        this.threshold = threshold;
        transposed = contrast.transposed();
        vertical = LineFinder.find(contrast, threshold);
        horizontal = LineFinder.find(transposed, threshold);
    }

    /** Erases the rules from a channel of contrasts. */
    static Channel erase(Channel contrast, int threshold) {
        if (Math.min(contrast.width(), contrast.height()) < MIN_SIDE) {
            return contrast;
        }
        Rules rules = new Rules(contrast, threshold);
        if (rules.vertical.isEmpty() && rules.horizontal.isEmpty()) {
            return contrast;
        }
        return rules.erase();
    }

    private Channel erase() {
        Channel rest = erase(vertical, horizontal);
        Components ink = Components.of(rest, threshold);
        long area = contrast.values().length;
        int main = ink.roots().length == 0 ? -1 : ink.largest();
        if (main < 0 || isFragment(ink.box(main))) {
            return everythingIsRules() ? eraseSpanningAndBoxes() : contrast;
        }
        Ink.Box box = ink.box(main);
        for (int root : ink.roots()) {
            if (ink.area(root) >= 0.2 * ink.area(main)) {
                box = box.union(ink.box(root));
            }
        }
        for (Line line : vertical) {
            if (spans(line, contrast)) {
                box = box.union(new Ink.Box(box.left(), line.from(), 1, line.length()));
            }
        }
        for (Line line : horizontal) {
            if (spans(line, transposed)) {
                box = box.union(new Ink.Box(line.from(), box.top(), line.length(), 1));
            }
        }
        double width = ink.strokeWidth(main);
        double strength = typicalContrast(rest, ink, main);
        List<Line> rulesV = new ArrayList<>();
        List<Line> rulesH = new ArrayList<>();
        for (Line line : vertical) {
            if (isRule(
                    line,
                    vertical,
                    horizontal,
                    contrast,
                    box.left(),
                    box.right(),
                    box.top(),
                    box.bottom(),
                    width,
                    strength)) {
                rulesV.add(line);
            }
        }
        for (Line line : horizontal) {
            if (isRule(
                    line,
                    horizontal,
                    vertical,
                    transposed,
                    box.top(),
                    box.bottom(),
                    box.left(),
                    box.right(),
                    width,
                    strength)) {
                rulesH.add(line);
            }
        }
        return erase(rulesV, rulesH);
    }

    private static double typicalContrast(Channel rest, Components ink, int root) {
        int[] counts = new int[256];
        int total = 0;
        for (int run = 0; run < ink.runs(); run++) {
            if (ink.root(run) == root) {
                for (int i = ink.start(run); i < ink.end(run); i++) {
                    counts[rest.values()[i] & 0xFF]++;
                    total++;
                }
            }
        }
        return Noise.percentile(counts, total * 3 / 4);
    }

    static int strongest(Channel channel, int row, int from, int to) {
        int strongest = 0;
        for (int x = from; x < to; x++) {
            strongest = Math.max(strongest, channel.value(x, row));
        }
        return strongest;
    }

    /** Whether a component is no more than what remains where rules cross. */
    private boolean isFragment(Ink.Box box) {
        double thickness = Stream.concat(vertical.stream(), horizontal.stream())
                .mapToDouble(Line::thickness)
                .max()
                .orElse(0);
        return Math.max(box.width(), box.height()) < Math.max(4 * thickness, 0.05 * contrast.width());
    }

    /** Whether the lines are rules although there is nothing else: there are many, or one spans the picture and is thin. */
    private boolean everythingIsRules() {
        List<Line> spanning = Stream.concat(
                        vertical.stream().filter(line -> spans(line, contrast)),
                        horizontal.stream().filter(line -> spans(line, transposed)))
                .toList();
        double thin = 0.02 * Math.min(contrast.width(), contrast.height()) + 1;
        return spanning.size() >= 3 || spanning.stream().anyMatch(line -> line.thickness() <= thin) || isBoxed();
    }

    private Channel eraseSpanningAndBoxes() {
        return erase(
                vertical.stream()
                        .filter(line -> spans(line, contrast) || isSide(line, vertical, horizontal))
                        .toList(),
                horizontal.stream()
                        .filter(line -> spans(line, transposed) || isSide(line, horizontal, vertical))
                        .toList());
    }

    private boolean isBoxed() {
        return vertical.stream().anyMatch(line -> isSide(line, vertical, horizontal));
    }

    /**
     * Decides whether a line is a rule.
     *
     * @param from start of the remaining ink across the line
     * @param to its end
     * @param first start of the remaining ink along the line
     * @param last its end
     */
    private boolean isRule(
            Line line,
            List<Line> parallel,
            List<Line> crossing,
            Channel channel,
            int from,
            int to,
            int first,
            int last,
            double width,
            double strength) {
        boolean spans = spans(line, channel);
        long family = parallel.stream().filter(other -> spans(other, channel)).count();
        double middle = line.column((line.from() + line.to()) / 2.0);
        int near = Math.max(3, channel.width() / 20);
        boolean tight = Math.min(from, middle - line.thickness()) <= near
                && Math.max(to, middle + line.thickness()) >= channel.width() - near;
        double overhang = 0.15 * (last - first);
        boolean beyond = line.from() <= first - overhang && line.to() >= last + overhang;
        boolean thinOrFaint = line.thickness() <= 0.6 * width || line.contrast() <= 0.75 * strength;
        boolean letterBeside = Math.max(last - first, to - from) >= 0.15 * line.length();
        return spans && (family >= 3 || !tight || thinOrFaint)
                || isSide(line, parallel, crossing) && (isOuter(line, parallel) || alike(line, parallel) >= 4)
                || isTooth(line, parallel, crossing, channel)
                || beyond && thinOrFaint && letterBeside && line.length() >= 0.22 * channel.height();
    }

    /** Whether a line is one of several of the same length that stand on a rule, as in the comb of a form. */
    private static boolean isTooth(Line line, List<Line> parallel, List<Line> crossing, Channel channel) {
        return alike(line, parallel) >= 3
                && crossing.stream()
                        .anyMatch(rule -> rule.length() >= 0.9 * channel.width()
                                && (meets(line.from(), line, rule) || meets(line.to(), line, rule)));
    }

    /** How many lines start and end like a line, itself included. */
    private static long alike(Line line, List<Line> parallel) {
        return parallel.stream()
                .filter(other -> Math.abs(other.from() - line.from()) <= 5 && Math.abs(other.to() - line.to()) <= 5)
                .count();
    }

    /** Whether no parallel line lies on one side of a line. */
    private static boolean isOuter(Line line, List<Line> parallel) {
        double row = (line.from() + line.to()) / 2.0;
        double at = line.column(row);
        return parallel.stream().allMatch(other -> other.column(row) >= at)
                || parallel.stream().allMatch(other -> other.column(row) <= at);
    }

    private static boolean spans(Line line, Channel channel) {
        int tolerance = Math.max(3, channel.height() / 50);
        return line.from() <= tolerance && line.to() >= channel.height() - tolerance;
    }

    /** Whether both ends of a line meet lines across it that end at lines themselves. */
    private static boolean isSide(Line line, List<Line> parallel, List<Line> crossing) {
        return line.thickness() <= 0.05 * line.length()
                && crossing.stream().anyMatch(end -> meets(line.from(), line, end) && endsAtLines(end, parallel))
                && crossing.stream().anyMatch(end -> meets(line.to(), line, end) && endsAtLines(end, parallel));
    }

    private static boolean endsAtLines(Line line, List<Line> crossing) {
        return crossing.stream().anyMatch(end -> meets(line.from(), line, end))
                && crossing.stream().anyMatch(end -> meets(line.to(), line, end));
    }

    /** Whether a line that crosses another passes through one of its ends. */
    private static boolean meets(int end, Line line, Line crossing) {
        double at = line.column(end);
        double tolerance = 4 + crossing.thickness() + line.thickness();
        boolean sameKind = Math.max(line.thickness(), crossing.thickness())
                <= 2 * Math.min(line.thickness(), crossing.thickness()) + 1;
        return sameKind
                && Math.abs(crossing.column(at) - end) <= tolerance
                && at >= crossing.from() - tolerance
                && at <= crossing.to() + tolerance;
    }

    private Channel erase(List<Line> rulesV, List<Line> rulesH) {
        Channel erased = new Channel(
                contrast.width(), contrast.height(), contrast.values().clone());
        for (Line line : rulesV) {
            erase(contrast, line, erased, false);
        }
        for (Line line : rulesH) {
            erase(transposed, line, erased, true);
        }
        return erased;
    }

    private void erase(Channel source, Line line, Channel target, boolean swapped) {
        int margin = (int) Math.ceil(line.thickness()) + 2;
        int from = Math.max(0, line.from() - margin);
        int to = Math.min(source.height(), line.to() + margin);
        double most = 1.25 * line.thickness() + 1.5;
        for (int y = from; y < to; y++) {
            int centre = (int) Math.floor(line.column(y + 0.5));
            int start = nearest(source, centre, y, (int) Math.ceil(line.thickness()) + 1);
            if (start < 0) {
                continue;
            }
            int end = start;
            while (start > 0 && source.value(start - 1, y) >= threshold) {
                start--;
            }
            while (end < source.width() && source.value(end, y) >= threshold) {
                end++;
            }
            if (end - start <= most && strongest(source, y, start, end) <= 1.35 * line.contrast()) {
                for (int x = Math.max(0, start - 2); x < Math.min(source.width(), end + 2); x++) {
                    target.values()[swapped ? x * target.width() + y : y * target.width() + x] = 0;
                }
            }
        }
    }

    private int nearest(Channel source, int centre, int y, int reach) {
        for (int distance = 0; distance <= reach; distance++) {
            for (int x : new int[] {centre - distance, centre + distance}) {
                if (x >= 0 && x < source.width() && source.value(x, y) >= threshold) {
                    return x;
                }
            }
        }
        return -1;
    }
}
