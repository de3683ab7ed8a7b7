package ink.neural.bulk;

import ink.neural.api.PredictAnswer;
import ink.neural.prediction.BatchItem;
import ink.neural.prediction.PredictionOptions;
import ink.neural.prediction.PredictionResult;
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
 * CSV (RFC 4180): the picture, the problem and its detail if there is one, the legibility and the features if they were asked
 * for, and the labels and confidences of the most likely characters. Every row has all columns.
 *
 * @param options what an answer contains
 * @param columns the names of the columns
 */
record CsvFormat(PredictionOptions options, List<String> columns) implements AnswerFormat {
    private static final CSVFormat CSV =
            CSVFormat.RFC4180.builder().setRecordSeparator("").get();
    private static final String FIRST_LABEL = "label1";

    CsvFormat(PredictionOptions options) {
        this(options, columns(options));
    }

    private static List<String> columns(PredictionOptions options) {
        List<String> names = new ArrayList<>(List.of("source", "problem", "detail"));
        if (options.legibility()) {
            names.add("legibility");
        }
        if (options.features()) {
            names.add("features");
        }
        IntStream.rangeClosed(1, options.top())
                .forEach(rank -> names.addAll(List.of("label" + rank, "confidence" + rank)));
        return names;
    }

    @Override
    public Optional<String> header() {
        return Optional.of(CSV.format(columns.toArray()));
    }

    @Override
    public String start() {
        return header().orElseThrow() + "\n";
    }

    @Override
    public String line(String source, BatchItem<PredictionResult> item) {
        return row(item.map(
                result -> values(source, PredictAnswer.of(result)),
                problem -> Stream.of(source, problem.problem().slug(), problem.getMessage())));
    }

    private Stream<Object> values(String source, PredictAnswer answer) {
        Stream<Object> legibility = options.legibility() ? Stream.of(answer.legibility()) : Stream.empty();
        Stream<Object> features = options.features() ? Stream.of(answer.features()) : Stream.empty();
        Stream<Object> predictions = answer.predictions().stream()
                .flatMap(candidate -> Stream.of(candidate.label(), candidate.confidence()));
        return Stream.of(Stream.of(source, "", ""), legibility, features, predictions)
                .flatMap(values -> values);
    }

    /** A row with all columns, on one line. */
    private String row(Stream<?> values) {
        return CSV.format(Stream.concat(values, Stream.generate(() -> ""))
                .limit(columns.size())
                .map(value -> SourceName.CONTROL.matcher(value.toString()).replaceAll("\uFFFD"))
                .toArray());
    }

    @Override
    public Outcome parse(String line) {
        try (CSVParser parser = CSV.parse(new StringReader(line))) {
            return outcome(parser.iterator().next());
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private Outcome outcome(CSVRecord values) {
        int label = columns.indexOf(FIRST_LABEL);
        return values.get(1).isEmpty()
                ? new Outcome(values.get(0), values.get(label), Double.parseDouble(values.get(label + 1)), null)
                : Outcome.refused(values.get(0), values.get(1));
    }
}
