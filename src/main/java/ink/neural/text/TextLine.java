package ink.neural.text;

import ink.neural.ink.Box;
import ink.neural.ink.Ink;

/**
 * A line of text on a picture.
 *
 * @param ink the ink of this line alone
 * @param left column of the picture where the ink's first column lies
 * @param top row of the picture where the ink's first row lies
 */
public record TextLine(Ink ink, int left, int top) {
    TextLine move(int columns, int rows) {
        return new TextLine(ink, left + columns, top + rows);
    }

    /** The smallest rectangle of the picture that contains the line. */
    Box box() {
        return ink.boundingBox().move(left, top);
    }
}
