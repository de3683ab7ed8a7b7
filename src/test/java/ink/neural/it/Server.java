package ink.neural.it;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The packaged WAR on a server of its own, a process that listens on a free port of the loopback interface. Which server
 * that is, {@link ServerKind} tells. Its log stays in {@code target/servers}.
 */
public final class Server implements AutoCloseable {
    private static final Path SERVERS = Path.of("target/servers").toAbsolutePath();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(Version.HTTP_1_1).build();

    private final Path war;
    private final URI address;
    private final List<String> properties;
    private final Path directory;
    private final Path log;
    private Process process;

    /**
     * A server that is yet to be started.
     *
     * @param contextRoot path below which the WAR lies, such as {@code /} or {@code /neural-ink/}
     * @param properties system properties such as {@code neural.ink.api.key=secret}
     */
    public Server(String contextRoot, String... properties) {
        this(ServerKind.WAR, contextRoot, properties);
    }

    /** A server that is yet to be started, with another WAR. */
    Server(Path war, String contextRoot, String... properties) {
        this.war = war;
        this.address = URI.create("http://127.0.0.1:" + freePort() + contextRoot);
        this.properties = List.of(properties);
        this.directory = SERVERS.resolve(Integer.toString(address.getPort()));
        this.log = SERVERS.resolve(address.getPort() + ".log");
    }

    private static int freePort() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server at the root of its address that most tests share: one for each class would cost more than the tests. */
    public static Server shared() {
        return Shared.SERVER;
    }

    private static final class Shared {
        private static final Server SERVER = new Server("/").start();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
        }
    }

    /** Starts it, as new, and waits until it is live. */
    public Server start() {
        try {
            clear();
            Files.createDirectories(temporary());
            ProcessBuilder builder =
                    new ProcessBuilder(command()).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().putAll(ServerKind.tested().environment(directory, port(), contextRoot()));
            process = builder.start();
            awaitLife();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return this;
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx512m");
        command.add("-Djava.io.tmpdir=" + temporary());
        properties.forEach(property -> command.add("-D" + property));
        command.addAll(ServerKind.tested().arguments(war, directory, port(), contextRoot()));
        return command;
    }

    private String contextRoot() {
        return address.getPath().replaceFirst("(?<=.)/$", "");
    }

    private void awaitLife() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
        while (!isLive()) {
            if (System.nanoTime() > end || !process.isAlive()) {
                stop();
                throw new AssertionError("the server does not come up:\n" + log());
            }
            Thread.sleep(100);
        }
    }

    private boolean isLive() throws InterruptedException {
        try {
            return status("/api/health/live") == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Where the page is; ends with a slash. */
    public URI address() {
        return address;
    }

    int port() {
        return address.getPort();
    }

    Process process() {
        return process;
    }

    /** Where it puts its temporary files. */
    Path temporary() {
        return directory.resolve("tmp");
    }

    String log() throws IOException {
        return Files.readString(ServerKind.tested().log(directory, log));
    }

    /** A request to a path below the context root, such as {@code /predict}. */
    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path.substring(1))).timeout(Duration.ofSeconds(60));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    /** The status of what the server answers, or something before it. */
    int status(String path) throws IOException, InterruptedException {
        return CLIENT.send(request(path).build(), BodyHandlers.discarding()).statusCode();
    }

    /** Sends a request to a live server; an answer that is not as {@code openapi.yaml} says fails the test. */
    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return send(request.build());
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
        OpenApi.verify(contextRoot(), response);
        return response;
    }

    /** What the server answers to a drawing, {@code {"image":"data:image/png;base64,..."}}. */
    public JsonObject predict(String question) throws IOException, InterruptedException {
        HttpResponse<String> response = send(
                request("/predict").header("Content-Type", "application/json").POST(BodyPublishers.ofString(question)));
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return json(response.body());
    }

    /** A JSON object. */
    public static JsonObject json(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    /** Takes the WAR off and brings it back, by the server's own means, and waits until it is live again. */
    void redeploy() throws IOException, InterruptedException {
        ServerKind.tested().undeploy(directory);
        while (isLive()) {
            Thread.sleep(100);
        }
        ServerKind.tested().deploy(directory);
        awaitLife();
    }

    /** Ends it at once, as a crash would. */
    public void stop() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                stop();
            }
            clear();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void clear() throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
