package ink.neural.evaluation;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * How well texts were read. All figures but the first are between 0 and 1.
 *
 * @param texts number of texts
 * @param wrongCharacters wrong characters per character
 * @param exact share of the texts that are exactly right
 * @param ignoringCase share that is right but for the case
 * @param top3 share whose text is among the three most probable
 * @param calibrationError expected calibration error with 15 bins of equal width (Guo et al. 2017)
 */
record TextMetrics(
        int texts, double wrongCharacters, double exact, double ignoringCase, double top3, double calibrationError) {
    static final String HEADER = "%-34s %6s %10s %8s %12s %8s %8s"
            .formatted("", "texts", "characters", "exact", "ignoring case", "top 3", "ECE");

    static TextMetrics of(List<TextOutcome> outcomes) {
        return new TextMetrics(
                outcomes.size(),
                sum(outcomes, TextOutcome::wrongCharacters)
                        / sum(outcomes, outcome -> outcome.truth().length()),
                share(outcomes, TextOutcome::isCorrect),
                share(outcomes, TextOutcome::isCorrectIgnoringCase),
                share(outcomes, TextOutcome::isInTop3),
                CalibrationError.of(outcomes, TextOutcome::confidence, TextOutcome::isCorrect));
    }

    private static double sum(List<TextOutcome> outcomes, ToDoubleFunction<TextOutcome> value) {
        return outcomes.stream().mapToDouble(value).sum();
    }

    private static double share(List<TextOutcome> outcomes, Predicate<TextOutcome> condition) {
        return sum(outcomes, outcome -> condition.test(outcome) ? 1 : 0) / outcomes.size();
    }

    /** A line of a table with the columns of {@link #HEADER}. */
    String row(String name) {
        return "%-34s %6d %8.2f %% %6.2f %% %11.2f %% %6.2f %% %6.2f %%"
                .formatted(
                        name,
                        texts,
                        100 * wrongCharacters,
                        100 * exact,
                        100 * ignoringCase,
                        100 * top3,
                        100 * calibrationError);
    }
}
