package ink.neural.spark;

import ink.neural.config.Configuration;
import ink.neural.drawing.DataUrl;
import ink.neural.drawing.DrawingDecoder;
import ink.neural.drawing.ImageFile;
import ink.neural.metrics.Metrics;
import ink.neural.prediction.BatchItem;
import ink.neural.prediction.PredictionOptions;
import ink.neural.prediction.PredictionResult;
import ink.neural.prediction.Predictor;
import ink.neural.prediction.Predictor.Seen;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemDetails;
import ink.neural.problem.ProblemException;
import ink.neural.recognition.LoadedModel;
import ink.neural.recognition.Prediction;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Predicts pictures in columns, and makes a struct of each result. It is made in the process that uses it. */
final class RowPredictor {
    /** The columns of a struct. */
    static final StructType SCHEMA = StructType.fromDDL("label STRING, confidence DOUBLE,"
            + " alternatives ARRAY<STRUCT<label: STRING, confidence: DOUBLE>>, legibility DOUBLE,"
            + " problem STRUCT<type: STRING, title: STRING, status: INT, detail: STRING>, model STRING");

    private final Predictor predictor;
    private final DrawingDecoder decoder;
    private final int maxFile;
    private final String model;

    RowPredictor(PredictionOptions options) {
        Configuration configuration = Configuration.read();
        LoadedModel loaded = ExecutorModel.get(configuration);
        PredictionOptions suitable = new PredictionOptions(
                options.top(),
                options.charset(),
                false,
                false,
                loaded.descriptor().legibility().isPresent(),
                false,
                options.guides(),
                options.examples());
        predictor = new Predictor(loaded, suitable, Predictor.MAX_INK_SIDE, new Metrics());
        decoder = new DrawingDecoder(configuration.maxSide(), configuration.maxPixels());
        maxFile = configuration.maxBody();
        model = loaded.descriptor().name() + "@" + loaded.descriptor().version();
    }

    /**
     * Predicts a batch of pictures, whatever is wrong with some of them.
     *
     * @param images a value of a binary or string column each; null for no picture
     * @return a struct for each, in the same order
     */
    List<Row> predict(List<Object> images) {
        return predictor
                .predictEach(images.stream()
                        .<Callable<Seen>>map(image -> () -> see(image))
                        .toList())
                .stream()
                .map(item -> item.map(predicted -> struct(predicted.result()), this::struct))
                .toList();
    }

    private Seen see(Object image) {
        byte[] file = file(image);
        if (file.length > maxFile) {
            throw new ProblemException(
                    Problem.BODY_TOO_LARGE, "An image file may have at most %d bytes.".formatted(maxFile));
        }
        ImageFile parsed = decoder.parse(file);
        return predictor.see(decoder.decode(parsed), parsed.reduction());
    }

    private static byte[] file(Object image) {
        if (image instanceof byte[] bytes && bytes.length > 0) {
            return bytes;
        }
        if (image instanceof String text && !text.isEmpty()) {
            return DataUrl.decode(text);
        }
        throw new ProblemException(
                Problem.NO_IMAGE, "The column has no picture in this row. It must be a file or a data URL.");
    }

    private Row struct(PredictionResult result) {
        List<Row> ranking = result.predictions().stream()
                .map(prediction -> RowFactory.create(prediction.label(), prediction.confidence()))
                .toList();
        Prediction best = result.predictions().get(0);
        Double legibility =
                result.legibility().isPresent() ? result.legibility().getAsDouble() : null;
        return RowFactory.create(
                best.label(),
                best.confidence(),
                ranking.subList(1, ranking.size()).toArray(),
                legibility,
                null,
                model);
    }

    private Row struct(ProblemException thrown) {
        ProblemDetails problem = thrown.details();
        Row details = RowFactory.create(problem.type(), problem.title(), problem.status(), problem.detail());
        return RowFactory.create(null, null, null, null, details, model);
    }
}
