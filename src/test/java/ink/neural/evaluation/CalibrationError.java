package ink.neural.evaluation;

import static java.util.stream.Collectors.groupingBy;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** The expected calibration error with {@value #BINS} bins of equal width (Guo et al. 2017). */
final class CalibrationError {
    private static final int BINS = 15;

    private CalibrationError() {}

    /** The mean distance of confidence and accuracy over the bins, in [0, 1]. */
    static <T> double of(List<T> answers, ToDoubleFunction<T> confidence, Predicate<T> isRight) {
        return answers.stream()
                        .collect(groupingBy(
                                answer -> Math.min(BINS - 1, (int) (BINS * confidence.applyAsDouble(answer)))))
                        .values()
                        .stream()
                        .mapToDouble(bin -> Math.abs(bin.stream()
                                .mapToDouble(
                                        answer -> confidence.applyAsDouble(answer) - (isRight.test(answer) ? 1 : 0))
                                .sum()))
                        .sum()
                / answers.size();
    }
}
