package ink.neural.prediction;

import ink.neural.problem.ProblemException;
import java.util.function.Function;

/**
 * The answer for one drawing of a batch: either a result or a problem.
 *
 * @param result the result; null if there is a problem
 * @param problem the problem; null if there is a result
 */
public record BatchItem(PredictionResult result, ProblemException problem) {
    /**
     * Converts whichever there is.
     *
     * @param <T> the common type
     * @param ofResult converts a result
     * @param ofProblem converts a problem
     * @return the converted result or problem
     */
    public <T> T map(Function<PredictionResult, T> ofResult, Function<ProblemException, T> ofProblem) {
        return problem == null ? ofResult.apply(result) : ofProblem.apply(problem);
    }
}
