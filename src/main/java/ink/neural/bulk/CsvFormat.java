package ink.neural.bulk;

import ink.neural.api.PredictAnswer;
import ink.neural.prediction.BatchItem;
import ink.neural.prediction.PredictionOptions;
import ink.neural.prediction.PredictionResult;
import ink.neural.problem.ProblemException;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * CSV (RFC 4180): the picture, the problem and its detail if there is one, the legibility if it was asked for, and the labels
 * and confidences of the most likely characters.
 *
 * @param options what an answer contains
 */
record CsvFormat(PredictionOptions options) implements AnswerFormat {
    private static final CSVFormat CSV =
            CSVFormat.RFC4180.builder().setRecordSeparator("").get();

    @Override
    public Optional<String> header() {
        List<String> names = new ArrayList<>(List.of("source", "problem", "detail"));
        if (options.legibility()) {
            names.add("legibility");
        }
        IntStream.rangeClosed(1, options.top())
                .forEach(rank -> names.addAll(List.of("label" + rank, "confidence" + rank)));
        return Optional.of(CSV.format(names.toArray()));
    }

    @Override
    public String start() {
        return header().orElseThrow();
    }

    @Override
    public String line(String source, BatchItem<PredictionResult> item) {
        return item.map(result -> line(source, PredictAnswer.of(result)), problem -> line(source, problem));
    }

    private String line(String source, PredictAnswer answer) {
        Stream<Object> legibility = options.legibility() ? Stream.of(answer.legibility()) : Stream.empty();
        Stream<Object> predictions = answer.predictions().stream()
                .flatMap(candidate -> Stream.of(candidate.label(), candidate.confidence()));
        return CSV.format(Stream.of(Stream.of(source, "", ""), legibility, predictions)
                .flatMap(values -> values)
                .toArray());
    }

    private static String line(String source, ProblemException problem) {
        return CSV.format(source, problem.problem().slug(), problem.getMessage());
    }

    @Override
    public Outcome parse(String line) {
        try (CSVParser parser = CSV.parse(new StringReader(line))) {
            return outcome(parser.iterator().next());
        } catch (IOException | RuntimeException e) {
            throw new BulkException("This line is no answer: " + line);
        }
    }

    private Outcome outcome(CSVRecord values) {
        int label = options.legibility() ? 4 : 3;
        return values.get(1).isEmpty()
                ? new Outcome(values.get(0), values.get(label), Double.parseDouble(values.get(label + 1)), null)
                : Outcome.refused(values.get(0), values.get(1));
    }
}
