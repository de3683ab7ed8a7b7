package ink.neural.spark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** The rows of a partition with predictions. It reads as many rows ahead as the network recognises in one run. */
final class PredictedRows implements Iterator<Row> {
    /** As on the server. */
    private static final int BATCH = 32;

    private final Iterator<Row> rows;
    private final int image;
    private final RowPredictor predictor;
    private Iterator<Row> batch = Collections.emptyIterator();

    /**
     * Adds a struct to the end of each row.
     *
     * @param rows the rows
     * @param image the position of the column with the picture
     * @param predictor predicts the pictures
     */
    PredictedRows(Iterator<Row> rows, int image, RowPredictor predictor) {
        this.rows = rows;
        this.image = image;
        this.predictor = predictor;
    }

    @Override
    public boolean hasNext() {
        return batch.hasNext() || rows.hasNext();
    }

    @Override
    public Row next() {
        if (!batch.hasNext()) {
            batch = nextBatch();
        }
        return batch.next();
    }

    private Iterator<Row> nextBatch() {
        List<Row> some = new ArrayList<>();
        while (some.size() < BATCH && rows.hasNext()) {
            some.add(rows.next());
        }
        List<Object> images = new ArrayList<>(); // which may have nulls
        some.forEach(row -> images.add(row.get(image)));
        List<Row> structs = predictor.predict(images);
        List<Row> predicted = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            predicted.add(with(some.get(i), structs.get(i)));
        }
        return predicted.iterator();
    }

    private static Row with(Row row, Row struct) {
        Object[] values = new Object[row.length() + 1];
        for (int i = 0; i < row.length(); i++) {
            values[i] = row.get(i);
        }
        values[row.length()] = struct;
        return RowFactory.create(values);
    }
}
