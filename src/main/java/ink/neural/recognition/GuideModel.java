package ink.neural.recognition;

import ink.neural.ink.Box;
import java.util.Map;

/**
 * Where each character stands between its {@link Guides}: the distribution of the top and bottom of its ink.
 *
 * <p>A height above the baseline is measured in units of the height of an x, so 0 is the baseline and 1 the top of an x. What
 * lies above that is measured in units of the distance from there to the top of a capital, which is 2. So an o ends at 1 and
 * an O at 2, whatever the proportions of the guides.
 *
 * @param capHeight the usual height of a capital by that of an x, above 1; it is used where one of the two is unknown
 * @param outliers the probability that a character stands anywhere, in (0, 1)
 * @param labels the distribution of each character
 */
public record GuideModel(double capHeight, double outliers, Map<String, Normal> labels) {
    /** The density where a character may stand anywhere: that of a square with a side of 3 units. */
    private static final double ANYWHERE = 1 / 9.0;

    /**
     * A normal distribution of the top and bottom of a character.
     *
     * @param top the mean of the top
     * @param bottom the mean of the bottom
     * @param topVariance the variance of the top
     * @param covariance the covariance of both
     * @param bottomVariance the variance of the bottom
     */
    public record Normal(double top, double bottom, double topVariance, double covariance, double bottomVariance) {
        private double determinant() {
            return topVariance * bottomVariance - covariance * covariance;
        }

        boolean isSound() {
            return topVariance > 0 && determinant() > 0;
        }

        double density(double atTop, double atBottom) {
            double t = atTop - top;
            double b = atBottom - bottom;
            double distance = (bottomVariance * t * t - 2 * covariance * t * b + topVariance * b * b) / determinant();
            return Math.exp(-distance / 2) / (2 * Math.PI * Math.sqrt(determinant()));
        }
    }

    /**
     * How likely it is that each character stands where the ink does.
     *
     * @param guides the lines that it was written on
     * @param ink the bounding box of the ink
     * @param characters the characters; one that is not in this model may stand where any of the others does
     * @return the logarithm of the likelihood of each
     */
    double[] logLikelihoods(Guides guides, Box ink, Labels characters) {
        double top = height(guides, ink.top());
        double bottom = height(guides, ink.bottom());
        double mean = labels.values().stream()
                .mapToDouble(normal -> normal.density(top, bottom))
                .average()
                .orElseThrow();
        return characters.characters().stream()
                .mapToDouble(
                        label -> labels.containsKey(label) ? labels.get(label).density(top, bottom) : mean)
                .map(density -> Math.log((1 - outliers) * density + outliers * ANYWHERE))
                .toArray();
    }

    /** The height of a row above the baseline, in the units of this class. */
    private double height(Guides guides, double row) {
        double pixels = guides.baseline() - row;
        double x = guides.xHeight().isPresent()
                ? guides.baseline() - guides.xHeight().getAsDouble()
                : (guides.baseline() - guides.capHeight().getAsDouble()) / capHeight;
        double capital = guides.capHeight().isPresent()
                ? guides.baseline() - guides.capHeight().getAsDouble()
                : x * capHeight;
        return pixels <= x ? pixels / x : 1 + (pixels - x) / (capital - x);
    }
}
