package ink.neural.http;

import ink.neural.api.PeekedStream;
import ink.neural.api.StrictJson;
import ink.neural.config.Configuration;
import ink.neural.prediction.ConcurrencyLimiter;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.io.InputStream;

/**
 * Reads JSON from untrusted clients. It takes any encoding of Unicode, and refuses duplicate names, deep nesting, long
 * numbers, many values and long strings. JSON-B would accept {@code "3"} for 3, {@code "yes"} for false, and duplicate names.
 */
@ApplicationScoped
public class JsonRequestReader {
    /** Values a request may have besides its images: options, and members that we ignore. */
    private static final int SPARE_VALUES = 1000;

    /** Longer JSON is large work. It takes a millisecond or more to parse. */
    private static final int SMALL = 64 * 1024;

    private ConcurrencyLimiter limiter;
    private int maxValues;
    private int maxString;

    /** For the container, which needs it to make a proxy. */
    protected JsonRequestReader() {}

    /**
     * A reader with the configured limits.
     *
     * @param configuration limits the images of a batch and the bytes of a body
     * @param limiter admits long JSON
     */
    @Inject
    public JsonRequestReader(Configuration configuration, ConcurrencyLimiter limiter) {
        this.limiter = limiter;
        maxValues = SPARE_VALUES + 2 * configuration.maxBatch();
        maxString = configuration.maxBody();
    }

    /**
     * Reads a JSON object.
     *
     * @param body a text in UTF-8, UTF-16 or UTF-32
     * @return the object
     * @throws ProblemException with {@link Problem#NOT_JSON} if the text is anything else, or as {@link
     *     ConcurrencyLimiter#runLarge} does if it is long
     */
    public JsonObject read(InputStream body) {
        PeekedStream text = PeekedStream.of(body, SMALL);
        return text.start().length < SMALL ? parse(text.whole()) : limiter.runLarge(() -> parse(text.whole()));
    }

    private JsonObject parse(InputStream text) {
        return new StrictJson(text, maxValues, maxString).object();
    }
}
