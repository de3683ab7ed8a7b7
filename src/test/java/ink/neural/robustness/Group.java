package ink.neural.robustness;

import java.util.Locale;

/**
 * Kinds of pictures with a common target. The score is the percentage of drawings that are right plus half of those that are
 * flagged as illegible.
 */
enum Group {
    /** Pictures from a screen: specks, frames, colours, crops, sizes, formats. */
    CANVAS(98, 1),
    /** Photos in uneven or wrong light. */
    LIGHT(97, 2),
    /** Rules, boxes and tables. */
    RULES(88, 4);

    /** The lowest score, in percent. */
    final double target;
    /** The highest percentage of drawings that are wrong and not flagged. */
    final double limit;

    Group(double target, double limit) {
        this.target = target;
        this.limit = limit;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isMetBy(Score score) {
        return score.percent() >= target && score.wrongPercent() <= limit;
    }
}
