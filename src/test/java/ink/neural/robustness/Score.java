package ink.neural.robustness;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Collection;

/**
 * How pictures were answered.
 *
 * @param right the right character, and legible
 * @param wrong another character, and legible
 * @param flagged nothing drawn, or not legible
 * @param refused no answer, because the file could not be decoded or is too large
 */
record Score(int right, int wrong, int flagged, int refused) {
    static Score of(Collection<Answer> answers) {
        return new Score(
                count(answers, Verdict.RIGHT),
                count(answers, Verdict.WRONG),
                count(answers, Verdict.FLAGGED),
                count(answers, Verdict.REFUSED));
    }

    /** The score of a kind, of all strengths, in {@link Report#toJson}; nothing if the kind is not there. */
    static Score of(JsonObject report, PictureKind kind) {
        return report.getOrDefault(kind.toString(), JsonValue.EMPTY_JSON_OBJECT).asJsonObject().values().stream()
                .map(JsonValue::asJsonObject)
                .map(json -> new Score(
                        json.getInt("right"), json.getInt("wrong"), json.getInt("flagged"), json.getInt("refused")))
                .reduce(new Score(0, 0, 0, 0), Score::plus);
    }

    Score plus(Score other) {
        return new Score(right + other.right, wrong + other.wrong, flagged + other.flagged, refused + other.refused);
    }

    JsonObjectBuilder toJson() {
        return Json.createObjectBuilder()
                .add("right", right)
                .add("wrong", wrong)
                .add("flagged", flagged)
                .add("refused", refused);
    }

    private static int count(Collection<Answer> answers, Verdict verdict) {
        return (int)
                answers.stream().filter(answer -> answer.verdict() == verdict).count();
    }

    int pictures() {
        return right + wrong + flagged + refused;
    }

    /** The right ones and half of the flagged ones, in percent. */
    double percent() {
        return 100 * (right + 0.5 * flagged) / pictures();
    }

    /** The wrong ones that are not flagged, in percent. A refusal counts as wrong. */
    double wrongPercent() {
        return 100.0 * (wrong + refused) / pictures();
    }
}
