package ink.neural.text;

import ink.neural.ink.Box;
import ink.neural.ink.Components;
import ink.neural.ink.Ink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Divides a line where words of very different size stand beside each other, such as a small unit after a large number. In one
 * image, the smaller would be too small to read.
 */
final class SizedParts {
    /** The gap between two words by the height of the taller letter beside it, at least. */
    private static final double GAP = 0.18;
    /** The height of a small word by that of a large one, at most. */
    private static final double SMALL = 0.55;
    /** The height of a small word by the width of the strokes, and its width by its height, at least. Others are letters and marks. */
    private static final double HIGH = 3;

    private static final double BROAD = 1.2;

    private SizedParts() {}

    /**
     * Some neighbouring components.
     *
     * @param box their bounding box
     * @param tallest the height of the tallest
     */
    private record Word(Box box, int tallest) {
        Word with(Word next) {
            return new Word(box.union(next.box), Math.max(tallest, next.tallest));
        }

        int gapTo(Word next) {
            return next.box.left() - box.right();
        }
    }

    /** The boxes of the parts, from left to right; one if the whole line is of one size. */
    static List<Box> of(Ink ink) {
        Components components = Components.of(ink);
        double strokeWidth = Arrays.stream(components.roots())
                .mapToDouble(components::strokeWidth)
                .max()
                .orElse(0);
        List<Word> parts = new ArrayList<>();
        for (Word word : words(components)) {
            Word last = parts.isEmpty() ? null : parts.get(parts.size() - 1);
            if (last == null || areSizesOfTheirOwn(last, word, HIGH * strokeWidth)) {
                parts.add(word);
            } else {
                parts.set(parts.size() - 1, last.with(word));
            }
        }
        return parts.stream().map(Word::box).toList();
    }

    private static List<Word> words(Components components) {
        List<Word> letters = Arrays.stream(components.roots())
                .mapToObj(components::box)
                .sorted(Comparator.comparingInt(Box::left))
                .map(box -> new Word(box, box.height()))
                .toList();
        List<Word> words = new ArrayList<>();
        int height = 0; // of the letter before
        for (Word letter : letters) {
            Word last = words.isEmpty() ? null : words.get(words.size() - 1);
            if (last == null || last.gapTo(letter) > GAP * Math.max(height, letter.tallest)) {
                words.add(letter);
            } else {
                words.set(words.size() - 1, last.with(letter));
            }
            height = letter.tallest;
        }
        return words;
    }

    private static boolean areSizesOfTheirOwn(Word a, Word b, double high) {
        Word small = a.tallest < b.tallest ? a : b;
        Word large = small == a ? b : a;
        boolean isWord = small.tallest >= high && small.box.width() >= BROAD * small.tallest;
        return isWord && small.tallest <= SMALL * large.tallest && a.gapTo(b) > 0;
    }
}
