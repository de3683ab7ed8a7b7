package ink.neural.text;

import ink.neural.ink.Box;
import ink.neural.ink.Components;
import ink.neural.ink.Ink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Divides ink into lines of text.
 *
 * <p>Letters, which are connected components of some height, join the line whose nearest letters stand in the same rows, from
 * left to right, so a line may be slanted. Dots, dashes, accents and punctuation then go to the nearest line. A component that
 * fills several lines, because a descender touches an ascender, is cut between them.
 */
final class LineSegmenter {
    /** More separate marks are no text of so few lines. They would cost much time. */
    private static final int MAX_COMPONENTS = 1500;
    /** More drafts are no text either. */
    private static final int MAX_DRAFTS = 100;

    /** Letters are taller than so many stroke widths. Dots and dashes are not. */
    private static final double MIN_STROKES = 2.5;
    /** The width of a dash by its height, at least. */
    private static final double FLAT = 2;
    /** The length of a straight stroke by the diagonal of its box, at most. */
    private static final double STRAIGHT = 1.25;
    /** The height of the smallest letter by the typical height. */
    private static final double SMALL = 0.3;
    /** The same for a straight stroke. A smaller one is a dot, a comma or an apostrophe. */
    private static final double SMALL_STROKE = 0.75;
    /** Taller components may belong to several lines. */
    private static final double TALL = 1.8;
    /** The least overlap of a letter with its line. */
    private static final double SAME_LINE = 0.5;
    /** The least mean overlap of two drafts of one line. */
    private static final double SAME_DRAFT = 0.4;
    /** The largest empty gap between the rows of two drafts of one line, by the typical height. */
    private static final double MAX_GAP = 0.8;
    /** The greatest mean distance of two drafts of one line that stand beside each other, by the typical height. */
    private static final double NEAR = 0.25;
    /** The same for a scrap, such as an apostrophe. */
    private static final double NEAR_SCRAP = 0.5;
    /** The height of the tallest scrap by the typical height, and the width of a scrap by its height. A small word is broader. */
    private static final double SCRAP_HEIGHT = 0.75;

    private static final double SCRAP_WIDTH = 1.2;
    /** The share of a line's height that a component fills if it belongs to that line, too. */
    private static final double FILLS = 0.6;

    private final Components components;
    private final Box[] boxes;
    /** The components that are letters, those that may fill several lines, and all others. */
    private final List<Box> letters = new ArrayList<>();

    private final List<Box> tall = new ArrayList<>();
    private double typicalHeight;
    private final List<LineDraft> drafts = new ArrayList<>();

    private LineSegmenter(Components components) {
        this.components = components;
        boxes = Arrays.stream(components.roots()).mapToObj(components::box).toArray(Box[]::new);
    }

    /**
     * Divides ink into lines.
     *
     * @return the lines from top to bottom, at least one
     * @throws TooMuchTextException if there are more than {@value TextReader#MAX_LINES}
     */
    static List<TextLine> segment(Ink ink) {
        Components components = Components.of(ink);
        if (components.roots().length > MAX_COMPONENTS) {
            throw TooMuchTextException.tooManyLines();
        }
        LineSegmenter segmenter = new LineSegmenter(components);
        segmenter.sortComponents();
        segmenter.collect(segmenter.letters);
        segmenter.mergeDrafts();
        segmenter.collect(segmenter.tallLetters());
        segmenter.mergeDrafts();
        if (segmenter.drafts.size() > TextReader.MAX_LINES) {
            throw TooMuchTextException.tooManyLines();
        }
        return segmenter.drafts.size() < 2 ? List.of(new TextLine(ink, 0, 0)) : segmenter.lines(ink);
    }

    private void sortComponents() {
        double strokeWidth = strokeWidth();
        int[] standing = Arrays.stream(components.roots())
                .filter(root -> components.box(root).height() > MIN_STROKES * strokeWidth && !isDash(root))
                .boxed()
                .sorted(Comparator.comparingInt(root -> components.box(root).left()))
                .mapToInt(root -> root)
                .toArray();
        typicalHeight =
                typicalHeight(Arrays.stream(standing).mapToObj(components::box).toArray(Box[]::new));
        for (int root : standing) {
            Box box = components.box(root);
            if (box.height() > TALL * typicalHeight) {
                tall.add(box);
            } else if (box.height() >= (isStraight(root) ? SMALL_STROKE : SMALL) * typicalHeight) {
                letters.add(box);
            }
        }
    }

    /** Whether a component is a nearly straight and level stroke, such as the bar of a T. */
    private boolean isDash(int root) {
        Box box = components.box(root);
        return box.width() >= FLAT * box.height() && isStraight(root);
    }

    private boolean isStraight(int root) {
        Box box = components.box(root);
        double length = components.area(root) / components.strokeWidth(root);
        return length <= STRAIGHT * Math.hypot(box.width(), box.height());
    }

    /** The mean width of all strokes. */
    private double strokeWidth() {
        double area = 0;
        double length = 0;
        for (int root : components.roots()) {
            area += components.area(root);
            length += components.area(root) / components.strokeWidth(root);
        }
        return area / Math.max(1, length);
    }

