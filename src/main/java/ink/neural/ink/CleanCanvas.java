package ink.neural.ink;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import ink.neural.drawing.Drawing;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Recognises a clean canvas: paper of exactly one colour, ink of strong contrast that touches no edge, and nothing else. */
final class CleanCanvas {
    private static final int MIN_PEAK = 64;
    private static final int MAX_COMPONENTS = 8;
    /** The longest bar of a character, by the width of the picture. A longer run of ink may be a rule. */
    private static final double LONGEST_BAR = 0.7;
    /** The length of a side of a box by the width of the box. Its corners may be round. */
    private static final double SIDE = 0.8;

    /** The length of a bar, such as a tick or a dash, by its width, at least. */
    private static final double BAR = 4;

    /** The length of a dot by the width of its strokes, at most. */
    private static final double DOT = 2.5;

    /** The fewest boxes, ticks or dashes of a form. */
    private static final int FEWEST_CHARACTERS = 3;
    /** The height of a character by the height of the frame that it lies in. */
    private static final double CHARACTER = 0.3;
    /** The length of a line with ticks by its width. */
    private static final double STRAIGHT = 1.6;

    private final Channel channel;
    private final float[] densities = new float[256];
    private final int[] first;
    private final int[] last;
    private int peak;

    private CleanCanvas(Drawing drawing) {
        channel = new Channel(drawing.width(), drawing.height(), drawing.greys());
        first = new int[drawing.height()];
        last = new int[drawing.height()];
        int paper = channel.values()[0] & 0xFF;
        int sign = paper > 127 ? -1 : 1;
        for (int grey = 0; grey < densities.length; grey++) {
            densities[grey] = Math.max(0, sign * (grey - paper));
        }
    }

    /** The ink of a clean canvas. Empty if the drawing is anything else. */
    static Optional<Ink> extract(Drawing drawing) {
        CleanCanvas canvas = new CleanCanvas(drawing);
        if (!canvas.hasPaperBorder() || !canvas.scanRows() || canvas.peak < MIN_PEAK) {
            return Optional.empty();
        }
        return canvas.ink();
    }

    /** The ink of a clean canvas with text. Empty if the drawing is anything else, or may have rules, boxes, ticks or dashes. */
    static Optional<Ink> extractText(Drawing drawing) {
        CleanCanvas canvas = new CleanCanvas(drawing);
        if (!canvas.hasPaperBorder() || !canvas.scanRows() || canvas.peak < MIN_PEAK) {
            return Optional.empty();
        }
        return canvas.text();
    }

    private boolean hasPaperBorder() {
        byte paper = channel.values()[0];
        int width = channel.width();
        int length = channel.values().length;
        for (int x = 0; x < width; x++) {
            if (channel.values()[x] != paper || channel.values()[length - 1 - x] != paper) {
                return false;
            }
        }
        for (int at = 0; at < length; at += width) {
            if (channel.values()[at] != paper || channel.values()[at + width - 1] != paper) {
                return false;
            }
        }
        return true;
    }

    /**
     * Finds the peak density, and in each row the span that is not bare paper.
     *
     * @return whether at least half of the picture is bare paper
     */
    private boolean scanRows() {
        byte[] values = channel.values();
        int width = channel.width();
        byte paper = values[0];
        int inked = 0;
        for (int y = 0; y < first.length; y++) {
            int start = y * width;
            int end = start + width;
            first[y] = end;
            last[y] = start;
            for (int run = start, runEnd; run < end; run = runEnd) {
                runEnd = runEnd(values, run, end);
                if (values[run] != paper) {
                    peak = Math.max(peak, (int) densities[values[run] & 0xFF]);
                    first[y] = Math.min(first[y], run);
                    last[y] = runEnd;
                    inked += runEnd - run;
                }
            }
            if (inked > values.length / 2) {
                return false;
            }
        }
        return true;
    }

    /** Finds the end of a run of equal pixels, many pixels at a time. */
    private static int runEnd(byte[] values, int from, int end) {
        int next = from + 1;
        if (next == end || values[next] != values[from]) {
            return next; // On the edge of a stroke, most runs are single pixels and not worth the call below.
        }
        int length = Arrays.mismatch(values, from, end - 1, values, next, end);
        return length < 0 ? end : next + length;
    }

    private Components components() {
        boolean[] inked = new boolean[256];
        for (int grey = 0; grey < inked.length; grey++) {
            inked[grey] = densities[grey] >= Ink.CROP_THRESHOLD * peak;
        }
        return Components.of(channel, inked, first, last);
    }

