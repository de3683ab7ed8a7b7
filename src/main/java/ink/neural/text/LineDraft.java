package ink.neural.text;

import ink.neural.ink.Box;
import java.util.ArrayList;
import java.util.List;

/** A line of text while its letters are being collected. It may be slanted, so its height is known only near a letter. */
final class LineDraft {
    /** The letters that tell where a line runs. One alone may be a descender or a low letter. */
    private static final int NEIGHBOURS = 3;

    private final List<Box> letters = new ArrayList<>();

    /**
     * The rows of a line at some place.
     *
     * @param top where they begin
     * @param bottom where they end
     */
    record Band(double top, double bottom) {
        double height() {
            return bottom - top;
        }

        double centre() {
            return (top + bottom) / 2;
        }

        /** The rows that a box shares with this band, by the height of the lower of the two. */
        double overlap(Box box) {
            double shared = Math.min(bottom, box.bottom()) - Math.max(top, box.top());
            return shared / Math.max(1, Math.min(height(), box.height()));
        }

        /** How far the middle of a box lies above or below this band. */
        double distance(Box box) {
            double middle = box.top() + box.height() / 2.0;
            return Math.max(0, Math.max(top - middle, middle - bottom));
        }
    }

    void add(Box letter) {
        letters.add(letter);
    }

    void addAll(LineDraft other) {
        letters.addAll(other.letters);
    }

    List<Box> letters() {
        return letters;
    }

    /** Where the line runs near a box: the mean of the letters that are horizontally closest to it. */
    Band near(Box box) {
        List<Box> closest = closest(box);
        return new Band(
                closest.stream().mapToInt(Box::top).average().orElseThrow(),
                closest.stream().mapToInt(Box::bottom).average().orElseThrow());
    }

    /** All rows that the letters closest to a box reach, with their ascenders and descenders. */
    private Band reach(Box box) {
        List<Box> closest = closest(box);
        return new Band(
                closest.stream().mapToInt(Box::top).min().orElseThrow(),
                closest.stream().mapToInt(Box::bottom).max().orElseThrow());
    }

    private List<Box> closest(Box box) {
        List<Box> closest = new ArrayList<>(NEIGHBOURS + 1);
        for (Box letter : letters) {
            int place = closest.size();
            while (place > 0 && gap(letter, box) < gap(closest.get(place - 1), box)) {
                place--;
            }
            if (place < NEIGHBOURS) {
                closest.add(place, letter);
                closest.subList(Math.min(NEIGHBOURS, closest.size()), closest.size())
                        .clear();
            }
        }
        return closest;
    }

    /** The empty columns between two boxes; 0 if they share any. */
    private static int gap(Box a, Box b) {
        return Math.max(0, Math.max(a.left() - b.right(), b.left() - a.right()));
    }

    double centre() {
        return letters.stream()
                .mapToDouble(letter -> letter.top() + letter.height() / 2.0)
                .average()
                .orElseThrow();
    }

    int left() {
        return letters.stream().mapToInt(Box::left).min().orElseThrow();
    }

    int right() {
        return letters.stream().mapToInt(Box::right).max().orElseThrow();
    }

    /** The pixels in the boxes of the letters. */
    double area() {
        return letters.stream()
                .mapToDouble(letter -> letter.width() * letter.height())
                .sum();
    }

    double tallest() {
        return letters.stream().mapToInt(Box::height).max().orElseThrow();
    }

    /** Whether two lines stand beside each other. */
    boolean isBeside(LineDraft other) {
        int shared = Math.min(right(), other.right()) - Math.max(left(), other.left());
        return shared <= 0.1 * Math.min(right() - left(), other.right() - other.left());
    }

    /** The empty rows between all letters of two lines; negative if they share any. */
    int gapTo(LineDraft other) {
        return Math.max(other.top() - bottom(), top() - other.bottom());
    }

    private int top() {
        return letters.stream().mapToInt(Box::top).min().orElseThrow();
    }

    private int bottom() {
        return letters.stream().mapToInt(Box::bottom).max().orElseThrow();
    }

    /** The mean overlap of another line's letters with this line. */
    double overlap(LineDraft other) {
        return other.letters.stream()
                .mapToDouble(letter -> near(letter).overlap(letter))
                .average()
                .orElseThrow();
    }

    /** The mean distance of another line's letters from this line. */
    double distance(LineDraft other) {
        return other.letters.stream()
                .mapToDouble(letter -> near(letter).distance(letter))
                .average()
                .orElseThrow();
    }

    /** The mean distance of another line's letters from all rows that this line reaches. */
    double distanceFromReach(LineDraft other) {
        return other.letters.stream()
                .mapToDouble(letter -> reach(letter).distance(letter))
                .average()
                .orElseThrow();
    }
}
