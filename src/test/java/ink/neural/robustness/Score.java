package ink.neural.robustness;

import java.util.Collection;

/**
 * How pictures were answered.
 *
 * @param right the right character, and legible
 * @param wrong another character, and legible
 * @param flagged nothing drawn, or not legible
 * @param refused no answer, because the file could not be decoded or is too large
 */
record Score(int right, int wrong, int flagged, int refused) {
    static Score of(Collection<Answer> answers) {
        return new Score(
                count(answers, Verdict.RIGHT),
                count(answers, Verdict.WRONG),
                count(answers, Verdict.FLAGGED),
                count(answers, Verdict.REFUSED));
    }

    private static int count(Collection<Answer> answers, Verdict verdict) {
        return (int)
                answers.stream().filter(answer -> answer.verdict() == verdict).count();
    }

    int pictures() {
        return right + wrong + flagged + refused;
    }

    /** The right ones and half of the flagged ones, in percent. */
    double percent() {
        return 100 * (right + 0.5 * flagged) / pictures();
    }

    /** The wrong ones that are not flagged, in percent. A refusal counts as wrong. */
    double wrongPercent() {
        return 100.0 * (wrong + refused) / pictures();
    }
}
