package ink.neural.http;

import ink.neural.api.PredictAnswer;
import ink.neural.api.TextAnswer;
import ink.neural.prediction.BatchItem;
import ink.neural.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The answer for a batch.
 *
 * @param results a {@link PredictAnswer}, a {@link TextAnswer} or {@link ink.neural.problem.ProblemDetails} for each image, in the same order
 */
public record BatchAnswer(List<Object> results) {
    static <T> BatchAnswer of(List<BatchItem<T>> items, Function<T, Object> answer) {
        return new BatchAnswer(items.stream()
                .<Object>map(item -> item.map(answer, ProblemException::details))
                .toList());
    }

    /** The model that has answered for all images without a problem, if there is one. */
    static <T> Optional<String> modelOf(List<BatchItem<T>> items, Function<T, String> model) {
        return items.stream()
                .flatMap(item -> item.map(model.andThen(Stream::of), problem -> Stream.<String>empty()))
                .findFirst();
    }
}