    private Optional<Ink> text() {
        Components components = components();
        if (components.isEmpty()
                || 2 * components.longestRun() > channel.width()
                || hasBox(components)
                || hasForm(components)) {
            return Optional.empty();
        }
        return Optional.of(ink(Arrays.stream(components.roots())
                .mapToObj(components::box)
                .reduce(Box::union)
                .orElseThrow()));
    }

    /** Whether a run of ink is so long that it may be a rule, or is the side of a component with another inside, as of a box. */
    private static boolean hasBox(Components components) {
        int tallest = Arrays.stream(components.roots())
                .map(root -> components.box(root).height())
                .max()
                .orElseThrow();
        boolean mayHaveRule = components.longestRun() >= 2 * tallest && components.roots().length > 1;
        return mayHaveRule
                || angular(components).stream().anyMatch(box -> Arrays.stream(components.roots())
                        .mapToObj(components::box)
                        .anyMatch(other -> !other.equals(box) && box.contains(other)));
    }

    /** Whether there may be boxes, a line with ticks, or empty boxes, ticks or dashes of exactly the same size. */
    private static boolean hasForm(Components components) {
        List<Box> boxes =
                Arrays.stream(components.roots()).mapToObj(components::box).toList();
        long framed = boxes.stream()
                .filter(box -> boxes.stream().anyMatch(other -> isFrame(other, box)))
                .count();
        Set<Box> angular = angular(components);
        boolean alike = boxes.stream()
                .filter(box -> isBar(box) || angular.contains(box))
                .collect(groupingBy(box -> List.of(box.width(), box.height()), counting()))
                .values()
                .stream()
                .anyMatch(count -> count >= FEWEST_CHARACTERS);
        return framed >= FEWEST_CHARACTERS
                || alike
                || Arrays.stream(components.roots())
                        .anyMatch(root ->
                                isStraight(components, root) && hasCharactersAbove(components.box(root), boxes));
    }

    private static boolean isDot(Components components, int root) {
        Box box = components.box(root);
        return Math.max(box.width(), box.height()) < DOT * components.strokeWidth(root);
    }

    private static boolean isBar(Box box) {
        return Math.max(box.width(), box.height()) >= BAR * Math.min(box.width(), box.height());
    }

    /** The bounding boxes of the components that have a horizontal side, as the boxes of forms do, and are no dots. */
    private static Set<Box> angular(Components components) {
        return IntStream.range(0, components.runs())
                .filter(run -> isSide(components, run) && !isDot(components, components.root(run)))
                .mapToObj(run -> components.box(components.root(run)))
                .collect(toSet());
    }

    /** Whether a component surrounds another that is no dot. */
    private static boolean isFrame(Box box, Box inside) {
        return !box.equals(inside) && box.contains(inside) && inside.height() >= CHARACTER * box.height();
    }

    /** Whether a component is hardly longer than it is wide. */
    private static boolean isStraight(Components components, int root) {
        double length = components.area(root) / components.strokeWidth(root);
        return length <= STRAIGHT * components.box(root).width();
    }

    private static boolean hasCharactersAbove(Box line, List<Box> boxes) {
        return boxes.stream()
                        .filter(box -> box.left() >= line.left()
                                && box.right() <= line.right()
                                && box.top() < line.top()
                                && 2 * box.height() <= line.width())
                        .count()
                >= FEWEST_CHARACTERS;
    }

    /** Whether a run goes nearly from end to end of its component, which is no dash. */
    private static boolean isSide(Components components, int run) {
        Box box = components.box(components.root(run));
        return components.end(run) - components.start(run) >= SIDE * box.width() && 2 * box.height() >= box.width();
    }

    private Ink ink(Box box) {
        return new Ink(channel.width(), channel.height(), channel.values(), densities, box);
    }

    private Optional<Ink> ink() {
        Components components = components();
        int[] roots = components.roots();
        boolean mayHaveRule = components.longestRun() > LONGEST_BAR * channel.width();
        if (components.isEmpty() || roots.length > MAX_COMPONENTS || mayHaveRule) {
            return Optional.empty();
        }
        int main = components.largest();
        double least = Strokes.SMALLEST_DOT * components.strokeWidth(main) * components.strokeWidth(main);
        Box all = components.box(main);
        for (int root : roots) {
            Box box = components.box(root);
            if (components.area(root) < least || root != main && components.frames(main, box)) {
                return Optional.empty();
            }
            all = all.union(box);
        }
        return Optional.of(ink(all));
    }
}
