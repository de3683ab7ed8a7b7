package ink.neural.evaluation;

import ink.neural.recognition.Labels;
import ink.neural.recognition.Prediction;
import ink.neural.recognition.Recognition;
import ink.neural.recognition.Recognition.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The result for one image.
 *
 * @param truth the character in the image
 * @param top the three most probable characters
 * @param correctWithin for each charset that contains the true character: whether it is the most probable character of
 *     that charset
 * @param isRefused whether its legibility is below the model's threshold
 * @param isReadTwice whether both networks of a cascade have read it
 */
public record Outcome(
        String truth,
        List<Prediction> top,
        Map<String, Boolean> correctWithin,
        boolean isRefused,
        boolean isReadTwice) {
    private static final List<String> CHARSETS = List.of("digits", "upper", "lower", "letters");

    static Outcome of(Recognition recognition, double threshold, int truth) {
        Labels labels = recognition.labels();
        String character = labels.characters().get(truth);
        Map<String, Boolean> correctWithin = new TreeMap<>();
        for (String charset : CHARSETS) {
            int[] classes = labels.indices(charset);
            for (int known : classes) {
                if (known == truth) {
                    correctWithin.put(
                            charset, recognition.top(1, classes).get(0).label().equals(character));
                }
            }
        }
        return new Outcome(
                character,
                recognition.top(3),
                correctWithin,
                recognition.legibility().orElse(1) < threshold,
                recognition.route().equals(Optional.of(Route.BOTH)));
    }

    String predicted() {
        return top.get(0).label();
    }

    double confidence() {
        return top.get(0).confidence();
    }

    boolean isCorrect() {
        return predicted().equals(truth);
    }

    boolean isInTop3() {
        return top.stream().anyMatch(prediction -> prediction.label().equals(truth));
    }

    boolean isCorrectMerged() {
        return Labels.merged(predicted()).equals(Labels.merged(truth));
    }
}
