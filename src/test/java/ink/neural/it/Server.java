package ink.neural.it;

import static java.net.http.HttpRequest.BodyPublishers.ofByteArray;

import ink.neural.LinuxProcess;
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
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The packaged WAR on a server in its own process, which listens on a free port of the loopback interface. {@link
 * ServerKind} knows which server. The logs stay in {@code target/servers}.
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
     * A server that has not been started.
     *
     * @param contextRoot context root of the WAR with a slash at its end, such as {@code /} or {@code /neural-ink/}
     * @param properties system properties such as {@code neural.ink.api.key=secret}, or Java options such as {@code -Xms512m}
     */
    public Server(String contextRoot, String... properties) {
        this(ServerKind.WAR, contextRoot, properties);
    }

    Server(Path war, String contextRoot, String... properties) {
        this(war, URI.create("http://127.0.0.1:" + freePort() + contextRoot), List.of(properties));
    }

    private Server(Path war, URI address, List<String> properties) {
        this.war = war;
        this.address = address;
        this.properties = properties;
        this.directory = SERVERS.resolve(Integer.toString(address.getPort()));
        this.log = SERVERS.resolve(address.getPort() + ".log");
    }

    /** A server with the same address but other system properties, which has not been started. */
    public Server withProperties(String... properties) {
        return new Server(war, address, List.of(properties));
    }

    /** A port that no process listens on. */
    public static int freePort() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server at context root {@code /} that most tests share, because starting one takes longer than most tests. */
    public static Server shared() {
        return Shared.SERVER;
    }

    private static final class Shared {
        private static final Server SERVER = new Server("/").start();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
        }
    }

    /** Starts the server in an empty directory and waits until it is ready. */
    public Server start() {
        return start("ready");
    }

    /** Starts the server in an empty directory and waits until it is live. It may have no model, or may still warm up. */
    public Server startLive() {
        return start("live");
    }

    private Server start(String state) {
        try {
            launch();
            awaitHealthy(state);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return this;
    }

    /** Starts the server in an empty directory and does not wait. */
    void launch() throws IOException {
        deleteDirectory();
        Files.createDirectories(temporaryFiles());
        ProcessBuilder builder =
                new ProcessBuilder(command()).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(ServerKind.tested().environment(directory, port(), contextRoot()));
        process = builder.start();
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx512m");
        command.add("-XX:TieredStopAtLevel=1"); // without C2 a server starts in half the time
        command.add("-Djava.io.tmpdir=" + temporaryFiles());
        properties.forEach(option -> command.add(option.startsWith("-") ? option : "-D" + option));
        command.addAll(ServerKind.tested().arguments(war, directory, port(), contextRoot()));
        return command;
    }

    private String contextRoot() {
        return address.getPath().replaceFirst("(?<=.)/$", "");
    }

    private void awaitHealthy(String state) throws IOException, InterruptedException {
        await("the server is " + state, () -> isHealthy(state));
    }

    /** Waits until the model is loaded and warm. */
    public void awaitReady() throws IOException, InterruptedException {
        awaitHealthy("ready");
    }

    /** Waits until the log contains a text. */
    void awaitLog(String text) throws IOException, InterruptedException {
        await("the log contains: " + text, () -> log().contains(text));
    }

    private interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    private void await(String what, Condition condition) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
        boolean exited = false;
        while (!condition.holds()) {
            if (exited || System.nanoTime() > end) {
                stop();
                throw new AssertionError("waited in vain until " + what + "\n" + log());
            }
            Thread.sleep(100);
            exited = !process.isAlive();
        }
    }

    private boolean isHealthy(String check) throws InterruptedException {
        try {
            return status("/api/health/" + check) == 200;
        } catch (IOException notListening) {
            return false;
        }
    }

    /** The address of the page. It ends with a slash. */
    public URI address() {
        return address;
    }

    public int port() {
        return address.getPort();
    }

    Process process() {
        return process;
    }

    public LinuxProcess linuxProcess() {
        return new LinuxProcess(process.pid());
    }

    /** Where the server puts its temporary files. */
    Path temporaryFiles() {
        return directory.resolve("tmp");
    }

    String log() throws IOException {
        return Files.readString(ServerKind.tested().log(directory, log));
    }

    /** A request to a path below the context root, such as {@code /predict}. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path.substring(1))).timeout(Duration.ofSeconds(60));
    }

    /** A POST request that has not been sent. */
    HttpRequest.Builder post(String path, String mediaType, byte[] body) {
        return request(path).header("Content-Type", mediaType).POST(ofByteArray(body));
    }

    HttpRequest.Builder post(String path, String json) {
        return post(path, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a request. An answer that contradicts {@code openapi.yaml} fails the test. */
    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
        OpenApi.verify(contextRoot(), response);
        return response;
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    /** Sends a PNG file to {@code /predict}. */
    public HttpResponse<String> predict(byte[] png) throws IOException, InterruptedException {
        return send(post("/predict", "image/png", png));
    }

    /** Sends a JSON request such as {@code {"image":"data:image/png;base64,..."}}, which must succeed. */
    public JsonObject predict(String json) throws IOException, InterruptedException {
        HttpResponse<String> response = send(post("/predict", json));
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return json(response.body());
    }

    /** The status of an answer. The answer may also come from the server, which {@code openapi.yaml} does not describe. */
    public int status(String path) throws IOException, InterruptedException {
        return CLIENT.send(request(path).build(), BodyHandlers.discarding()).statusCode();
    }

    public static JsonObject json(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    /** Undeploys the WAR, deploys it again, and waits until it is ready. */
    void redeploy() throws IOException, InterruptedException {
        ServerKind.tested().undeploy(directory);
        while (isHealthy("live")) {
            Thread.sleep(100);
        }
        ServerKind.tested().deploy(directory);
        awaitHealthy("ready");
    }

    /** Kills the process (SIGKILL), as a crash would. */
    public void stop() {
        process.destroyForcibly().onExit().join();
    }

    /** Tells the process to exit (SIGTERM) and waits until it has. */
    public void shutDown() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("the server does not exit");
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                stop();
            }
            deleteDirectory();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void deleteDirectory() throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
