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
 * How well images were recognised. All accuracies are between 0 and 1.
 *
 * @param images number of images
 * @param top1 accuracy of the most probable character
 * @param top3 share of the images whose true character is among the three most probable
 * @param merged accuracy when both cases of 15 letters count as one class
 * @param macroF1 mean F1 score of the characters that occur
 * @param calibrationError expected calibration error with 15 bins of equal width (Guo et al. 2017)
 * @param refused share of the images that the model takes for no character
 * @param readTwice share of the images that both networks of a cascade have read
 * @param perClass accuracy on the images of each character
 * @param perCharset accuracy on the images of each charset when only the characters of that charset are possible
 * @param confusions the most frequent confusions, in descending order
 */
record EvaluationMetrics(
        int images,
        double top1,
        double top3,
        double merged,
        double macroF1,
        double calibrationError,
        double refused,
        double readTwice,
        Map<String, Double> perClass,
        Map<String, Double> perCharset,
        List<Confusion> confusions) {
    private static final int MOST_FREQUENT = 20;
    private static final int COLUMNS = 10;

    /**
     * A character that was mistaken for another.
     *
     * @param share share of the images of the true character
     */
    record Confusion(String truth, String predicted, long count, double share) {}

    static EvaluationMetrics of(List<Outcome> outcomes) {
        return new EvaluationMetrics(
                outcomes.size(),
                share(outcomes, Outcome::isCorrect),
                share(outcomes, Outcome::isInTop3),
                share(outcomes, Outcome::isCorrectMerged),
                macroF1(outcomes),
                CalibrationError.of(outcomes, Outcome::confidence, Outcome::isCorrect),
                share(outcomes, Outcome::isRefused),
                share(outcomes, Outcome::isReadTwice),
                outcomes.stream()
                        .collect(groupingBy(Outcome::truth, TreeMap::new, averagingDouble(o -> o.isCorrect() ? 1 : 0))),
                perCharset(outcomes),
                confusions(outcomes));
    }

    private static double share(List<Outcome> outcomes, Predicate<Outcome> condition) {
        return outcomes.stream().filter(condition).count() / (double) outcomes.size();
    }

    private static double macroF1(List<Outcome> outcomes) {
        Map<String, Long> occurred = outcomes.stream().collect(groupingBy(Outcome::truth, counting()));
        Map<String, Long> predicted = outcomes.stream().collect(groupingBy(Outcome::predicted, counting()));
        Map<String, Long> correct =
                outcomes.stream().filter(Outcome::isCorrect).collect(groupingBy(Outcome::truth, counting()));
        return occurred.keySet().stream()
                .mapToDouble(c -> 2.0 * correct.getOrDefault(c, 0L) / (occurred.get(c) + predicted.getOrDefault(c, 0L)))
                .average()
                .orElseThrow();
    }

    private static Map<String, Double> perCharset(List<Outcome> outcomes) {
        return outcomes.stream()
                .flatMap(outcome -> outcome.correctWithin().entrySet().stream())
                .collect(groupingBy(
                        Map.Entry::getKey, TreeMap::new, averagingDouble(entry -> entry.getValue() ? 1 : 0)));
    }

    private static List<Confusion> confusions(List<Outcome> outcomes) {
        Map<String, Long> occurred = outcomes.stream().collect(groupingBy(Outcome::truth, counting()));
        return outcomes.stream()
                .filter(outcome -> !outcome.isCorrect())
                .collect(groupingBy(outcome -> List.of(outcome.truth(), outcome.predicted()), counting()))
                .entrySet()
                .stream()
                .map(pair -> new Confusion(
                        pair.getKey().get(0),
                        pair.getKey().get(1),
                        pair.getValue(),
                        pair.getValue() / (double) occurred.get(pair.getKey().get(0))))
                .sorted(Comparator.comparingLong(Confusion::count).reversed())
                .limit(MOST_FREQUENT)
                .toList();
    }

    /** The metrics as a text for people. */
    String toText() {
        Formatter text = new Formatter();
        text.format("images             %,d%n", images);
        text.format("top-1              %.4f%n", top1);
        text.format("top-3              %.4f%n", top3);
        text.format("merged cases       %.4f%n", merged);
        text.format("macro F1           %.4f%n", macroF1);
        text.format("calibration error  %.4f%n", calibrationError);
        text.format("refused            %.4f%n", refused);
        text.format("read twice         %.4f%n", readTwice);
        perCharset.forEach((charset, share) -> text.format("%-18s %.4f%n", "within " + charset, share));
        text.format("%naccuracy per character");
        int[] column = {0};
        perClass.forEach((character, share) ->
                text.format("%s  %s %.4f", column[0]++ % COLUMNS == 0 ? "\n" : "", character, share));
        text.format("%n%nmost frequent confusions: truth, prediction, count, share of the images of the truth%n");
        confusions.forEach(
                c -> text.format("  %s  %s  %,6d  %5.1f %%%n", c.truth(), c.predicted(), c.count(), 100 * c.share()));
        return text.toString();
    }

    /** The metrics for programs. */
    JsonObject toJson() {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("images", images)
                .add("top1", top1)
                .add("top3", top3)
                .add("merged", merged)
                .add("macroF1", macroF1)
                .add("calibrationError", calibrationError)
                .add("refused", refused)
                .add("readTwice", readTwice)
                .add("perCharset", Json.createObjectBuilder(new TreeMap<>(perCharset)))
                .add("perClass", Json.createObjectBuilder(new TreeMap<>(perClass)));
        var frequent = Json.createArrayBuilder();
        confusions.forEach(c -> frequent.add(Json.createObjectBuilder()
                .add("truth", c.truth())
                .add("predicted", c.predicted())
                .add("count", c.count())
                .add("share", c.share())));
        return json.add("confusions", frequent).build();
    }
}
