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
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The network between browser and server. It passes everything on as it is, keeps what was asked, and can be slow, cut
 * or end at a busy server.
 */
final class Wire implements AutoCloseable {
    private static final Set<String> OWN_HEADERS =
            Set.of(":status", "content-length", "transfer-encoding", "connection");

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> questions = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final int port;
    private volatile URI server;
    private volatile Duration delay = Duration.ZERO;
    private volatile int failure;
    private HttpServer listener;

    Wire(URI server) {
        this.server = server;
        this.port = listen(0);
    }

    /** Where the browser finds the page. */
    URI address() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    /** Leads to another server from now on. */
    void leadTo(URI other) {
        server = other;
    }

    /** From now on nobody answers. */
    void cut() {
        listener.stop(0);
    }

    /** Undoes {@link #cut}. */
    void mend() {
        listen(port);
    }

    /** So many of the next questions to {@code predict} are answered by a problem of this status, such as 503. */
    void fail(int status, int questions) {
        failure = status;
        failures.set(questions);
    }

    /** Answers to {@code predict} take so much longer. */
    void slow(Duration delay) {
        this.delay = delay;
    }

    /** The bodies posted to {@code predict} so far. */
    List<String> questions() {
        return questions;
    }

    /** A new network, with nothing asked yet. */
    void reset() {
        failures.set(0);
        delay = Duration.ZERO;
        questions.clear();
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
        listener.createContext("/", this::pass);
        listener.start();
        return listener.getAddress().getPort();
    }

    private void pass(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        try (exchange) {
            if (exchange.getRequestURI().getPath().equals("/predict")) {
                questions.add(new String(body, StandardCharsets.UTF_8));
                Thread.sleep(delay.toMillis());
                if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    answerProblem(exchange, failure);
                    return;
                }
            }
            forward(exchange, body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void forward(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        for (String header : List.of("Content-Type", "Accept", "If-None-Match")) {
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
        reply(exchange, response.statusCode(), response.body());
    }

    private static void answerProblem(HttpExchange exchange, int status) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/problem+json");
        if (status == 503) {
            exchange.getResponseHeaders().add("Retry-After", "1");
        }
        String kind = status == 503 ? "busy" : "internal";
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
