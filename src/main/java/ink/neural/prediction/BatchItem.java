package ink.neural.prediction;

import ink.neural.problem.ProblemException;
import java.util.function.Function;

/**
 * What has become of one image of a batch: either a result or a problem.
 *
 * @param <T> type of the result
 * @param result the result; null if there is a problem
 * @param problem the problem; null if there is a result
 */
public record BatchItem<T>(T result, ProblemException problem) {
    /** An item without a problem. */
    static <T> BatchItem<T> of(T result) {
        return new BatchItem<>(result, null);
    }

    /**
     * Does the next step for an image without a problem. A problem of the image becomes the item's. A fault of ours or a
     * missed deadline fails the whole batch.
     *
     * @param <R> type of the step's result
     * @param step the step
     * @return the item after the step
     */
    <R> BatchItem<R> then(Function<T, R> step) {
        if (problem != null) {
            return new BatchItem<>(null, problem);
        }
        try {
            return of(step.apply(result));
        } catch (RuntimeException e) {
            return new BatchItem<>(null, problemOfImage(e));
        }
    }

    private static ProblemException problemOfImage(RuntimeException thrown) {
        return ProblemException.find(thrown)
                .filter(problem -> problem.problem().status() < 500)
                .orElseThrow(() -> thrown);
    }

    /**
     * Converts whichever there is.
     *
     * @param <R> the common type
     * @param ofResult converts a result
     * @param ofProblem converts a problem
     * @return the converted result or problem
     */
    public <R> R map(Function<T, R> ofResult, Function<ProblemException, R> ofProblem) {
        return problem == null ? ofResult.apply(result) : ofProblem.apply(problem);
    }
}
