package ink.neural.evaluation;

import static java.util.stream.Collectors.averagingDouble;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Comparator;
import java.util.Formatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * How well images were recognised. Shares are of 1.
 *
 * @param images how many
 * @param top1 share whose likeliest character is right
 * @param top3 share whose right character is among the three likeliest
 * @param merged share that is right when the two cases of 15 letters count as one
 * @param macroF1 mean over the characters that occur of the harmonic mean of precision and recall
 * @param calibrationError mean distance of confidence from accuracy over 15 bins of equal width (Guo et al. 2017)
 * @param perClass share that is right of each character's images
 * @param perCharset share that is right of each charset's images, when nothing but the charset comes into question
 * @param confusions the commonest, the commonest first
 */
record Figures(
        int images,
        double top1,
        double top3,
        double merged,
        double macroF1,
        double calibrationError,
        Map<String, Double> perClass,
        Map<String, Double> perCharset,
        List<Confusion> confusions) {
    private static final int BINS = 15;
    private static final int WORST = 20;
    private static final int COLUMNS = 10;

    /**
     * A character taken for another.
     *
     * @param share of the character's images
     */
    record Confusion(String truth, String predicted, long count, double share) {}

    static Figures of(List<Outcome> outcomes) {
        return new Figures(
                outcomes.size(),
                share(outcomes, Outcome::isRight),
                share(outcomes, Outcome::isAmongTop),
                share(outcomes, Outcome::isRightMerged),
                macroF1(outcomes),
                calibrationError(outcomes),
                outcomes.stream()
                        .collect(groupingBy(Outcome::truth, TreeMap::new, averagingDouble(o -> o.isRight() ? 1 : 0))),
                perCharset(outcomes),
                confusions(outcomes));
    }

    private static double share(List<Outcome> outcomes, Predicate<Outcome> right) {
        return outcomes.stream().filter(right).count() / (double) outcomes.size();
    }

    private static double macroF1(List<Outcome> outcomes) {
        Map<String, Long> occurred = outcomes.stream().collect(groupingBy(Outcome::truth, counting()));
        Map<String, Long> predicted = outcomes.stream().collect(groupingBy(Outcome::predicted, counting()));
        Map<String, Long> right =
                outcomes.stream().filter(Outcome::isRight).collect(groupingBy(Outcome::truth, counting()));
        return occurred.keySet().stream()
                .mapToDouble(c -> 2.0 * right.getOrDefault(c, 0L) / (occurred.get(c) + predicted.getOrDefault(c, 0L)))
                .average()
                .orElseThrow();
    }

    private static double calibrationError(List<Outcome> outcomes) {
        return outcomes.stream()
                        .collect(groupingBy(outcome -> Math.min(BINS - 1, (int) (BINS * outcome.confidence()))))
                        .values()
                        .stream()
                        .mapToDouble(bin -> Math.abs(bin.stream()
                                .mapToDouble(outcome -> outcome.confidence() - (outcome.isRight() ? 1 : 0))
                                .sum()))
                        .sum()
                / outcomes.size();
    }

    private static Map<String, Double> perCharset(List<Outcome> outcomes) {
        return outcomes.stream()
                .flatMap(outcome -> outcome.among().entrySet().stream())
                .collect(groupingBy(
                        Map.Entry::getKey, TreeMap::new, averagingDouble(among -> among.getValue() ? 1 : 0)));
    }

    private static List<Confusion> confusions(List<Outcome> outcomes) {
        Map<String, Long> occurred = outcomes.stream().collect(groupingBy(Outcome::truth, counting()));
        return outcomes.stream()
                .filter(outcome -> !outcome.isRight())
                .collect(groupingBy(outcome -> List.of(outcome.truth(), outcome.predicted()), counting()))
                .entrySet()
                .stream()
                .map(pair -> new Confusion(
                        pair.getKey().get(0),
                        pair.getKey().get(1),
                        pair.getValue(),
                        pair.getValue() / (double) occurred.get(pair.getKey().get(0))))
                .sorted(Comparator.comparingLong(Confusion::count).reversed())
                .limit(WORST)
                .toList();
    }

    /** The figures as text for a person. */
    String toText() {
        Formatter text = new Formatter();
        text.format("images             %,d%n", images);
        text.format("top-1              %.4f%n", top1);
        text.format("top-3              %.4f%n", top3);
        text.format("merged cases       %.4f%n", merged);
        text.format("macro F1           %.4f%n", macroF1);
        text.format("calibration error  %.4f%n", calibrationError);
        perCharset.forEach((charset, share) -> text.format("%-18s %.4f%n", "among " + charset, share));
        text.format("%nper character");
        int[] column = {0};
        perClass.forEach((character, share) ->
                text.format("%s  %s %.4f", column[0]++ % COLUMNS == 0 ? "\n" : "", character, share));
        text.format("%n%nworst confusions: drawn, taken for, times, share of its images%n");
        confusions.forEach(
                c -> text.format("  %s  %s  %,6d  %5.1f %%%n", c.truth(), c.predicted(), c.count(), 100 * c.share()));
        return text.toString();
    }

    /** The figures for a program. */
    JsonObject toJson() {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("images", images)
                .add("top1", top1)
                .add("top3", top3)
                .add("merged", merged)
                .add("macroF1", macroF1)
                .add("calibrationError", calibrationError)
                .add("perCharset", Json.createObjectBuilder(new TreeMap<>(perCharset)))
                .add("perClass", Json.createObjectBuilder(new TreeMap<>(perClass)));
        var worst = Json.createArrayBuilder();
        confusions.forEach(c -> worst.add(Json.createObjectBuilder()
                .add("drawn", c.truth())
                .add("takenFor", c.predicted())
                .add("times", c.count())
                .add("share", c.share())));
        return json.add("confusions", worst).build();
    }
}
