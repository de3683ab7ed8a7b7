package ink.neural.text;

import ink.neural.decoding.CharacterSpan;
import ink.neural.ink.Box;
import ink.neural.ink.Ink;
import java.util.List;

/** Finds the boxes of a line's characters. A character's ink lies between the middles of the gaps to its neighbours' frames. */
record CharacterBoxes(LineImage image, List<CharacterSpan> spans) {
    /** The box of a character in the picture. Where there is no ink, as for a space, it has the height of the line. */
    Box box(int character) {
        Box line = image.line().box();
        int left = character == 0 ? line.left() : boundary(character - 1);
        int right = character == spans.size() - 1 ? line.right() : boundary(character);
        return tight(new Box(left, line.top(), Math.max(1, right - left), line.height()));
    }

    /** The column of the picture between a character and the next. */
    private int boundary(int character) {
        double frame = (spans.get(character).last() + spans.get(character + 1).first() + 1) / 2.0;
        Box line = image.line().box();
        int column = (int) Math.round(image.pictureColumn(frame * TextModel.COLUMNS_PER_FRAME));
        return Math.max(line.left(), Math.min(line.right() - 1, column));
    }

    /** The part of a box that has ink. */
    private Box tight(Box box) {
        Ink ink = image.line().ink();
        Box inside = box.move(-image.line().left(), -image.line().top());
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
        return left < right
                ? new Box(left, top, right - left, bottom - top)
                        .move(image.line().left(), image.line().top())
                : box;
    }
}
