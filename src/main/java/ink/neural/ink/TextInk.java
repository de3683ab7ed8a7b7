package ink.neural.ink;

import java.util.List;

/**
 * The ink on a picture of text, without its rules.
 *
 * @param ink what the pen left
 * @param boxRows the rows of boxes that were printed on the paper
 */
public record TextInk(Ink ink, List<BoxRow> boxRows) {}
