package ink.neural.evaluation;

import ink.neural.recognition.Labels;
import ink.neural.recognition.Prediction;
import ink.neural.recognition.Recognition;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of one image.
 *
 * @param truth the character it shows
 * @param top the three likeliest characters
 * @param among for each charset with the true character in it, whether that is the likeliest of the charset
 */
public record Outcome(String truth, List<Prediction> top, Map<String, Boolean> among) {
    private static final List<String> CHARSETS = List.of("digits", "upper", "lower", "letters");

    static Outcome of(Recognition recognition, int truth) {
        Labels labels = recognition.labels();
        String character = labels.characters().get(truth);
        Map<String, Boolean> among = new TreeMap<>();
        for (String charset : CHARSETS) {
            int[] classes = labels.indices(charset);
            for (int known : classes) {
                if (known == truth) {
                    among.put(
                            charset, recognition.top(1, classes).get(0).label().equals(character));
                }
            }
        }
        return new Outcome(character, recognition.top(3), among);
    }

    String predicted() {
        return top.get(0).label();
    }

    double confidence() {
        return top.get(0).confidence();
    }

    boolean isRight() {
        return predicted().equals(truth);
    }

    boolean isAmongTop() {
        return top.stream().anyMatch(prediction -> prediction.label().equals(truth));
    }

    boolean isRightMerged() {
        return merged(predicted()).equals(merged(truth));
    }

    /** The two cases of 15 letters are one to EMNIST ByMerge, for they look alike (Cohen et al. 2017): the capital. */
    public static String merged(String character) {
        return "cijklmopsuvwxyz".contains(character) ? character.toUpperCase(Locale.ROOT) : character;
    }
}
