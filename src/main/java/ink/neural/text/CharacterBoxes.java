package ink.neural.text;

import ink.neural.decoding.CharacterSpan;
import ink.neural.ink.Box;
import ink.neural.ink.Ink;
import java.util.List;

/**
 * Finds the boxes of a line's characters. Two characters are divided where there is least ink between their middles.
 */
final class CharacterBoxes {
    private final TextLine line;
    private final Frames frames;
    private final List<CharacterSpan> spans;
    /** The inked pixels in each column of the line's ink. */
    private final int[] inked;

    CharacterBoxes(TextLine line, Frames frames, List<CharacterSpan> spans) {
        this.line = line;
        this.frames = frames;
        this.spans = spans;
        Ink ink = line.ink();
        float least = Ink.CROP_THRESHOLD * ink.peak();
        inked = new int[ink.width()];
        for (int i = 0; i < ink.levels().length; i++) {
            inked[i % ink.width()] += ink.density(i) >= least ? 1 : 0;
        }
    }

    /** The box of a character in the picture. Where there is no ink, as for a space, it has the height of the line. */
    Box box(int character) {
        Box whole = line.box();
        int left = character == 0 ? whole.left() : boundary(character - 1);
        int right = character == spans.size() - 1 ? whole.right() : boundary(character);
        return tight(new Box(left, whole.top(), Math.max(1, right - left), whole.height()));
    }

    /**
     * The column of the picture where the next character begins. A gap may be anywhere between the two. Joined characters divide
     * near the middle: elsewhere, a thin stroke of one of them looks like the join.
     */
    private int boundary(int character) {
        int from = column(character);
        int to = Math.max(from, column(character + 1));
        int gap = leastInked(from, to);
        return inked(gap) == 0 ? gap : leastInked(from + (to - from) / 4, to - (to - from) / 4);
    }

    /** The column with the least ink, and of several the one nearest to the middle. */
    private int leastInked(int from, int to) {
        double middle = (from + to) / 2.0;
        int best = from;
        for (int x = from; x <= to; x++) {
            int difference = inked(x) - inked(best);
            boolean nearer = Math.abs(x - middle) < Math.abs(best - middle);
            best = difference < 0 || difference == 0 && nearer ? x : best;
        }
        return best;
    }

    /** The column of the picture in the middle of a character, within the line. */
    private int column(int character) {
        CharacterSpan span = spans.get(character);
        int column = (int) Math.round(frames.middle(span.first(), span.last()));
        return Math.max(line.box().left(), Math.min(line.box().right() - 1, column));
    }

    private int inked(int column) {
        return inked[column - line.left()];
    }

    /** The part of a box that has ink. */
    private Box tight(Box box) {
        Ink ink = line.ink();
        Box inside = box.move(-line.left(), -line.top());
        float least = Ink.CROP_THRESHOLD * ink.peak();
        int left = inside.right();
        int right = inside.left();
        int top = inside.bottom();
        int bottom = inside.top();
        float[] row = new float[inside.width()];
        for (int y = inside.top(); y < inside.bottom(); y++) {
            ink.copyRow(y * ink.width() + inside.left(), row);
            for (int x = 0; x < row.length; x++) {
                if (row[x] >= least) {
                    left = Math.min(left, inside.left() + x);
                    right = Math.max(right, inside.left() + x + 1);
                    top = Math.min(top, y);
                    bottom = y + 1;
                }
            }
        }
        return left < right ? new Box(left, top, right - left, bottom - top).move(line.left(), line.top()) : box;
    }
}
