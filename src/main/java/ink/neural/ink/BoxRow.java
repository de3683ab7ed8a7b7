package ink.neural.ink;

import java.util.List;

/**
 * A row of boxes on a form, each for one character. They may be closed, or mere spaces between dividers, between ticks or above
 * dashes.
 *
 * @param boxes what lies inside the boxes' lines, from left to right; at least two
 */
public record BoxRow(List<Box> boxes) {}
