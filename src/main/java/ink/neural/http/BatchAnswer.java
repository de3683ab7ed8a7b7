package ink.neural.http;

import ink.neural.prediction.BatchItem;
import ink.neural.problem.ProblemException;
import java.util.List;

/**
 * The answer for a batch.
 *
 * @param results a {@link PredictAnswer} or {@link ink.neural.problem.ProblemDetails} for each image, in the same order
 */
public record BatchAnswer(List<Object> results) {
    static BatchAnswer of(List<BatchItem> items) {
        return new BatchAnswer(items.stream()
                .<Object>map(item -> item.map(PredictAnswer::of, ProblemException::details))
                .toList());
    }
}
