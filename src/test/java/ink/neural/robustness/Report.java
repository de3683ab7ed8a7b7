package ink.neural.robustness;

import ink.neural.robustness.Benchmark.Case;
import ink.neural.robustness.Benchmark.CaseAnswer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The results of a run.
 *
 * @param clean the answers to all drawings on their clean canvases
 * @param cases the kinds at each strength, in the order of the table
 * @param answers the answers to the pictures of each case
 * @param empty the answers to pictures on which nothing is written
 */
record Report(List<Answer> clean, List<Case> cases, Map<Case, List<Answer>> answers, List<CaseAnswer> empty) {
    List<Answer> answers(Case each) {
        return answers.getOrDefault(each, List.of());
    }

    private Score score(Case each) {
        return Score.of(answers(each));
    }

    Score score(PictureKind kind) {
        return score(cases.stream().filter(each -> each.kind() == kind));
    }

    Score score(Group group) {
        return score(cases.stream().filter(each -> each.kind().group == group));
    }

    private Score score(Stream<Case> some) {
        return Score.of(some.map(this::answers).flatMap(List::stream).toList());
    }

    private List<PictureKind> kinds() {
        return cases.stream().map(Case::kind).distinct().toList();
    }

    private List<Group> groups() {
        return kinds().stream().map(kind -> kind.group).distinct().toList();
    }

    /** The empty pictures that a person would take for a character, because the answer is confident and legible. */
    List<CaseAnswer> confidentOnEmpty() {
        return empty.stream()
                .filter(each -> each.answer().reading().isConfident())
                .toList();
    }

    /** A table for a terminal: a line for each kind, with the scores of the three strengths, then the sums. */
    String toText() {
        StringBuilder text = new StringBuilder();
        Score read = Score.of(clean);
        text.append("clean: %d of %d right, %d wrong, %d flagged, %d refused. Only the right ones count below.%n"
                .formatted(read.right(), read.pictures(), read.wrong(), read.flagged(), read.refused()));
        text.append("%n%-22s %6s %6s %6s %6s %6s | %6s %6s | score at strength 1, 2, 3 | wrong%%%n"
                .formatted("kind", "all", "right", "wrong", "flagg.", "refus.", "score", "wrong%"));
        for (Group group : groups()) {
            for (PictureKind kind : kinds()) {
                if (kind.group == group) {
                    text.append(line(kind.toString(), score(kind), group))
                            .append(strengths(kind))
                            .append("\n");
                }
            }
            text.append(line("= " + group, score(group), group))
                    .append("  target %.0f, at most %.0f%% wrong: %s%n%n"
                            .formatted(group.target, group.limit, group.isMetBy(score(group)) ? "met" : "NOT MET"));
        }
        if (!empty.isEmpty()) {
            text.append("empty: %d of %d confident (target 0) %s%n"
                    .formatted(confidentOnEmpty().size(), empty.size(), confidentByKind()));
        }
        return text.toString();
    }

    private static String line(String name, Score score, Group group) {
        return "%-22s %6d %6d %6d %6d %6d | %6.1f %6.1f %s"
                .formatted(
                        name,
                        score.pictures(),
                        score.right(),
                        score.wrong(),
                        score.flagged(),
                        score.refused(),
                        score.percent(),
                        score.wrongPercent(),
                        group.isMetBy(score) ? " " : "<");
    }

    private String strengths(PictureKind kind) {
        StringBuilder scores = new StringBuilder("|");
        cases.stream()
                .filter(each -> each.kind() == kind)
                .forEach(each -> scores.append(" %6.1f".formatted(score(each).percent())));
        scores.append(" |");
        cases.stream()
                .filter(each -> each.kind() == kind)
                .forEach(each -> scores.append(" %6.1f".formatted(score(each).wrongPercent())));
        return scores.toString();
    }

    private Map<PictureKind, Integer> confidentByKind() {
        Map<PictureKind, Integer> counts = new TreeMap<>();
        confidentOnEmpty().forEach(each -> counts.merge(each.picture().kind(), 1, Integer::sum));
        return counts;
    }

    /**
     * A table for the documentation, a line for each kind: before and now. Refused pictures count as wrong.
     *
     * @param before what {@link #toJson} returned for another program, to compare with
     */
    String toMarkdown(JsonObject before) {
        StringBuilder text = new StringBuilder("""
                | | right | wrong | flagged | score | right | wrong | flagged | score |
                |---|---|---|---|---|---|---|---|---|
                """);
        for (Group group : groups()) {
            List<PictureKind> members =
                    kinds().stream().filter(kind -> kind.group == group).toList();
            Score sum = new Score(0, 0, 0, 0);
            for (PictureKind kind : members) {
                Score then = Score.of(before, kind);
                sum = sum.plus(then);
                text.append("| %s %s %s |%n".formatted(kind.title(), markdown(then), markdown(score(kind))));
            }
            text.append("| **%s** %s %s |%n".formatted(group, markdown(sum), markdown(score(group))));
        }
        return text.append("%nEmpty pictures with a confident answer: %d before, %d now, of %d.%n"
                        .formatted(
                                before.getJsonObject("empty").getInt("confident"),
                                confidentOnEmpty().size(),
                                empty.size()))
                .toString();
    }

    private static String markdown(Score score) {
        return "| %d | %d | %d | %.1f"
                .formatted(score.right(), score.wrong() + score.refused(), score.flagged(), score.percent());
    }

    JsonObject toJson() {
        JsonObjectBuilder json =
                Json.createObjectBuilder().add("clean", Score.of(clean).toJson());
        for (PictureKind kind : kinds()) {
            JsonObjectBuilder strengths = Json.createObjectBuilder();
            cases.stream()
                    .filter(each -> each.kind() == kind)
                    .forEach(each ->
                            strengths.add("" + each.strength(), score(each).toJson()));
            json.add(kind.toString(), strengths);
        }
        return json.add(
                        "empty",
                        Json.createObjectBuilder()
                                .add("pictures", empty.size())
                                .add("confident", confidentOnEmpty().size()))
                .build();
    }
}
