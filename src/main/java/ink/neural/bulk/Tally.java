package ink.neural.bulk;

import static java.util.stream.Collectors.joining;

import ink.neural.glyph.Glyph;
import ink.neural.recognition.Labels;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;

/** Counts what became of the pictures, and keeps the worst mistakes. */
final class Tally {
    private static final int MOST_FREQUENT = 10;
    private static final int WORST = 60;
    private static final Comparator<Mistake> BY_CONFIDENCE =
            Comparator.comparingDouble(mistake -> mistake.outcome().confidence());

    private final Map<String, Long> problems = new TreeMap<>();
    private final Map<String, Long> confusions = new TreeMap<>();
    private final PriorityQueue<Mistake> worst = new PriorityQueue<>(BY_CONFIDENCE);
    private long pictures;
    private long labelled;
    private long right;
    private long rightMerged;

    /**
     * Counts a picture.
     *
     * @param label the true character, if it is known
     * @param outcome what became of the picture
     * @param glyph what the network saw; empty if the picture was not answered by this run
     */
    void add(Optional<String> label, Outcome outcome, Optional<Glyph> glyph) {
        pictures++;
        if (outcome.problem() != null) {
            problems.merge(outcome.problem(), 1L, Long::sum);
        }
        label.ifPresent(truth -> compare(truth, outcome, glyph));
    }

    private void compare(String truth, Outcome outcome, Optional<Glyph> glyph) {
        labelled++;
        if (outcome.problem() != null) {
            return;
        }
        right += truth.equals(outcome.predicted()) ? 1 : 0;
        rightMerged += Labels.merged(truth).equals(Labels.merged(outcome.predicted())) ? 1 : 0;
        if (!truth.equals(outcome.predicted())) {
            confusions.merge(truth + " as " + outcome.predicted(), 1L, Long::sum);
            glyph.ifPresent(seen -> keep(new Mistake(truth, outcome, seen)));
        }
    }

    private void keep(Mistake mistake) {
        worst.add(mistake);
        if (worst.size() > WORST) {
            worst.remove();
        }
    }

    /** How many pictures were counted. */
    long pictures() {
        return pictures;
    }

    /** Whether the true character of any picture was known. */
    boolean hasLabels() {
        return labelled > 0;
    }

    /** The mistakes of this run that the model was surest of, the surest first. */
    List<Mistake> worst() {
        return worst.stream().sorted(BY_CONFIDENCE.reversed()).toList();
    }

    /** The counts, for a person. */
    String toText() {
        long refused = problems.values().stream().mapToLong(Long::longValue).sum();
        StringBuilder text = new StringBuilder("%,d %s: %,d answered, %,d refused%n"
                .formatted(pictures, pictures == 1 ? "picture" : "pictures", pictures - refused, refused));
        if (refused > 0) {
            text.append("refused        %s%n".formatted(mostFrequent(problems)));
        }
        if (hasLabels()) {
            text.append("labelled       %,d%n".formatted(labelled));
            text.append(
                    "right          %.2f %% (refused pictures count as wrong)%n".formatted(100.0 * right / labelled));
            text.append("cases merged   %.2f %%%n".formatted(100.0 * rightMerged / labelled));
        }
        if (!confusions.isEmpty()) {
            text.append("confusions     %s%n".formatted(mostFrequent(confusions)));
        }
        return text.toString();
    }

    private static String mostFrequent(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(MOST_FREQUENT)
                .map(count -> "%s %,d".formatted(count.getKey(), count.getValue()))
                .collect(joining(", "));
    }
}
