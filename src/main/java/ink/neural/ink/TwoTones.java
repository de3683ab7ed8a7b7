package ink.neural.ink;

import java.util.Arrays;
import java.util.Optional;

/**
 * The brightnesses of a picture in even light, nearly all of which is either ink or paper.
 *
 * @param dark the typical brightness of the dark tone
 * @param light the typical brightness of the light tone
 * @param threshold the lowest brightness of the light tone
 */
record TwoTones(int dark, int light, int threshold) {
    /** The largest ratio of dark to light. Ink is darker, compared with its paper, than a shadow. */
    private static final double MAX_RATIO = 0.45;
    /** How far a block may be from its tone. */
    private static final int TOLERANCE = 12;
    /** The least share of the blocks that are within the tolerance. The others are edges of strokes. */
    private static final double MIN_NEAR = 0.75;

    /** The two tones of a picture. Empty if it has more. */
    static Optional<TwoTones> of(Grid grid) {
        Histogram histogram = grid.histogram();
        int threshold = histogram.otsuThreshold();
        int dark = histogram.below(threshold).median();
        int light = histogram.from(threshold).median();
        long near = Arrays.stream(grid.values())
                .filter(value -> Math.min(Math.abs(value - dark), Math.abs(value - light)) <= TOLERANCE)
                .count();
        boolean two = dark < MAX_RATIO * light && near >= MIN_NEAR * histogram.total();
        return two ? Optional.of(new TwoTones(dark, light, threshold)) : Optional.empty();
    }
}
