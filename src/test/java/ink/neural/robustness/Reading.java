package ink.neural.robustness;

/**
 * What the program reads in a picture.
 *
 * @param label the most probable character, or why there is none
 * @param confidence its probability
 * @param legibility the probability that there is a character
 * @param outcome whether the legibility reaches the model's threshold
 */
record Reading(String label, double confidence, double legibility, Outcome outcome) {
    /** How far a picture came. */
    enum Outcome {
        LEGIBLE,
        ILLEGIBLE,
        NOTHING_DRAWN,
        REFUSED
    }

    static Reading nothingDrawn() {
        return new Reading("nothing", 0, 0, Outcome.NOTHING_DRAWN);
    }

    static Reading refused() {
        return new Reading("refused", 0, 0, Outcome.REFUSED);
    }

    boolean isLegible() {
        return outcome == Outcome.LEGIBLE;
    }

    boolean isRefused() {
        return outcome == Outcome.REFUSED;
    }

    /** Whether a person would take the answer for certain. */
    boolean isConfident() {
        return isLegible() && confidence > 0.5;
    }
}
