package ink.neural.bulk;

import java.util.Iterator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A line of a file of answers.
 *
 * @param text the line
 * @param outcome what it tells
 */
record AnswerLine(String text, Outcome outcome) {
    /** The names of members, and probabilities. */
    private static final Pattern CONTENT = Pattern.compile("\"\\w+\":|\\d\\.\\d{6}");
    /** Probabilities depend a little on the processor and on the other pictures of a batch. */
    private static final double TOLERANCE = 1e-3;

    /** Whether one run could have written either line for a picture. */
    boolean agreesWith(AnswerLine other) {
        List<String> contents = contents();
        Iterator<String> others = other.contents().iterator();
        return outcome.predicted().equals(other.outcome.predicted())
                && contents.size() == other.contents().size()
                && contents.stream().allMatch(content -> agree(content, others.next()));
    }

    private List<String> contents() {
        return CONTENT.matcher(text).results().map(MatchResult::group).toList();
    }

    private static boolean agree(String one, String other) {
        boolean areNumbers = !one.startsWith("\"") && !other.startsWith("\"");
        return areNumbers
                ? Math.abs(Double.parseDouble(one) - Double.parseDouble(other)) < TOLERANCE
                : one.equals(other);
    }
}
