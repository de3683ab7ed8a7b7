package ink.neural.http.filter;

import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The URL map of the API. Every other address belongs to the page's files. */
public enum Endpoint {
    /** Predicts one drawing. */
    PREDICT("/predict"),
    /** Predicts many drawings. */
    BATCH("/predict/batch"),
    /** Reads the text on one picture. */
    TEXT("/predict/text"),
    /** Reads the texts on many pictures. */
    TEXT_BATCH("/predict/text/batch"),
    /** Describes the models. */
    MODEL("/api/model"),
    /** Loads the models again. */
    RELOAD("/api/model/reload"),
    /** The network of the model of single characters. */
    MODEL_FILE("/api/model/file"),
    /** The descriptor of that model. */
    MODEL_DESCRIPTOR("/api/model/descriptor"),
    /** The network of the text model. */
    TEXT_FILE("/api/model/text/file"),
    /** The descriptor of that model. */
    TEXT_DESCRIPTOR("/api/model/text/descriptor"),
    /** The dictionary of the text decoder. */
    DICTIONARY("/api/model/text/dictionary"),
    /** Metrics for Prometheus. */
    METRICS("/api/metrics"),
    /** Whether the program runs. */
    LIVE("/api/health/live"),
    /** Whether the program can answer. */
    READY("/api/health/ready");

    /** The servlet pattern of all predictions. */
    static final String PREDICT_PATTERN = "/predict/*";
    /** The servlet pattern of the rest of the API. */
    static final String API_PATTERN = "/api/*";

    private static final Map<String, Endpoint> BY_PATH =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Endpoint::path, endpoint -> endpoint));
    /** Those whose answers are files, which change rarely. */
    private static final Set<Endpoint> FILES =
            EnumSet.of(MODEL_FILE, MODEL_DESCRIPTOR, TEXT_FILE, TEXT_DESCRIPTOR, DICTIONARY);

    private final String path;

    Endpoint(String path) {
        this.path = path;
    }

    /**
     * The path below the context root.
     *
     * @return such as {@code /predict}
     */
    public String path() {
        return path;
    }

    /**
     * The endpoint that a request addresses.
     *
     * @param request any request
     * @return the endpoint; empty for a file and for an address that does not exist
     */
    static Optional<Endpoint> of(HttpServletRequest request) {
        String path = pathOf(request);
        return Optional.ofNullable(BY_PATH.get(path.endsWith("/") ? path.substring(0, path.length() - 1) : path));
    }

    /** Whether a request addresses the API, not a file. */
    static boolean isApi(HttpServletRequest request) {
        String path = pathOf(request) + "/";
        return path.startsWith("/predict/") || path.startsWith("/api/");
    }

    boolean isPrediction() {
        return path.startsWith("/predict");
    }

    boolean isBatch() {
        return this == BATCH || this == TEXT_BATCH;
    }

    /** Whether the answer is a file, which changes rarely. */
    boolean isFile() {
        return FILES.contains(this);
    }

    boolean isHealthCheck() {
        return this == LIVE || this == READY;
    }

    private static String pathOf(HttpServletRequest request) {
        return request.getRequestURI().substring(request.getContextPath().length());
    }
}
