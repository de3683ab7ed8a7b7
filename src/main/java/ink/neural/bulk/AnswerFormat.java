package ink.neural.bulk;

import ink.neural.prediction.BatchItem;
import ink.neural.prediction.PredictionResult;
import java.util.Optional;

/** How a file has an answer on each line. Lines have no line break. Any number of threads may use a format. */
interface AnswerFormat {
    /** The first line, which is no answer. */
    Optional<String> header();

    /** How each file of this format begins. */
    String start();

    /**
     * Writes an answer.
     *
     * @param source the picture
     * @param item its result or its problem
     */
    String line(String source, BatchItem<PredictionResult> item);

    /**
     * Reads an answer.
     *
     * @param line a line that this format has written
     * @throws IllegalArgumentException if it cannot be one
     */
    Outcome parse(String line);
}
