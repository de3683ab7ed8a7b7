package ink.neural.it.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * A proxy between browser and server. It forwards everything unchanged and records what is posted to {@code predict}
 * and below it.
 * Tests can make it slow, disconnect it, or make it answer in the server's place.
 */
final class FakeNetwork implements AutoCloseable {
    /**
     * A picture that was posted to {@code predict}.
     *
     * @param uri path and query
     * @param type media type
     * @param picture the body
     */
    record Posted(URI uri, String type, byte[] picture) {
        private Posted(HttpExchange exchange, byte[] picture) {
            this(exchange.getRequestURI(), exchange.getRequestHeaders().getFirst("Content-Type"), picture);
        }

        /** The value of an option, or null. */
        String option(String name) {
            return Arrays.stream(uri.getQuery().split("&"))
                    .filter(option -> option.startsWith(name + "="))
                    .map(option -> option.substring(name.length() + 1))
                    .findFirst()
                    .orElse(null);
        }
    }

    private static final Set<String> OWN_HEADERS =
            Set.of(":status", "content-length", "transfer-encoding", "connection");

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final URI server;
    private final int port;
    private final List<Posted> requests = new CopyOnWriteArrayList<>();
    private final List<String> sentFiles = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger mostInFlight = new AtomicInteger();
    private volatile int failureStatus;
    private volatile String failureKind;
    private volatile Duration delay;
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile boolean isHolding;
    private volatile Duration delayOfFiles;
    private volatile String editedPath;
    private volatile UnaryOperator<String> edit;
    private volatile boolean modelReady;
    private volatile URI target;
    private HttpServer listener;

    FakeNetwork(URI server) {
        this.server = server;
        this.port = listen(0);
        reset();
    }

    /** Where the browser finds the page. */
    URI address() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    /** Forwards to another server from now on. */
    void forwardTo(URI other) {
        target = other;
    }

    /** Refuses connections from now on. */
    void disconnect() {
        listener.stop(0);
    }

    /** Undoes {@link #disconnect}. */
    void reconnect() {
        listen(port);
    }

    /** Answers the next {@code count} requests to {@code predict} with a problem of this status, such as 503. */
    void fail(int status, int count) {
        fail(status, status == 503 ? "busy" : "internal", count);
    }

    /** Answers each request to {@code predict} with this problem, until {@link #recover}. */
    void fail(int status, String kind) {
        fail(status, kind, Integer.MAX_VALUE);
    }

    void recover() {
        failures.set(0);
    }

    private void fail(int status, String kind, int count) {
        failureStatus = status;
        failureKind = kind;
        failures.set(count);
    }

    /** Answers, if false, like a server that has not loaded its model yet. */
    void setModelReady(boolean ready) {
        modelReady = ready;
    }

    /** Delays each answer to {@code predict}. */
    void delay(Duration delay) {
        this.delay = delay;
    }

    /** Holds back each answer to {@code predict} from now on. */
    void hold() {
        gate = new CountDownLatch(1);
        isHolding = true;
    }

    /** Holds back only what it holds already. */
    void passOthers() {
        isHolding = false;
    }

    /** Undoes {@link #hold}, and sends what was held back. */
    void release() {
        isHolding = false;
        gate.countDown();
    }

    /** Delays each answer to anything else than {@code predict}. */
    void delayFiles(Duration delay) {
        delayOfFiles = delay;
    }

    /** Answers with another text for one file, as if another version had been deployed. */
    void edit(String path, UnaryOperator<String> edit) {
        this.edit = edit;
        editedPath = path;
    }

    /** How many requests to {@code predict} were waiting for an answer at the same time. */
    int mostInFlight() {
        return mostInFlight.get();
    }

    /** What was posted to {@code predict} so far. */
    List<Posted> requests() {
        return requests;
    }

    /** The paths of the files that were sent so far, once for each time. */
    List<String> sentFiles() {
        return sentFiles;
    }

    /** Forgets all requests and settings. */
    void reset() {
        failures.set(0);
        release();
        delay = delayOfFiles = Duration.ZERO;
        editedPath = "";
        modelReady = true;
        target = server;
        requests.clear();
        sentFiles.clear();
        mostInFlight.set(0);
    }

    @Override
    public void close() {
        listener.stop(0);
        threads.shutdownNow();
    }

    private int listen(int wanted) {
        try {
            listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        listener.setExecutor(threads);
        listener.createContext("/", this::handle);
        listener.start();
        return listener.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = exchange.getRequestBody().readAllBytes();
        try (exchange) {
            if (isPrediction(path)) {
                requests.add(new Posted(exchange, body));
                mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
                try {
                    if (isHolding) {
                        gate.await();
                    }
                    Thread.sleep(delay.toMillis());
                } finally {
                    inFlight.decrementAndGet();
                }
                if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    replyProblem(exchange, failureStatus, failureKind);
                    return;
                }
            } else {
                Thread.sleep(delayOfFiles.toMillis());
            }
            if (!modelReady && (isPrediction(path) || path.equals("/api/model"))) {
                replyProblem(exchange, 503, "not-ready");
                return;
            }
            forward(exchange, body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isPrediction(String path) {
        return path.equals("/predict") || path.startsWith("/predict/");
    }

    private void forward(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(target.resolve(exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        String path = exchange.getRequestURI().getPath();
        boolean edited = path.equals(editedPath);
        // What is edited must be new and plain.
        for (String header : edited
                ? List.of("Content-Type", "Accept")
                : List.of("Content-Type", "Accept", "Accept-Encoding", "If-None-Match")) {
            String value = exchange.getRequestHeaders().getFirst(header);
            if (value != null) {
                request.header(header, value);
            }
        }
        HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        response.headers().map().forEach((name, values) -> {
            if (!OWN_HEADERS.contains(name)) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        byte[] answer = response.body();
        if (edited) {
            // Its own ETag would say that nothing has changed.
            exchange.getResponseHeaders().remove("ETag");
            exchange.getResponseHeaders().remove("Last-Modified");
            answer = edit.apply(new String(answer, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        }
        if (response.statusCode() == 200 && !path.startsWith("/api/") && !isPrediction(path)) {
            sentFiles.add(path);
        }
        reply(exchange, response.statusCode(), answer);
    }

    private static void replyProblem(HttpExchange exchange, int status, String kind) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/problem+json");
        if (status == 503) {
            exchange.getResponseHeaders().add("Retry-After", "1");
        }
        String problem = "{\"type\":\"urn:neural-ink:problem:" + kind + "\",\"status\":" + status + "}";
        reply(exchange, status, problem.getBytes(StandardCharsets.UTF_8));
    }

    private static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }
}
