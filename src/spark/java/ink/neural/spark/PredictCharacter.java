package ink.neural.spark;

import ink.neural.prediction.PredictionOptions;
import java.util.Collections;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;

/**
 * The SQL function {@code predict_character(image)}: a struct of the most likely character, for a file in a binary column or a
 * data URL in a string column. Pictures are predicted one by one. {@link SparkJob} is faster, because it makes batches.
 */
public final class PredictCharacter implements UDF1<Object, Row> {
    private static final long serialVersionUID = 1;

    private transient RowPredictor predictor;

    /** The function, which loads the model when it is first called. */
    public PredictCharacter() {}

    /**
     * Adds the function to a session.
     *
     * @param spark the session
     */
    public static void register(SparkSession spark) {
        spark.udf().register("predict_character", new PredictCharacter(), RowPredictor.SCHEMA);
    }

    @Override
    public Row call(Object image) {
        return predictor().predict(Collections.singletonList(image)).get(0);
    }

    private synchronized RowPredictor predictor() {
        if (predictor == null) {
            predictor = new RowPredictor(PredictionOptions.DEFAULT);
        }
        return predictor;
    }
}