    /** The median of the heights, in which a broad component counts as often as it has columns; 0 if there are none. */
    private static double typicalHeight(Box[] boxes) {
        Box[] byHeight = boxes.clone();
        Arrays.sort(byHeight, Comparator.comparingInt(Box::height));
        int columns = Arrays.stream(byHeight).mapToInt(Box::width).sum();
        int before = 0;
        for (Box box : byHeight) {
            before += box.width();
            if (2 * before >= columns) {
                return box.height();
            }
        }
        return 0;
    }

    /** The tall components of one line, such as those of a title. */
    private List<Box> tallLetters() {
        return tall.stream().filter(box -> filled(box).length < 2).toList();
    }

    private void collect(List<Box> letters) {
        for (Box letter : letters) {
            LineDraft line = drafts.stream()
                    .filter(draft -> draft.near(letter).overlap(letter) >= SAME_LINE)
                    .max(Comparator.comparingDouble(draft -> draft.near(letter).overlap(letter)))
                    .orElseGet(this::newDraft);
            line.add(letter);
        }
    }

    private LineDraft newDraft() {
        if (drafts.size() == MAX_DRAFTS) {
            throw TooMuchTextException.tooManyLines();
        }
        LineDraft draft = new LineDraft();
        drafts.add(draft);
        return draft;
    }

    /** Merges drafts as long as any two are parts of one line. */
    private void mergeDrafts() {
        for (int i = 0; i < drafts.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (isOneLine(drafts.get(i), drafts.get(j))) {
                    drafts.get(j).addAll(drafts.remove(i));
                    i = j - 1; // goes on with the merged draft
                }
            }
        }
        drafts.sort(Comparator.comparingDouble(LineDraft::centre));
    }

    private boolean isOneLine(LineDraft a, LineDraft b) {
        if (a.gapTo(b) > MAX_GAP * typicalHeight) {
            return false;
        }
        LineDraft smaller = a.area() < b.area() ? a : b;
        LineDraft larger = smaller == a ? b : a;
        return larger.overlap(smaller) >= SAME_DRAFT
                || a.isBeside(b) && larger.distanceFromReach(smaller) <= NEAR * typicalHeight
                || isScrap(smaller) && larger.distance(smaller) <= NEAR_SCRAP * typicalHeight;
    }

    /** Whether a draft is no word, but a piece of a letter or a mark beside one. */
    private boolean isScrap(LineDraft draft) {
        return draft.letters().size() <= 2
                && draft.tallest() < SCRAP_HEIGHT * typicalHeight
                && draft.right() - draft.left() < SCRAP_WIDTH * draft.tallest();
    }

    /** Gives each run of ink to a line, and paints the lines. */
    private List<TextLine> lines(Ink ink) {
        Map<Integer, int[]> owners = new HashMap<>();
        for (int i = 0; i < boxes.length; i++) {
            owners.put(components.roots()[i], owners(boxes[i]));
        }
        int[] lineOfRun = new int[components.runs()];
        for (int run = 0; run < lineOfRun.length; run++) {
            int root = components.root(run);
            lineOfRun[run] = owner(components.start(run) / ink.width(), components.box(root), owners.get(root));
        }
        LinePainter painter = new LinePainter(ink, components, lineOfRun);
        return IntStream.range(0, drafts.size())
                .filter(painter::hasInk)
                .mapToObj(painter::paint)
                .toList();
    }

    /** The lines that a component belongs to: the nearest, or all that it fills if there are several. */
    private int[] owners(Box box) {
        int[] filled = tall.contains(box) ? filled(box) : new int[0];
        return filled.length > 1 ? filled : new int[] {nearest(box)};
    }

    private int[] filled(Box box) {
        return IntStream.range(0, drafts.size())
                .filter(i -> isFilled(drafts.get(i).near(box), box))
                .toArray();
    }

    private static boolean isFilled(LineDraft.Band band, Box box) {
        double shared = Math.min(band.bottom(), box.bottom()) - Math.max(band.top(), box.top());
        return shared >= FILLS * band.height();
    }

    private int nearest(Box box) {
        OptionalInt holder = IntStream.range(0, drafts.size())
                .filter(i -> drafts.get(i).letters().contains(box))
                .findFirst();
        return holder.orElseGet(() -> IntStream.range(0, drafts.size())
                .boxed()
                .min(Comparator.<Integer>comparingDouble(
                                i -> drafts.get(i).near(box).distance(box))
                        .thenComparingDouble(i -> -drafts.get(i).near(box).overlap(box)))
                .orElseThrow());
    }

    /** The line of a row of a component: above the middle between two lines, it belongs to the upper one. */
    private int owner(int row, Box box, int[] owners) {
        int i = 0;
        while (i + 1 < owners.length
                && 2 * row
                        >= drafts.get(owners[i]).near(box).bottom()
                                + drafts.get(owners[i + 1]).near(box).top()) {
            i++;
        }
        return owners[i];
    }
}
