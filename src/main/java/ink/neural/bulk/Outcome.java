package ink.neural.bulk;

import ink.neural.prediction.BatchItem;
import ink.neural.prediction.PredictionResult;
import ink.neural.recognition.Prediction;

/**
 * What became of a picture.
 *
 * @param source the picture
 * @param predicted the most likely character; null if there is a problem
 * @param confidence its probability
 * @param problem the name of the problem, such as {@code nothing-drawn}; null if there is a character
 */
record Outcome(String source, String predicted, double confidence, String problem) {
    static Outcome of(String source, BatchItem<PredictionResult> item) {
        return item.map(
                result -> of(source, result.predictions().get(0)),
                problem -> refused(source, problem.problem().slug()));
    }

    private static Outcome of(String source, Prediction best) {
        return new Outcome(source, best.label(), best.confidence(), null);
    }

    static Outcome refused(String source, String problem) {
        return new Outcome(source, null, 0, problem);
    }
}
