package ink.neural.text;

import ink.neural.ink.Box;
import ink.neural.ink.Components;
import ink.neural.ink.Ink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The segments of a line: the parts of its ink between gaps. Components that stand above each other are one segment, such as
 * the dot and the stem of an i.
 */
final class Segments {
    /** Components that share this much of the narrower one's columns stand above each other. */
    private static final double OVERLAP = 0.35;

    private final TextLine line;
    private final Frames frames;
    private final Components components;
    /** From left to right. */
    private final List<Segment> segments = new ArrayList<>();
    /** The segment of each component, at the index of its root. */
    private final int[] segmentOfRoot;

    /** The columns of a segment, in pixels of the line's ink. */
    record Segment(int left, int right) {
        private double overlap(Segment other) {
            double shared = Math.min(right, other.right) - Math.max(left, other.left);
            return shared / Math.min(right - left, other.right - other.left);
        }

        private Segment with(Segment other) {
            return new Segment(Math.min(left, other.left), Math.max(right, other.right));
        }

        double distance(double column) {
            return Math.max(0, Math.max(left - column, column - right));
        }
    }

    Segments(TextLine line, Frames frames) {
        this.line = line;
        this.frames = frames;
        this.components = Components.of(line.ink());
        this.segmentOfRoot = new int[components.runs()];
        IntStream.of(components.roots())
                .boxed()
                .sorted(Comparator.comparingInt(root -> components.box(root).left()))
                .forEach(this::add);
    }

    private void add(int root) {
        Box box = components.box(root);
        Segment segment = new Segment(box.left(), box.right());
        int last = segments.size() - 1;
        if (last >= 0 && segments.get(last).overlap(segment) >= OVERLAP) {
            segments.set(last, segments.get(last).with(segment));
        } else {
            segments.add(segment);
        }
        segmentOfRoot[root] = segments.size() - 1;
    }

    /**
     * Finds the segment that is nearest to a frame of the text network.
     *
     * @param frame the frame
     * @param eligible which segments may be chosen
     * @return index of the segment, or -1 if there is none
     */
    int nearest(int frame, IntPredicate eligible) {
        return nearest(frames.columns()[frame] - line.left(), eligible);
    }

    private int nearest(double column, IntPredicate eligible) {
        int nearest = -1;
        for (int i = 0; i < segments.size(); i++) {
            boolean nearer = nearest < 0
                    || segments.get(i).distance(column) < segments.get(nearest).distance(column);
            nearest = eligible.test(i) && nearer ? i : nearest;
        }
        return nearest;
    }

    /**
     * Paints some glyphs without the rest of the line.
     *
     * @param glyphs the main segments of the glyphs to paint
     * @param all the main segments of all glyphs; every other segment belongs to the glyph that is nearest
     * @return the ink of each glyph
     */
    List<Ink> paint(List<Integer> glyphs, Set<Integer> all) {
        int[] glyphOfSegment = segments.stream()
                .mapToInt(segment -> nearest((segment.left() + segment.right()) / 2.0, all::contains))
                .toArray();
        int[] glyphOfRun = IntStream.range(0, components.runs())
                .map(run -> glyphOfSegment[segmentOfRoot[components.root(run)]])
                .toArray();
        LinePainter painter = new LinePainter(line.ink(), components, glyphOfRun);
        return glyphs.stream().map(glyph -> painter.paint(glyph).ink()).toList();
    }
}
