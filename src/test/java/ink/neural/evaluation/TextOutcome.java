package ink.neural.evaluation;

import ink.neural.decoding.Dictionary;
import java.util.List;
import java.util.Locale;

/**
 * The reading of one picture.
 *
 * @param truth what is written there
 * @param group the group of writers
 * @param candidates the three most probable texts; empty if there is none
 * @param confidence the probability of the first
 */
record TextOutcome(String truth, String group, List<String> candidates, double confidence) {
    String read() {
        return candidates.isEmpty() ? "" : candidates.get(0);
    }

    boolean isCorrect() {
        return read().equals(truth);
    }

    boolean isCorrectIgnoringCase() {
        return read().equalsIgnoreCase(truth);
    }

    /** Whether a letter was taken for its other case, or 0, O or o for another of them. */
    boolean isSameShape() {
        return !isCorrect() && shape(read()).equals(shape(truth));
    }

    /** Whether a character was taken for one of another shape. */
    boolean isOtherShape() {
        return !isCorrect() && !isSameShape();
    }

    private static String shape(String character) {
        return character.equals("0") ? "o" : character.toLowerCase(Locale.ROOT);
    }

    /** Whether the truth is a word of the English dictionary, another word, or no word. */
    String vocabulary() {
        if (!truth.matches("[A-Za-z']+")) {
            return "with digits or marks";
        }
        return Dictionary.english().contains(truth) ? "in the dictionary" : "not in the dictionary";
    }

    boolean isInTop3() {
        return candidates.contains(truth);
    }

    /** Levenshtein's edit distance: how many characters are missing, surplus or wrong. */
    int wrongCharacters() {
        String read = read();
        int[] row = new int[read.length() + 1];
        for (int j = 0; j <= read.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= truth.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= read.length(); j++) {
                int substituted = diagonal + (truth.charAt(i - 1) == read.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[read.length()];
    }
}
