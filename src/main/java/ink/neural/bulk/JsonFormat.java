package ink.neural.bulk;

import ink.neural.api.PredictAnswer;
import ink.neural.prediction.BatchItem;
import ink.neural.prediction.PredictionResult;
import ink.neural.problem.ProblemException;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.util.Map;
import java.util.Optional;

/** JSON lines: the member {@code source}, and then those that the answer has over HTTP. */
final class JsonFormat implements AnswerFormat {
    private static final JsonReaderFactory READERS = JsonProvider.provider().createReaderFactory(Map.of());

    private static final String START = "{\"source\":";

    private final Jsonb jsonb = JsonbBuilder.create();

    @Override
    public Optional<String> header() {
        return Optional.empty();
    }

    @Override
    public String start() {
        return START;
    }

    @Override
    public String line(String source, BatchItem<PredictionResult> item) {
        Object answer = item.<Object>map(PredictAnswer::of, ProblemException::details);
        // Both are objects with at least one member.
        return START + jsonb.toJson(source) + "," + jsonb.toJson(answer).substring(1);
    }

    @Override
    public Outcome parse(String line) {
        try (JsonReader reader = READERS.createReader(new StringReader(line))) {
            return outcome(reader.readObject());
        } catch (JsonException | NullPointerException | ClassCastException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Outcome outcome(JsonObject json) {
        String source = json.getString("source");
        if (json.containsKey("type")) {
            return Outcome.refused(source, json.getString("type").replaceFirst(".*:", ""));
        }
        JsonObject best = json.getJsonArray("predictions").getJsonObject(0);
        return new Outcome(
                source,
                best.getString("label"),
                best.getJsonNumber("confidence").doubleValue(),
                null);
    }
}
