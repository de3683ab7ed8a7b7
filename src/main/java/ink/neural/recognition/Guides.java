package ink.neural.recognition;

import java.util.OptionalDouble;

/**
 * The lines that a character was written on, in pixels from the top of its picture. At least one of the upper two is known.
 *
 * @param baseline the line that letters stand on
 * @param xHeight the top of an x, above the baseline
 * @param capHeight the top of a capital, above the top of an x
 */
public record Guides(double baseline, OptionalDouble xHeight, OptionalDouble capHeight) {
    /**
     * The guides of a reduced picture.
     *
     * @param factor how many pixels of the picture, in each direction, are one of the reduced picture
     * @return the same lines in pixels of the reduced picture
     */
    public Guides reduced(int factor) {
        return new Guides(baseline / factor, divided(xHeight, factor), divided(capHeight, factor));
    }

    private static OptionalDouble divided(OptionalDouble y, int factor) {
        return y.isPresent() ? OptionalDouble.of(y.getAsDouble() / factor) : y;
    }
}
